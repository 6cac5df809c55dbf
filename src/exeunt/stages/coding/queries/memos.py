"""Memos: one's own, and what others noted, once it may be seen."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from exeunt.errors import NotThere
from exeunt.ledger.recording import record_alone
from exeunt.members.models import Member
from exeunt.stages.coding.models import Code, CodebookVersion, Memo
from exeunt.stages.coding.queries.codebooks import current_versions
from exeunt.stages.coding.queries.visibility import OF_A_TEXT, others_seen
from exeunt.stages.coding.queries.waiting import waiting_for
from exeunt.stages.coding.rules.blindness import codes
from exeunt.studies.models import Study
from exeunt.studies.queries import require, roles_of
from exeunt.studies.roles import MAY, Act

MOST_SHOWN = 500


class SeenMemo(NamedTuple):
    """One memo as it is shown; whoever noted something on an excerpt of another stays nameless."""

    memo: Memo
    is_mine: bool
    author: str
    account: str
    label: str


class MemosPage(NamedTuple):
    """The memos that one may see, by what they are about, the latest first."""

    study: tuple[SeenMemo, ...]
    codes: tuple[SeenMemo, ...]
    excerpts: tuple[SeenMemo, ...]
    words: str
    waits: bool

    @property
    def has_any(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.study or self.codes or self.excerpts)


def memos_page(study: Study, *, words: str = "", by: Member) -> MemosPage:
    """Return one's own memos and those of others that may be seen, and record the reading.

    ``words`` narrows them to those that hold these words.
    """
    require(Act.READ_ACCOUNTS, study=study, by=by)
    waits = _must_not_be_swayed(study, by=by)
    found = _seen(study, waits=waits, by=by)
    if words.strip():
        found = found.filter(words__icontains=words.strip())
    related = ("by", "code__version__codebook", "version__codebook")
    rows = found.select_related(*related, "excerpt__text_version__account")
    memos = [_shown(memo, by=by) for memo in rows.order_by("-pk")[:MOST_SHOWN]]
    record_alone("memos.read", subject=study.ref, by=by.ref, memos=len(memos))
    return MemosPage(
        study=tuple(one for one in memos if not one.memo.excerpt_id and not one.memo.code_id),
        codes=tuple(one for one in memos if one.memo.code_id),
        excerpts=tuple(one for one in memos if one.memo.excerpt_id),
        words=words,
        waits=waits,
    )


def own_memo(study: Study, ref: str, *, by: Member) -> Memo:
    """Return a memo that one has written oneself, or refuse as if there were none."""
    require(Act.READ_ACCOUNTS, study=study, by=by)
    memo = Memo.objects.filter(study=study, ref=ref, by=by).first()
    if memo is None:
        raise NotThere("There is nothing here.")
    return memo


def codes_to_note_on(study: Study) -> Iterator[tuple[CodebookVersion, list[Code]]]:
    """Yield the codebooks of a study as they stand, each with its codes."""
    for version in current_versions(study):
        yield version, list(version.code_set.all())


def _must_not_be_swayed(study: Study, *, by: Member) -> bool:
    """Whether who asks still has something to read: what others think of codes would sway them."""
    if not codes(roles_of(by, study)):
        return False
    return any(line.to_code for line in waiting_for(study, by=by))


def _seen(study: Study, *, waits: bool, by: Member) -> QuerySet[Memo]:
    """Find what may be seen: one's own, and of others what sways nobody and betrays nobody."""
    allowed = Q(by=by)
    roles = roles_of(by, study)
    works_with_codes = codes(roles) or not MAY[Act.READ_CODINGS].isdisjoint(roles)
    if works_with_codes and not waits:
        allowed |= Q(excerpt__isnull=True, account__isnull=True)
        for version in _noted_with(study):
            allowed |= Q(version=version) & _beside_a_reading(study, version, by=by)
    return Memo.objects.filter(allowed, study=study)


def _noted_with(study: Study) -> QuerySet[CodebookVersion]:
    noted = Memo.objects.filter(study=study, excerpt__isnull=False).values("version")
    return CodebookVersion.objects.filter(pk__in=noted).select_related("codebook")


def _beside_a_reading(study: Study, version: CodebookVersion, *, by: Member) -> Q:
    """Say that a memo's author has marked that text, and that these marks may be seen."""
    of_author = others_seen(study, version, by=by).filter(
        **{"reading__coder": OuterRef("by"), OF_A_TEXT: OuterRef(OF_A_TEXT)}
    )
    return Q(excerpt__isnull=False) & Q(Exists(of_author))


def _shown(memo: Memo, *, by: Member) -> SeenMemo:
    mine = memo.by_id == by.pk
    account = memo.excerpt.text_version.account if memo.excerpt is not None else None
    return SeenMemo(
        memo=memo,
        is_mine=mine,
        author="" if memo.excerpt_id and not mine else memo.by.name,
        account=account.ref if account is not None else "",
        label=account.label if account is not None else "",
    )
