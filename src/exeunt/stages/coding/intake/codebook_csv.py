"""A codebook from a table, a code a row; what holds for the whole stands in the first row."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from exeunt.errors import Sentence
from exeunt.methods.codebooks import Code, Codebook, Level, Scale, Unit
from exeunt.sandbox.readers import Handed
from exeunt.sandbox.wire import Plain
from exeunt.stages.coding.intake.codebook_draft import (
    LEVELS,
    UNITS,
    WHOLE_NUMBER,
    CodebookDraft,
    draft_of,
    slug_of,
    suggestion,
)
from exeunt.stages.coding.intake.codebook_told import codebook_told
from exeunt.stages.sources.intake import csv_rows
from exeunt.stages.sources.intake.cells import is_formula
from exeunt.stages.sources.intake.columns import Column, Names
from exeunt.stages.sources.intake.documents import document_of
from exeunt.stages.sources.intake.grid import Table
from exeunt.stages.sources.intake.problems import ProblemList

CODE_COLUMNS = (
    Column("code", aliases=("key", "id", "الرمز", "clé")),
    Column("parent", required=False, aliases=("broader", "الأصل", "code parent")),
    Column("dimension", required=False, aliases=("البعد",)),
    Column("label", aliases=("name", "التسمية", "libellé")),
    Column("definition", required=False, long=True, aliases=("التعريف", "définition")),
    Column("use_when", required=False, long=True, aliases=("متى يستعمل", "utiliser si")),
    Column("not_when", required=False, long=True, aliases=("متى لا يستعمل", "ne pas utiliser si")),
    Column("note", required=False, long=True, aliases=("ملاحظة", "remarque")),
    Column("guid", required=False),
)
BOOK_COLUMNS = (
    Column("codebook", required=False, aliases=("دليل الترميز", "grille")),
    Column("title", required=False, aliases=("العنوان", "titre")),
    Column("unit", required=False, aliases=("الوحدة", "unité")),
    Column("source", required=False, aliases=("المصدر",)),
    Column("scale", required=False, aliases=("المقياس", "échelle")),
    Column("values", required=False, long=True, aliases=("القيم", "valeurs")),
    Column("unknown", required=False, aliases=("غير معروف", "inconnu")),
    Column("not_applicable", required=False, aliases=("لا ينطبق", "sans objet")),
    Column("blank", required=False, aliases=("فارغ", "vide")),
)
COLUMNS = CODE_COLUMNS + BOOK_COLUMNS


NAMES = Names(COLUMNS, {})


def told(handed: Handed, _options: Mapping[str, Plain]) -> Iterator[Plain]:
    """Tell the codebook to the parent: what a child is started for."""
    return codebook_told(read_codebook, handed)


def read_codebook(data: bytes, *, file: str = "codebook.csv") -> CodebookDraft:
    """Read a codebook from the bytes of a CSV file.

    Only ``code`` and ``label`` must be there; without an id or a title the file's name
    serves.
    """
    return read_codebook_table(csv_rows.table_of(document_of(data, name=file), NAMES))


def read_codebook_table(table: Table) -> CodebookDraft:
    """Read a codebook from a table whose header is understood, by whatever reader."""
    reader = _Reader(table.document.name)
    for row, cells in table.rows(reader.problems):
        texts = (unguarded(cell) for cell in cells)
        reader.take(row, dict(zip((column.name for column in COLUMNS), texts, strict=True)))
    return draft_of(reader.codebook(), reader.problems, rows=reader.rows)


def unguarded(text: str) -> str:
    """Take away the apostrophe that keeps a spreadsheet from running a cell.

    >>> unguarded("'=loss"), unguarded("'tis")
    ('=loss', "'tis")
    """
    return text[1:] if text.startswith("'") and is_formula(text.lstrip("'")) else text


class _Reader:
    """Gathers codes row by row, and once what holds for the whole codebook."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems = ProblemList(file)
        self.codes: list[Code] = []
        self.rows: list[int] = []
        self.book: dict[str, str] = {}
        self.first_row: int | None = None

    def take(self, row: int, cells: Mapping[str, str]) -> None:
        self.rows.append(row)
        self.codes.append(
            Code(
                key=cells["code"],
                label=cells["label"],
                definition=cells["definition"],
                dimension=cells["dimension"],
                parent=cells["parent"] or None,
                use_when=cells["use_when"],
                not_when=cells["not_when"],
                note=cells["note"],
                guid=cells["guid"],
            )
        )
        for column in BOOK_COLUMNS:
            self._take_once(row, column.name, cells[column.name].strip())

    def _take_once(self, row: int, name: str, text: str) -> None:
        if not text:
            return
        if self.book.setdefault(name, text) != text:
            says = (
                "This holds for the whole codebook, and an earlier row says otherwise. "
                "Leave it empty here."
            )
            self.problems.add(says, row=row, column=name)
        elif self.first_row is None:
            self.first_row = row

    def codebook(self) -> Codebook:
        stem = self.file.rpartition(".")[0] or self.file
        usual = Scale()
        return Codebook(
            slug=self.book.get("codebook") or slug_of(stem),
            title=self.book.get("title", ""),
            codes=tuple(self.codes),
            unit=UNITS.get(self._known("unit", UNITS), Unit.ACCOUNT),
            scale=Scale(
                level=LEVELS.get(self._known("scale", LEVELS), Level.BINARY),
                values=self._values() or usual.values,
                unknown=self._number("unknown"),
                not_applicable=self._number("not_applicable"),
                blank=self.book.get("blank", ""),
            ),
            source=self.book.get("source", ""),
        )

    def _known(self, name: str, known: Mapping[str, object]) -> str:
        text = self.book.get(name, "")
        if text and text not in known:
            says = "“{text}” is not known here. {nearest}"
            fault = Sentence(says, text=text, nearest=suggestion(text, tuple(known)))
            self.problems.add(fault, row=self.first_row, column=name)
        return text

    def _number(self, name: str) -> int | None:
        text = self.book.get(name, "")
        if text and not WHOLE_NUMBER.fullmatch(text):
            says = "“{text}” is not a whole number, such as -99."
            self.problems.add(Sentence(says, text=text), row=self.first_row, column=name)
            return None
        return int(text) if text else None

    def _values(self) -> Mapping[int, str]:
        values: dict[int, str] = {}
        for line in self.book.get("values", "").splitlines():
            number, _, meaning = line.partition("=")
            if WHOLE_NUMBER.fullmatch(number.strip()):
                values[int(number)] = meaning.strip()
            elif line.strip():
                says = "“{line}” is not a value; write each on a line, as “1 = given”."
                fault = Sentence(says, line=line)
                self.problems.add(fault, row=self.first_row, column="values")
        return MappingProxyType(values)
