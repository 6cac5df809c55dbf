"""A chart of what was observed against what chance alone would give."""

from collections.abc import Sequence
from typing import NamedTuple

import altair as alt
import numpy as np

from exeunt.stages.findings.formats.charts.chart import chart
from exeunt.stages.findings.formats.drawn import Chart, Row
from exeunt.stages.findings.formats.look import (
    INK,
    LINE,
    NARROW,
    QUIET,
    TONE,
    decimal,
    interval,
)

BINS = 32
HEIGHT = 132
HILL_TOP = 70
AIR = 0.12
CENTRAL = (2.5, 97.5)


class NullWords(NamedTuple):
    """How the observed value and the values by chance are called."""

    observed: str = "observed"
    chance: str = "what chance alone gives"


def null_strip(observed: float, null: Sequence[float], *, words: NullWords | None = None) -> Chart:
    """Draw the permuted values as a low hill, and the observed one as a rule that names itself."""
    if len(null) == 0:
        raise ValueError("a null distribution needs a permuted value")
    words = words or NullWords()
    counts, edges = np.histogram(np.asarray(null, dtype=float), bins=BINS)
    rows = [
        {"from": float(edges[at]), "to": float(edges[at + 1]), "permutations": int(count)}
        for at, count in enumerate(counts)
    ]
    middle = float(np.median(null))
    low, high = (float(end) for end in np.percentile(null, CENTRAL))
    layers = alt.layer(
        _hill(rows, _domain(min(*null, observed), max(*null, observed))),
        _chance(middle, f"{words.chance}\n{decimal(middle)} {interval(low, high)}"),
        *_observed(observed, f"{words.observed} {decimal(observed)}", middle),
    ).properties(width=NARROW - 30, height=HEIGHT)
    data: list[Row] = [{"what": words.chance, **row} for row in rows]
    data.append({"what": words.observed, "from": observed, "to": observed, "permutations": None})
    return chart(layers, data)


def _domain(least: float, most: float) -> list[float]:
    air = (most - least or 1) * AIR
    return [least - air, most + air]


def _hill(rows: list[dict[str, float]], domain: list[float]) -> alt.Chart:
    x = alt.X(
        "from:Q",
        scale=alt.Scale(domain=domain, nice=False, zero=False),
        axis=alt.Axis(title=None, tickCount=5, grid=False, domain=True, domainColor=LINE),
    )
    most = max(row["permutations"] for row in rows)
    y = alt.Y(
        "permutations:Q",
        axis=None,
        scale=alt.Scale(range=[HEIGHT, HILL_TOP], domain=[0, most], nice=False),
    )
    bars = alt.Chart(alt.InlineData(values=rows)).mark_bar(color=TONE, binSpacing=0.5)
    drawn: alt.Chart = bars.encode(x=x, x2="to:Q", y=y, y2=alt.datum(0))
    return drawn


def _chance(middle: float, says: str) -> alt.Chart:
    base = alt.Chart(alt.InlineData(values=[{"at": middle, "says": says}]))
    text = base.mark_text(baseline="line-bottom", lineBreak="\n", fill=QUIET, dy=-18)
    drawn: alt.Chart = text.encode(x="at:Q", y=alt.value(HILL_TOP), text="says:N")
    return drawn


def _observed(observed: float, says: str, middle: float) -> tuple[alt.Chart, alt.Chart]:
    base = alt.Chart(alt.InlineData(values=[{"at": observed, "says": says}]))
    rule = base.mark_rule(color=INK, strokeWidth=1.8)
    beyond = observed >= middle
    text = base.mark_text(
        align="right" if beyond else "left",
        baseline="line-top",
        dx=-6 if beyond else 6,
        fontWeight=700,
        fill=INK,
    )
    return (
        rule.encode(x="at:Q", y=alt.value(0), y2=alt.value(HEIGHT)),
        text.encode(x="at:Q", y=alt.value(2), text="says:N"),
    )
