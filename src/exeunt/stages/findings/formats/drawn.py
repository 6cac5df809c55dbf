"""A chart: its Vega-Lite form, its picture as SVG or PNG, and its numbers as CSV."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import vl_convert

from exeunt.stages.findings.formats.look import INK, NARROW
from exeunt.stages.findings.formats.picture import tidy

FONTS = Path(__file__).parent / "fonts"
VIEW_BOX = re.compile(r'<svg[^>]* viewBox="([^"]+)"')
TOLERANCE = 8
"""Pixels by which a chart may outgrow its plan, which only estimates the width of texts."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")

MARK = {"anchor": "start", "fontSize": 10, "fontWeight": "bold", "offset": 8, "color": INK}

Row = Mapping[str, str | int | float | None]


@cache
def use_own_fonts() -> None:
    """Make the fonts that are shipped with Exeunt known to the drawing engine, once a process."""
    vl_convert.register_font_directory(str(FONTS))


@dataclass(frozen=True)
class Chart:
    """A drawing and the rows it was drawn from; a picture is made once and kept."""

    spec: dict[str, Any]
    rows: tuple[Row, ...]
    _pictures: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def kept(cls, spec: dict[str, Any], rows: Sequence[Row], svg: str) -> "Chart":
        """Return a chart that was drawn before, without drawing it again."""
        return cls(spec, tuple(rows), {"svg": svg.encode()})

    def is_narrow(self) -> bool:
        """Tell whether the chart leaves room for a table beside it on an A4 page."""
        return self.pixels()[0] <= NARROW + TOLERANCE

    def marked(self, words: str) -> "Chart":
        """Return the chart with a mark that stays with it wherever picture or data go."""
        rows = tuple({**row, "material": words} for row in self.rows)
        return Chart({**self.spec, "title": {"text": words, **MARK}}, rows)

    def svg(self) -> str:
        """Draw the chart as a stand-alone SVG."""
        if "svg" not in self._pictures:
            use_own_fonts()
            self._pictures["svg"] = tidy(vl_convert.vegalite_to_svg(self.spec)).encode()
        return self._pictures["svg"].decode()

    def pixels(self) -> tuple[float, float]:
        """Give width and height of the picture at 96 dots an inch."""
        _, _, width, height = VIEW_BOX.findall(self.svg())[0].split()
        return float(width), float(height)

    def png(self, scale: float = 2) -> bytes:
        """Draw the chart as a PNG of ``scale`` times 96 dots an inch."""
        name = f"png {scale}"
        if name not in self._pictures:
            self._pictures[name] = vl_convert.svg_to_png(_on_paper(self.svg()), scale=scale)
        return self._pictures[name]

    def data(self, facts: Mapping[str, str] | None = None) -> str:
        """Give the rows as CSV, guarded against being read as formulas.

        ``facts`` are repeated in every row, so that numbers never travel without them.
        """
        return as_csv([{**row, **(facts or {})} for row in self.rows])


def _on_paper(svg: str) -> str:
    """Lay white paper under a picture, since dark ink vanishes on a dark page."""
    end = svg.index(">") + 1
    return f'{svg[:end]}<rect width="100%" height="100%" fill="#ffffff"/>{svg[end:]}'


def _guarded(value: str | float | None) -> str | float | None:
    """Keep a spreadsheet from running a cell."""
    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value


def as_csv(rows: Sequence[Row]) -> str:
    """Write rows as CSV; the first one names the columns."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _guarded(value) for key, value in row.items()} for row in rows)
    return out.getvalue()
