"""What subtitles of either kind share: times, who speaks, and cues that do not fit together."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from exeunt.errors import Sentence
from exeunt.stages.sources.intake.problems import ProblemList, refusal
from exeunt.stages.sources.intake.texts.draft import (
    MOST_PARAGRAPHS,
    Gathering,
    Paragraph,
    TextDraft,
)

_CLOCK = r"(?:(\d{1,4}):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})"
TIMING = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}(?:\s.*)?")
ARROW = "-->"
LONGEST_NAME = 40
MOST_WORDS = 4
SAID_TWICE = 2
_SPEAKER = re.compile(
    rf"\s*(?:[-–—>]+\s*)?\[?([^\W\d_][^:\[\]\n]{{0,{LONGEST_NAME}}})\]?\s?:\s+(?=\S)"
)
_DASH = re.compile(r"\s*[-–—]\s*(?=\S)")


class Cue(NamedTuple):
    """One cue as it stands: the line of its times, when it is shown, and its lines."""

    row: int
    begins: int
    ends: int
    lines: tuple[tuple[str, str], ...]  # who speaks, where a tag says so, and the text


class Times(NamedTuple):
    """When a cue begins and ends, in thousandths of a second."""

    begins: int
    ends: int


def times_in(line: str) -> Times | None:
    """Read the line of times of a cue, or None where it is none."""
    found = TIMING.fullmatch(line)
    if found is None:
        return None
    parts = found.groups()
    return Times(_thousandths(parts[:4]), _thousandths(parts[4:]))


def clock(thousandths: int) -> str:
    """Write a time as hours, minutes, seconds and thousandths.

    >>> clock(3_723_004)
    '01:02:03.004'
    """
    seconds, rest = divmod(thousandths, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{rest:03}"


def cues_taken(cues: Iterator[Cue], problems: ProblemList) -> list[Cue]:
    """Take the cues of a file, which must have some, and not more than any testimony has."""
    taken = list(islice(cues, MOST_PARAGRAPHS + 1))
    if len(taken) > MOST_PARAGRAPHS:
        says = "The file has more than {most:,} cues; split it."
        raise refusal(problems.file, Sentence(says, most=MOST_PARAGRAPHS))
    if not taken and not problems:
        says = "The file holds no cue with times; check that it is a subtitle file."
        raise refusal(problems.file, says)
    return taken


def note_malformed(problems: ProblemList, row: int) -> None:
    """Say that the times of a cue cannot be read."""
    says = "The times of this cue cannot be read; write them as “00:01:02,500 --> 00:01:04,000”."
    problems.add(says, row=row)


def draft_of_cues(
    cues: Sequence[Cue], problems: ProblemList, *, name: str, left_out: Sequence[str] = ()
) -> TextDraft:
    """Make a paragraph of each cue, and one more wherever another speaks in it."""
    _check_order(cues, problems)
    problems.refuse_if_any()
    gathering = Gathering(name)
    known = _names_in(cues)
    for cue in cues:
        for speaker, text in _voices(cue, known):
            gathering.add(Paragraph(text, speaker, clock(cue.begins), clock(cue.ends)))
    return gathering.draft(*left_out, *_overlaps(cues))


def _thousandths(parts: Sequence[str | None]) -> int:
    hours, minutes, seconds, rest = (part or "0" for part in parts)
    whole = (int(hours) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int(rest.ljust(3, "0"))


def _check_order(cues: Sequence[Cue], problems: ProblemList) -> None:
    before: Cue | None = None
    for cue in cues:
        if cue.ends < cue.begins:
            problems.add("This cue ends before it begins; mend its times.", row=cue.row)
        if before is not None and cue.begins < before.begins:
            says = "This cue begins before the one in line {row}; put the cues in order of time."
            problems.add(Sentence(says, row=before.row), row=cue.row)
        before = cue


def _overlaps(cues: Sequence[Cue]) -> Iterator[str]:
    rows = [cue.row for before, cue in pairwise(cues) if cue.begins < before.ends]
    if rows:
        yield Sentence(
            "{number} cues begin before the one before them has ended, the first in line {row}; "
            "look whether two people speak at once or a line is repeated.",
            number=len(rows),
            row=rows[0],
        )


def _names_in(cues: Sequence[Cue]) -> frozenset[str]:
    """Find what stands before a colon like a name: in capitals, or capitalised, or said often."""
    found = (_SPEAKER.match(text) for cue in cues for _, text in cue.lines)
    counted = Counter(match.group(1).strip() for match in found if match)
    return frozenset(name for name, times in counted.items() if _is_name(name, times))


def _is_name(name: str, times: int) -> bool:
    words = name.split()
    if len(words) > MOST_WORDS:
        return False
    has_case = name.lower() != name.upper()
    if has_case:
        return all(word[0].isupper() or not word[0].isalpha() for word in words)
    return times >= SAID_TWICE


def _voices(cue: Cue, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield who says what in one cue; lines of one voice become one paragraph."""
    speaker, said = "", list[str]()
    for tagged, line in cue.lines:
        found = _SPEAKER.match(line)
        named = found.group(1).strip() if found and found.group(1).strip() in known else ""
        text = line[found.end() :] if found and named else line
        dashed = _DASH.match(text)
        if (named or tagged or dashed) and said:
            yield speaker, " ".join(said)
            said = []
        if named or tagged or dashed:
            speaker = named or tagged
        text = text[dashed.end() :] if dashed else text
        if text.strip():
            said.append(text.strip())
    if said:
        yield speaker, " ".join(said)
