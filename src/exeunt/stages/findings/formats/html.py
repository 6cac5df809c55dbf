"""A report as one self-contained, accessible HTML file: no script, no request to anywhere."""

from pathlib import Path
from xml.sax.saxutils import escape

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from exeunt.stages.findings.formats.document import Figure, Report

TEMPLATES = Path(__file__).parent / "templates"


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
        report=report,
        words=report.words,
        drawing=_drawing,
        css=Markup((TEMPLATES / "report.css").read_text(encoding="utf-8")),
    )
    return page.encode()


def _drawing(figure: Figure) -> Markup:
    """Set the chart inline, named and described for those who cannot see it.

    The chart's own texts were escaped when it was drawn.
    """
    _, _, drawn = figure.chart.svg().partition(" ")
    opening, _, rest = drawn.partition(">")
    name, content = f"chart-{figure.id}", f"content-{figure.id}"
    return Markup(
        f'<svg role="img" aria-labelledby="{name}" aria-describedby="{content}" {opening}>'
        f'<title id="{name}">{escape(figure.title)}</title>'
        f'<desc id="{content}">{escape(figure.alt)}</desc>{rest}'
    )
