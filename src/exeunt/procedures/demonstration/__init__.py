"""Filling a new archive with studies that show what Exeunt does."""

from collections.abc import Callable, Sequence
from importlib import resources
from importlib.resources import as_file
from pathlib import Path
from typing import NamedTuple

from exeunt.members.models import Kind, Member
from exeunt.stages.coding.actions.codebooks import keep_codebook
from exeunt.stages.coding.actions.codings import import_codings
from exeunt.stages.coding.codebooks import ready_codebook
from exeunt.stages.coding.models import CodebookVersion
from exeunt.stages.testimonies.actions.accounts import import_accounts
from exeunt.studies.actions import agree_protocol, begin_study, invite, state_limits
from exeunt.studies.models import Study
from exeunt.studies.roles import Role
from exeunt.studies.rules import ProtocolFacts

Tell = Callable[[str], None]

INVENTED = "invented-testimonies"
PUBLISHED = "leaving-2014-2026"
PUBLISHED_PROTOCOL = ProtocolFacts(
    approval_reference="None sought: facts coded from published pages; no names, no sentences",
    lawful_basis="Public record, research; storing, coding and aggregates only",
    retention="2031-12-31",
    access_contact="The maintainers of this copy of Exeunt",
    breach_contact="The maintainers of this copy of Exeunt",
    holder_duties="Pseudonymous, not anonymous: keep it in the source tree, identify nobody",
)
PUBLISHED_LIMITS = (
    "The readers saw only the opening of each page, about 2,000 characters. A reason told later "
    "is missing here: the figures describe what is told first.",
    "153 accounts were found, in nine languages, among pages that happened to be stored. 21 were "
    "left out because the second reader could not see the page again, and one because its truth "
    "was challenged. What was lost is not lost at random.",
    "Both readers are language models; which ones was not recorded. Models that are alike err "
    "alike, so their agreement may overstate reliability, and it says nothing about validity.",
    "A good third of the accounts were given under legal process: what they say may serve a case.",
    "Each account is taken to be one narrator's, since the data do not tell narrators apart.",
    "Periods are those of publication, not of leaving.",
    "The people behind these accounts never consented to this use. Do not try to identify anybody.",
)


class Shown(NamedTuple):
    """A study that is ready to be looked at, and the codebook that it was read with."""

    study: Study
    version: CodebookVersion


def show_invented(*, by: Member, tell: Tell) -> Shown:
    """Begin a study of invented testimonies in three languages, read by two coders."""
    tell("Taking in ten invented testimonies and their two readings")
    study = begin_study(slug=INVENTED, title="Invented testimonies of leaving", by=by)
    _appoint_readers(study, ("first-reader", "second-reader"), kind=Kind.PERSON, by=by)
    version = keep_codebook(study=study, codebook=ready_codebook("icsr-2015"), by=by)
    with as_file(resources.files(__name__) / "data") as data:
        import_accounts(study=study, path=data / "accounts.jsonl", by=by)
        import_codings(study=study, path=data / "codings.csv", by=by)
    return Shown(study, version)


def show_published(folder: Path, *, by: Member, tell: Tell) -> Shown:
    """Begin a study of the published accounts that lie in a folder of the source tree."""
    tell("Taking in the published accounts and both readings")
    study = begin_study(slug=PUBLISHED, title="Published accounts of leaving", by=by)
    agree_protocol(study=study, facts=PUBLISHED_PROTOCOL, by=by)
    study = state_limits(study=study, limits=PUBLISHED_LIMITS, by=by)
    _appoint_readers(study, ("reader-1", "reader-2"), kind=Kind.MACHINE, by=by)
    codebook = ready_codebook("published-accounts-2026")
    version = keep_codebook(study=study, codebook=codebook, by=by)
    import_accounts(
        study=study,
        path=folder / "accounts.csv",
        provenance="public record",
        rename={"published": "period"},
        by=by,
    )
    import_codings(study=study, path=folder / "codings.csv", by=by)
    return Shown(study, version)


def _appoint_readers(study: Study, names: Sequence[str], *, kind: Kind, by: Member) -> None:
    for name in names:
        invite(study=study, name=name, role=Role.CODER, kind=kind, by=by)
