"""A report as plain data: what an answer keeps, and how it becomes a report again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from exeunt.stages.findings.formats.document import (
    Align,
    Block,
    Bullets,
    Column,
    Figure,
    Note,
    Page,
    Paragraph,
    Quotation,
    Report,
    Table,
)
from exeunt.stages.findings.formats.drawn import Row

Plain = dict[str, Any]


def plain_report(report: Report) -> Plain:
    """Write a report as plain data; of its figures the ids only, as they are kept apart."""
    return {
        "title": report.title,
        "subtitle": report.subtitle,
        "made": report.made,
        "language": report.language,
        "direction": report.direction,
        "invented": report.invented,
        "about": [list(line) for line in report.about],
        "pages": [plain_page(page) for page in report.pages],
    }


def plain_page(page: Page) -> Plain:
    """Write a page as plain data."""
    return {
        "title": page.title,
        "lead": page.lead,
        "blocks": [plain_block(block) for block in page.blocks],
    }


def plain_block(block: Block) -> Plain:
    """Write a block as plain data, with its kind."""
    if isinstance(block, Figure):
        return {"kind": block.kind, "id": block.id}
    return {"kind": block.kind, **asdict(block)}


def plain_table(table: Table) -> Plain:
    """Write a table as plain data."""
    return asdict(table)


def table_from(plain: Mapping[str, Any]) -> Table:
    """Read a table back."""
    return Table(
        caption=plain["caption"],
        columns=tuple(Column(c["heading"], Align(c["align"])) for c in plain["columns"]),
        rows=tuple(tuple(row) for row in plain["rows"]),
        note=plain["note"],
    )


def plain_rows(rows: Sequence[Row]) -> Plain:
    """Write the rows of a chart as plain data; in a list, as a database may reorder names."""
    columns = list(rows[0]) if rows else []
    return {"columns": columns, "rows": [[row[name] for name in columns] for row in rows]}


def rows_from(plain: Mapping[str, Any]) -> tuple[Row, ...]:
    """Read the rows of a chart back, their columns in the same order."""
    columns = plain.get("columns", ())
    return tuple(dict(zip(columns, row, strict=True)) for row in plain.get("rows", ()))


def report_from(plain: Mapping[str, Any], figures: Mapping[str, Figure]) -> Report:
    """Read a report back, its figures by their ids."""
    return Report(
        title=plain["title"],
        subtitle=plain["subtitle"],
        made=plain["made"],
        pages=tuple(_page_from(page, figures) for page in plain["pages"]),
        about=tuple((label, value) for label, value in plain["about"]),
        language=plain["language"],
        direction=plain["direction"],
        invented=plain["invented"],
    )


def block_from(plain: Mapping[str, Any]) -> Block:
    """Read back any block but a figure."""
    return _BLOCKS[plain["kind"]](plain)


def _page_from(plain: Mapping[str, Any], figures: Mapping[str, Figure]) -> Page:
    blocks = tuple(
        figures[block["id"]] if block["kind"] == Figure.kind else block_from(block)
        for block in plain["blocks"]
    )
    return Page(plain["title"], plain["lead"], blocks)


def _quotation(plain: Mapping[str, Any]) -> Quotation:
    return Quotation(
        text=plain["text"],
        language=plain["language"],
        direction=plain["direction"],
        whose=plain["whose"],
        mark=plain["mark"],
    )


_BLOCKS: Mapping[str, Callable[[Mapping[str, Any]], Block]] = {
    Paragraph.kind: lambda plain: Paragraph(plain["text"]),
    Note.kind: lambda plain: Note(plain["text"]),
    Bullets.kind: lambda plain: Bullets(tuple(plain["items"])),
    Quotation.kind: _quotation,
    Table.kind: table_from,
}
