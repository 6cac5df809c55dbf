"""Asking for long work, doing it beside the pages, and keeping what came of it.

A stage keeps its long work in ``tasks.py``: functions ``(job, tell) -> result`` that are named by
their dotted path. ``result`` may hold ``url`` (the name of a page of the same study), ``kwargs``
for it, and ``says``, a sentence on what was done.
"""

import logging
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import get_language, gettext_noop, override
from django_tasks import task

from exeunt.desk.models import Job
from exeunt.desk.progress import Tell, forget, teller
from exeunt.desk.saying import said
from exeunt.desk.states import JobState
from exeunt.errors import Refusal
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.studies.models import Study

LOG = logging.getLogger(__name__)
WORK = re.compile(r"exeunt\.stages\.[a-z]+\.tasks\.[a-z_]+")
FAILED = gettext_noop("This stopped unexpectedly, and nothing of it was kept. Ask for it again.")
# Work that keeps piece after piece says so in its facts.
BY_PIECES = "by_pieces"
STOPPED = gettext_noop(
    "This stopped before its end. What it had taken in by then is kept; ask for it again, and only "
    "what is missing is taken in."
)
INTERRUPTED = gettext_noop(
    "The server was stopped while this ran; nothing of it was kept. Ask for it again."
)


Work = Callable[[Job, Tell], Mapping[str, Any]]


@transaction.atomic
def ask_for(*, work: str, title: str, study: Study, facts: Mapping[str, Any], by: Member) -> Job:
    """Ask for long work, by the dotted path of a function in a stage's ``tasks``."""
    if not WORK.fullmatch(work):
        raise ValueError(f"{work} is no work of a stage")
    job = Job.objects.create(
        work=work,
        title=title,
        language=get_language() or "en",
        study=study,
        facts=dict(facts),
        asked_by=by,
        asked=timezone.now(),
    )
    record("work.asked", subject=job.ref, by=by.ref, study=study.ref, work=work.rpartition(".")[2])
    transaction.on_commit(lambda: carry_out.enqueue(job.ref))
    return job


@task
def carry_out(ref: str) -> None:
    """Do a piece of work and keep what came of it; called by the worker."""
    taken = Job.objects.filter(ref=ref, state=JobState.WAITING).update(state=JobState.RUNNING)
    if not taken:
        return
    job = Job.objects.select_related("study", "asked_by").get(ref=ref)
    with override(job.language):
        _do(job)


def _do(job: Job) -> None:
    try:
        work: Work = import_string(job.work)
        result = work(job, teller(job.ref))
    except Refusal as refusal:
        _end(job, JobState.REFUSED, says=said(refusal))
    except Exception:
        LOG.exception("work %s stopped", job.ref)
        _end(job, JobState.FAILED, says=STOPPED if job.facts.get(BY_PIECES) else FAILED)
    else:
        _end(job, JobState.DONE, says=str(result.get("says", "")), result=result)


def end_interrupted() -> int:
    """End what was running when the server last stopped; return how much there was."""
    left = Job.objects.filter(state=JobState.RUNNING)
    over = {"state": JobState.FAILED, "ended": timezone.now()}
    pieces = left.filter(facts__has_key=BY_PIECES).update(says=STOPPED, **over)
    return pieces + left.update(says=INTERRUPTED, **over)


def keep_so_far(job: Job, result: Mapping[str, Any]) -> None:
    """Keep what has come of work that keeps piece after piece, while it goes on."""
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(result=dict(result))


def work_over(study: Study) -> int:
    """Count the long work of a study that is over."""
    return _over(study).count()


def forget_work(study: Study) -> int:
    """Forget the long work of a study that is over: what it said may name what was erased."""
    gone = _over(study).count()
    _over(study).delete()
    return gone


def _over(study: Study) -> QuerySet[Job]:
    over = (JobState.DONE, JobState.REFUSED, JobState.FAILED)
    return Job.objects.filter(study=study, state__in=over)


def _end(job: Job, state: JobState, *, says: str, result: Mapping[str, Any] | None = None) -> None:
    job.state, job.says, job.ended = state, says, timezone.now()
    changed = ["state", "says", "ended"]
    if result is not None:
        job.result = dict(result)
        changed.append("result")
    job.save(update_fields=changed)
    forget(job.ref)
