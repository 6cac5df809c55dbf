"""The twelve stages in the order that a testimony moves, and how far a study has come."""

from collections.abc import Collection
from typing import NamedTuple

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exeunt.errors import ExeuntError, why_not
from exeunt.stages.testimonies.queries import extent_of
from exeunt.studies.models import Study
from exeunt.studies.roles import Act, Role
from exeunt.studies.rules import check_may

NOT_YET = "–"
Words = str | Promise


class Stage(NamedTuple):
    """One of the twelve: its name, and the page and act that it opens with, where it exists."""

    name: str
    words: Words
    page: str = ""
    act: Act | None = None


class StageLine(NamedTuple):
    """One stage as the shell shows it; ``reason`` says why it is not open to who asks."""

    name: str
    url: str
    amount: str
    state: str
    reason: ExeuntError | None


class Place(NamedTuple):
    """A page within the part of the study that is open."""

    name: str
    url: str
    here: bool


STAGES = (
    Stage("discovery", _("discovery")),
    Stage("sources", _("sources"), "testimonies:accounts", Act.READ_ACCOUNTS),
    Stage("narrators", _("narrators"), "testimonies:accounts", Act.READ_ACCOUNTS),
    Stage("consent", _("consent")),
    Stage("protection", _("protection")),
    Stage("testimonies", _("testimonies"), "testimonies:accounts", Act.READ_ACCOUNTS),
    Stage("coding", _("coding"), "coding:codebooks", Act.SEE_FINDINGS),
    Stage("assessment", _("assessment")),
    Stage("findings", _("findings"), "findings:findings", Act.SEE_FINDINGS),
    Stage("clearance", _("clearance")),
    Stage("publication", _("publication")),
    Stage("reach", _("reach")),
)
PLACES: dict[str, tuple[tuple[Words, str], ...]] = {
    "testimonies": (
        (_("Accounts"), "testimonies:accounts"),
        (_("Add an account"), "testimonies:add"),
        (_("Import accounts"), "testimonies:import"),
    ),
    "coding": (
        (_("Codebooks"), "coding:codebooks"),
        (_("Code accounts"), "coding:next"),
        (_("Where you differ"), "coding:differences"),
        (_("Import codings"), "coding:import"),
    ),
    "findings": (
        (_("Findings"), "findings:findings"),
        (_("Agreement"), "findings:agreement"),
        (_("Reports"), "findings:reports"),
    ),
}
OF_THE_STUDY: tuple[tuple[Words, str], ...] = (
    (_("Overview"), "overview"),
    (_("Members"), "studies:members"),
    (_("Protocol"), "studies:protocol"),
    (_("Ledger"), "studies:ledger"),
)


class Counts(NamedTuple):
    """How much a study holds, stage by stage, and whether any of it is invented."""

    of: dict[str, int]
    invented: bool


def counts_of(study: Study) -> Counts:
    """Count once for every edition of a study."""
    key = f"counts:{study.ref}:{study.edition}"
    kept = cache.get(key)
    if kept is None:
        kept = _counted(study)
        cache.set(key, kept, timeout=86_400)
    return Counts(*kept)


def invented_in(study: Study) -> bool:
    """Tell whether a study holds invented material."""
    return counts_of(study).invented


def stage_lines(request: HttpRequest) -> list[StageLine]:
    """Return the twelve stages as who asks may walk them."""
    study, roles = request.study, request.roles  # type: ignore[attr-defined]
    here = _namespace(request)
    counts = counts_of(study).of
    return [_line(stage, study, here=here, counts=counts, roles=roles) for stage in STAGES]


def places(request: HttpRequest) -> list[Place]:
    """Return the pages beside the one that is open: of its stage, or of the study itself."""
    study = request.study  # type: ignore[attr-defined]
    match = request.resolver_match
    beside = PLACES.get(_namespace(request), OF_THE_STUDY)
    here = match.view_name if match else ""
    return [
        Place(str(name), reverse(view, kwargs={"study_ref": study.ref}), view == here)
        for name, view in beside
    ]


def _line(
    stage: Stage, study: Study, *, here: str, counts: dict[str, int], roles: Collection[Role]
) -> StageLine:
    count = counts.get(stage.name)
    state = "here" if stage.name == here else "done" if count else "ahead"
    reason = _reason(stage, roles)
    url = reverse(stage.page, kwargs={"study_ref": study.ref}) if stage.page else ""
    return StageLine(
        name=str(stage.words),
        url=url if reason is None else "",
        amount=NOT_YET if count is None else f"{count:,}".replace(",", " "),
        state=state,
        reason=reason,
    )


def _reason(stage: Stage, roles: Collection[Role]) -> ExeuntError | None:
    act = stage.act
    return why_not(lambda: check_may(act, roles)) if act is not None else None


def _namespace(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.namespace if match else ""


def _counted(study: Study) -> tuple[dict[str, int], bool]:
    extent = extent_of(study)
    counts = {
        "sources": extent.accounts,
        "narrators": extent.narrators,
        "testimonies": extent.with_text,
    }
    return counts, extent.invented
