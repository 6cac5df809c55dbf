"""One page of a raw text as it is drawn: its paragraphs, the marks in them, and their groups."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from exeunt.errors import NotThere
from exeunt.methods.folding import fold
from exeunt.procedures.entrusting.masking import BY_HAND, KNOWN_NAME, Sheet
from exeunt.procedures.entrusting.reviewing import Mark, MarkState, Page
from exeunt.web.custody.words import STATES, Words, kind_words

LEAST_UNDECIDED_FIRST = (MarkState.PROPOSED, MarkState.ACCEPTED, MarkState.REFUSED)


class Drawn(NamedTuple):
    """A mark in words: what it is, what became of it, and who found it."""

    mark: Mark
    surface: str
    kind: Words
    state: Words
    rule: str
    label: str
    by_hand: bool


class Run(NamedTuple):
    """Some signs of a paragraph; of a mark also which, and whether it begins here."""

    words: str
    drawn: Drawn | None = None
    begins: bool = False


class Paragraph(NamedTuple):
    """One paragraph, and the place of its first sign in the whole text."""

    start: int
    runs: list[Run]


class Group(NamedTuple):
    """The marks of one kind over the same words: how many are here, and in the whole text."""

    first: Drawn
    here: int
    everywhere: int
    undecided: int
    state: MarkState
    replacement: str

    @property
    def state_words(self) -> Words:
        """What became of them."""
        return STATES[self.state]


class Leaf:
    """A page of a sheet, ready to be drawn; ``labels`` are the narrators' by their references."""

    def __init__(
        self, sheet: Sheet, number: int, *, chosen: int = 0, labels: Mapping[str, str]
    ) -> None:
        """Take the page that is read; refuses one that the text does not have."""
        pages = sheet.pages
        if not 1 <= number <= len(pages):
            raise NotThere("There is nothing here.")
        self.sheet = sheet
        self.number = number
        self.pages = len(pages)
        self.page: Page = pages[number - 1]
        self._labels = labels
        self._chosen = chosen

    def choosing(self, number: int) -> "Leaf":
        """Return the same page with another mark chosen."""
        self._chosen = number
        return self

    @cached_property
    def marks(self) -> list[Mark]:
        """The marks that touch this page."""
        page = self.page
        return [
            one for one in self.sheet.review.marks if one.start < page.end and page.start < one.end
        ]

    @cached_property
    def chosen(self) -> Drawn | None:
        """The mark that was asked for, if it is on this page."""
        found = next((one for one in self.marks if one.number == self._chosen), None)
        return self.drawn(found) if found is not None else None

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs of this page."""
        at = self.page.start
        for line in self.sheet.text[self.page.start : self.page.end].split("\n"):
            if line.strip():
                yield Paragraph(at, list(self._runs(at, at + len(line))))
            at += len(line) + 1

    @cached_property
    def groups(self) -> list[Group]:
        """The marks of this page by kind and words, what is undecided first."""
        everywhere = Counter(map(self._key, self.sheet.review.marks))
        here: dict[tuple[str, str], list[Mark]] = defaultdict(list)
        for mark in self.marks:
            here[self._key(mark)].append(mark)
        groups = [self._group(marks, everywhere[key]) for key, marks in here.items()]
        return sorted(groups, key=lambda one: LEAST_UNDECIDED_FIRST.index(one.state))

    @property
    def before(self) -> int:
        """The number of the page before."""
        return self.number - 1

    @property
    def following(self) -> int:
        """The number of the page after."""
        return self.number + 1

    @property
    def pages_read(self) -> int:
        """How many of them somebody has read."""
        return len(self.sheet.review.read)

    @property
    def is_read(self) -> bool:
        """Whether this one was."""
        return self.number in self.sheet.review.read

    @property
    def found(self) -> int:
        """How many marks there are in the whole text."""
        return len(self.sheet.review.marks)

    @property
    def decided(self) -> int:
        """How many of them are decided."""
        return self.found - len(self.sheet.review.in_state(MarkState.PROPOSED))

    def after(self, number: int) -> int:
        """Return the next undecided mark of this page after one, or before it, or 0."""
        open_ = [one for one in self.marks if one.state is MarkState.PROPOSED]
        place = next((one.start for one in self.marks if one.number == number), self.page.start)
        later = [one for one in open_ if one.start >= place and one.number != number]
        return next((one.number for one in [*later, *open_]), 0)

    def drawn(self, mark: Mark) -> Drawn:
        """Return a mark in words."""
        known = mark.found_by == KNOWN_NAME
        return Drawn(
            mark=mark,
            surface=self.sheet.surface(mark),
            kind=kind_words(mark.kind),
            state=STATES[mark.state],
            rule="" if known or mark.found_by == BY_HAND else mark.found_by,
            label=self._labels.get(mark.narrator, "") if known else "",
            by_hand=mark.found_by == BY_HAND,
        )

    def _runs(self, start: int, end: int) -> Iterator[Run]:
        at = start
        for mark in self._between(start, end):
            begin, until = max(mark.start, start), min(mark.end, end)
            if at < begin:
                yield Run(self.sheet.text[at:begin])
            yield Run(self.sheet.text[begin:until], self.drawn(mark), mark.start >= start)
            at = until
        if at < end:
            yield Run(self.sheet.text[at:end])

    def _between(self, start: int, end: int) -> Iterable[Mark]:
        return (one for one in self.marks if one.start < end and start < one.end)

    def _group(self, marks: list[Mark], everywhere: int) -> Group:
        states = [one.state for one in marks]
        state = next(one for one in LEAST_UNDECIDED_FIRST if one in states)
        first = next(one for one in marks if one.state is state)
        return Group(
            first=self.drawn(first),
            here=len(marks),
            everywhere=everywhere,
            undecided=states.count(MarkState.PROPOSED),
            state=state,
            replacement=next((one.replacement for one in marks if one.replacement), ""),
        )

    def _key(self, mark: Mark) -> tuple[str, str]:
        return mark.kind, fold(self.sheet.surface(mark)).text
