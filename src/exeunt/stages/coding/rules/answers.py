"""What a coder wrote on a sheet, as plain values."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple, TypeVar

from exeunt.errors import Refusal, Word
from exeunt.methods.codebooks import Scale
from exeunt.stages.coding.rules.prose import clean_prose
from exeunt.stages.coding.rules.values import value_from
from exeunt.stages.sources.intake.problems import at_field

Key = TypeVar("Key", str, int)


class Judgement(NamedTuple):
    """What one reader said of one code: a value or why there is none, and a remark."""

    value: int | None
    gap: str
    note: str = ""

    @property
    def cell(self) -> str:
        """Write it as the cell of a table would."""
        return str(self.value) if self.value is not None else self.gap

    @property
    def said(self) -> tuple[int | None, str]:
        """Return what readers agree or differ on; remarks are their own."""
        return self.value, self.gap


class Answers(NamedTuple):
    """A sheet as it was filled in: a cell and a note by the key of each code, and a memo.

    A code that is not there has no answer yet; an empty cell says that it was not mentioned.
    """

    cells: Mapping[str, str]
    notes: Mapping[str, str]
    memo: str = ""


def judgements_from(
    answers: Answers, *, codes: Iterable[str], scale: Scale, codebook: str
) -> dict[str, Judgement]:
    """Read a sheet's cells; refuse what is outside the scale, and remarks on nothing."""
    known = set(codes)
    notes: dict[str, str] = {}
    for key, note in answers.notes.items():
        with at_field(f"note:{key}"):
            notes[key] = clean_prose(note, Word("A note"))
            _check_known(key, known, codebook)
            _check_answered(key, notes[key], answers.cells)
    judged: dict[str, Judgement] = {}
    for key, cell in answers.cells.items():
        with at_field(f"value:{key}"):
            _check_known(key, known, codebook)
            judged[key] = judgement_from(cell, scale, note=notes.get(key, ""))
    return judged


def clean_memo(memo: str) -> str:
    """Return a memo as it can be kept."""
    with at_field("memo"):
        return clean_prose(memo, Word("A memo"))


def _check_known(key: str, known: Collection[str], codebook: str) -> None:
    if key not in known:
        raise Refusal("There is no code “{code}” in {codebook}.", code=key, codebook=codebook)


def _check_answered(key: str, note: str, cells: Mapping[str, str]) -> None:
    if note and key not in cells:
        raise Refusal("“{code}” has a note and no answer; answer it as well.", code=key)


def judgement_from(cell: str, scale: Scale, *, note: str = "") -> Judgement:
    """Read one cell on a scale."""
    value, gap = value_from(cell, scale)
    return Judgement(value, gap or "", note)


def differing(judgements: Iterable[tuple[Key, tuple[int | None, str]]]) -> frozenset[Key]:
    """Return the codes of which two readers said different things.

    >>> sorted(differing([("L1", (1, "")), ("L1", (0, "")), ("L2", (1, "")), ("L2", (1, ""))]))
    ['L1']
    """
    said: dict[Key, set[tuple[int | None, str]]] = {}
    for code, judged in judgements:
        said.setdefault(code, set()).add(judged)
    return frozenset(code for code, ways in said.items() if len(ways) > 1)
