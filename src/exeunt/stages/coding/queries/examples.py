"""Examples of codes, and excerpts that could become some, as far as somebody may see them."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from exeunt.errors import NotThere
from exeunt.members.models import Member
from exeunt.stages.coding.models import (
    Code,
    CodebookVersion,
    Coding,
    Example,
    Excerpt,
    Pass,
    SettledSpan,
    Sheet,
)
from exeunt.stages.coding.queries.giving import given_to, is_shared_out, sheets_on
from exeunt.stages.coding.queries.things import unit_of
from exeunt.stages.coding.queries.visibility import left_to_read, others_seen
from exeunt.stages.coding.rules.blindness import codes
from exeunt.stages.coding.states import SheetState, Target
from exeunt.stages.testimonies.models import Account, Passage
from exeunt.studies.models import Study
from exeunt.studies.queries import require, roles_of
from exeunt.studies.roles import MAY, Act

MOST_SHOWN = 50
LONGEST = 400
OF_A_TEXT = "text_version__account"


class ShownExcerpt(NamedTuple):
    """An excerpt with its words, or without where it lies in a hard passage."""

    ref: str
    words: str
    cut: bool
    account: str
    label: str
    language: str


class ShownExample(NamedTuple):
    """An example: its excerpt, why it was chosen, and by what it is taken away."""

    ref: str
    excerpt: ShownExcerpt
    why: str


class ExamplesPage(NamedTuple):
    """One code with its examples, and the excerpts that could become some."""

    version: CodebookVersion
    code: Code
    shown: tuple[ShownExample, ...]
    offered: tuple[ShownExcerpt, ...]


def examples_of(
    study: Study, version: CodebookVersion, *, by: Member
) -> Mapping[str, tuple[ShownExample, ...]]:
    """Return the examples of each code, by its key, that somebody may see.

    Who may not read accounts sees none, and a coder none of a text that is still theirs to read.
    """
    require(Act.SEE_FINDINGS, study=study, by=by)
    if MAY[Act.READ_ACCOUNTS].isdisjoint(roles_of(by, study)):
        return {}
    examples = Example.objects.filter(code__version=version).select_related("code")
    found = list(examples.exclude(excerpt__in=_unread(study, version, by=by)))
    excerpts = {one.pk: one for one in _worded({example.excerpt_id for example in found})}
    shown: dict[str, list[ShownExample]] = {}
    for example in found:
        told = _told(excerpts[example.excerpt_id])
        shown.setdefault(example.code.key, []).append(ShownExample(example.ref, told, example.why))
    return {key: tuple(ones) for key, ones in shown.items()}


def examples_page(study: Study, version: CodebookVersion, key: str, *, by: Member) -> ExamplesPage:
    """Return a code's examples, and the excerpts with it that one may see, the agreed first."""
    require(Act.EDIT_CODEBOOK, study=study, by=by)
    named = Code.objects.filter(version=version, key=key)
    code = named.select_related("version__codebook").first()
    if code is None:
        raise NotThere("There is nothing here.")
    shown = examples_of(study, version, by=by).get(key, ())
    numbers = list(islice(_given(study, code, by=by), MOST_SHOWN))
    excerpts = {one.pk: one for one in _worded(numbers)}
    offered = tuple(_told(excerpts[number]) for number in numbers)
    return ExamplesPage(version, code, shown, offered)


def example_called(study: Study, ref: str, *, by: Member) -> Example:
    """Return an example by its reference, or refuse as if there were none."""
    require(Act.EDIT_CODEBOOK, study=study, by=by)
    found = Example.objects.filter(code__version__codebook__study=study, ref=ref).first()
    if found is None:
        raise NotThere("There is nothing here.")
    return found


def _given(study: Study, code: Code, *, by: Member) -> Iterator[int]:
    """Yield the excerpts to which a code was given: those agreed on, then those somebody gave."""
    version = code.version
    shown = Example.objects.filter(code=code).values_list("excerpt", flat=True)
    unread = _unread(study, version, by=by).values_list("pk", flat=True)
    seen = {*shown, *unread}
    settled = SettledSpan.objects.filter(settlement__code=code, value__gt=0)
    if left_to_read(study, version, by=by):
        settled = settled.none()
    mine = Coding.objects.filter(reading__in=Pass.objects.filter(coder=by, version=version))
    ones, others = (
        rows.filter(code=code, value__gt=0, excerpt__isnull=False)
        for rows in (mine, others_seen(study, version, by=by))
    )
    for rows in (settled, ones, others):
        given = rows.order_by("excerpt").values_list("excerpt", flat=True)
        for number in given.iterator(500):
            if number not in seen:
                seen.add(number)
                yield number


def _unread(study: Study, version: CodebookVersion, *, by: Member) -> QuerySet[Excerpt]:
    """Return the excerpts of texts that are still a coder's to read with this version."""
    everywhere = Excerpt.objects.filter(text_version__account__study=study)
    if not codes(roles_of(by, study)):
        return everywhere.none()
    if unit_of(version) is not Target.ACCOUNT:
        return everywhere if left_to_read(study, version, by=by) else everywhere.none()
    complete = Sheet.objects.filter(
        reading__coder=by, reading__version=version, state=SheetState.COMPLETE
    )
    if not is_shared_out(version):
        return everywhere.exclude(**{f"{OF_A_TEXT}__in": complete.values("account")})
    mine = Sheet.objects.filter(reading__coder=by, reading__version=version)
    begun = mine.exclude(state=SheetState.COMPLETE)
    owed = given_to(version, by).filter(~Exists(sheets_on(Target.ACCOUNT, complete=True)))
    begun_here, owed_here = (
        Q(**{f"{OF_A_TEXT}__in": rows.order_by().values("account")}) for rows in (begun, owed)
    )
    return everywhere.filter(begun_here | owed_here)


def _worded(numbers: Iterable[int]) -> QuerySet[Excerpt]:
    """Return excerpts with the beginning of their words, and whether they lie in what is hard."""
    hard = Passage.objects.filter(
        version__account=OuterRef(OF_A_TEXT), start__lt=OuterRef("end"), end__gt=OuterRef("start")
    )
    return (
        Excerpt.objects.filter(pk__in=list(numbers))
        .select_related(OF_A_TEXT)
        .defer("text_version__text")
        .annotate(said=Substr("text_version__text", F("start") + 1, LONGEST), hard=Exists(hard))
    )


def _told(excerpt: Excerpt) -> ShownExcerpt:
    account: Account = excerpt.text_version.account
    length = excerpt.end - excerpt.start
    words = "" if excerpt.hard else excerpt.said[: min(length, LONGEST)]  # type: ignore[attr-defined]
    return ShownExcerpt(
        ref=excerpt.ref,
        words=words,
        cut=length > LONGEST,
        account=account.ref,
        label=account.label,
        language=account.language,
    )
