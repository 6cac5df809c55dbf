"""What a member may see of what others judged: the one place where that is decided.

A sheet that is open is its coder's alone. Others' complete readings of one thing are shown,
nameless, once everybody who was given it or began it has completed it, and to a coder only
beside their own.
Sums over many things tell too: a coder sees none while others have completed what they have not.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q, QuerySet

from exeunt.ledger.models import Entry
from exeunt.members.models import Member
from exeunt.stages.coding.models import (
    CodebookVersion,
    Coding,
    Difference,
    Pass,
    Sheet,
    SpanDifference,
)
from exeunt.stages.coding.queries.giving import awaited, coders_of, given_to, is_shared_out
from exeunt.stages.coding.queries.things import Thing, unit_of
from exeunt.stages.coding.rules.blindness import (
    Standing,
    check_may_see_others,
    check_nothing_left,
    codes,
    facts_told,
)
from exeunt.stages.coding.rules.blindness import check_may_code_again as may_code_again
from exeunt.stages.coding.rules.blindness import check_may_stop_coding as may_stop_coding
from exeunt.stages.coding.states import SheetState, Target
from exeunt.studies.models import Study
from exeunt.studies.queries import roles_of
from exeunt.studies.roles import MAY, Act, Role

Row = TypeVar("Row", Difference, SpanDifference)

ONE_DAY = 86_400
OF_A_TEXT = "excerpt__text_version__account"


class Readers(NamedTuple):
    """The sheets of one thing, in an order that tells nobody's name, and where one stands."""

    complete: tuple[Sheet, ...]
    standing: Standing


def readers_of(study: Study, version: CodebookVersion, thing: Thing, *, by: Member) -> Readers:
    """Return who has read one thing with one version, and how far they have come."""
    sheets = list(
        Sheet.objects.filter(reading__in=passes_of(study, version), **thing.where)
        .select_related("reading__coder")
        .order_by("reading__ref")
    )
    done = tuple(sheet for sheet in sheets if sheet.state == SheetState.COMPLETE)
    coders = set(coders_of(study))
    begun = [sheet for sheet in sheets if sheet.state == SheetState.OPEN]
    waited_for = awaited(study, version).filter(**thing.where).values_list("coder", flat=True)
    return Readers(
        complete=done,
        standing=Standing(
            complete=len(done),
            open=sum(sheet.reading.coder_id in coders for sheet in begun),
            codes_here=codes(roles_of(by, study)),
            has_completed=any(sheet.reading.coder_id == by.pk for sheet in done),
            given=len(set(waited_for) - {sheet.reading.coder_id for sheet in begun}),
        ),
    )


def readers_seen(study: Study, version: CodebookVersion, thing: Thing, *, by: Member) -> Readers:
    """Return the complete readings of one thing, or refuse: nobody sees another's too early."""
    readers = readers_of(study, version, thing, by=by)
    check_may_see_others(readers.standing)
    return readers


def check_not_blind(study: Study, version: CodebookVersion, *, by: Member) -> None:
    """Refuse everything that sums up or lists judgements to a coder who must not be swayed yet."""
    check_nothing_left(left_to_read(study, version, by=by), version.name)


def left_to_read(study: Study, version: CodebookVersion, *, by: Member) -> int:
    """Count what others have completed with a version and this coder has not.

    Nobody but a coder has a reading to protect, so for all others it is none. Where work is
    given out, only what they were given or have begun is theirs to read. Counted once for
    every edition of the study.
    """
    if not codes(roles_of(by, study)):
        return 0
    key = f"left:{study.ref}:{edition_of(study)}:{version.pk}:{by.ref}"
    left: int | None = cache.get(key)
    if left is None:
        left = _left_to_read(study, version, by=by)
        cache.set(key, left, timeout=ONE_DAY)
    return left


def check_may_stop_coding(*, study: Study, member: Member, role: Role, by: Member) -> None:
    """Refuse a lead who takes away their own role of a coder while they are still blind."""
    if role is Role.CODER and member == by:
        may_stop_coding(_left_to_all(study, by=by))


def check_may_code_again(*, study: Study, member: Member, role: Role, by: Member) -> None:
    """Refuse a lead who coded before, could look since, and makes themselves a coder again."""
    again = role is Role.CODER and member == by and not codes(roles_of(by, study))
    if again and Pass.objects.filter(study=study, coder=by).exists():
        may_code_again(_left_to_all(study, by=by))


def take_out_judgements(*, entries: Iterable[Entry], study: Study, by: Member) -> None:
    """Take out of others' entries how much they judged, before somebody who codes reads them."""
    if codes(roles_of(by, study)):
        for entry in entries:
            if entry.by != by.ref:
                entry.facts = facts_told(entry.act, entry.facts)


def counts_changes(study: Study, versions: Iterable[CodebookVersion], *, by: Member) -> bool:
    """Whether somebody may know how often a study changed: each settling is a change."""
    return not any(left_to_read(study, version, by=by) for version in versions)


def differences_seen(study: Study, version: CodebookVersion, *, by: Member) -> QuerySet[Difference]:
    """Return where complete readings differ, as far as this member may see them."""
    return _seen(Difference.objects.filter(version=version), study, version, by=by)


