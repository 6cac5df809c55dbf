"""Charts of how two readers agree: what each saw, and the agreement of each code."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import altair as alt

from exeunt.stages.findings.formats.charts.axes import rows_axis
from exeunt.stages.findings.formats.charts.chart import Layers, chart
from exeunt.stages.findings.formats.drawn import Chart
from exeunt.stages.findings.formats.look import (
    DEEP,
    GAP,
    INK,
    LINE,
    PERCENT_LABEL,
    QUIET,
    UP,
    decimal,
    framed,
    interval,
    percent,
    row_height,
    width_of,
)

TENTATIVE = 0.667
FIRM = 0.80
HALVES = (-1, -0.5, 0, 0.5, 1)

ROOM_FOR_FOUR = 320
"""Pixels that four marks need so that they can be told apart; their table is wide anyway."""


class Reading(NamedTuple):
    """The share of accounts in which a code was seen, by whom; all between 0 and 1."""

    label: str
    first: float
    second: float
    both: float
    either: float


class Reliability(NamedTuple):
    """Krippendorff's alpha of a code with its interval, None where it cannot be computed."""

    label: str
    alpha: float | None
    low: float | None
    high: float | None
    verdict: str


class ReaderWords(NamedTuple):
    """What the four marks of a reading are called."""

    first: str = "reader 1"
    second: str = "reader 2"
    both: str = "both"
    either: str = "either"


def reader_dots(rows: Sequence[Reading], *, words: ReaderWords | None = None) -> Chart:
    """Draw, for each code, what each reader saw, what both did, and what either did.

    The marks differ in shape and place; the first row names them, so there is no legend.
    """
    words = words or ReaderWords()
    lefts, rights = _ends(rows, words)
    shown, plot = framed([row.label for row in rows], least=ROOM_FOR_FOUR, beside=rights[:1])
    values = [
        {
            **row._asdict(),
            "shown": shown[row.label],
            "least": min(row.both, row.either),
            "most": max(row.both, row.either),
            "least_says": left,
            "most_says": right,
        }
        for row, left, right in zip(rows, lefts, rights, strict=True)
    ]
    y = rows_axis(shown.values())
    end = max(max(row.either, row.both) for row in rows) or 1.0
    start = min(
        _room_before(min(row.both, row.either) / end, left, plot)
        for row, left in zip(rows, lefts, strict=True)
    )
    layers = alt.layer(
        _span(y, end, min(0.0, start * end)),
        *_marks(y),
        *_names(y, shown[rows[0].label], words),
        data=alt.InlineData(values=values),
    ).properties(width=plot, height=alt.Step(row_height(shown.values(), 40)))
    return chart(layers, [row._asdict() for row in rows])


