"""The steps of masking by the words of the buttons that ask for them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from exeunt.errors import Refusal
from exeunt.methods.identifiers import Kind
from exeunt.procedures.entrusting import masking
from exeunt.procedures.entrusting.masking import Sheet

Act = Callable[[Sheet, "Step"], Sheet]


class Step(NamedTuple):
    """What is asked for: of which mark, on which page, with which words or between which places."""

    act: str
    number: int
    page: int
    kind: Kind
    words: str
    start: int
    end: int


def take(sheet: Sheet, step: Step) -> Sheet:
    """Do one step; refuses what no button of ours asks for."""
    act = STEPS.get(step.act)
    if act is None:
        raise Refusal("This page knows no such step; open it again.")
    return act(sheet, step)


def _alike(sheet: Sheet, step: Step) -> list[int]:
    return [one.number for one in sheet.alike(sheet.review.marked(step.number))]


def _kind(sheet: Sheet, step: Step) -> Sheet:
    mark = sheet.review.marked(step.number)
    return masking.add(sheet, mark.start, mark.end, kind=step.kind)


def _stretched(at_start: int, at_end: int) -> Act:
    return lambda sheet, step: masking.stretch(sheet, step.number, by_words=(at_start, at_end))


STEPS: Mapping[str, Act] = MappingProxyType(
    {
        "accept": lambda sheet, step: masking.accept(sheet, [step.number]),
        "refuse": lambda sheet, step: masking.refuse(sheet, [step.number]),
        "reopen": lambda sheet, step: masking.reopen(sheet, [step.number]),
        "accept-alike": lambda sheet, step: masking.accept(sheet, _alike(sheet, step)),
        "refuse-alike": lambda sheet, step: masking.refuse(sheet, _alike(sheet, step)),
        "reopen-alike": lambda sheet, step: masking.reopen(sheet, _alike(sheet, step)),
        "start-out": _stretched(1, 0),
        "start-in": _stretched(-1, 0),
        "end-out": _stretched(0, 1),
        "end-in": _stretched(0, -1),
        "kind": _kind,
        "replace": lambda sheet, step: masking.replace(sheet, step.number, words=step.words),
        "add": lambda sheet, step: masking.add(sheet, step.start, step.end, kind=step.kind),
        "everywhere": lambda sheet, step: masking.add_everywhere(sheet, step.words, kind=step.kind),
        "read": lambda sheet, step: masking.have_read(sheet, step.page),
        "undo": lambda sheet, _: masking.undo(sheet),
    }
)
