"""Long work of this stage: counting what was asked, and writing reports of it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from django.utils.translation import gettext as _

from exeunt.desk.models import Job
from exeunt.desk.progress import Tell
from exeunt.desk.work import ask_for
from exeunt.members.models import Member
from exeunt.stages.findings.actions.answers import answer
from exeunt.stages.findings.actions.reports import check_formats, report_on
from exeunt.stages.findings.models import Answer
from exeunt.stages.findings.queries.answers import check_may_see, version_asked, versions_read
from exeunt.stages.findings.rules.asking import Asking, address_of, asked_in
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

COUNT = "exeunt.stages.findings.tasks.count"
WRITE = "exeunt.stages.findings.tasks.write"


def ask_to_count(*, study: Study, asking: Asking, by: Member) -> Job:
    """Ask for a question to be answered; whether it can be, is known when it is counted."""
    check_may_see(study, version_asked(asking.codebook, versions_read(study)), by=by)
    return ask_for(
        work=COUNT,
        title=_("Counting what the accounts say"),
        study=study,
        facts={"question": address_of(asking)},
        by=by,
    )


def ask_to_write(*, study: Study, asking: Asking, formats: list[str], ref: str, by: Member) -> Job:
    """Ask for the report of a question in some formats; ``ref`` is the report's own."""
    require(Act.MAKE_REPORT, study=study, by=by)
    check_formats(formats)
    check_may_see(study, version_asked(asking.codebook, versions_read(study)), by=by)
    return ask_for(
        work=WRITE,
        title=_("Writing a report"),
        study=study,
        facts={"question": address_of(asking), "formats": formats, "ref": ref},
        by=by,
    )


def count(job: Job, tell: Tell) -> Mapping[str, Any]:
    """Answer the question that was asked, and point to the answer."""
    return {"url": "findings:answer", "kwargs": {"ref": _answered(job, tell).ref}}


def write(job: Job, tell: Tell) -> Mapping[str, Any]:
    """Write the report that was asked for, counting first where nothing is kept."""
    kept = _answered(job, tell)
    facts = job.facts
    made = report_on(
        answer=kept, formats=facts["formats"], tell=tell, ref=facts["ref"], by=job.asked_by
    )
    return {"url": "findings:report", "kwargs": {"ref": made.ref}}


def _answered(job: Job, tell: Tell) -> Answer:
    asking = asked_in(parse_qsl(job.facts["question"]))
    return answer(
        study=job.study,
        version=version_asked(asking.codebook, versions_read(job.study)),
        question=asking.question,
        tell=tell,
        by=job.asked_by,
    )
