"""A codebook as a table, a code a row; what holds for the whole stands in the first row."""

import csv
import io

from exeunt.methods.codebooks import Code, Codebook, Scale
from exeunt.stages.sources.intake.cells import is_formula


def write_codebook(codebook: Codebook) -> bytes:
    """Write a codebook without loss; cells that a spreadsheet would run get an apostrophe."""
    table = io.StringIO(newline="")
    blank = dict.fromkeys(_facts_of_book(codebook), "")
    rows = [_facts_of_code(code) | blank for code in codebook]
    rows[0] |= _facts_of_book(codebook)
    writer = csv.DictWriter(table, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: guarded(cell) for name, cell in row.items()})
    return table.getvalue().encode()


def guarded(text: str) -> str:
    """Keep a spreadsheet from running a cell.

    >>> guarded("=loss"), guarded("-99"), guarded("'tis")
    ("'=loss", '-99', "'tis")
    """
    return f"'{text}" if is_formula(text.lstrip("'")) else text


def _facts_of_code(code: Code) -> dict[str, str]:
    return {
        "code": code.key,
        "parent": code.parent or "",
        "dimension": code.dimension,
        "label": code.label,
        "definition": code.definition,
        "use_when": code.use_when,
        "not_when": code.not_when,
        "note": code.note,
        "guid": code.guid,
    }


def _facts_of_book(codebook: Codebook) -> dict[str, str]:
    scale = codebook.scale
    return {
        "codebook": codebook.slug,
        "title": codebook.title,
        "unit": codebook.unit.value,
        "source": codebook.source,
        "scale": scale.level.value,
        "values": lines_of_values(scale),
        "unknown": _number(scale.unknown),
        "not_applicable": _number(scale.not_applicable),
        "blank": scale.blank,
    }


def lines_of_values(scale: Scale) -> str:
    """Write the values of a scale, one a line, as “1 = given”."""
    return "\n".join(f"{number} = {meaning}" for number, meaning in scale.values.items())


def _number(number: int | None) -> str:
    return "" if number is None else str(number)
