"""Axes that a chart's rows stand on."""

from collections.abc import Iterable, Mapping
from typing import Any

import altair as alt

from exeunt.stages.findings.formats.look import FONT_SIZE, INK, LINE_HEIGHT


def rows_axis(shown: Iterable[str], *, field: str = "shown", air: float = 0.3) -> alt.Y:
    """Place rows in the given order; an explicit domain, as layers lose any other sort.

    ``air`` is the part of each row's height that stays empty between bars.
    """
    return alt.Y(
        f"{field}:N",
        scale=alt.Scale(domain=list(shown), paddingInner=air),
        axis=alt.Axis(
            title=None,
            grid=False,
            labelExpr="split(datum.label, '\\n')",
            labelFontSize=FONT_SIZE,
            labelColor=INK,
            labelLimit=1000,
            labelLineHeight=LINE_HEIGHT,
            labelBaseline="middle",
            labelOffset=by_lines({n: -LINE_HEIGHT * (n - 1) / 2 for n in range(2, 7)}, otherwise=0),
        ),
    )


def by_lines(values: Mapping[int, float], *, otherwise: float) -> Any:
    """Choose an axis property by the number of lines of each label."""
    count = "length(split(datum.label, '\\n'))"
    cases = [{"test": f"{count} == {lines}", "value": v} for lines, v in values.items()]
    return {"condition": cases, "value": otherwise}
