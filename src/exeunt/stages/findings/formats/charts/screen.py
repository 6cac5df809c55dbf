"""Pictures for pages: an SVG that turns dark where the page that shows it is dark."""

import re
from collections.abc import Mapping

from exeunt.stages.findings.formats.look import DEEP, INK, LINE, PALE, QUIET, TONE

DARK: Mapping[str, str] = {
    INK: "#e6eaec",
    QUIET: "#a7b1b8",
    DEEP: "#9cc6de",
    TONE: "#5b7c8e",
    PALE: "#252d33",
    LINE: "#38424a",
}
"""The few colours of a chart, as they are on dark paper."""


def _rules() -> str:
    return "".join(
        f'[fill="{light}"]{{fill:{dark}}}[stroke="{light}"]{{stroke:{dark}}}'
        for light, dark in DARK.items()
    )


STYLE = f"<style>@media screen and (prefers-color-scheme: dark){{{_rules()}}}</style>"


EDGE = 8
"""Pixels added at either side, for readers whose machines have only wider letters than ours."""
FRAME = re.compile(r'width="([\d.]+)" height="([\d.]+)" viewBox="0 0 [\d.]+ [\d.]+"')


def for_screen(svg: str) -> str:
    """Give a chart's SVG its colours for dark pages; on paper, and elsewhere, it stays as it is.

    A picture cannot see the style of the page around it: it follows the page's colour scheme.
    """
    end = svg.index(">") + 1
    return f"{FRAME.sub(_with_edges, svg[:end])}{STYLE}{svg[end:]}"


def width_on_screen(width: float) -> int:
    """Return how wide a chart of that width is on a page."""
    return round(width) + 2 * EDGE


def _with_edges(frame: re.Match[str]) -> str:
    width, height = float(frame[1]) + 2 * EDGE, frame[2]
    return f'width="{width:g}" height="{height}" viewBox="-{EDGE} 0 {width:g} {height}"'
