"""Measure how spans of a corrected text are moved, and how a text is cut into sentences.

    python benchmarks/texts.py [--full] [--write]

The peer for moving is difflib of Python's own library, which compares the same words; its time
grows with the product of both lengths, so it is timed on a tenth of the text. There is no peer for
sentences here: none that is installed knows Arabic.
"""

import argparse
import random
from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher
from time import process_time
from typing import TypeVar

from measuring.page import dated, renew, table

from exeunt.methods.anchoring import Fate, Moved, moved
from exeunt.methods.segmentation import Span, sentences

COMMAND = "python benchmarks/texts.py"
SENTENCES, SHARE = 7_000, 0.01
GOAL, SECONDS_GOAL = 5, 1.0
RUNS = 3

Result = TypeVar("Result")
Row = tuple[str, str, str, str, str]


def main() -> None:
    """Time both, and renew the page if asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--full", action="store_true", help="changes nothing: it always is")
    parser.add_argument("--write", action="store_true", help="renew docs/reference/benchmarks.md")
    asked = parser.parse_args()
    body = measure()
    print(body)
    if asked.write:
        renew("Spans of a corrected text", f"{dated(COMMAND)}\n\n{body}")


def measure() -> str:
    """Cut a text into sentences, correct some of its words, and move every sentence."""
    chance = random.Random(1)
    text = _text(chance, SENTENCES)
    spans, cut_time = _timed(lambda: sentences(text))
    rows: list[Row] = [
        ("what", "Exeunt", "difflib", "times as fast", "goal"),
        _alone(f"{len(spans):,} sentences cut", cut_time),
    ]
    once = text.replace(".", ";", 1)
    found, seconds = _timed(lambda: moved(text, once, spans))
    rows.append(_alone(f"{len(spans):,} spans moved, one sign corrected", seconds))
    often = _corrected(chance, text)
    found, seconds = _timed(lambda: moved(text, often, spans))
    rows.append(_alone(f"{len(spans):,} spans moved, {SHARE:.0%} of the words corrected", seconds))
    rows.append(_beside_difflib(chance))
    return (
        f"{len(text):,} characters; processor seconds, best of {RUNS} runs. A goal in seconds is "
        f"for alone.\n\n{table(rows)}\n\nOf the spans with {SHARE:.0%} of the words corrected, "
        f"{_fates(found)}; {_on_other_words(text, often, spans=spans, found=found)} that is called "
        "the same says anything else."
    )


def _text(chance: random.Random, number: int) -> str:
    """Make up sentences of words that are used as unevenly as words are."""
    words = ["".join(chance.choices("abcdefghij", k=chance.randrange(2, 9))) for _ in range(8000)]
    ways = [1 / rank for rank in range(1, len(words) + 1)]
    return "".join(
        " ".join(chance.choices(words, ways, k=chance.randrange(4, 25))).capitalize()
        + chance.choice([". ", ". ", ". ", ".\n"])
        for _ in range(number)
    )


def _corrected(chance: random.Random, text: str) -> str:
    """Take out, put in, replace or misspell one word in a hundred."""
    changed = []
    for word in text.split(" "):
        if chance.random() >= SHARE:
            changed.append(word)
            continue
        changed.append(chance.choice(["", f"{word} anew", "other", word[:1] + word[2:]]))
    return " ".join(changed)


def _beside_difflib(chance: random.Random) -> Row:
    text = _text(chance, SENTENCES // 10)
    after = _corrected(chance, text)
    spans = sentences(text)
    _, own = _timed(lambda: moved(text, after, spans))

    def blocks() -> int:
        words = SequenceMatcher(None, text.split(), after.split(), autojunk=False)
        return len(words.get_matching_blocks())

    _, peer = _timed(blocks)
    verdict = "reached" if peer / own >= GOAL else "MISSED"
    return (
        f"the same, {len(text):,} characters",
        f"{own * 1e3:,.0f} ms",
        f"{peer * 1e3:,.0f} ms",
        f"{peer / own:,.1f}",
        f"{GOAL}: {verdict}",
    )


def _fates(found: list[Moved]) -> str:
    number = Counter(one.fate for one in found)
    return ", ".join(f"{number[fate]:,} are {fate}" for fate in Fate)


def _on_other_words(before: str, after: str, *, spans: list[Span], found: list[Moved]) -> str:
    wrong = sum(
        one.fate is Fate.SAME
        and one.span is not None
        and before[slice(*span)].strip() != after[slice(*one.span)].strip()
        for span, one in zip(spans, found, strict=True)
    )
    return str(wrong or "none")


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """Return what the work gives, and the fewest seconds of processor that it took."""
    timings = [_once(work) for _ in range(RUNS)]
    return timings[0][0], min(seconds for _, seconds in timings)


def _once(work: Callable[[], Result]) -> tuple[Result, float]:
    start = process_time()
    result = work()
    return result, process_time() - start


def _alone(what: str, seconds: float) -> Row:
    verdict = "reached" if seconds < SECONDS_GOAL else "MISSED"
    return what, f"{seconds * 1e3:,.0f} ms", "", "", f"{SECONDS_GOAL:g} s: {verdict}"


if __name__ == "__main__":
    main()
