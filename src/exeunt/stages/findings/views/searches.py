"""Searches that become findings."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from exeunt.desk.asking import Asked, needs
from exeunt.desk.forms import HouseForm
from exeunt.stages.findings.actions.searches import count_and_keep
from exeunt.stages.findings.queries.searches import counted_searches
from exeunt.studies.roles import Act


@require_safe
@needs(Act.SEE_FINDINGS)
def searches(request: Asked) -> HttpResponse:
    """List the searches that were counted."""
    lines = counted_searches(request.study, by=request.member)
    return render(request, "findings/searches.html", {"lines": lines})


@require_POST
@needs(Act.READ_ACCOUNTS)
def count(request: Asked, ref: str) -> HttpResponse:
    """Count a kept search, and show what it comes to."""
    form = HouseForm(request)
    kept = form.carry_out(lambda: count_and_keep(study=request.study, ref=ref, by=request.member))
    if kept is None:
        return render(request, "findings/not_counted.html", {"form": form}, status=form.status)
    return redirect("findings:answer", study_ref=request.study.ref, ref=kept.ref)
