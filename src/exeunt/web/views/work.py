"""Looking at long work while it is done, and after."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from exeunt.desk.asking import Asked
from exeunt.desk.models import Job
from exeunt.desk.progress import progress_of
from exeunt.desk.work import job_called


@require_safe
def work(request: Asked, ref: str) -> HttpResponse:
    """Show how far a piece of work is; a page that is open asks for the part that changes only."""
    job = job_called(ref, study=request.study, by=request.member)
    facts = {"job": job, "progress": progress_of(job.ref), "next": _next(job)}
    return render(request, "shell/progress.html" if request.htmx else "web/work.html", facts)


def _next(job: Job) -> str:
    """Return where the work's result is to be seen."""
    page = job.result.get("url")
    return (
        reverse(page, kwargs={"study_ref": job.study.ref, **job.result["kwargs"]}) if page else ""
    )