def others_seen(study: Study, version: CodebookVersion, *, by: Member) -> QuerySet[Coding]:
    """Return what others judged in accounts and their texts, as far as this member may see it.

    A coder sees it of accounts that they have read themselves, once nobody reads them any more;
    and none of it while there is anything that others have completed and they have not.
    """
    theirs = Coding.objects.filter(reading__in=passes_of(study, version).exclude(coder=by))
    roles = roles_of(by, study)
    if not codes(roles):
        leads = not MAY[Act.READ_CODINGS].isdisjoint(roles)
        return that_count(theirs, version) if leads else theirs.none()
    if left_to_read(study, version, by=by):
        return theirs.none()
    sheets = Sheet.objects.filter(reading__in=passes_of(study, version))
    mine = sheets.filter(state=SheetState.COMPLETE, reading__coder=by)
    still = sheets.filter(state=SheetState.OPEN, reading__coder__in=coders_of(study))
    owed = awaited(study, version)
    read = mine.filter(account__isnull=False).exclude(account__in=still.values("account"))
    read = read.exclude(account__in=owed.filter(account__isnull=False).values("account"))
    accounts = list(read.values_list("account", flat=True))
    here = Q(account__in=accounts) | Q(**{f"{OF_A_TEXT}__in": accounts})
    return that_count(theirs, version).filter(here)


def span_differences_seen(
    study: Study, version: CodebookVersion, *, by: Member
) -> QuerySet[SpanDifference]:
    """Return where complete readings of texts are marked differently, as far as one may see it."""
    return _seen(SpanDifference.objects.filter(version=version), study, version, by=by)


def open_things(passes: Iterable[Pass], unit: Target) -> Iterator[tuple[int, int]]:
    """Return pass and thing of every open sheet: what is on it does not count yet."""
    about = Target.ACCOUNT if unit is Target.EXCERPT else unit
    sheets = Sheet.objects.filter(reading__in=list(passes), state=SheetState.OPEN)
    return sheets.values_list("reading", about.value).iterator()


def that_count(codings: QuerySet[Coding], version: CodebookVersion) -> QuerySet[Coding]:
    """Leave out what stands on sheets that are open, and codes that are only proposed.

    What is marked in an account's text stands on the sheet of the account.
    """
    unit = unit_of(version).value
    still_open = Sheet.objects.filter(state=SheetState.OPEN, reading=OuterRef("reading"))
    places = (unit, OF_A_TEXT) if unit == Target.ACCOUNT else (unit,)
    for place in places:
        codings = codings.filter(~Exists(still_open.filter(**{unit: OuterRef(place)})))
    return codings.filter(code__proposed_by__isnull=True)


def passes_of(study: Study, version: CodebookVersion) -> QuerySet[Pass]:
    """Return everybody's readings of a study with one version."""
    return Pass.objects.filter(study=study, version=version)


def edition_of(study: Study) -> int:
    """Return how often the study has changed by now, whatever the row in hand says."""
    edition: int = Study.objects.values_list("edition", flat=True).get(pk=study.pk)
    return edition


def _seen(
    rows: QuerySet[Row], study: Study, version: CodebookVersion, *, by: Member
) -> QuerySet[Row]:
    """Keep rows about what all have completed who were given it or began it, who asks included."""
    unit = unit_of(version).value
    of_the_thing = {unit: OuterRef(unit)}
    read = Sheet.objects.filter(reading__in=list(passes_of(study, version)), **of_the_thing)
    still = read.filter(state=SheetState.OPEN, reading__coder__in=coders_of(study))
    owed = awaited(study, version).filter(**of_the_thing)
    seen = rows.filter(~Exists(still), ~Exists(owed))
    if not codes(roles_of(by, study)):
        return seen
    return seen.filter(Exists(read.filter(state=SheetState.COMPLETE, reading__coder=by)))


def _left_to_all(study: Study, *, by: Member) -> int:
    """Count over all versions what others have completed and one member has not."""
    versions = CodebookVersion.objects.filter(pass__study=study).distinct()
    return sum(_left_to_read(study, version, by=by) for version in versions)


def _left_to_read(study: Study, version: CodebookVersion, *, by: Member) -> int:
    unit = unit_of(version).value
    complete = Q(state=SheetState.COMPLETE, **{f"{unit}__isnull": False})
    passes = dict(passes_of(study, version).values_list("coder", "pk"))
    mine = passes.pop(by.pk, None)
    own = Sheet.objects.filter(complete, reading=mine, **{unit: OuterRef(unit)})
    others = Sheet.objects.filter(complete, reading__in=list(passes.values()))
    left = others.filter(~Exists(own)) if mine is not None else others
    if is_shared_out(version):
        begun = Sheet.objects.filter(reading=mine, state=SheetState.OPEN, **{unit: OuterRef(unit)})
        given = given_to(version, by).filter(**{unit: OuterRef(unit)})
        left = left.filter(Exists(given) | Exists(begun))
    count: int = left.values(unit).distinct().count()
    return count
