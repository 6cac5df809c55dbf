"""Long work of this stage: taking in a table of codings, or a whole project."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exeunt.desk.models import Job
from exeunt.desk.progress import Tell
from exeunt.desk.saying import sentence_said
from exeunt.desk.uploads import Upload, drop, upload_called
from exeunt.desk.work import ask_for
from exeunt.errors import BadInput
from exeunt.members.models import Member
from exeunt.stages.coding.actions.codings import TakenCodings, import_codings
from exeunt.stages.coding.actions.projects import TakenProject, import_project
from exeunt.stages.coding.queries.projects import Wishes
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

TAKE_IN = "exeunt.stages.coding.tasks.take_in"
TAKE_PROJECT = "exeunt.stages.coding.tasks.take_project"


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


def ask_to_take_project(*, study: Study, upload: Upload, wishes: Wishes, by: Member) -> Job:
    """Ask for a project that was sent to be taken in, all of it or nothing."""
    for act in (Act.IMPORT_ACCOUNTS, Act.IMPORT_CODINGS, Act.EDIT_CODEBOOK):
        require(act, study=study, by=by)
    return ask_for(
        work=TAKE_PROJECT,
        title=_("Taking in “%(name)s”") % {"name": upload.name},
        study=study,
        facts={
            "upload": upload.token,
            "provenance": wishes.provenance,
            "codebook": wishes.codebook,
            "coders": dict(wishes.coders),
            "countings": dict(wishes.countings),
        },
        by=by,
    )


def take_project(job: Job, tell: Tell) -> Mapping[str, Any]:
    """Take the project in, and point to its codebook."""
    upload = upload_called(job.facts["upload"], study=job.study, by=job.asked_by)
    tell(_("Reading the project"))
    taken = _taken_project(job, upload)
    drop(upload)
    told = [
        ngettext("Took in %(count)s coding.", "Took in %(count)s codings.", taken.codings)
        % {"count": taken.codings},
        ngettext("%(count)s text is new.", "%(count)s texts are new.", taken.new_texts)
        % {"count": taken.new_texts},
        *map(sentence_said, taken.left),
    ]
    kwargs = {"codebook": taken.codebook}
    return {"says": " ".join(told), "url": "coding:codebook", "kwargs": kwargs}


def _taken_project(job: Job, upload: Upload) -> TakenProject:
    facts = job.facts
    wishes = Wishes(
        provenance=facts["provenance"],
        codebook=facts["codebook"],
        coders=facts["coders"],
        countings=facts["countings"],
        named=upload.name,
    )
    return import_project(study=job.study, path=upload.path, wishes=wishes, by=job.asked_by)
