"""A report as one self-contained, accessible HTML file: no script, no request to anywhere."""

import base64
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from exeunt.stages.findings.formats.document import Report
from exeunt.stages.findings.formats.drawn import FONTS, Chart
from exeunt.stages.findings.formats.look import FONT

TEMPLATES = Path(__file__).parent / "templates"
PIXELS_A_REM = 12.5
"""Sets the type of a chart to seven eighths of the page's own."""


class Drawing(NamedTuple):
    """The parts of a chart's SVG, escaped when it was drawn, and its width in rem."""

    attributes: str
    inside: str
    rem: float


def html(report: Report) -> bytes:
    """Set a report as a page to be read on a screen of any width, or printed."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("report.html.jinja").render(
        report=report, words=report.words, drawing=_drawing, style=_style(report)
    )
    return page.encode()


def _style(report: Report) -> str:
    """Give the style sheet with the charts' own font inside, and the mark for printed pages."""
    sheet = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    font = base64.b64encode((FONTS / "Vazirmatn-Regular.woff2").read_bytes()).decode()
    face = f'@font-face {{ font-family: {FONT}; src: url("data:font/woff2;base64,{font}"); }}\n'
    if not report.invented:
        return face + sheet
    mark = f"content: {_css_string(report.words.invented)}; font: bold 8pt sans-serif;"
    return f"{face}{sheet}@media print {{ @page {{ @top-right {{ {mark} }} }} }}\n"


def _css_string(text: str) -> str:
    """Write any text as a CSS string; all but ASCII letters and digits by number."""
    plain = (each if each.isascii() and each.isalnum() else f"\\{ord(each):06x}" for each in text)
    return f'"{"".join(plain)}"'


def _drawing(chart: Chart) -> Drawing:
    """Open a chart's SVG, so that its name and content can be set inside it for screen readers."""
    _, _, drawn = chart.svg().partition(" ")
    attributes, _, inside = drawn.partition(">")
    return Drawing(attributes, inside, chart.pixels()[0] / PIXELS_A_REM)
