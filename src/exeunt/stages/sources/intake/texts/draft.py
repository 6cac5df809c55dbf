"""What a reader makes of a foreign text: paragraphs, who speaks and when, and what was left out."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from exeunt.errors import Sentence, Word
from exeunt.sandbox.wire import Plain, list_in, names_in, sentence_in, sentence_written, text_in
from exeunt.stages.sources.intake.cells import LONGEST_TEXT, faults_of_text
from exeunt.stages.sources.intake.documents import MEGABYTE
from exeunt.stages.sources.intake.problems import ProblemList, refusal

LARGEST_TEXT_FILE = 50 * MEGABYTE
MOST_PARAGRAPHS = 100_000
PARAGRAPH = Word("paragraph")
# BCP 47, as a file may say it.
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")


class Paragraph(NamedTuple):
    """One paragraph as it stands; who speaks, and from when to when, where the file says so."""

    text: str
    speaker: str = ""
    begins: str = ""
    ends: str = ""


class TextDraft(NamedTuple):
    """A text as a file gave it; in sentences, what was left out and what a person has to confirm.

    ``language`` is a tag of BCP 47 where the file itself says one.
    """

    paragraphs: tuple[Paragraph, ...]
    left_out: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    language: str = ""

    @property
    def text(self) -> str:
        """The whole text, a paragraph a line; its line ends are LF."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


class Gathering:
    """Paragraphs while they are read: stopped as soon as they are more than any testimony has."""

    def __init__(self, name: str) -> None:
        """Begin with nothing of the file of that name."""
        self.name = name
        self.paragraphs: list[Paragraph] = []
        self.characters = 0

    def add(self, paragraph: Paragraph) -> None:
        """Take one paragraph, or refuse the file."""
        self.characters += len(paragraph.text) + 1
        if self.characters > LONGEST_TEXT + 1 or len(self.paragraphs) >= MOST_PARAGRAPHS:
            says = (
                "The text has more than {characters:,} characters or {paragraphs:,} paragraphs; "
                "split it."
            )
            facts = {"characters": LONGEST_TEXT, "paragraphs": MOST_PARAGRAPHS}
            raise refusal(self.name, Sentence(says, **facts))
        self.paragraphs.append(paragraph)

    def draft(self, *left_out: str) -> TextDraft:
        """Hand the text over, or refuse what is empty or holds what nobody can see."""
        if not any(paragraph.text.strip() for paragraph in self.paragraphs):
            raise refusal(self.name, "The file holds no text; check that the right one was saved.")
        problems = ProblemList(self.name)
        for number, paragraph in enumerate(self.paragraphs, 1):
            for says in faults_of_text(paragraph.text, what=PARAGRAPH):
                problems.add(says, row=number)
        problems.refuse_if_any()
        return TextDraft(tuple(self.paragraphs), left_out)


def draft_told(draft: TextDraft) -> Iterator[Plain]:
    """Tell a text as plain values."""
    yield {
        "paragraphs": [_shortened(paragraph) for paragraph in draft.paragraphs],
        "left_out": [sentence_written(says) for says in draft.left_out],
        "unsure": [sentence_written(says) for says in draft.unsure],
        "language": draft.language,
    }


def tag_or_nothing(tag: str) -> str:
    """Take a language as a file says it, where it is a tag of BCP 47."""
    return tag if _TAG.fullmatch(tag) else ""


def draft_heard(told: Plain) -> TextDraft:
    """Take a text from what a child told; raises ValueError where it is none."""
    parts = names_in(told)
    paragraphs = tuple(map(_paragraph, list_in(parts["paragraphs"])))
    draft = TextDraft(
        paragraphs,
        tuple(map(sentence_in, list_in(parts["left_out"]))),
        tuple(map(sentence_in, list_in(parts["unsure"]))),
        tag_or_nothing(text_in(parts["language"])),
    )
    if len(paragraphs) > MOST_PARAGRAPHS or any(faults_of_text(draft.text)):
        raise ValueError("a text that no honest reader makes")
    return draft


def _shortened(paragraph: Paragraph) -> list[Plain]:
    values: list[Plain] = list(paragraph)
    while len(values) > 1 and not values[-1]:
        values.pop()
    return values


def _paragraph(value: Plain) -> Paragraph:
    texts = [text_in(part) for part in list_in(value)]
    if not 1 <= len(texts) <= len(Paragraph._fields) or any("\r" in text for text in texts):
        raise ValueError("no paragraph")
    return Paragraph(*texts)
