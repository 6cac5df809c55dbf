"""What a withdrawal would touch, shown before anything is written down."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exeunt.desk.asking import Asked, needs
from exeunt.procedures.withdrawal import what_withdrawal_touches
from exeunt.stages.narrators.queries import narrator_called
from exeunt.studies.roles import Act


@require_safe
@needs(Act.SEE_CONSENT)
def touched(request: Asked, ref: str) -> HttpResponse:
    """Show surface by surface what of a narrator is read now, and what is out of reach."""
    found = narrator_called(request.study, ref)
    facts = {
        "touched": what_withdrawal_touches(narrator=found, by=request.member),
        "narrator": found,
    }
    return render(request, "studies/touched.html", facts)
