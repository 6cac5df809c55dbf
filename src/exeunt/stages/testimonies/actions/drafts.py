"""From the cells of a row to an account that can be stored, or to what is wrong with it."""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple, TypeVar

from exeunt.errors import Refusal
from exeunt.methods.chronology import read_date
from exeunt.stages.narrators.rules import ExitFacts, choice_from, ends_before_it_begins
from exeunt.stages.narrators.states import ExitKind, Gender
from exeunt.stages.sources.intake.problems import ProblemList
from exeunt.stages.sources.rules import provenance_from
from exeunt.stages.sources.states import Provenance
from exeunt.stages.testimonies.intake.accounts import AccountRow
from exeunt.stages.testimonies.rules import language_from
from exeunt.stages.testimonies.states import AgeBand, Setting

LONGEST = {"citation": 2000, "address": 2000}
LONGEST_LABEL = 80

Choice = TypeVar("Choice", bound=StrEnum)
Read = TypeVar("Read")


class AccountDraft(NamedTuple):
    """One account as a row tells it, ready to be stored."""

    row: int
    label: str
    provenance: Provenance
    exit: ExitFacts
    language: str
    citation: str
    address: str
    published: str
    period: str
    setting: Setting
    age_band: AgeBand
    text: str


class Drafting:
    """Makes drafts of rows; every cell of a row is looked at before the row is judged."""

    def __init__(self, problems: ProblemList, *, provenance: str | None) -> None:
        """Take where to complain; ``provenance`` speaks for rows that do not say it."""
        self.problems = problems
        self.provenance = provenance
        self._labels: dict[str, int] = {}

    def draft(self, number: int, row: AccountRow) -> AccountDraft | None:
        """Return the row as a draft, or None where something in it is wrong."""
        before = len(self.problems)
        cells = _Cells(number, row, self.problems)
        label = self._label(cells)
        draft = AccountDraft(
            row=number,
            label=label,
            provenance=cells.read("provenance", self._provenance, Provenance.INVENTED),
            exit=_exit(cells, label),
            language=cells.read("language", language_from, ""),
            citation=cells.short("citation"),
            address=cells.short("address"),
            published=cells.date("published"),
            period=cells.short("period"),
            setting=cells.choice("setting", Setting, Setting.UNKNOWN),
            age_band=cells.choice("age_band", AgeBand, AgeBand.UNKNOWN),
            text=row.text,
        )
        if len(self.problems) == before and ends_before_it_begins(draft.exit):
            cells.complain("Left before they joined; one of the two dates is wrong.", "left")
        return draft if len(self.problems) == before else None

    def _provenance(self, cell: str) -> Provenance:
        return provenance_from(cell or self.provenance or "")

    def _label(self, cells: "_Cells") -> str:
        label = cells.short("account_id")
        if not label:
            cells.complain(
                "This row has no account; give each account a label of its own.", "account_id"
            )
            return label
        first = self._labels.setdefault(label, cells.number)
        if first != cells.number:
            cells.complain(f"The account “{label}” stands in row {first} already.", "account_id")
        return label


class _Cells:
    """The cells of one row, read one by one."""

    def __init__(self, number: int, row: AccountRow, problems: ProblemList) -> None:
        self.number = number
        self.cells = row._asdict()
        self.problems = problems

    def short(self, column: str) -> str:
        cell: str = self.cells[column]
        longest = LONGEST.get(column, LONGEST_LABEL)
        if len(cell) > longest:
            self.complain(f"{len(cell)} characters; at most {longest} fit here.", column)
        return cell

    def date(self, column: str) -> str:
        cell = self.cells[column]
        return self.read(column, lambda text: read_date(text).text, "") if cell else ""

    def choice(self, column: str, choices: type[Choice], otherwise: Choice) -> Choice:
        return self.read(
            column, lambda cell: choice_from(cell, choices, otherwise=otherwise), otherwise
        )

    def read(self, column: str, reader: Callable[[str], Read], otherwise: Read) -> Read:
        try:
            return reader(self.cells[column])
        except (Refusal, ValueError) as refusal:
            self.complain(str(refusal), column)
            return otherwise

    def complain(self, says: str, column: str) -> None:
        self.problems.add(says, row=self.number, column=column)


def _exit(cells: _Cells, label: str) -> ExitFacts:
    return ExitFacts(
        narrator=cells.short("narrator") or label,
        gender=cells.choice("gender", Gender, Gender.UNKNOWN),
        group=cells.short("group_left"),
        began=cells.date("joined"),
        kind=cells.choice("exit_kind", ExitKind, ExitKind.UNKNOWN),
        ended=cells.date("left"),
        to_group=cells.short("group_joined"),
    )
