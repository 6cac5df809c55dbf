"""The twelve stages in the order that a testimony moves, and how far a study has come."""

from collections.abc import Collection
from typing import NamedTuple

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exeunt.desk.templatetags.house import number
from exeunt.errors import ExeuntError, why_not
from exeunt.stages.coding.queries.extent import coded_in
from exeunt.stages.consent.queries.facts import standing_in
from exeunt.stages.findings.queries.standing import answers_kept
from exeunt.stages.narrators.queries import narrators_in
from exeunt.stages.sources.queries import sources_in
from exeunt.stages.testimonies.queries import extent_of
from exeunt.studies.models import Study
from exeunt.studies.roles import MAY, Act, Role
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


class Beside(NamedTuple):
    """A page that stands beside others: its name, and what it takes to see it."""

    words: Words
    page: str
    act: Act


STAGES = (
    Stage("discovery", _("discovery")),
    Stage("sources", _("sources"), "testimonies:accounts", Act.READ_ACCOUNTS),
    Stage("narrators", _("narrators"), "testimonies:accounts", Act.READ_ACCOUNTS),
    Stage("consent", _("consent"), "consent:narrators", Act.SEE_CONSENT),
    Stage("protection", _("protection")),
    Stage("testimonies", _("testimonies"), "testimonies:accounts", Act.READ_ACCOUNTS),
    Stage("coding", _("coding"), "coding:codebooks", Act.SEE_FINDINGS),
    Stage("assessment", _("assessment")),
    Stage("findings", _("findings"), "findings:findings", Act.SEE_FINDINGS),
    Stage("clearance", _("clearance")),
    Stage("publication", _("publication")),
    Stage("reach", _("reach")),
)
PLACES: dict[str, tuple[Beside, ...]] = {
    "consent": (
        Beside(_("Consent"), "consent:narrators", Act.SEE_CONSENT),
        Beside(_("What ends"), "consent:calendar", Act.SEE_CONSENT),
        Beside(_("Stop everything of a narrator"), "consent:stop", Act.SUSPEND),
    ),
    "testimonies": (
        Beside(_("Accounts"), "testimonies:accounts", Act.READ_ACCOUNTS),
        Beside(_("Add an account"), "testimonies:add", Act.ADD_ACCOUNTS),
        Beside(_("Import accounts"), "testimonies:import", Act.IMPORT_ACCOUNTS),
        Beside(_("Import texts"), "testimonies:import-texts", Act.IMPORT_ACCOUNTS),
        Beside(_("Texts to confirm"), "testimonies:to-confirm", Act.EDIT_ACCOUNTS),
    ),
    "coding": (
        Beside(_("Codebooks"), "coding:codebooks", Act.SEE_FINDINGS),
        Beside(_("Find passages"), "coding:find", Act.READ_ACCOUNTS),
        Beside(_("Code accounts"), "coding:next", Act.CODE),
        Beside(_("Memos"), "coding:memos", Act.READ_ACCOUNTS),
        Beside(_("Rounds"), "coding:rounds", Act.SEE_FINDINGS),
        Beside(_("Where you differ"), "coding:differences", Act.SETTLE),
        Beside(_("Where marks differ"), "coding:stretches", Act.SETTLE),
        Beside(_("Import codings"), "coding:import", Act.IMPORT_CODINGS),
        Beside(_("Import a project"), "coding:import-project", Act.IMPORT_CODINGS),
        Beside(_("Export for a colleague"), "coding:export", Act.HAND_ON),
    ),
    "findings": (
        Beside(_("Findings"), "findings:findings", Act.SEE_FINDINGS),
        Beside(_("Agreement"), "findings:agreement", Act.SEE_FINDINGS),
        Beside(_("Counted searches"), "findings:searches", Act.SEE_FINDINGS),
        Beside(_("Reports"), "findings:reports", Act.SEE_FINDINGS),
    ),
}
OF_THE_STUDY: tuple[Beside, ...] = (
    Beside(_("Overview"), "overview", Act.SEE_FINDINGS),
    Beside(_("Members"), "studies:members", Act.SEE_FINDINGS),
    Beside(_("Protocol"), "studies:protocol", Act.SEE_FINDINGS),
    Beside(_("If this is hard"), "testimonies:care", Act.SEE_FINDINGS),
    Beside(_("Stop everything of a narrator"), "consent:stop", Act.SUSPEND),
    Beside(_("Legal holds"), "narrators:holds", Act.SEE_HOLDS),
    Beside(_("Ledger"), "studies:ledger", Act.READ_LEDGER),
    Beside(_("Vault"), "custody:desk", Act.TAKE_IN),
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


def stage_lines(request: HttpRequest, counts: Counts) -> list[StageLine]:
    """Return the twelve stages as who asks may walk them, with what was counted of the study."""
    study, roles = request.study, request.roles  # type: ignore[attr-defined]
    here = _namespace(request)
    # Answers are kept without the study's material changing.
    held = {**counts.of, "findings": answers_kept(study)}
    return [_line(stage, study, here=here, counts=held, roles=roles) for stage in STAGES]


def places(request: HttpRequest) -> list[Place]:
    """Return the pages beside the one that is open that who asks may see.

    They are those of its stage, or of the study itself.
    """
    study = request.study  # type: ignore[attr-defined]
    match = request.resolver_match
    beside = PLACES.get(_namespace(request), OF_THE_STUDY)
    here = match.view_name if match else ""
    return [
        Place(str(one.words), _address(one.page, study), one.page == here)
        for one in beside
        if not MAY[one.act].isdisjoint(request.roles)  # type: ignore[attr-defined]
    ]


def _line(
    stage: Stage, study: Study, *, here: str, counts: dict[str, int], roles: Collection[Role]
) -> StageLine:
    count = counts.get(stage.name)
    state = "here" if stage.name == here else "done" if count else "ahead"
    reason = _reason(stage, roles)
    url = _address(stage.page, study) if stage.page else ""
    return StageLine(
        name=str(stage.words),
        url=url if reason is None else "",
        amount=NOT_YET if count is None else number(count),
        state=state,
        reason=reason,
    )


def _address(page: str, study: Study) -> str:
    return reverse(page, kwargs={"study_ref": study.ref})


def _reason(stage: Stage, roles: Collection[Role]) -> ExeuntError | None:
    act = stage.act
    return why_not(lambda: check_may(act, roles)) if act is not None else None


def _namespace(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.namespace if match else ""


def _counted(study: Study) -> tuple[dict[str, int], bool]:
    extent = extent_of(study)
    coded = coded_in(study)
    counts = {
        "sources": sources_in(study),
        "narrators": narrators_in(study),
        "consent": standing_in(study),
        "accounts": extent.accounts,
        "testimonies": extent.with_text,
        "codebooks": coded.codebooks,
        "coding": coded.things,
    }
    return counts, extent.invented
