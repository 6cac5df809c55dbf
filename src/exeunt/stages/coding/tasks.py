"""Long work of this stage: taking in a table of codings."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exeunt.desk.models import Job
from exeunt.desk.progress import Tell
from exeunt.desk.uploads import Upload, drop, upload_called
from exeunt.desk.work import ask_for
from exeunt.errors import BadInput
from exeunt.members.models import Member
from exeunt.stages.coding.actions.codings import TakenCodings, import_codings
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

TAKE_IN = "exeunt.stages.coding.tasks.take_in"


def ask_to_take_in(*, study: Study, upload: Upload, codebook: str, by: Member) -> Job:
    """Ask for a table that was sent to be taken in, all of it or nothing."""
    require(Act.IMPORT_CODINGS, study=study, by=by)
    return ask_for(
        work=TAKE_IN,
        title=_("Taking in “%(name)s”") % {"name": upload.name},
        study=study,
        facts={"upload": upload.token, "codebook": codebook},
        by=by,
    )


def take_in(job: Job, tell: Tell) -> Mapping[str, Any]:
    """Take the table in, and point to where its readers differ."""
    upload = upload_called(job.facts["upload"], study=job.study, by=job.asked_by)
    taken = _taken(job, upload, tell)
    drop(upload)
    says = ngettext("Took in %(count)s coding.", "Took in %(count)s codings.", taken.codings) % {
        "count": taken.codings
    }
    return {"says": says, "url": "coding:differences", "kwargs": {}}


def _taken(job: Job, upload: Upload, tell: Tell) -> TakenCodings:
    try:
        return import_codings(
            study=job.study,
            path=upload.path,
            codebook=job.facts["codebook"],
            progress=lambda rows: tell(_("Rows done: %(rows)s") % {"rows": rows}),
            by=job.asked_by,
        )
    except BadInput as refused:
        # The file lies here under a name that nobody knows.
        raise refused.about(upload.name) from refused
