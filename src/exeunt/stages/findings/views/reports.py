"""Reports: which there are, making another, and taking their files away."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exeunt.desk.asking import Asked, needs
from exeunt.stages.findings.forms import ReportForm
from exeunt.stages.findings.queries.posed import posed_to
from exeunt.stages.findings.queries.reports import (
    line_of,
    report_called,
    report_file,
    report_together,
    reports_of,
)
from exeunt.stages.findings.rules.asking import asked_in
from exeunt.stages.findings.tasks import ask_to_write
from exeunt.stages.findings.views.answers import pairs_in
from exeunt.stages.findings.views.figures import attached
from exeunt.studies.roles import Act


@require_safe
def reports(request: Asked) -> HttpResponse:
    """List the reports that were made."""
    lines = reports_of(request.study, by=request.member)
    return render(request, "findings/reports.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
@needs(Act.MAKE_REPORT)
def new(request: Asked) -> HttpResponse:
    """Choose of what a report is made, and ask for it."""
    posed = posed_to(request.study, asked_in(pairs_in(request)), by=request.member)
    form = ReportForm(request, posed)
    job = form.carry_out(
        lambda: ask_to_write(study=request.study, **form.facts(), by=request.member)
    )
    if job is None:
        facts = {"form": form, "posed": posed}
        return render(request, "findings/make_report.html", facts, status=form.status)
    return redirect("work", study_ref=request.study.ref, ref=job.ref)


@require_safe
def report(request: Asked, ref: str) -> HttpResponse:
    """Show one report: what it tells, and its files."""
    found = report_called(ref, study=request.study, by=request.member)
    return render(request, "findings/report.html", {"line": line_of(found)})


@require_safe
def file(request: Asked, ref: str, part: str) -> HttpResponse:
    """Hand out one file of a report."""
    found = report_called(ref, study=request.study, by=request.member)
    return attached(report_file(found, part, by=request.member))


@require_safe
def together(request: Asked, ref: str) -> HttpResponse:
    """Hand out all files of a report in one archive."""
    found = report_called(ref, study=request.study, by=request.member)
    return attached(report_together(found, by=request.member))