def alpha_dots(
    rows: Sequence[Reliability], *, firm: str = "firm", tentative: str = "tentative"
) -> Chart:
    """Draw alpha with its interval against the two thresholds, with its verdict in words."""
    says = [_alpha_says(row) for row in rows]
    shown, plot = framed([row.label for row in rows], least=100, beside=says)
    values = [
        {**row._asdict(), "shown": shown[row.label], "says": words}
        for row, words in zip(rows, says, strict=True)
    ]
    y = rows_axis(shown.values())
    lowest = min((row.low for row in rows if row.low is not None), default=0.0)
    start = min(0.0, -0.2 * -(-abs(min(lowest, 0)) // 0.2))
    layers = alt.layer(
        _threshold(TENTATIVE, f".667\n{tentative}", "right"),
        _threshold(FIRM, f".80\n{firm}", "left"),
        *_intervals(y, start),
        _column(y, plot),
        data=alt.InlineData(values=values),
    ).properties(width=plot, height=alt.Step(row_height(shown.values(), 30)))
    return chart(layers, [row._asdict() for row in rows])


def _ends(rows: Sequence[Reading], words: ReaderWords) -> tuple[list[str], list[str]]:
    """Write the shares before and behind each span; those of the first row say what they are."""
    lefts = [percent(min(row.both, row.either)) for row in rows]
    rights = [percent(max(row.both, row.either)) for row in rows]
    left, right = words.both, words.either
    if rows[0].both > rows[0].either:
        left, right = right, left
    return [f"{left} {lefts[0]}", *lefts[1:]], [f"{rights[0]} {right}", *rights[1:]]


def _room_before(share: float, text: str, plot: float) -> float:
    """Give where an axis to 1 must begin so that a text fits before a share, in a plot of pixels.

    The text needs w pixels: (share - start) / (1 - start) * plot = w, solved for start.
    """
    needed = width_of([text]) + 2 * GAP
    return (share * plot - needed) / (plot - needed)


def _span(y: alt.Y, end: float, start: float) -> alt.Chart:
    step = 0.1 if end <= HALVES[3] else 0.2
    ticks = [round(step * at, 1) for at in range(int(end / step + 1e-9) + 1)]
    x = alt.X(
        "both:Q",
        scale=alt.Scale(domain=[start, end], nice=False, zero=False),
        axis=alt.Axis(title=None, values=ticks, labelExpr=PERCENT_LABEL),
    )
    rule = alt.Chart().mark_rule(color=LINE, strokeWidth=4)
    drawn: alt.Chart = rule.encode(y=y, x=x, x2="either:Q")
    return drawn


def _marks(y: alt.Y) -> list[alt.Chart]:
    outline: dict[str, Any] = {"filled": False, "opacity": 1, "strokeWidth": 1.3}
    first = alt.Chart().mark_point(shape="circle", size=52, yOffset=-6, stroke=INK, **outline)
    second = alt.Chart().mark_point(shape="square", size=46, yOffset=6, stroke=INK, **outline)
    both = alt.Chart().mark_point(shape="diamond", size=60, filled=True, color=DEEP, opacity=1)
    either = alt.Chart().mark_point(shape="diamond", size=60, stroke=DEEP, **outline)
    left = alt.Chart().mark_text(align="right", baseline="middle", dx=-8)
    right = alt.Chart().mark_text(align="left", baseline="middle", dx=8)
    return [
        first.encode(y=y, x="first:Q"),
        second.encode(y=y, x="second:Q"),
        both.encode(y=y, x="both:Q"),
        either.encode(y=y, x="either:Q"),
        left.encode(y=y, x="least:Q", text="least_says:N"),
        right.encode(y=y, x="most:Q", text="most_says:N"),
    ]


def _names(y: alt.Y, first_row: str, words: ReaderWords) -> list[alt.Chart]:
    above = alt.Chart().mark_text(baseline="bottom", dy=-11, fontSize=10, fill=QUIET)
    below = alt.Chart().mark_text(baseline="top", dy=11, fontSize=10, fill=QUIET)
    is_first = alt.FieldEqualPredicate(field="shown", equal=first_row)
    return [
        above.encode(y=y, x="first:Q", text=alt.value(words.first)).transform_filter(is_first),
        below.encode(y=y, x="second:Q", text=alt.value(words.second)).transform_filter(is_first),
    ]


def _alpha_says(row: Reliability) -> str:
    if row.alpha is None or row.low is None or row.high is None:
        return row.verdict
    return f"{decimal(row.alpha, 3)} {interval(row.low, row.high)}\n{row.verdict}"


def _threshold(at: float, says: str, side: Literal["left", "right"]) -> Layers:
    base = alt.Chart(alt.InlineData(values=[{"at": at, "says": says}]))
    rule = base.mark_rule(color=QUIET, strokeDash=[4, 3], strokeWidth=0.9).encode(x="at:Q")
    text = base.mark_text(
        align=side,
        baseline="line-bottom",
        dx=3 if side == "right" else -3,
        dy=-16,
        fontSize=10,
        fill=QUIET,
        lineBreak="\n",
        lineHeight=12,
    )
    return alt.layer(rule, text.encode(x="at:Q", y=alt.value(0), text="says:N"))


def _intervals(y: alt.Y, start: float) -> tuple[alt.Chart, alt.Chart]:
    x = alt.X(
        "low:Q",
        scale=alt.Scale(domain=[start, 1], nice=False, zero=False),
        axis=alt.Axis(title=None, values=[at for at in HALVES if at >= start], format=".1f"),
    )
    line = alt.Chart().mark_rule(color=INK, strokeWidth=1.1).encode(y=y, x=x, x2="high:Q")
    dot = alt.Chart().mark_point(filled=True, size=52, color=DEEP, opacity=1)
    return line, dot.encode(y=y, x="alpha:Q")


def _column(y: alt.Y, plot: float) -> alt.Chart:
    mark = alt.Chart().mark_text(align="left", baseline="middle", lineBreak="\n", dx=10, dy=UP)
    drawn: alt.Chart = mark.encode(y=y, x=alt.value(plot), text="says:N")
    return drawn
