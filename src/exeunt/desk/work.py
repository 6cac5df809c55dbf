"""Long work: asked for on a page, done beside the pages, and looked at from any page later."""

from exeunt.desk.actions import ask_for
from exeunt.desk.models import Job
from exeunt.errors import NotThere
from exeunt.members.models import Member
from exeunt.studies.models import Study

__all__ = ["ask_for", "job_called", "jobs_of"]

LATEST = 20


def job_called(ref: str, *, study: Study, by: Member) -> Job:
    """Return a piece of work that this member asked for, or refuse as if there were none."""
    job = Job.objects.filter(ref=ref, study=study, asked_by=by).select_related("study").first()
    if job is None:
        raise NotThere("There is nothing here.")
    return job


def jobs_of(study: Study, *, by: Member) -> list[Job]:
    """Return the latest pieces of work that this member asked for."""
    return list(Job.objects.filter(study=study, asked_by=by)[:LATEST])
