"""Rounds of coding: which there are, how far each coder is, and what is left for who asks."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Count, Exists, QuerySet

from exeunt.errors import ExeuntError, NotThere, Refusal, why_not
from exeunt.members.models import Member
from exeunt.stages.coding.models import Assignment, CodebookVersion, Round
from exeunt.stages.coding.queries.calibration import (
    calibration_of,
    check_may_see_calibration,
)
from exeunt.stages.coding.queries.giving import coders_of, sheets_on
from exeunt.stages.coding.queries.things import (
    accounts_about,
    label_of,
    things_in,
    unit_of,
)
from exeunt.stages.coding.rules.calibration import Calibration
from exeunt.stages.coding.states import Purpose, Sharing
from exeunt.stages.testimonies.models import Account
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

MOST_LISTED = 50
ALL = 100


class CoderLine(NamedTuple):
    """How far one coder is with what a round gave them; no judgement."""

    coder: Member
    given: int
    begun: int
    done: int
    still_codes: bool

    @property
    def waiting(self) -> int:
        """How many they have not begun."""
        return self.given - self.begun

    @property
    def percent(self) -> int:
        """How much of it is complete."""
        return self.done * ALL // self.given if self.given else ALL


class RoundLine(NamedTuple):
    """One round, and how far its coders are together."""

    round: Round
    given: int
    done: int

    @property
    def percent(self) -> int:
        """How much of it is complete."""
        return self.done * ALL // self.given if self.given else ALL


class OwnLine(NamedTuple):
    """One thing that who asks was given, and has not completed."""

    ref: str
    label: str
    begun: bool


class RoundPage(NamedTuple):
    """One round: how it was drawn, how far each coder is, and what is left for who asks."""

    round: Round
    coders: tuple[CoderLine, ...]
    own: tuple[OwnLine, ...]
    own_left: int
    calibration: Calibration | None
    why_not: ExeuntError | None

    @property
    def given(self) -> int:
        """How many readings the round gave out."""
        return sum(line.given for line in self.coders)

    @property
    def done(self) -> int:
        """How many of them are complete."""
        return sum(line.done for line in self.coders)

    @property
    def is_calibration(self) -> bool:
        """Whether all read the same, to compare how they read."""
        return self.round.purpose == Purpose.CALIBRATION

    @property
    def is_for_all(self) -> bool:
        """Whether everybody reads all."""
        return self.round.sharing == Sharing.EVERYBODY


def rounds_of(
    study: Study, version: CodebookVersion | None = None, *, by: Member
) -> list[RoundLine]:
    """Return the rounds of a study, or of one version, the newest first."""
    require(Act.SEE_FINDINGS, study=study, by=by)
    found = _rounds(study).order_by("-pk")
    rounds = list(found if version is None else found.filter(version=version))
    given, done = _extents(rounds)
    return [RoundLine(one, given.get(one.pk, 0), done.get(one.pk, 0)) for one in rounds]


def round_called(study: Study, ref: str, *, by: Member) -> Round:
    """Return a round by its reference, or by a name such as ``icsr-2015@1/2``."""
    require(Act.SEE_FINDINGS, study=study, by=by)
    version, slash, number = ref.partition("/")
    slug, _at, edition = version.partition("@")
    named = {"version__codebook__slug": slug, "number": number, "version__number": edition}
    is_name = slash and number.isdecimal() and edition.isdecimal()
    found = _rounds(study).filter(**named if is_name else {"ref": ref}).first()
    if found is None:
        raise NotThere("There is nothing here.")
    return found


def round_page(study: Study, ref: str, *, by: Member) -> RoundPage:
    """Return one round as who asks may see it; what a calibration says only in its time."""
    found = round_called(study, ref, by=by)
    why, calibration = None, None
    if found.purpose == Purpose.CALIBRATION:
        why = why_not(lambda: check_may_see_calibration(study, found, by=by))
        calibration = calibration_of(study, found, by=by) if why is None else None
    return RoundPage(
        round=found,
        coders=tuple(coders_in(study, found, by=by)),
        own=tuple(own_in(study, found, by=by)),
        own_left=own_left_in(study, found, by=by),
        calibration=calibration,
        why_not=why,
    )


def coders_in(study: Study, round_: Round, *, by: Member) -> list[CoderLine]:
    """Say how far each coder is with what a round gave them; numbers only."""
    require(Act.SEE_FINDINGS, study=study, by=by)
    version = round_.version
    given = Assignment.objects.filter(round=round_)
    begun = _counted(given.filter(Exists(sheets_on(unit_of(version)))), "coder")
    done = _counted(given.filter(Exists(sheets_on(unit_of(version), complete=True))), "coder")
    still = set(coders_of(study))
    totals = _counted(given, "coder")
    return [
        CoderLine(one, totals[one.pk], begun.get(one.pk, 0), done.get(one.pk, 0), one.pk in still)
        for one in Member.objects.filter(pk__in=totals).order_by("pk")
    ]


def coder_in(study: Study, round_: Round, ref: str, *, by: Member) -> CoderLine:
    """Return how far one coder of a round is, by their reference."""
    for line in coders_in(study, round_, by=by):
        if line.coder.ref == ref:
            return line
    raise NotThere("There is nothing here.")


def thing_labelled(study: Study, version: CodebookVersion, label: str) -> str:
    """Return the reference of what an account of this label is read as."""
    account = Account.objects.filter(study=study, label=label.strip()).first()
    things = things_in(account, unit_of(version)) if account is not None else []
    if not things:
        raise Refusal("There is nothing to read of an account “{label}” here.", label=label)
    return things[0].ref


def own_in(study: Study, round_: Round, *, by: Member) -> list[OwnLine]:
    """Return what a round gave who asks and they have not completed, in the order drawn."""
    require(Act.SEE_FINDINGS, study=study, by=by)
    unit = unit_of(round_.version)
    done = sheets_on(unit_of(round_.version), complete=True)
    left = Assignment.objects.filter(~Exists(done), round=round_, coder=by).order_by("position")
    rows = left.annotate(begun=Exists(sheets_on(unit_of(round_.version)))).values_list(
        f"{unit}_id", f"{unit}__ref", "begun"
    )[:MOST_LISTED]
    told = accounts_about(unit, [number for number, *_ in rows])
    return [
        OwnLine(ref, label_of(told.get(number, [])), begun=begun) for number, ref, begun in rows
    ]


def own_left_in(study: Study, round_: Round, *, by: Member) -> int:
    """Count what a round gave who asks and they have not completed."""
    require(Act.SEE_FINDINGS, study=study, by=by)
    done = sheets_on(unit_of(round_.version), complete=True)
    return Assignment.objects.filter(~Exists(done), round=round_, coder=by).count()


def _rounds(study: Study) -> QuerySet[Round]:
    found = Round.objects.filter(version__codebook__study=study)
    return found.select_related("version__codebook", "by")


def _extents(rounds: Sequence[Round]) -> tuple[dict[int, int], dict[int, int]]:
    """Count by round what was given and what is complete, unit by unit."""
    given: dict[int, int] = {}
    done: dict[int, int] = {}
    for unit in {unit_of(one.version) for one in rounds}:
        mine = [one.pk for one in rounds if unit_of(one.version) is unit]
        there = Assignment.objects.filter(round__in=mine)
        given |= _counted(there, "round")
        done |= _counted(there.filter(Exists(sheets_on(unit, complete=True))), "round")
    return given, done


def _counted(given: QuerySet[Assignment], by: str) -> dict[int, int]:
    return dict(given.order_by().values_list(by).annotate(Count("pk")))
