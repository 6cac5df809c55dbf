"""Long work of this stage: taking in a table of accounts."""

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
from exeunt.stages.testimonies.actions.accounts import Taken, import_accounts
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

TAKE_IN = "exeunt.stages.testimonies.tasks.take_in"


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
