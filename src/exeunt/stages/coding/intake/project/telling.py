"""A project on its way from a child to its parent, as plain values: its head, then each text."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from exeunt.methods.codebooks import GUID, Codebook
from exeunt.methods.offsets import Choice, Counting, Fit, counting_from
from exeunt.methods.projects import (
    SAYINGS,
    Judgement,
    Left,
    Memo,
    Person,
    Project,
    Selection,
    Text,
)
from exeunt.sandbox.wire import (
    Plain,
    list_in,
    names_in,
    number_in,
    or_none,
    text_in,
)
from exeunt.stages.coding.intake.codebook_draft import CodebookDraft
from exeunt.stages.coding.intake.codebook_told import codebook_heard, codebook_plain
from exeunt.stages.sources.intake.cells import faults_of_text

Made = TypeVar("Made")


class Unplaced(NamedTuple):
    """A selection that lies outside its text, as its program counted."""

    guid: str
    start: int
    end: int
    words: str


class Counted(NamedTuple):
    """How the places of one text were read: the choice, and what could not be placed."""

    selections: int
    choice: Choice
    unplaced: tuple[Unplaced, ...] = ()


class ProjectDraft(NamedTuple):
    """A project as a file gave it, how its places were read, and what was left behind."""

    project: Project
    counted: tuple[Counted, ...]
    left: tuple[Left, ...]
    remarks: tuple[str, ...]

    @property
    def unplaced(self) -> int:
        """Count the selections that lie outside their texts."""
        return sum(len(text.unplaced) for text in self.counted)

    @property
    def dropped(self) -> tuple[str, ...]:
        """Say in sentences what was left behind."""
        return (*(left.says for left in self.left), *self.remarks)


class Head(NamedTuple):
    """What a project holds beside its texts."""

    name: str
    origin: str
    codebook: CodebookDraft | None
    people: tuple[Person, ...]
    memos: tuple[Memo, ...]
    memos_on_codes: Mapping[str, tuple[Memo, ...]]
    colours: Mapping[str, str]
    headings: frozenset[str]
    left: tuple[Left, ...]


def head_told(head: Head) -> Plain:
    """Make plain values of a project's head."""
    return {
        "name": head.name,
        "origin": head.origin,
        "codebook": codebook_plain(head.codebook) if head.codebook else None,
        "people": [list(person) for person in head.people],
        "memos": _lists(head.memos),
        "memos_on_codes": {key: _lists(memos) for key, memos in head.memos_on_codes.items()},
        "colours": dict(head.colours),
        "headings": sorted(head.headings),
        "left": [list(left) for left in head.left],
    }


def text_told(text: Text, counted: Counted) -> Plain:
    """Make plain values of a text and of how its places were read."""
    return {
        "text": [*text[:5]],
        "selections": [_selection_told(selection) for selection in text.selections],
        "judgements": _lists(text.judgements),
        "memos": _lists(text.memos),
        "counted": counted.selections,
        "choice": _choice_told(counted.choice),
        "unplaced": _lists(counted.unplaced),
    }


def draft_heard(values: Iterable[Plain]) -> ProjectDraft:
    """Take a project from what a child told; raises ValueError where it is none."""
    told = iter(values)
    head = _head(next(told, None))
    texts = [_text(value) for value in told]
    made = [text for text, _ in texts]
    codebook, remarks = head.codebook or (None, ())
    project = Project(
        head.name,
        codebook,
        tuple(made),
        people=head.people,
        memos=head.memos,
        memos_on_codes=head.memos_on_codes,
        colours=head.colours,
        headings=head.headings,
        origin=head.origin,
    )
    _check_codes(made, codebook)
    return ProjectDraft(project, tuple(counted for _, counted in texts), head.left, remarks)


def _lists(values: Sequence[tuple[Plain, ...]]) -> list[Plain]:
    return [list(value) for value in values]


def _selection_told(selection: Selection) -> Plain:
    return [*selection[:5], _lists(selection.judgements), _lists(selection.memos)]


