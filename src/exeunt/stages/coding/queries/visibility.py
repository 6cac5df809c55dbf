"""What a member may see of what others judged: the one place where that is decided.

A sheet that is open is its coder's alone. Others' complete readings of one thing are shown,
nameless, once everybody who began it has completed it, and to a coder only beside their own.
Sums over many things tell too: a coder sees none while others have completed what they have not.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q, QuerySet

from exeunt.members.models import Member
from exeunt.stages.coding.models import (
    CodebookVersion,
    Coding,
    Difference,
    Pass,
    Sheet,
    SpanDifference,
)
from exeunt.stages.coding.queries.things import Thing, unit_of
from exeunt.stages.coding.rules.blindness import (
    Standing,
    check_may_see_others,
    check_nothing_left,
    codes,
)
from exeunt.stages.coding.states import SheetState, Target
from exeunt.studies.models import Membership, Study
from exeunt.studies.queries import roles_of
from exeunt.studies.roles import MAY, Act, Role

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
    coders = set(_coders_of(study))
    begun = [sheet for sheet in sheets if sheet.state == SheetState.OPEN]
    return Readers(
        complete=done,
        standing=Standing(
            complete=len(done),
            open=sum(sheet.reading.coder_id in coders for sheet in begun),
            codes_here=codes(roles_of(by, study)),
            has_completed=any(sheet.reading.coder_id == by.pk for sheet in done),
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

    Nobody but a coder has a reading to protect, so for all others it is none. Counted once
    for every edition of the study.
    """
    if not codes(roles_of(by, study)):
        return 0
    key = f"left:{study.ref}:{edition_of(study)}:{version.pk}:{by.ref}"
    left: int | None = cache.get(key)
    if left is None:
        left = _left_to_read(study, version, by=by)
        cache.set(key, left, timeout=ONE_DAY)
    return left


def differences_seen(study: Study, version: CodebookVersion, *, by: Member) -> QuerySet[Difference]:
    """Return where complete readings differ, as far as this member may see them."""
    unit = unit_of(version)
    of_the_thing = {f"{unit}": OuterRef(f"{unit}_id")}
    read = Sheet.objects.filter(reading__in=list(passes_of(study, version)), **of_the_thing)
    still = read.filter(state=SheetState.OPEN, reading__coder__in=_coders_of(study))
    seen = Difference.objects.filter(~Exists(still), version=version)
    if not codes(roles_of(by, study)):
        return seen
    mine = read.filter(state=SheetState.COMPLETE, reading__coder=by)
    return seen.filter(Exists(mine))


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
    still = sheets.filter(state=SheetState.OPEN, reading__coder__in=_coders_of(study))
    read = mine.filter(account__isnull=False).exclude(account__in=still.values("account"))
    accounts = list(read.values_list("account", flat=True))
    here = Q(account__in=accounts) | Q(**{f"{OF_A_TEXT}__in": accounts})
    return that_count(theirs, version).filter(here)


def span_differences_seen(
    study: Study, version: CodebookVersion, *, by: Member
) -> QuerySet[SpanDifference]:
    """Return where complete readings of texts are marked differently, as far as one may see it."""
    of_the_account = {"account": OuterRef("account")}
    read = Sheet.objects.filter(reading__in=list(passes_of(study, version)), **of_the_account)
    still = read.filter(state=SheetState.OPEN, reading__coder__in=_coders_of(study))
    seen = SpanDifference.objects.filter(~Exists(still), version=version)
    if not codes(roles_of(by, study)):
        return seen
    mine = read.filter(state=SheetState.COMPLETE, reading__coder=by)
    return seen.filter(Exists(mine))


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


def _left_to_read(study: Study, version: CodebookVersion, *, by: Member) -> int:
    unit = unit_of(version).value
    complete = Q(state=SheetState.COMPLETE, **{f"{unit}__isnull": False})
    passes = dict(passes_of(study, version).values_list("coder", "pk"))
    mine = passes.pop(by.pk, None)
    own = Sheet.objects.filter(complete, reading=mine, **{unit: OuterRef(unit)})
    others = Sheet.objects.filter(complete, reading__in=list(passes.values()))
    left = others.filter(~Exists(own)) if mine is not None else others
    count: int = left.values(unit).distinct().count()
    return count


def _coders_of(study: Study) -> QuerySet[Membership, int]:
    return Membership.objects.filter(study=study, role=Role.CODER).values_list("member", flat=True)
