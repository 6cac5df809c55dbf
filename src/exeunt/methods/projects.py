"""A coded project as plain data, whichever program it comes from or goes to.

Places are code points from 0, ends exclusive, in texts whose line ends are LF. What this shape
has no room for is counted by kind, never dropped in silence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from exeunt.errors import Sentence
from exeunt.methods.codebooks import Codebook


class Person(NamedTuple):
    """Somebody who coded, as the other program knows them."""

    guid: str
    name: str


class Memo(NamedTuple):
    """What somebody wrote about a project, a code, a text, an excerpt or a judgement."""

    guid: str
    text: str
    name: str = ""
    by: str = ""
    when: str = ""


class Judgement(NamedTuple):
    """One code said of one span or text; ``by`` is a person's GUID, ``code`` a code's key.

    Other programs only say that the code is given: then there is neither value nor gap.
    """

    guid: str
    code: str
    by: str = ""
    when: str = ""
    value: int | None = None
    gap: str = ""
    note: str = ""


class Selection(NamedTuple):
    """A span of a text with all that was said of it."""

    guid: str
    start: int
    end: int
    by: str = ""
    when: str = ""
    judgements: tuple[Judgement, ...] = ()
    memos: tuple[Memo, ...] = ()


class Text(NamedTuple):
    """One text with its selections, and what was said of the whole of it."""

    guid: str
    name: str
    text: str
    by: str = ""
    when: str = ""
    selections: tuple[Selection, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    memos: tuple[Memo, ...] = ()


@dataclass(frozen=True)
class Project:
    """A codebook, texts and what several people said of them.

    ``colours`` and ``memos_on_codes`` are by the code's key; ``headings`` are the keys of codes
    that only hold others together.
    """

    name: str
    codebook: Codebook | None
    texts: tuple[Text, ...]
    people: tuple[Person, ...] = ()
    memos: tuple[Memo, ...] = ()
    memos_on_codes: Mapping[str, tuple[Memo, ...]] = field(default_factory=dict)
    colours: Mapping[str, str] = field(default_factory=dict)
    headings: frozenset[str] = frozenset()
    origin: str = ""


class Left(NamedTuple):
    """How many things of one kind a file holds that a project has no room for."""

    kind: str
    number: int

    @property
    def says(self) -> Sentence:
        """Say it in a sentence."""
        return Sentence(SAYINGS[self.kind], number=self.number)


SAYINGS: Mapping[str, str] = MappingProxyType(
    {
        "pictures": "{number} pictures and what was marked in them were left behind.",
        "recordings": "{number} recordings were left behind; their transcripts are taken.",
        "marks in recordings": "{number} marks in recordings were left behind.",
        "pdf files": "{number} PDF files were left behind; their text is taken where it is given.",
        "marks on pages": "{number} marks on the pages of PDF files were left behind.",
        "rich texts": "{number} texts in their original layout were left behind; the plain text "
        "is taken.",
        "rich texts alone": "{number} texts are given only in their original layout; they were "
        "left behind. Take them in with “exeunt import texts”.",
        "empty texts": "{number} texts without a word were left behind.",
        "times": "{number} times in transcripts were left behind.",
        "sets": "{number} sets were left behind.",
        "cases": "{number} cases were left behind.",
        "variables": "{number} variables and their values were left behind.",
        "links": "{number} links were left behind.",
        "graphs": "{number} graphs were left behind.",
        "memos": "{number} memos that hang on nothing that is taken were left behind.",
        "guids of judgements": "{number} judgements have the GUID of another; they get one of "
        "their own when they are exported.",
        "unknown codes": "{number} judgements name a code that is not in the codebook; they were "
        "left behind.",
        "bare selections": "{number} selections without a code or a memo were left behind.",
        "unlike words": "The words of {number} highlights are not those that were kept beside "
        "them; look at them before you rely on them.",
        "others": "{number} other elements were left behind.",
        "users of the other program": "{number} accounts of the other program, with their "
        "passwords, were left behind.",
        "history": "{number} entries of the other program's history were left behind.",
    }
)
