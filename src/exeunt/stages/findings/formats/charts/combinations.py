"""Charts of what occurs together: combinations of codes, and joining against leaving."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from exeunt.stages.findings.formats.charts.axes import by_lines, rows_axis
from exeunt.stages.findings.formats.charts.chart import Layers, chart
from exeunt.stages.findings.formats.drawn import Chart, Row
from exeunt.stages.findings.formats.look import (
    CHARACTER,
    DEEP,
    FONT_SIZE,
    INK,
    LINE,
    LINE_HEIGHT,
    NBSP,
    ON_TONE,
    PALE,
    TONE,
    WIDE,
    folded,
    row_height,
    width_of,
    wrapped,
)

WIDEST_COLUMN = 34
WIDEST_CELL = 78
ASLANT = -40
SET_WIDTHS = (36, 44)
TALLEST_BAR = 110
CELL_AIR = 0.06
DARK_FROM = 0.79
"""Where, between the palest and the deepest tone, relative luminance falls below .18."""


@dataclass(frozen=True)
class Combination:
    """Accounts that have exactly these codes."""

    members: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class Crossing:
    """A cell of joining x leaving; ``count`` is None where it is withheld, ``shown`` says how."""

    row: str
    column: str
    count: int | None
    shown: str = ""


def upset(
    rows: Sequence[Combination], *, order: Sequence[str] = (), most: int | None = None
) -> Chart:
    """Draw how many accounts have exactly which codes together, the most frequent first.

    ``order`` names the codes from top to bottom; without it those in most accounts stand on top.
    ``most`` draws no more than that many combinations; the totals beside the codes count all.
    """
    everything = sorted(rows, key=lambda row: -row.count)
    ordered = everything[:most]
    folded([" + ".join(row.members) for row in ordered])
    members = [m for m in order or _by_total(everything) if _total(everything, m)]
    totals = [f"{member}{NBSP}({_total(everything, member)})" for member in members]
    shown = folded(totals, SET_WIDTHS)
    room = width_of(shown.values())
    step = min(WIDEST_COLUMN, (WIDE - room - 20) / len(ordered))
    together = alt.vconcat(
        _counts(ordered, step),
        _matrix(ordered, dict(zip(members, shown.values(), strict=True)), step),
        spacing=8,
        bounds="flush",
    )
    data: list[Row] = [{"members": " + ".join(row.members), "count": row.count} for row in ordered]
    return chart(together, data)


def crossings(rows: Sequence[Crossing]) -> Chart:
    """Draw a table of joining by leaving whose cells carry their number and a tone to match.

    Rows and columns stand in the order in which they first occur.
    """
    lines = folded(list(dict.fromkeys(row.row for row in rows)))
    columns = list(dict.fromkeys(row.column for row in rows))
    most = max((row.count or 0 for row in rows), default=0) or 1
    room = width_of(lines.values())
    cell = min(WIDEST_CELL, (WIDE - room - 16) / len(columns))
    characters = int(cell / CHARACTER)
    is_aslant = max(len(word) for name in columns for word in name.split()) > characters
    heads = {name: name if is_aslant else wrapped(name, characters) for name in columns}
    y = rows_axis(lines.values(), air=CELL_AIR)
    x = _column_axis(list(heads.values()), is_aslant=is_aslant)
    numbers = alt.Chart().mark_text(baseline="middle", fontSize=FONT_SIZE + 1)
    values = [{**_cell(row), "shown": lines[row.row], "head": heads[row.column]} for row in rows]
    layers = alt.layer(
        alt.Chart().mark_rect().encode(y=y, x=x, fill=_tone(most)),
        numbers.encode(y=y, x=x, text="says:N", fill=_ink(most)),
        data=alt.InlineData(values=values),
    ).properties(width=alt.Step(cell), height=alt.Step(row_height(lines.values(), 34)))
    data: list[Row] = [{"row": r.row, "column": r.column, "count": r.count} for r in rows]
    return chart(layers, data)


def _total(rows: Sequence[Combination], member: str) -> int:
    return sum(row.count for row in rows if member in row.members)


def _by_total(rows: Sequence[Combination]) -> list[str]:
    members = dict.fromkeys(member for row in rows for member in row.members)
    return sorted(members, key=lambda member: -_total(rows, member))


def _across(rows: Sequence[Combination]) -> alt.X:
    return alt.X(
        "at:O",
        axis=None,
        scale=alt.Scale(domain=list(range(len(rows))), paddingInner=0.35, paddingOuter=0.15),
    )


def _counts(rows: Sequence[Combination], step: float) -> Layers:
    values = [{"at": at, "count": row.count} for at, row in enumerate(rows)]
    base = alt.Chart(alt.InlineData(values=values)).encode(x=_across(rows))
    y = alt.Y("count:Q", axis=None, scale=alt.Scale(domainMin=0))
    bars = base.mark_bar(color=TONE).encode(y=y)
    text = base.mark_text(baseline="bottom", dy=-3).encode(y=y, text="count:Q")
    return alt.layer(bars, text).properties(width=alt.Step(step), height=TALLEST_BAR)


def _matrix(rows: Sequence[Combination], shown: dict[str, str], step: float) -> Layers:
    """Mark in each column which codes are in it; ``shown`` gives each its label, from the top."""
    members = list(shown)
    values: list[dict[str, Any]] = [
        {"at": at, "shown": shown[member], "has": member in row.members}
        for at, row in enumerate(rows)
        for member in members
    ]
    base = alt.Chart(alt.InlineData(values=values)).encode(x=_across(rows), y=_set_axis(shown))
    empty = base.mark_point(filled=True, size=44, color=LINE, opacity=1)
    full = base.mark_point(filled=True, size=74, color=DEEP, opacity=1)
    links = alt.Chart(alt.InlineData(values=_links(rows, members, shown)))
    link = links.mark_rule(color=DEEP, strokeWidth=1.8).encode(
        x=_across(rows), y=_set_axis(shown, field="top"), y2="bottom:N"
    )
    height = alt.Step(row_height(shown.values(), 24))
    return alt.layer(
        empty.transform_filter("!datum.has"), link, full.transform_filter("datum.has")
    ).properties(width=alt.Step(step), height=height)


def _set_axis(shown: dict[str, str], field: str = "shown") -> alt.Y:
    axis = rows_axis([], field=field)
    return axis.scale(alt.Scale(domain=list(shown.values())))


def _links(
    rows: Sequence[Combination], members: Sequence[str], shown: dict[str, str]
) -> list[dict[str, Any]]:
    """Tie the first and the last code of every combination of two or more."""
    links: list[dict[str, Any]] = []
    for at, row in enumerate(rows):
        inside = [shown[member] for member in members if member in row.members]
        if len(inside) > 1:
            links.append({"at": at, "top": inside[0], "bottom": inside[-1]})
    return links


def _column_axis(heads: list[str], *, is_aslant: bool) -> alt.X:
    """Name the columns above them: aslant where a word is wider than a column."""
    place: dict[str, Any] = (
        {"labelAngle": ASLANT, "labelAlign": "left", "labelBaseline": "middle"}
        if is_aslant
        else {
            "labelAngle": 0,
            "labelBaseline": "line-bottom",
            "labelPadding": by_lines(
                {lines: 6 + LINE_HEIGHT * (lines - 1) for lines in range(2, 9)}, otherwise=6
            ),
        }
    )
    return alt.X(
        "head:N",
        scale=alt.Scale(domain=heads, paddingInner=CELL_AIR),
        axis=alt.Axis(
            title=None,
            orient="top",
            grid=False,
            labelExpr="split(datum.label, '\\n')",
            labelFontSize=FONT_SIZE,
            labelColor=INK,
            labelLimit=1000,
            labelLineHeight=LINE_HEIGHT,
            **place,
        ),
    )


def _cell(row: Crossing) -> dict[str, Any]:
    says = row.shown or ("\u2013" if row.count is None else str(row.count))
    return {"count": row.count, "tone": row.count or 0, "says": says}


def _tone(most: int) -> alt.Fill:
    return alt.Fill("tone:Q", scale=alt.Scale(domain=[0, most], range=[PALE, DEEP]), legend=None)


def _ink(most: int) -> dict[str, Any]:
    """Write in white where that contrasts better with the tone than black does."""
    on_dark = {"test": f"datum.tone > {most * DARK_FROM}", "value": "white"}
    return {"condition": on_dark, "value": ON_TONE}
