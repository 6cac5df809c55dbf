"""How far the coders agree."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exeunt.desk.asking import Asked
from exeunt.stages.findings.forms import QuestionForm
from exeunt.stages.findings.queries.posed import posed_to
from exeunt.stages.findings.queries.shown import agreement_shown
from exeunt.stages.findings.rules.asking import asked_in
from exeunt.stages.findings.views.answers import pairs_in


@require_safe
def agreement(request: Asked) -> HttpResponse:
    """Show the table of agreement of the question in the address."""
    posed = posed_to(request.study, asked_in(pairs_in(request)), by=request.member)
    facts = {
        "posed": posed,
        "agreement": agreement_shown(posed, by=request.member),
        "form": QuestionForm(request, posed),
    }
    return render(request, "findings/agreement.html", facts)
