"""From a text as its reader gives it to one that is kept: its words, its turns, its label."""

from collections.abc import Collection, Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

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


def label_from(name: str) -> str:
    """Return a label after a file's name, or nothing where the name makes none.

    >>> label_from("told/Amina 3.docx"), label_from("=1+1.txt"), label_from(".txt")
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
