"""Texts as their complete readers marked them, cut into units, for measuring agreement."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from exeunt.errors import NotYet
from exeunt.members.models import Member
from exeunt.methods.codebooks import Codebook
from exeunt.methods.segmentation import paragraphs, sentences, turns
from exeunt.methods.span_agreement import MarkedText, Unitised
from exeunt.stages.coding.models import CodebookVersion
from exeunt.stages.coding.queries.codebooks import plain
from exeunt.stages.coding.queries.marks import (
    complete_readers,
    has_marks,
    latest_texts,
    marked_codes,
)
from exeunt.stages.coding.queries.visibility import check_not_blind, passes_of
from exeunt.stages.coding.rules.blindness import FEWEST_READERS
from exeunt.stages.testimonies.models import Account, TextVersion, Turn
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

TEXTS_AT_ONCE = 50
Cut = list[tuple[int, int]]
Spans = dict[str, list[tuple[int, int, str, int]]]


class MarkedTexts(NamedTuple):
    """The texts that two readers have completed, in the order of their accounts."""

    codebook: Codebook
    texts: tuple[MarkedText, ...]
    data_hash: str


def marked_texts(
    study: Study,
    version: CodebookVersion,
    unit: Unitised,
    *,
    accounts: Collection[str] | None = None,
    by: Member,
) -> MarkedTexts:
    """Return what readers marked in the texts that two of them, at least, have completed.

    ``accounts`` are labels, all of the study's if not said. Marks at 0 and without a value are
    left out: they say that something is not so, or cannot be told. A text without turns is cut
    into its paragraphs. Raises NotYet where no text was completed by two.
    """
    require(Act.SEE_FINDINGS, study=study, by=by)
    check_not_blind(study, version, by=by)
    read = _read_by_two(study, version, accounts)
    if not read:
        raise NotYet(
            "No text has been completed by two readers with “{codebook}” yet, so there are no "
            "marks to compare.",
            codebook=version.name,
        )
    names = dict(passes_of(study, version).values_list("pk", "coder__name"))
    spans = _spans(study, version, accounts=list(read), names=names)
    cut = dict(_cut(list(latest_texts(read).values()), unit))
    texts = []
    for account, readers in read.items():
        theirs = spans.get(account, {})
        length, units = cut[account]
        readings = {names[one]: theirs.get(names[one], []) for one in sorted(readers)}
        texts.append(MarkedText(length, readings, units))
    return MarkedTexts(plain(version), tuple(texts), _hash_of(texts))


def _read_by_two(
    study: Study, version: CodebookVersion, labels: Collection[str] | None
) -> dict[int, frozenset[int]]:
    """Return who has completed each account that has a text and two complete readers."""
    if not has_marks(version):
        return {}
    known = dict(Account.objects.filter(study=study).order_by("pk").values_list("pk", "label"))
    kept = set(known.values()) if labels is None else set(labels)
    numbers = [pk for pk, label in known.items() if label in kept]
    texts = latest_texts(numbers)
    readers = complete_readers(study, version, numbers)
    return {
        account: readers[account]
        for account in numbers
        if account in texts and len(readers.get(account, ())) >= FEWEST_READERS
    }


def _spans(
    study: Study, version: CodebookVersion, *, accounts: Sequence[int], names: dict[int, str]
) -> dict[int, Spans]:
    keys = dict(version.code_set.values_list("pk", "key"))
    found: dict[int, Spans] = {}
    for marked in marked_codes(study, version, accounts):
        theirs = found.setdefault(marked.account, {})
        for mark in marked.marks:
            if mark.value:
                span = mark.start, mark.end, keys[marked.code], mark.value
                theirs.setdefault(names[mark.reader], []).append(span)
    return found


def _cut(texts: Sequence[int], unit: Unitised) -> Iterator[tuple[int, tuple[int, Cut | None]]]:
    """Return each account's length, and its units; characters need no text."""
    versions = TextVersion.objects.filter(pk__in=texts)
    if unit is Unitised.CHARACTER:
        for account, length in versions.values_list("account", "length"):
            yield account, (length, None)
        return
    told = _turns(texts) if unit is Unitised.TURN else {}
    stored = versions.order_by("pk").values_list("pk", "account", "length", "text")
    for pk, account, length, text in stored.iterator(TEXTS_AT_ONCE):
        yield account, (length, told.get(pk) or _units(text, unit))


def _units(text: str, unit: Unitised) -> Cut:
    if unit is Unitised.SENTENCE:
        return [(one.start, one.end) for one in sentences(text)]
    found: Cut = [(one.start, one.end) for one in turns(text)]
    return found or [(one.start, one.end) for one in paragraphs(text)]


def _turns(texts: Sequence[int]) -> dict[int, Cut]:
    """Return the turns that the sources themselves tell of."""
    stored = Turn.objects.filter(version__in=texts).order_by("version", "number")
    rows = stored.values_list("version", "start", "end")
    return {
        version: [(start, end) for _, start, end in found]
        for version, found in groupby(rows, key=lambda row: row[0])
    }


def _hash_of(texts: Sequence[MarkedText]) -> str:
    """Return the SHA-256 of all that the figures rest on."""
    hashed = hashlib.sha256()
    for text in texts:
        readings = sorted((coder, sorted(spans)) for coder, spans in text.readings.items())
        hashed.update(repr((text.length, readings, text.units)).encode())
    return hashed.hexdigest()
