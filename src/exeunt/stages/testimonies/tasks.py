"""Long work of this stage: taking in a table of accounts, or files of texts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exeunt.desk.actions import BY_PIECES, keep_so_far
from exeunt.desk.models import Job
from exeunt.desk.progress import Tell
from exeunt.desk.saying import sentence_said
from exeunt.desk.uploads import Upload, drop, upload_called
from exeunt.desk.work import ask_for
from exeunt.errors import BadInput
from exeunt.members.models import Member
from exeunt.stages.testimonies.actions.accounts import Taken, import_accounts
from exeunt.stages.testimonies.actions.texts import (
    Given,
    Outcome,
    Reading,
    import_texts,
    provenance_of_texts,
)
from exeunt.stages.testimonies.rules.entering import language_from
from exeunt.stages.testimonies.states import Came
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

TAKE_IN = "exeunt.stages.testimonies.tasks.take_in"
TAKE_TEXTS = "exeunt.stages.testimonies.tasks.take_texts"
# How often the table of outcomes is kept while it grows.
KEPT_EVERY = 10


def ask_to_take_in(*, study: Study, upload: Upload, provenance: str, by: Member) -> Job:
    """Ask for a table that was sent to be taken in, all of it or nothing."""
    require(Act.IMPORT_ACCOUNTS, study=study, by=by)
    return ask_for(
        work=TAKE_IN,
        title=_("Taking in “%(name)s”") % {"name": upload.name},
        study=study,
        facts={"upload": upload.token, "provenance": provenance},
        by=by,
    )


def take_in(job: Job, tell: Tell) -> Mapping[str, Any]:
    """Take the table in, and point to the accounts."""
    upload = upload_called(job.facts["upload"], study=job.study, by=job.asked_by)
    taken = _taken(job, upload, tell)
    drop(upload)
    says = ngettext("Took in %(count)s account.", "Took in %(count)s accounts.", taken.accounts) % {
        "count": taken.accounts
    }
    return {"says": says, "url": "testimonies:accounts", "kwargs": {}}


def _taken(job: Job, upload: Upload, tell: Tell) -> Taken:
    try:
        return import_accounts(
            study=job.study,
            path=upload.path,
            provenance=job.facts["provenance"] or None,
            progress=lambda rows: tell(_("Rows read: %(rows)s") % {"rows": rows}),
            by=job.asked_by,
        )
    except BadInput as refused:
        # The file lies here under a name that nobody knows.
        raise refused.about(upload.name) from refused


def ask_to_take_texts(
    *, study: Study, uploads: Sequence[Upload], provenance: str, reading: Reading, by: Member
) -> Job:
    """Ask for files of texts that were sent to be taken in, one after another.

    Refuses at once what the study may not hold, and a language that is none.
    """
    require(Act.IMPORT_ACCOUNTS, study=study, by=by)
    decided = provenance_of_texts(study, provenance)
    language_from(reading.language)
    title = ngettext("Taking in %(count)s file", "Taking in %(count)s files", len(uploads))
    facts = {
        "uploads": [upload.token for upload in uploads],
        "provenance": decided.value,
        "reading": list(reading),
        BY_PIECES: True,
    }
    return ask_for(
        work=TAKE_TEXTS, title=title % {"count": len(uploads)}, study=study, facts=facts, by=by
    )


def take_texts(job: Job, tell: Tell) -> Mapping[str, Any]:
    """Take file after file in, and keep the table of what became of each while it grows."""
    uploads = [
        upload_called(token, study=job.study, by=job.asked_by) for token in job.facts["uploads"]
    ]
    outcomes = import_texts(
        study=job.study,
        given=[Given(upload.path, upload.name) for upload in uploads],
        provenance=job.facts["provenance"],
        reading=Reading(*job.facts["reading"]),
        by=job.asked_by,
    )
    result: dict[str, Any] = {"url": "testimonies:texts-taken", "kwargs": {"job": job.ref}}
    result["rows"] = []
    for number, outcome in enumerate(outcomes, 1):
        result["rows"].append(_row(outcome))
        tell(_("Files looked at: %(number)s") % {"number": number}, number, len(uploads))
        if number % KEPT_EVERY == 0:
            keep_so_far(job, result)
    for upload in uploads:
        drop(upload)
    return {**result, "says": _summary(result["rows"])}


def _row(outcome: Outcome) -> dict[str, Any]:
    says = [sentence_said(says) for says in outcome.says]
    return {**outcome._asdict(), "came": outcome.came.value, "says": says}


def _summary(rows: Sequence[Mapping[str, Any]]) -> str:
    counted = Counter(row["came"] for row in rows)
    said = [f"{_(came.value)}: {counted[came]}" for came in Came if counted[came]]
    return _(", ").join(said)
