"""A report as a tagged PDF on A4 (PDF/UA-1), set by Typst.

Everything that people wrote goes in as JSON and is placed as text: none of it is ever read as
markup. The same report gives the same bytes.
"""

import json
from pathlib import Path
from typing import Any

import typst

from exeunt.stages.findings.formats.document import (
    Align,
    Block,
    Bullets,
    Figure,
    Page,
    Quotation,
    Report,
    Table,
)
from exeunt.stages.findings.formats.drawn import FONTS

TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
WIDE_TABLE = 62
"""Characters in a row from which a table takes the full width of the page."""
SHORT_TABLE = 20
"""Rows up to which a table is never parted by a page's end."""
FEW_ROWS = 8
"""Rows up to which a table is kept on the page of its drawing."""


def pdf(report: Report) -> bytes:
    """Set a report; raise `typst.TypstError` where a standard of accessibility is not met."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    return typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=fonts,
        sys_inputs={"report": json.dumps(_report(report), ensure_ascii=False)},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=int(report.made_at().timestamp()),
    )


def _report(report: Report) -> dict[str, Any]:
    return {
        "title": report.title,
        "subtitle": report.subtitle,
        "language": report.language,
        "direction": report.direction,
        "made": report.made_shown(),
        "invented": report.invented,
        "about": report.about,
        "words": vars(report.words),
        "pages": [_page(page, report) for page in report.pages],
    }


def _page(page: Page, report: Report) -> dict[str, Any]:
    blocks = [{"kind": block.kind, **_block(block, report)} for block in page.blocks]
    return {"title": page.title, "lead": page.lead, "blocks": blocks}


def _block(block: Block, report: Report) -> dict[str, Any]:
    match block:
        case Bullets():
            return {"items": block.items}
        case Quotation():
            return {**vars(block), "runs": block.runs()}
        case Table():
            return _table(block)
        case Figure():
            return _figure(block, report)
        case _:
            return {"text": block.text}


def _table(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "columns": [vars(column) for column in table.columns],
        "rows": table.rows,
        "note": table.note,
        "shares": _shares(table),
        "is_short": len(table.rows) <= SHORT_TABLE,
        "is_wide": sum(table.longest()) >= WIDE_TABLE,
    }


def _shares(table: Table) -> list[float | None]:
    """Part the width among the columns of words by their length; numbers take what they need."""
    return [
        None if column.align is Align.END else max(longest, 1) ** 0.5
        for column, longest in zip(table.columns, table.longest(), strict=True)
    ]


def _figure(figure: Figure, report: Report) -> dict[str, Any]:
    return {
        "number": report.number_of(figure.id),
        "title": figure.title,
        "alt": figure.alt,
        "note": figure.note,
        "svg": figure.chart.svg(),
        "width": figure.chart.pixels()[0],
        "height": figure.chart.pixels()[1],
        "side_by_side": figure.is_side_by_side(),
        "rows_are_few": len(figure.table.rows) <= FEW_ROWS,
        "table": _table(figure.table),
        "provenance": figure.provenance.lines(report.words),
    }