def _choice_told(choice: Choice) -> Plain:
    second = None if choice.second is None else str(choice.second)
    return [str(choice.counting), list(choice.fit), second, list(choice.second_fit)]


def _head(value: Plain) -> Head:
    parts = names_in(value)
    on_codes = names_in(parts["memos_on_codes"])
    colours = names_in(parts["colours"])
    return Head(
        text_in(parts["name"]),
        text_in(parts["origin"]),
        or_none(codebook_heard, parts["codebook"]),
        _each(lambda value: Person(*_texts(value)), parts["people"]),
        _each(_memo, parts["memos"]),
        {key: _each(_memo, memos) for key, memos in on_codes.items()},
        {key: text_in(colour) for key, colour in colours.items()},
        frozenset(_texts(parts["headings"])),
        _each(_left, parts["left"]),
    )


def _text(value: Plain) -> tuple[Text, Counted]:
    parts = names_in(value)
    guid, name, words, by, when = _texts(parts["text"])
    if not words.strip() or any(faults_of_text(words)) or "\r" in words:
        raise ValueError("a text that no honest reader makes")
    selections = _each(_selection, parts["selections"])
    if any(not 0 <= one.start < one.end <= len(words) for one in selections):
        raise ValueError("a selection outside its text")
    judgements, memos = _each(_judgement, parts["judgements"]), _each(_memo, parts["memos"])
    text = Text(_guid(guid), name, words, by, when, selections, judgements, memos)
    unplaced = _each(_unplaced, parts["unplaced"])
    return text, Counted(number_in(parts["counted"]), _choice(parts["choice"]), unplaced)


def _selection(value: Plain) -> Selection:
    guid, start, end, by, when, judgements, memos = list_in(value)
    return Selection(
        _guid(text_in(guid)),
        number_in(start),
        number_in(end),
        text_in(by),
        text_in(when),
        _each(_judgement, judgements),
        _each(_memo, memos),
    )


def _judgement(value: Plain) -> Judgement:
    *said, number, gap, note = list_in(value)
    guid, code, by, when = map(text_in, said)
    number = or_none(number_in, number)
    return Judgement(guid, code, by, when, number, text_in(gap), text_in(note))


def _memo(value: Plain) -> Memo:
    return Memo(*_texts(value))


def _unplaced(value: Plain) -> Unplaced:
    guid, start, end, words = list_in(value)
    return Unplaced(text_in(guid), number_in(start), number_in(end), text_in(words))


def _left(value: Plain) -> Left:
    kind, number = list_in(value)
    if kind not in SAYINGS:
        raise ValueError("left behind, and nobody knows what")
    return Left(text_in(kind), number_in(number))


def _choice(value: Plain) -> Choice:
    taken, fit, second, second_fit = list_in(value)
    return Choice(
        counting_from(text_in(taken)), _fit(fit), or_none(_counting, second), _fit(second_fit)
    )


def _counting(value: Plain) -> Counting:
    return counting_from(text_in(value))


def _fit(value: Plain) -> Fit:
    inside, worded, edges = list_in(value)
    if not isinstance(edges, int | float):
        raise ValueError("no share")
    return Fit(number_in(inside), number_in(worded), float(edges))


def _each(take: Callable[[Plain], Made], values: Plain) -> tuple[Made, ...]:
    return tuple(take(value) for value in list_in(values))


def _texts(value: Plain) -> list[str]:
    return [text_in(part) for part in list_in(value)]


def _guid(written: str) -> str:
    if written and not GUID.fullmatch(written):
        raise ValueError("no GUID")
    return written


def _check_codes(texts: Sequence[Text], codebook: Codebook | None) -> None:
    keys = {code.key for code in codebook} if codebook else set()
    for text in texts:
        spoken = [*text.judgements, *(j for one in text.selections for j in one.judgements)]
        if any(judgement.code not in keys for judgement in spoken):
            raise ValueError("a judgement on no code")
