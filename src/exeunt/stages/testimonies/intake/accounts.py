"""A table of accounts, one row each, read into drafts."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, TypeVar

from exeunt.errors import Refusal
from exeunt.methods.chronology import read_date
from exeunt.stages.narrators.rules import ExitFacts, choice_from
from exeunt.stages.narrators.states import ExitKind, Gender
from exeunt.stages.sources.intake.columns import Column
from exeunt.stages.sources.intake.problems import ProblemList
from exeunt.stages.sources.intake.tables import Table, read_table
from exeunt.stages.sources.rules import provenance_from
from exeunt.stages.sources.states import Provenance
from exeunt.stages.testimonies.states import AgeBand, Setting

COLUMNS = (
    Column("account_id", aliases=("رقم الرواية", "رواية", "récit")),
    Column("narrator", required=False, aliases=("الراوي", "narrateur")),
    Column("provenance", required=False, aliases=("المصدر", "origine")),
    Column("language", required=False, aliases=("اللغة", "langue")),
    Column("citation", required=False, aliases=("الإحالة", "référence")),
    Column("address", required=False, aliases=("الرابط", "adresse")),
    Column("published", required=False, aliases=("تاريخ النشر", "publié")),
    Column("period", required=False, aliases=("الفترة", "période")),
    Column("setting", required=False, aliases=("الظرف", "cadre")),
    Column("gender", required=False, aliases=("الجنس", "genre")),
    Column("age_band", required=False, aliases=("الفئة العمرية", "tranche d'âge")),
    Column("group_left", required=False, aliases=("الجماعة المتروكة", "groupe quitté")),
    Column("group_joined", required=False, aliases=("الجماعة التالية", "groupe rejoint")),
    Column("joined", required=False, aliases=("تاريخ الانضمام", "entrée")),
    Column("left", required=False, aliases=("تاريخ الخروج", "sortie")),
    Column("exit_kind", required=False, aliases=("نوع الخروج", "type de sortie")),
    Column("text", required=False, long=True, aliases=("النص", "texte")),
)
NAMES = tuple(column.name for column in COLUMNS)
LONGEST = {"citation": 2000, "address": 2000, "language": 35}
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


class AccountTable:
    """A table of accounts; problems are gathered while it is read and raised at its end."""

    def __init__(
        self, path: Path, *, provenance: str | None, rename: Mapping[str, str] | None
    ) -> None:
        """Open the table; ``provenance`` speaks for every row that has no such column.

        Raises BadInput where the file cannot be read at all or lacks a column.
        """
        self._table: Table = read_table(path, COLUMNS, rename=rename)
        self._provenance = provenance
        self._labels: dict[str, int] = {}
        self.problems = ProblemList(path.name)

    def drafts(self) -> Iterator[AccountDraft]:
        """Yield the rows that can be read, then raise BadInput if any could not."""
        for row, cells in self._table.rows(self.problems):
            draft = _Row(row, dict(zip(NAMES, cells, strict=True)), self).draft()
            if draft is not None:
                yield draft

    def complain(self, says: str, row: int, column: str) -> None:
        """Note what is wrong in one cell."""
        self.problems.add(says, row=row, column=column)

    def provenance_of(self, cell: str) -> str:
        """Return what the row says of where it comes from, or what was said of the file."""
        return cell or self._provenance or ""

    def first_row_of(self, label: str, row: int) -> int:
        """Return the row in which a label stood first."""
        return self._labels.setdefault(label, row)


class _Row:
    """One row while it is being read: every cell is looked at before the row is judged."""

    def __init__(self, row: int, cells: Mapping[str, str], table: AccountTable) -> None:
        self.row = row
        self.cells = cells
        self.table = table
        self.sound = True

    def draft(self) -> AccountDraft | None:
        label = self._label("account_id")
        draft = AccountDraft(
            row=self.row,
            label=label,
            provenance=self._read("provenance", self._provenance, Provenance.INVENTED),
            exit=self._exit(label),
            language=self._short("language"),
            citation=self._short("citation"),
            address=self._short("address"),
            published=self._date("published"),
            period=self._short("period"),
            setting=self._choice("setting", Setting, Setting.UNKNOWN),
            age_band=self._choice("age_band", AgeBand, AgeBand.UNKNOWN),
            text=self.cells["text"],
        )
        return draft if self.sound else None

    def _exit(self, label: str) -> ExitFacts:
        return ExitFacts(
            narrator=self._short("narrator") or label,
            gender=self._choice("gender", Gender, Gender.UNKNOWN),
            group=self._short("group_left"),
            began=self._date("joined"),
            kind=self._choice("exit_kind", ExitKind, ExitKind.UNKNOWN),
            ended=self._date("left"),
            to_group=self._short("group_joined"),
        )

    def _provenance(self, cell: str) -> Provenance:
        return provenance_from(self.table.provenance_of(cell))

    def _label(self, column: str) -> str:
        label = self._short(column)
        if not label:
            self._complain("This row has no account; give each account a label of its own.", column)
        elif (first := self.table.first_row_of(label, self.row)) != self.row:
            self._complain(f"The account “{label}” stands in row {first} already.", column)
        return label

    def _short(self, column: str) -> str:
        cell = self.cells[column]
        longest = LONGEST.get(column, LONGEST_LABEL)
        if len(cell) > longest:
            self._complain(f"{len(cell)} characters; at most {longest} fit here.", column)
        return cell

    def _date(self, column: str) -> str:
        cell = self.cells[column]
        return self._read(column, lambda text: read_date(text).text, "") if cell else ""

    def _choice(self, column: str, choices: type[Choice], otherwise: Choice) -> Choice:
        return self._read(
            column, lambda cell: choice_from(cell, choices, otherwise=otherwise), otherwise
        )

    def _read(self, column: str, reader: Callable[[str], Read], otherwise: Read) -> Read:
        try:
            return reader(self.cells[column])
        except (Refusal, ValueError) as refusal:
            self._complain(str(refusal), column)
            return otherwise

    def _complain(self, says: str, column: str) -> None:
        self.sound = False
        self.table.complain(says, self.row, column)
