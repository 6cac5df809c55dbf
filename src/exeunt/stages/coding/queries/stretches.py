"""Where readers of texts mark differently across a study, the heaviest first."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db.models import Q, QuerySet

from exeunt.desk.paging import Leaf
from exeunt.errors import BadInput, Problem, Sentence
from exeunt.members.models import Member
from exeunt.stages.coding.models import Code, CodebookVersion, Pass, SpanDifference
from exeunt.stages.coding.queries.codebooks import version_called
from exeunt.stages.coding.queries.dispute import At
from exeunt.stages.coding.queries.visibility import left_to_read, span_differences_seen
from exeunt.stages.coding.states import IN_TEXTS, Outcome, Target, Unlike
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

ON_A_LEAF = 50
LONGEST = 80
UNSETTLED = ("", Outcome.SENT_BACK.value)


class Wanted(NamedTuple):
    """Which stretches are listed; an empty word asks for all. ``code`` is a place in the codebook.

    ``account`` is a label or a reference.
    """

    code: str = ""
    account: str = ""
    unlike: str = ""
    settled: bool = False

    @property
    def parts(self) -> dict[str, str]:
        """Write it as the parts of an address, without what is not asked."""
        parts = {"code": self.code, "account": self.account, "unlike": self.unlike}
        every = {**parts, "settled": "on" if self.settled else ""}
        return {name: word for name, word in every.items() if word}


EVERYTHING = Wanted()


class StretchLine(NamedTuple):
    """One line of the list."""

    ref: str
    label: str
    code: str
    code_label: str
    at: At
    unlike: Unlike
    weight: float
    outcome: str

    @property
    def length(self) -> int:
        """How many characters it has."""
        return self.at.end - self.at.start


class StretchesPage(NamedTuple):
    """A leaf of what readers mark differently with one version, and what else may be listed.

    ``left`` counts what who asks has still to read that others have: it is not listed yet.
    """

    version: CodebookVersion | None
    names: tuple[str, ...]
    codes: tuple[tuple[str, str, str], ...]
    wanted: Wanted
    leaf: Leaf[StretchLine]
    left: int


def stretches_page(
    study: Study, name: str | None, wanted: Wanted, *, number: int = 1, by: Member
) -> StretchesPage:
    """Return a leaf of the stretches of one version, and which others have readings of texts.

    Without a name it is the newest version with which anybody has read texts.
    """
    require(Act.SETTLE, study=study, by=by)
    read = Pass.objects.filter(study=study).values("version")
    versions = CodebookVersion.objects.filter(pk__in=read).select_related("codebook")
    names = {one.name: one for one in versions.order_by("-pk") if Target(one.unit) in IN_TEXTS}
    version = version_called(name, study=study) if name else next(iter(names.values()), None)
    if version is None:
        nothing: Leaf[StretchLine] = Leaf((), number=1, size=ON_A_LEAF, total=0)
        return StretchesPage(None, (), (), wanted, nothing, 0)
    every = version.code_set.all()
    return StretchesPage(
        version=version,
        names=tuple(names),
        codes=tuple((str(place), code.key, code.label) for place, code in enumerate(every)),
        wanted=wanted,
        leaf=stretches_in(study, version, wanted, number=number, by=by),
        left=left_to_read(study, version, by=by),
    )


def stretches_in(
    study: Study,
    version: CodebookVersion,
    wanted: Wanted = EVERYTHING,
    *,
    number: int = 1,
    size: int = ON_A_LEAF,
    by: Member,
) -> Leaf[StretchLine]:
    """Return one leaf of the stretches on which readers differ, the heaviest first."""
    require(Act.SETTLE, study=study, by=by)
    every = list(version.code_set.all())
    seen = _wanted(span_differences_seen(study, version, by=by), wanted, every)
    found = seen.order_by("-weight", "pk").select_related("account")
    places = {code.pk: (place, code) for place, code in enumerate(every)}
    rows = [line_of(one, places) for one in found[(number - 1) * size : number * size]]
    return Leaf(rows, number=number, size=size, total=seen.count())


def stretch_beside(
    study: Study,
    version: CodebookVersion,
    wanted: Wanted,
    *,
    here: tuple[str, At] | None = None,
    back: bool = False,
    by: Member,
) -> StretchLine | None:
    """Return the stretch that comes after one in the list, or before it; None at its end.

    ``here`` is an account's reference and where in it one is; without it, it is the first.
    """
    require(Act.SETTLE, study=study, by=by)
    every = list(version.code_set.all())
    seen = span_differences_seen(study, version, by=by)
    if here is not None:
        seen = seen.filter(_beyond(_row_at(seen, here, every), back=back))
    order = ("weight", "-pk") if back else ("-weight", "pk")
    found = _wanted(seen, wanted, every).order_by(*order).select_related("account").first()
    places = {code.pk: (place, code) for place, code in enumerate(every)}
    return line_of(found, places) if found is not None else None


def wanted_from(words: Mapping[str, str]) -> Wanted:
    """Read what is to be listed from the parts of an address; refuse a kind that is none."""
    unlike = words.get("unlike", "")
    if unlike and unlike not in set(Unlike):
        says = Sentence(
            "Readers differ by {known}; “{word}” is none of these.",
            known=", ".join(Unlike),
            word=unlike[:LONGEST],
        )
        raise BadInput(Problem(says))
    code = words.get("code", "")
    return Wanted(
        code=code if code.isascii() and code.isdigit() else "",
        account=words.get("account", "").replace("\x00", "").strip()[:LONGEST],
        unlike=unlike,
        settled="settled" in words,
    )


def _wanted(
    seen: QuerySet[SpanDifference], wanted: Wanted, every: Sequence[Code]
) -> QuerySet[SpanDifference]:
    if not wanted.settled:
        seen = seen.filter(outcome__in=UNSETTLED)
    if wanted.code:
        seen = seen.filter(code__in=every[int(wanted.code) : int(wanted.code) + 1])
    if wanted.account:
        named = Q(account__label=wanted.account) | Q(account__ref=wanted.account)
        seen = seen.filter(named)
    return seen.filter(unlike=wanted.unlike) if wanted.unlike else seen


def line_of(found: SpanDifference, places: Mapping[int, tuple[int, Code]]) -> StretchLine:
    """Return a stretch as it is listed; ``places`` says which code stands where."""
    place, code = places[found.code_id]
    return StretchLine(
        ref=found.account.ref,
        label=found.account.label,
        code=code.key,
        code_label=code.label,
        at=At(place, found.start, found.end),
        unlike=Unlike(found.unlike),
        weight=found.weight,
        outcome=found.outcome,
    )


def _row_at(
    seen: QuerySet[SpanDifference], here: tuple[str, At], every: Sequence[Code]
) -> SpanDifference | None:
    ref, at = here
    codes = every[at.place : at.place + 1]
    return seen.filter(account__ref=ref, code__in=codes, start=at.start, end=at.end).first()


def _beyond(row: SpanDifference | None, *, back: bool) -> Q:
    """Return what stands behind a row in the order of the list, or before it."""
    if row is None:
        return Q()
    if back:
        return Q(weight__gt=row.weight) | Q(weight=row.weight, pk__lt=row.pk)
    return Q(weight__lt=row.weight) | Q(weight=row.weight, pk__gt=row.pk)
