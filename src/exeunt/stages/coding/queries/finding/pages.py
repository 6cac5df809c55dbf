"""Finding again, on behalf of somebody: a leaf of what is found, and what may be asked."""

from collections.abc import Sequence
from typing import NamedTuple

from exeunt.desk.paging import Leaf
from exeunt.ledger.recording import record_alone
from exeunt.members.models import Member
from exeunt.methods.concordance import Order
from exeunt.stages.coding.models import CodebookVersion, Search
from exeunt.stages.coding.queries.codebooks import version_called
from exeunt.stages.coding.queries.finding.places import (
    MOST,
    MOST_SIFTED,
    Passage,
    judged_in,
    needs_sifting,
    passages_in,
    sifted_passages,
    with_places,
)
from exeunt.stages.coding.queries.finding.prepared import Prepared, prepare
from exeunt.stages.coding.queries.finding.shown import (
    FoundExcerpt,
    FoundLine,
    excerpts_of,
    lines_of,
    with_names,
)
from exeunt.stages.coding.queries.finding.sources import leads
from exeunt.stages.coding.queries.visibility import left_to_read
from exeunt.stages.coding.rules.blindness import codes
from exeunt.stages.coding.rules.seeking import Seeking, whose_may_be_sought
from exeunt.stages.coding.states import Whose
from exeunt.stages.testimonies.models import SearchPassage
from exeunt.stages.testimonies.queries.finding import Offered, offered_in
from exeunt.studies.models import Membership, Study
from exeunt.studies.queries import require, roles_of
from exeunt.studies.roles import Act, Role

ROWS = 25


class Found(NamedTuple):
    """A leaf of what was found.

    ``more`` says that there is more than is counted; ``me`` is the number of who asks.
    """

    seeking: Seeking
    version: CodebookVersion | None
    leaf: Leaf[FoundLine] | Leaf[FoundExcerpt]
    more: bool
    me: int

    @property
    def has_lines(self) -> bool:
        """Whether words were sought, so that what is found stands in its context."""
        return bool(self.seeking.words.strip())

    @property
    def in_passages(self) -> bool:
        """Whether passages were counted, in each of which there may be several lines."""
        return self.has_lines and self.seeking.order is Order.TEXT


class MayAsk(NamedTuple):
    """What a search of a study can be made of, for who asks."""

    accounts: Offered
    versions: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]
    values: tuple[tuple[str, str], ...]
    whose: tuple[Whose, ...]
    coders: tuple[tuple[str, str], ...]
    kept: tuple[Search, ...]


def may_ask(study: Study, codebook: str, *, by: Member) -> MayAsk:
    """Return what a search can be made of; the codes are those of one version."""
    require(Act.READ_ACCOUNTS, study=study, by=by)
    versions = CodebookVersion.objects.filter(codebook__study=study).order_by("-pk")
    names = tuple(one.name for one in versions.select_related("codebook"))
    chosen = codebook if codebook in names else next(iter(names), "")
    version = version_called(chosen, study=study) if chosen else None
    return MayAsk(
        accounts=offered_in(study, by=by),
        versions=(chosen, *(name for name in names if name != chosen)) if chosen else (),
        codes=tuple(version.code_set.values_list("key", "label")) if version else (),
        values=tuple(version.scale["values"].items()) if version else (),
        whose=whose_may_be_sought(codes=codes(roles_of(by, study)), leads=leads(study, by=by)),
        coders=_coders(study, version, by=by),
        kept=tuple(Search.objects.filter(study=study).order_by("-pk")),
    )


def found_in(study: Study, seeking: Seeking, *, leaf: int = 1, by: Member) -> Found | None:
    """Return a leaf of what is found, or None where nothing is sought; that it was is recorded.

    The ledger is told how much was found and shown, and never what was sought.
    """
    require(Act.READ_ACCOUNTS, study=study, by=by)
    if not seeking.asks:
        return None
    prepared = prepare(study, seeking, by=by)
    leaf_found: Leaf[FoundLine] | Leaf[FoundExcerpt]
    if prepared.query.groups:
        leaf_found, more = _lines(prepared, leaf)
    else:
        leaf_found, more = _excerpts(prepared, leaf, by=by)
    rows: Sequence[FoundLine | FoundExcerpt] = leaf_found.rows
    record_alone(
        "passages.sought",
        subject=study.ref,
        by=by.ref,
        study=study.ref,
        codebook=prepared.version.name if prepared.version else "",
        found=leaf_found.total,
        shown=len(rows),
        accounts=len({one.account.ref for one in rows}),
    )
    return Found(seeking, prepared.version, leaf_found, more, by.pk)


def _lines(prepared: Prepared, leaf: int) -> tuple[Leaf[FoundLine], bool]:
    """Return a leaf of lines: passage by passage, or all of them by what stands beside."""
    order = prepared.seeking.order
    if not needs_sifting(prepared) and order is Order.TEXT:
        return _as_they_come(prepared, leaf)
    sifting = needs_sifting(prepared)
    passages = sifted_passages(prepared) if sifting else _all(prepared)
    most = MOST_SIFTED if sifting else MOST
    more, passages = len(passages) > most, passages[:most]
    if order is not Order.TEXT:
        return _cut(lines_of(passages, order), leaf), more
    rows = lines_of(passages[(leaf - 1) * ROWS : leaf * ROWS])
    return Leaf(rows, leaf, ROWS, len(passages)), more


def _as_they_come(prepared: Prepared, leaf: int) -> tuple[Leaf[FoundLine], bool]:
    """Return a leaf of lines as the index hands them out, and no more of them than are shown."""
    there = passages_in(prepared)
    total = len(there.values_list("pk")[: MOST + 1])
    numbers = there.values_list("pk", flat=True)[(leaf - 1) * ROWS : leaf * ROWS]
    rows = lines_of(_numbered(list(numbers), prepared)) if leaf * ROWS <= MOST else []
    return Leaf(rows, leaf, ROWS, min(total, MOST)), total > MOST


def _all(prepared: Prepared) -> list[Passage]:
    numbers = passages_in(prepared).values_list("pk", flat=True)[: MOST + 1]
    return _numbered(list(numbers), prepared)


def _numbered(numbers: Sequence[int], prepared: Prepared) -> list[Passage]:
    return with_places(SearchPassage.objects.filter(pk__in=numbers).order_by("pk"), prepared)


def _excerpts(prepared: Prepared, leaf: int, *, by: Member) -> tuple[Leaf[FoundExcerpt], bool]:
    found = judged_in(prepared)
    more, found = len(found) > MOST, found[:MOST]
    rows = excerpts_of(found[(leaf - 1) * ROWS : leaf * ROWS], prepared)
    if prepared.version is not None and _names_may_be_known(prepared.version, by=by):
        rows = with_names(rows)
    return Leaf(rows, leaf, ROWS, len(found)), more


def _cut(rows: Sequence[FoundLine], leaf: int) -> Leaf[FoundLine]:
    return Leaf(rows[(leaf - 1) * ROWS : leaf * ROWS], leaf, ROWS, len(rows))


def _names_may_be_known(version: CodebookVersion, *, by: Member) -> bool:
    study = version.codebook.study
    return leads(study, by=by) and not left_to_read(study, version, by=by)


def _coders(
    study: Study, version: CodebookVersion | None, *, by: Member
) -> tuple[tuple[str, str], ...]:
    if version is None or not _names_may_be_known(version, by=by):
        return ()
    held = Membership.objects.filter(study=study, role=Role.CODER).order_by("member__name")
    return tuple(held.values_list("member__ref", "member__name"))
