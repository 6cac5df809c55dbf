"""Finding sources and their captures, on behalf of somebody."""

from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from exeunt.errors import NotThere, Refusal
from exeunt.ledger.recording import record_alone
from exeunt.members.models import Member
from exeunt.stages.sources.models import Capture, Source
from exeunt.stages.sources.states import Provenance
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


class Kept(NamedTuple):
    """A preserved copy: where its bytes lie, and the name under which they are handed out."""

    path: Path
    name: str


def sources_in(study: Study) -> int:
    """Count what a study has received or cites."""
    return Source.objects.filter(study=study).count()


def provenances_in(study: Study) -> tuple[Provenance, ...]:
    """Return the kinds of material that a study holds."""
    kinds = Source.objects.filter(study=study).order_by().values_list("provenance", flat=True)
    return tuple(sorted(Provenance(kind) for kind in kinds.distinct()))


def taken_before(study: Study, digest: str) -> Capture | None:
    """Return the copy that a study keeps of just these bytes, if it has any."""
    return Capture.objects.filter(source__study=study, digest=digest).order_by("pk").first()


def capture_of(study: Study, ref: str, *, by: Member) -> Kept:
    """Return a preserved copy, and write down that it was handed out.

    Raises NotThere for a reference that is unknown here, and Refusal where the bytes are gone.
    """
    require(Act.READ_ACCOUNTS, study=study, by=by)
    capture = Capture.objects.filter(source__study=study, ref=ref).first()
    if capture is None:
        raise NotThere("There is nothing here.")
    path = captures_folder() / capture.digest
    if not path.is_file():
        raise Refusal(
            "This copy is missing from the archive's captures; run “exeunt check”, and restore "
            "it from a backup."
        )
    record_alone(
        "capture.read", subject=capture.ref, by=by.ref, study=study.ref, digest=capture.digest
    )
    return Kept(path, capture.name)


def captures_folder() -> Path:
    """Return the open archive's folder for captures."""
    folder = getattr(settings, "EXEUNT_CAPTURES", None)
    if folder is None:
        raise Refusal("No archive is open.")
    return Path(folder)
