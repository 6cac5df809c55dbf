"""Measure what the rules for identifiers find in sixty invented testimonies, marked by hand.

    python benchmarks/masks.py [--full] [--write]

A mark counts as found when proposed spans cover every sign of it but spaces, whatever kind they
are said to be: what a mask covers cannot be read. Beside it stand the marks of which every letter
and digit is covered (a comma between two proposals is not), and those that are only touched. It
is quick enough to be run at its full size always.
"""

import argparse
import sys
from collections.abc import Callable, Iterable
from time import perf_counter
from typing import NamedTuple

import numpy as np
from measuring.page import ROOT, Rows, dated, renew, table

sys.path.insert(0, str(ROOT))

from exeunt.methods.folding import fold
from exeunt.methods.identifiers import Found, find_identifiers
from exeunt.methods.identifiers.reading import words_of
from exeunt.methods.proportions import Share
from tests.methods.masking.gold_texts import GoldText, Mark, gold_texts

PAGE = ROOT / "docs" / "reference" / "masks.md"
COMMAND = "python benchmarks/masks.py"
RESAMPLES, SEED, LEVEL = 2_000, 1, 0.95
LONG_TEXT, RUNS = 300_000, 3
LANGUAGES = {"en": "English", "fr": "French", "ar": "Arabic"}
HEADER = ("what", "found", "of", "share", "Wilson", "by document", "letters", "touched")


class Judged(NamedTuple):
    """One gold mark, the testimony it stands in, and how much of it was proposed."""

    document: str
    language: str
    mark: Mark
    found: bool
    letters: bool
    touched: bool


class Proposed(NamedTuple):
    """One testimony's words that were proposed, and how many of them a gold mark covers."""

    document: str
    language: str
    right: int
    all: int


