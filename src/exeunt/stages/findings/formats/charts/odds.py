"""A chart of odds ratios, on a log axis with 1 marked."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import altair as alt

from exeunt.stages.findings.formats.charts.axes import rows_axis
from exeunt.stages.findings.formats.charts.chart import chart
from exeunt.stages.findings.formats.drawn import Chart
from exeunt.stages.findings.formats.look import (
    DEEP,
    INK,
    QUIET,
    framed,
    row_height,
)

FARTHEST = 64.0
"""An odds ratio beyond this, or below one part of it, is drawn as an arrow at the edge."""
MOST_TICKS = 5
TENS = 10


class OddsRatio(NamedTuple):
    """An odds ratio with its interval; the upper end may be infinite, the lower nought."""

    label: str
    ratio: float
    low: float
    high: float


class OddsWords(NamedTuple):
    """What the two sides of 1 mean."""

    less: str = "less often"
    more: str = "more often"


def odds_ratio_dots(rows: Sequence[OddsRatio], *, words: OddsWords | None = None) -> Chart:
    """Draw each odds ratio and its interval, and write both at the right."""
    words = words or OddsWords()
    if any(not 0 <= row.low <= row.ratio <= row.high for row in rows):
        raise ValueError("an odds ratio lies within its interval and is never negative")
    edge = _edge(rows)
    shown, plot = framed([r.label for r in rows], least=130, beside=[_says(r) for r in rows])
    values = [{**_value(row, edge), "shown": shown[row.label]} for row in rows]
    y = rows_axis(shown.values())
    layers = alt.layer(
        *_one(words),
        *_dots(y, edge),
        *_arrows(y, edge),
        _column(y, plot),
        data=alt.InlineData(values=values),
    ).properties(width=plot, height=alt.Step(row_height(shown.values(), 30)))
    return chart(layers, [_finite(row) for row in rows])


def _edge(rows: Sequence[OddsRatio]) -> float:
    """Choose the end of a symmetric axis: a power of two that holds what is finite."""
    ends = [end for row in rows for end in (row.low, row.ratio, row.high) if 0 < end < math.inf]
    farthest = max((max(end, 1 / end) for end in ends), default=2.0)
    return float(min(FARTHEST, 2 ** math.ceil(math.log2(max(farthest, 2.0)))))


def _value(row: OddsRatio, edge: float) -> dict[str, Any]:
    return {
        "label": row.label,
        "ratio": min(max(row.ratio, 1 / edge), edge),
        "low": max(row.low, 1 / edge),
        "high": min(row.high, edge),
        "beyond_low": row.low < 1 / edge,
        "beyond_high": row.high > edge,
        "says": _says(row),
    }


def _says(row: OddsRatio) -> str:
    return f"{_plain(row.ratio)} [{_plain(row.low)}\u2013{_plain(row.high)}]"


def _plain(value: float) -> str:
    if math.isinf(value):
        return "\u221e"
    places = 0 if value >= TENS else 1 if value >= 1 else 2
    return f"{value:.{places}f}"


def _finite(row: OddsRatio) -> dict[str, str | float | None]:
    return {
        "label": row.label,
        "ratio": row.ratio if math.isfinite(row.ratio) else None,
        "low": row.low,
        "high": row.high if math.isfinite(row.high) else None,
    }


def _one(words: OddsWords) -> tuple[alt.Chart, alt.Chart, alt.Chart]:
    base = alt.Chart(alt.InlineData(values=[{"at": 1}]))
    rule = base.mark_rule(color=INK, strokeWidth=1).encode(x="at:Q")
    look: dict[str, Any] = {"baseline": "line-bottom", "dy": -6, "fontSize": 10, "fill": QUIET}
    less = base.mark_text(align="right", dx=-8, **look)
    more = base.mark_text(align="left", dx=8, **look)
    return (
        rule,
        less.encode(x="at:Q", y=alt.value(0), text=alt.value(words.less)),
        more.encode(x="at:Q", y=alt.value(0), text=alt.value(words.more)),
    )


def _dots(y: alt.Y, edge: float) -> tuple[alt.Chart, alt.Chart]:
    powers = [2.0**power for power in range(-6, 7) if 1 / edge <= 2.0**power <= edge]
    every = -(-len(powers) // MOST_TICKS)
    shown = [power for power in powers if round(math.log2(power)) % every == 0]
    x = alt.X(
        "low:Q",
        scale=alt.Scale(type="log", base=2, domain=[1 / edge, edge], nice=False),
        axis=alt.Axis(
            title=None,
            values=shown,
            labelExpr="datum.value < 1 ? '1/' + round(1 / datum.value) : format(datum.value, 'd')",
        ),
    )
    line = alt.Chart().mark_rule(color=INK, strokeWidth=1.1).encode(y=y, x=x, x2="high:Q")
    dot = alt.Chart().mark_point(filled=True, size=52, color=DEEP, opacity=1)
    return line, dot.encode(y=y, x="ratio:Q")


def _arrows(y: alt.Y, edge: float) -> tuple[alt.Chart, alt.Chart]:
    base = alt.Chart()
    left = base.mark_point(shape="triangle-left", filled=True, color=INK, size=30, opacity=1)
    right = base.mark_point(shape="triangle-right", filled=True, color=INK, size=30, opacity=1)
    return (
        left.encode(y=y, x=alt.datum(1 / edge)).transform_filter("datum.beyond_low"),
        right.encode(y=y, x=alt.datum(edge)).transform_filter("datum.beyond_high"),
    )


def _column(y: alt.Y, plot: float) -> alt.Chart:
    mark = alt.Chart().mark_text(align="left", baseline="middle", dx=10)
    drawn: alt.Chart = mark.encode(y=y, x=alt.value(plot), text="says:N")
    return drawn
