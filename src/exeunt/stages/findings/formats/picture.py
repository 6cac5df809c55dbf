"""A tidier SVG: each line of text an element of its own, short numbers, no roles of its own."""

import re

LINES = re.compile(
    r"<text([^>]*?) transform=\"translate\(([-\d.]+),([-\d.]+)\)\"([^>]*)>"
    r"((?:<tspan[^>]*>[^<]*</tspan>)+)</text>"
)
LINE = re.compile(r"<tspan(?:[^>]* dy=\"([-\d.]+)\")?[^>]*>([^<]*)</tspan>")
ROLES = re.compile(r" (?:role|aria-[a-z]+)=\"[^\"]*\"")
LONG_NUMBERS = re.compile(r"-?\d+\.\d{3,}")
ALIKE = "Roboto, Arial, 'Liberation Sans', 'DejaVu Sans Condensed', sans-serif"
"""Families about as wide as ours, for viewers that do not have it."""
FAMILY = re.compile(r"font-family=\"([^\",]+)\"")


def tidy(svg: str) -> str:
    """Make a drawing fit to be set inline, in any viewer and in both directions of writing.

    Lines become separate elements, as some viewers reorder right-to-left lines across each other;
    inner roles go, as the picture is named as a whole where it is used.
    """
    svg = LINES.sub(_lines_apart, ROLES.sub("", svg))
    svg = FAMILY.sub(rf'font-family="\1, {ALIKE}"', svg)
    return LONG_NUMBERS.sub(lambda number: f"{float(number[0]):.2f}", svg)


def _lines_apart(found: re.Match[str]) -> str:
    before, x, top, after, lines = found.groups()
    down = float(top)
    apart = []
    for step, text in LINE.findall(lines):
        down += float(step or 0)
        apart.append(f'<text{before} transform="translate({x},{down:.2f})"{after}>{text}</text>')
    return "".join(apart)
