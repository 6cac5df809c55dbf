"""Closing a drawing into a chart."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from exeunt.stages.findings.formats.drawn import Chart, Row
from exeunt.stages.findings.formats.look import CONFIG

Layers = alt.LayerChart | alt.FacetChart


def chart(drawing: Layers | alt.VConcatChart, rows: Sequence[Row]) -> Chart:
    """Close a drawing: give it the common look and keep its rows."""
    spec: dict[str, Any] = drawing.to_dict(validate=False)
    spec["config"] = CONFIG
    return Chart(spec, tuple(rows))
