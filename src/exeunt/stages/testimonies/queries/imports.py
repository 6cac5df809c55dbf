"""What became of each file of texts that somebody had taken in."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from exeunt.desk.models import Job
from exeunt.desk.work import job_called
from exeunt.errors import NotThere
from exeunt.members.models import Member
from exeunt.stages.sources.intake.cells import is_formula
from exeunt.stages.testimonies.states import Came
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

WORK = "take_texts"


class Outcomes(NamedTuple):
    """The files of one import, each with what became of it, and the work that did it."""

    job: Job
    files: Sequence[Mapping[str, Any]]

    @property
    def counted(self) -> dict[Came, int]:
        """How many files there were of each outcome that there was."""
        came = [file["came"] for file in self.files]
        return {one: came.count(one) for one in Came if one in came}

    @property
    def to_confirm(self) -> int:
        """How many texts wait for a person since."""
        return self.counted.get(Came.TO_CONFIRM, 0)

    def rows(self) -> Iterator[list[str]]:
        """Yield the table as cells that no spreadsheet would run, its header first."""
        yield [_("File"), _("What became of it"), _("Account"), _("Accounts"), _("Why")]
        for file in self.files:
            says = " ".join(file["says"])
            cells = (file["name"], _(file["came"]), file["label"], str(file["accounts"]), says)
            # A cell that a spreadsheet would run is written with an apostrophe before it.
            yield [f"'{cell}" if is_formula(cell) else cell for cell in cells]


def outcomes_of(study: Study, ref: str, *, by: Member) -> Outcomes:
    """Return what became of each file of an import that this member asked for."""
    require(Act.IMPORT_ACCOUNTS, study=study, by=by)
    job = job_called(ref, study=study, by=by)
    if not job.work.endswith(f".{WORK}"):
        raise NotThere("There is nothing here.")
    return Outcomes(job, job.result.get("rows", []))
