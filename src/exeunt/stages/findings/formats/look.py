"""How every chart looks: one ink, one tone, hairlines; legible in greyscale and in both scripts."""

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

INK = "#1c2730"
QUIET = "#5d6872"
TONE = "#9cb6c4"
DEEP = "#2b5b76"
PALE = "#eef1f2"
LINE = "#d8dde0"

ON_TONE = "#000000"
"""Ink on a tone; black, as with white it leaves 4.5 : 1 on every tone between, and never turns."""

FONT = "Vazirmatn"
FONT_SIZE = 11
CHARACTER = 5.7
"""Mean width in pixels of a character at this size, for planning room."""

ROUNDING = 1e-9
NARROW = 372
"""Widest chart, in pixels, that shares an A4 page's width with a table."""
WIDE = 620
"""Pixels that fill an A4 page's width at the same size of type."""

LABEL_WIDTHS = (24, 28)
WIDE_LABEL_WIDTHS = (36, 44)
MOST_LINES = 2
MARGIN = 16
GAP = 10
LINE_HEIGHT = 13
NBSP = "\u00a0"
PERCENT_LABEL = f"datum.value == 0 ? '0' : round(datum.value * 100) + '{NBSP}%'"

CONFIG: dict[str, Any] = {
    "aria": False,
    "background": "transparent",
    "font": FONT,
    "padding": 2,
    "view": {"stroke": None},
    "text": {"font": FONT, "fontSize": FONT_SIZE, "fill": INK, "lineHeight": LINE_HEIGHT},
    "axis": {
        "domain": False,
        "ticks": False,
        "gridColor": LINE,
        "gridWidth": 0.6,
        "labelColor": QUIET,
        "labelFontSize": 10,
        "labelFlush": False,
        "labelPadding": 6,
        "labelSeparation": 8,
        "titleColor": QUIET,
        "titleFontSize": 10,
        "titleFontWeight": "normal",
        "titlePadding": 8,
    },
    "header": {
        "title": None,
        "labelColor": INK,
        "labelFontSize": FONT_SIZE,
        "labelFontWeight": 500,
        "labelPadding": 8,
    },
}


UP = {"expr": f"-{LINE_HEIGHT / 2} * (length(split(datum.says, '\\n')) - 1)"}
"""Lifts a text of several lines so that its middle, not its first line, is level with its mark."""


def wrapped(label: str, characters: int) -> str:
    """Break a label into lines, at spaces where it has any."""
    return "\n".join(textwrap.wrap(label, characters, break_on_hyphens=False)) or label


def folded(labels: Sequence[str], widths: Sequence[int] = LABEL_WIDTHS) -> dict[str, str]:
    """Fold labels into two lines, in the narrowest of these widths in which all of them can be.

    Widths are in characters. Raises `ValueError` where there is no label, or one twice: such rows
    would be drawn over one another.
    """
    if not labels:
        raise ValueError("a chart needs a row")
    ways = [{label: wrapped(label, characters) for label in labels} for characters in widths]
    shown = next((way for way in ways if lines_of(way.values()) <= MOST_LINES), ways[-1])
    if len(set(shown.values())) != len(labels):
        raise ValueError("two rows of a chart cannot have the same label")
    return shown


class Frame(NamedTuple):
    """Labels as they are shown, and the pixels that are left for the plot beside them."""

    shown: dict[str, str]
    plot: float


def framed(labels: Sequence[str], *, least: float, beside: Sequence[str] = ()) -> Frame:
    """Find room for labels, a plot of at least so many pixels, and texts written beside it.

    A chart is narrow, so that it can stand next to its table, unless its words need the whole page.
    """
    texts = width_of(beside) + MARGIN
    shown = folded(labels)
    narrow = NARROW - width_of(shown.values()) - texts
    if lines_of(shown.values()) <= MOST_LINES and narrow >= least:
        return Frame(shown, narrow)
    shown = folded(labels, WIDE_LABEL_WIDTHS)
    return Frame(shown, max(least, WIDE - width_of(shown.values()) - texts))


def row_height(shown: Iterable[str], least: int = 26) -> int:
    """Give the height of one row of a chart, so that its longest label has air."""
    return max(least, lines_of(shown) * LINE_HEIGHT + 10)


def lines_of(shown: Iterable[str]) -> int:
    """Count the lines of the label that has most of them."""
    return max(text.count("\n") + 1 for text in shown)


def width_of(texts: Iterable[str]) -> float:
    """Estimate the width in pixels of the longest line of these texts."""
    return max((len(line) for text in texts for line in text.split("\n")), default=0) * CHARACTER


def stretched(plot: float, ends: Iterable[tuple[float, str]]) -> float:
    """Give the end of an axis from nought that leaves room for the text behind each value.

    ``ends`` are pairs of a value and the text that is written behind it, in a plot of so many
    pixels.
    """
    return max(value * plot / max(plot - width_of([text]) - GAP, plot / 4) for value, text in ends)


def percent(share: float) -> str:
    """Print a share as whole per cent, halves upwards as people round on paper."""
    return f"{int(share * 100 + 0.5 + ROUNDING)}{NBSP}%"


def decimal(value: float, places: int = 2) -> str:
    """Print a coefficient as the field does, without its leading nought; a true minus sign."""
    text = f"{abs(value):.{places}f}"
    text = text[1:] if text.startswith("0.") else text
    return f"\u2212{text}" if round(value, places) < 0 else text


def interval(low: float, high: float, places: int = 2) -> str:
    """Print an interval of coefficients in square brackets; with a comma where a sign is."""
    between = ", " if low < 0 else "\u2013"
    return f"[{decimal(low, places)}{between}{decimal(high, places)}]"
