"""What the accounts say: a question in the address, and the answer that is kept to it."""

from urllib.parse import parse_qsl

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exeunt.desk.asking import Asked
from exeunt.stages.coding.rules.seeking import address_of, seeking_in
from exeunt.stages.findings.forms import CountForm, ExploreForm
from exeunt.stages.findings.models import SOUGHT, Answer
from exeunt.stages.findings.queries.answers import answer_called, read_answer, told_in
from exeunt.stages.findings.queries.posed import posed_by, posed_to
from exeunt.stages.findings.queries.shown import findings_shown
from exeunt.stages.findings.rules.asking import asked_in
from exeunt.stages.findings.tasks import ask_to_count


@require_safe
def findings(request: Asked) -> HttpResponse:
    """Show what is kept of the question in the address, and let another be chosen."""
    posed = posed_to(request.study, asked_in(pairs_in(request)), by=request.member)
    facts = {
        "posed": posed,
        "pages": findings_shown(posed, by=request.member),
        "form": ExploreForm(request, posed),
    }
    return render(request, "findings/findings.html", facts)


@require_safe
def answer(request: Asked, ref: str) -> HttpResponse:
    """Show an answer at its lasting address."""
    kept = answer_called(ref, study=request.study, by=request.member)
    if kept.is_search:
        return _counted(request, kept)
    posed = posed_by(request.study, kept, by=request.member)
    facts = {
        "posed": posed,
        "pages": findings_shown(posed, by=request.member),
        "form": ExploreForm(request, posed),
        "lasting": True,
    }
    return render(request, "findings/findings.html", facts)


@require_http_methods(["POST"])
def count(request: Asked) -> HttpResponse:
    """Ask for a question to be counted, and show how far it is."""
    form = CountForm(request)
    job = form.carry_out(
        lambda: ask_to_count(
            study=request.study,
            asking=asked_in(parse_qsl(form.facts()["question"])),
            by=request.member,
        )
    )
    if job is None:
        return render(request, "findings/not_counted.html", {"form": form}, status=form.status)
    return redirect("work", study_ref=request.study.ref, ref=job.ref)


def _counted(request: Asked, kept: Answer) -> HttpResponse:
    """Show a search that was counted, and the way to ask it again."""
    facts = {
        "answer": read_answer(kept, by=request.member),
        "pages": told_in(kept),
        "address": address_of(seeking_in(kept.question[SOUGHT])),
    }
    return render(request, "findings/counted.html", facts)


def pairs_in(request: Asked) -> list[tuple[str, str]]:
    """Return every name and value in the address."""
    return [(name, value) for name in request.GET for value in request.GET.getlist(name)]
