"""From a text as its reader gives it to one that is kept: its words, its turns, its label."""

import re
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import PurePosixPath
from typing import NamedTuple

from exeunt.methods.anchoring import moved
from exeunt.stages.sources.intake.cells import clean_label, faults_of_label
from exeunt.stages.sources.intake.fields import LONGEST_SHORT
from exeunt.stages.sources.intake.texts import Paragraph, TextDraft

LONGEST_STEM = 70
LONGEST_TIME = 16


class TurnPlace(NamedTuple):
    """Where somebody speaks, from the name to the last of the words, and when."""

    start: int
    end: int
    speaker: str
    begins: str
    ends: str


class KeptText(NamedTuple):
    """A text with who speaks before the words, and its turns in order."""

    text: str
    turns: tuple[TurnPlace, ...]


def text_to_keep(draft: TextDraft) -> KeptText:
    """Write a text as it is kept: a paragraph a line, who speaks before a colon.

    A turn goes on until another begins; a text that names no speaker and no time has none.
    """
    lines = list(map(_line, draft.paragraphs))
    return KeptText("\n".join(lines), tuple(_turns(draft.paragraphs, lines)))


def turns_after(before: str, turns: Sequence[TurnPlace], after: str) -> list[TurnPlace]:
    r"""Find the turns of a text in its corrected version.

    Where every turn begins with its speaker's name, the names tell where turns are now, and a
    time goes with its turn; else turns move as any other place does, or are lost.

    >>> turns_after("A: x\nB: y", [TurnPlace(0, 4, "A", "", ""), TurnPlace(5, 9, "B", "1", "")],
    ...             "Told.\nA: longer\nB: y")[1]
    TurnPlace(start=16, end=20, speaker='B', begins='1', ends='')
    """
    named = all(
        turn.speaker and before.startswith(f"{turn.speaker}:", turn.start) for turn in turns
    )
    return (
        list(_by_names(before, turns, after)) if named else list(_by_places(before, turns, after))
    )


def label_from(name: str) -> str:
    """Return a label after a file's name, or nothing where the name makes none.

    >>> label_from("told/Amina 3.docx"), label_from("=1+1.txt"), label_from("-.txt")
    ('Amina 3', '1+1', '')
    """
    stem = PurePosixPath(name).stem if PurePosixPath(name).suffix else PurePosixPath(name).name
    plain = "".join(sign if sign.isprintable() else " " for sign in stem)
    label = clean_label(" ".join(plain.split())).lstrip("=+-@＝＋－＠.").strip()[:LONGEST_STEM]
    return "" if any(faults_of_label(label)) else label.strip()


def free_among(label: str, taken: Collection[str]) -> str:
    """Return a label that is not taken yet.

    >>> free_among("a", {"b"}), free_among("a", {"a", "a (2)"})
    ('a', 'a (3)')
    """
    number, found = 1, label
    while found in taken:
        number += 1
        found = f"{label} ({number})"
    return found


def _by_names(before: str, turns: Sequence[TurnPlace], after: str) -> Iterator[TurnPlace]:
    names = sorted({turn.speaker for turn in turns}, key=len, reverse=True)
    begins = re.compile(rf"^({'|'.join(map(re.escape, names))}):", re.MULTILINE)
    heads = list(begins.finditer(after))
    ends = [*(head.start() for head in heads[1:]), len(after)]
    said = [after[head.start() : end].rstrip() for head, end in zip(heads, ends, strict=False)]
    times = _times_kept(turns, [before[turn.start : turn.end] for turn in turns], said)
    for head, words, (first, last) in zip(heads, said, times, strict=True):
        yield TurnPlace(head.start(), head.start() + len(words), head.group(1), first, last)


def _times_kept(
    turns: Sequence[TurnPlace], before: Sequence[str], after: Sequence[str]
) -> list[tuple[str, str]]:
    """Give each turn its times: where it says the same, or was corrected in its place."""
    times = [("", "")] * len(after)
    matching = SequenceMatcher(None, before, after, autojunk=False)
    for what, start, end, first, last in matching.get_opcodes():
        if what == "equal" or (what == "replace" and end - start == last - first):
            times[first:last] = [(turn.begins, turn.ends) for turn in turns[start:end]]
    return times


def _by_places(before: str, turns: Sequence[TurnPlace], after: str) -> Iterator[TurnPlace]:
    last = 0
    fates = moved(before, after, [(turn.start, turn.end) for turn in turns])
    for turn, fate in zip(turns, fates, strict=True):
        if fate.span is not None and fate.span.start >= last:
            last = fate.span.end
            yield TurnPlace(*fate.span, turn.speaker, turn.begins, turn.ends)


def _line(paragraph: Paragraph) -> str:
    if not paragraph.speaker:
        return paragraph.text
    return f"{paragraph.speaker}: {paragraph.text}".rstrip()


def _turns(paragraphs: Collection[Paragraph], lines: Collection[str]) -> Iterator[TurnPlace]:
    open_turn: TurnPlace | None = None
    start = 0
    for paragraph, line in zip(paragraphs, lines, strict=True):
        end = start + len(line)
        if (paragraph.speaker or paragraph.begins) and line.strip():
            if open_turn is not None:
                yield open_turn
            speaker = paragraph.speaker[:LONGEST_SHORT]
            times = paragraph.begins[:LONGEST_TIME], paragraph.ends[:LONGEST_TIME]
            open_turn = TurnPlace(start, end, speaker, *times)
        elif open_turn is not None and line.strip():
            open_turn = open_turn._replace(end=end)
        start = end + 1
    if open_turn is not None:
        yield open_turn
