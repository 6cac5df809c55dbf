"""Charts of shares: bars with their intervals, and the same bars period by period."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import altair as alt

from exeunt.stages.findings.formats.charts.axes import rows_axis
from exeunt.stages.findings.formats.charts.chart import chart
from exeunt.stages.findings.formats.drawn import Chart
from exeunt.stages.findings.formats.look import (
    CHARACTER,
    INK,
    NBSP,
    PALE,
    PERCENT_LABEL,
    QUIET,
    TONE,
    UP,
    WIDE,
    folded,
    framed,
    percent,
    row_height,
    stretched,
    width_of,
    wrapped,
)

BETWEEN = 24
BAR = {"band": 0.72}


class Share(NamedTuple):
    """A share with its interval; not ranked where the readers do not agree well enough."""

    label: str
    share: float
    low: float
    high: float
    numerator: int
    denominator: int
    ranked: bool = True


class PeriodShare(NamedTuple):
    """A share within one period."""

    period: str
    label: str
    share: float
    low: float
    high: float
    numerator: int
    denominator: int


def share_bars(
    rows: Sequence[Share], *, by_size: bool = False, withheld: str = "not ranked"
) -> Chart:
    """Draw a bar for each share, with its interval and its counts written at its end.

    ``by_size`` sorts the ranked rows, largest first; those that are not ranked follow in the order
    given, pale and dashed, with the word for it. Shares are between 0 and 1.
    """
    ordered = _by_size(rows) if by_size else list(rows)
    _check_shares(ordered)
    shown, plot = framed([row.label for row in ordered], least=180)
    values = [
        {**row._asdict(), "shown": shown[row.label], "says": _says(row, withheld)}
        for row in ordered
    ]
    highest = max(row.high for row in ordered)
    end = stretched(plot, [(row.high, _says(row, withheld)) for row in ordered])
    y = rows_axis(shown.values())
    layers = alt.layer(
        _bars(y).encode(x=_share_axis(highest, end)).transform_filter("datum.ranked"),
        _withheld(y).transform_filter("!datum.ranked"),
        *_whiskers(y),
        _at_the_end(y),
        data=alt.InlineData(values=values),
    ).properties(width=plot, height=alt.Step(row_height(shown.values())))
    return chart(layers, [row._asdict() for row in ordered])


def periods(rows: Sequence[PeriodShare]) -> Chart:
    """Draw one small panel of bars a period, all on the same scale and in the order given."""
    shown = folded(list(dict.fromkeys(row.label for row in rows)))
    spans = list(dict.fromkeys(row.period for row in rows))
    _check_shares(rows)
    panel = (WIDE - width_of(shown.values()) - 16) / len(spans) - BETWEEN
    heads = {span: wrapped(_kept_together(span), int(panel / CHARACTER)) for span in spans}
    values = [
        {
            **row._asdict(),
            "shown": shown[row.label],
            "head": heads[row.period],
            "says": percent(row.share),
        }
        for row in rows
    ]
    highest = max(row.high for row in rows)
    x = _share_axis(highest, stretched(panel, [(row.high, percent(row.share)) for row in rows]), 2)
    y = rows_axis(shown.values())
    panels = (
        alt.layer(
            _bars(y).encode(x=x),
            *_whiskers(y),
            _at_the_end(y),
            data=alt.InlineData(values=values),
        )
        .properties(width=panel, height=alt.Step(row_height(shown.values())))
        .facet(column=_heads(list(heads.values())), spacing=BETWEEN)
    )
    return chart(panels, [row._asdict() for row in rows])


def _by_size(rows: Sequence[Share]) -> list[Share]:
    ranked = sorted((row for row in rows if row.ranked), key=lambda row: -row.share)
    return ranked + [row for row in rows if not row.ranked]


def _check_shares(rows: Sequence[Share] | Sequence[PeriodShare]) -> None:
    if any(not 0 <= row.low <= row.share <= row.high <= 1 for row in rows):
        raise ValueError("a share lies within its interval, and both between 0 and 1")


def _says(row: Share, withheld: str) -> str:
    says = f"{percent(row.share)} ({row.numerator}/{row.denominator})"
    return says if row.ranked else f"{says}\n{withheld}"


def _share_axis(highest: float, end: float, most_ticks: int = 4) -> alt.X:
    """Mark shares at round steps up to the highest; the axis runs on to make room for labels."""
    step = next((s for s in (0.05, 0.1, 0.2, 0.25) if highest / s <= most_ticks), 0.5)
    ticks = [round(step * at, 2) for at in range(int(highest / step + 1e-9) + 1)]
    return alt.X(
        "share:Q",
        scale=alt.Scale(domain=[0, end], nice=False),
        axis=alt.Axis(title=None, values=ticks, labelExpr=PERCENT_LABEL),
    )


def _kept_together(span: str) -> str:
    """Keep a line from ending within brackets, as in ``2014 (n = 41)``."""
    return re.sub(r"\([^)]*\)", lambda found: found[0].replace(" ", NBSP), span)


def _heads(heads: list[str]) -> alt.Column:
    lines = alt.Header(title=None, labelExpr="split(datum.label, '\\n')", labelBaseline="bottom")
    return alt.Column("head:N", sort=heads, title=None, header=lines)


def _bars(y: alt.Y) -> alt.Chart:
    drawn: alt.Chart = alt.Chart().mark_bar(color=TONE, height=BAR).encode(y=y)
    return drawn


def _withheld(y: alt.Y) -> alt.Chart:
    mark = alt.Chart().mark_bar(
        color=PALE, stroke=QUIET, strokeDash=[3, 2], strokeWidth=0.8, height=BAR
    )
    drawn: alt.Chart = mark.encode(y=y, x="share:Q")
    return drawn


def _whiskers(y: alt.Y) -> tuple[alt.Chart, alt.Chart, alt.Chart]:
    line = alt.Chart().mark_rule(color=INK, strokeWidth=1.1).encode(y=y, x="low:Q", x2="high:Q")
    caps = alt.Chart().mark_tick(color=INK, thickness=1.1, size=7)
    return line, caps.encode(y=y, x="low:Q"), caps.encode(y=y, x="high:Q")


def _at_the_end(y: alt.Y) -> alt.Chart:
    mark = alt.Chart().mark_text(align="left", baseline="middle", dx=6, dy=UP, lineBreak="\n")
    drawn: alt.Chart = mark.encode(y=y, x="high:Q", text="says:N")
    return drawn