def main() -> None:
    """Measure recall, precision and speed, print them, and renew the page if asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--full", action="store_true", help="changes nothing: it always is")
    parser.add_argument("--write", action="store_true", help="renew docs/reference/masks.md")
    asked = parser.parse_args()
    body = measure(gold_texts())
    print(body)
    if asked.write:
        renew("The figures", f"{dated(COMMAND)}\n\n{body}", page=PAGE)


def measure(golds: list[GoldText]) -> str:
    """Find, compare with the marks, and lay out the tables."""
    finds = {gold.name: find_identifiers(gold.text, language=gold.language) for gold in golds}
    judged = [one for gold in golds for one in _judged(gold, finds[gold.name])]
    proposed = [_proposed(gold, finds[gold.name]) for gold in golds]
    kinds = sorted({(not one.mark.direct, one.mark.kind) for one in judged})
    by_kind = [
        _row(
            f"{kind}, {'indirect' if indirect else 'direct'}",
            [one for one in judged if one.mark.kind == kind and one.mark.direct != indirect],
        )
        for indirect, kind in kinds
    ]
    return "\n\n".join(
        [
            f"{len(golds)} testimonies, {sum(len(gold.text) for gold in golds):,} characters, "
            f"{len(judged):,} marks.",
            "Recall: marks of which every sign but spaces was proposed.",
            table([HEADER, *_by_language(judged)]),
            "Recall by kind, all languages together.",
            table([HEADER, *by_kind]),
            "Precision: of the words that were proposed, those that a mark covers.",
            table([HEADER[:-2], *_precision(proposed)]),
            _speed(golds),
        ]
    )


def _judged(gold: GoldText, finds: list[Found]) -> Iterable[Judged]:
    covered = np.zeros(len(gold.text), dtype=bool)
    for one in finds:
        covered[one.start : one.end] = True
    for mark in gold.marks:
        inside = covered[mark.start : mark.end]
        signs = gold.text[mark.start : mark.end]
        yield Judged(
            gold.name,
            gold.language,
            mark,
            found=bool(inside[[not sign.isspace() for sign in signs]].all()),
            letters=bool(inside[[sign.isalnum() for sign in signs]].all()),
            touched=bool(inside.any()),
        )


def _proposed(gold: GoldText, finds: list[Found]) -> Proposed:
    """Count words, a word being proposed or marked where any letter of it is."""
    words = words_of(gold.text)
    found = _words_under(gold.text, [(one.start, one.end) for one in finds])
    marked = _words_under(gold.text, [(one.start, one.end) for one in gold.marks])
    right = len(found & marked)
    if len(found) > len(words):
        raise ValueError("more words were proposed than there are")
    return Proposed(gold.name, gold.language, right, len(found))


def _words_under(text: str, spans: Iterable[tuple[int, int]]) -> set[int]:
    words, under = words_of(text), set()
    for span in spans:
        start, end = fold(text).inside(*span)
        under.update(
            place
            for place in range(len(words))
            if words.starts[place] < end and start < words.ends[place]
        )
    return under


def _by_language(judged: list[Judged]) -> Rows:
    rows = []
    for language, name in {"": "all", **LANGUAGES}.items():
        of_it = [one for one in judged if language in {"", one.language}]
        rows.append(_row(f"{name}, direct", [one for one in of_it if one.mark.direct]))
        rows.append(_row(f"{name}, indirect", [one for one in of_it if not one.mark.direct]))
    return rows


def _row(what: str, judged: list[Judged]) -> tuple[str, ...]:
    counts = _per_document((one.document, one.found, 1) for one in judged)
    letters = sum(one.letters for one in judged)
    touched = sum(one.touched for one in judged)
    if not judged:
        return (*_figures(what, counts), "", "")
    shares = f"{letters / len(judged):.1%}", f"{touched / len(judged):.1%}"
    return (*_figures(what, counts), *shares)


def _precision(proposed: list[Proposed]) -> Rows:
    return [
        _figures(
            name,
            _per_document(
                (one.document, one.right, one.all)
                for one in proposed
                if language in {"", one.language}
            ),
        )
        for language, name in {"": "all", **LANGUAGES}.items()
    ]


def _per_document(counts: Iterable[tuple[str, int, int]]) -> np.ndarray:
    sums: dict[str, list[int]] = {}
    for document, part, whole in counts:
        kept = sums.setdefault(document, [0, 0])
        kept[0] += part
        kept[1] += whole
    return np.array(list(sums.values()), dtype=int).reshape(-1, 2)


def _figures(what: str, counts: np.ndarray) -> tuple[str, ...]:
    part, whole = (int(number) for number in counts.sum(axis=0))
    share = Share(part, whole, LEVEL)
    if share.value is None:
        return what, "0", "0", "", "", ""
    wilson = f"{share.low:.1%} to {share.high:.1%}"
    return what, f"{part:,}", f"{whole:,}", f"{share.value:.1%}", wilson, _by_document(counts)


def _by_document(counts: np.ndarray) -> str:
    """Return the bootstrap interval that draws whole testimonies: their marks are alike."""
    draws = np.random.default_rng(SEED).integers(len(counts), size=(RESAMPLES, len(counts)))
    sums = counts[draws].sum(axis=1)
    shares = sums[:, 0] / np.maximum(sums[:, 1], 1)
    low, high = np.quantile(shares, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return f"{low:.1%} to {high:.1%}"


def _speed(golds: list[GoldText]) -> str:
    every = "\n\n".join(gold.text for gold in golds)
    text = (every * (LONG_TEXT // len(every) + 1))[:LONG_TEXT]
    seconds = min(_timed(lambda: find_identifiers(text)) for _ in range(RUNS))
    return (
        f"Speed: {LONG_TEXT:,} characters of these testimonies in {seconds:.2f} s, "
        f"{LONG_TEXT / seconds:,.0f} characters a second; best of {RUNS} runs."
    )


def _timed(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return perf_counter() - start


if __name__ == "__main__":
    main()
