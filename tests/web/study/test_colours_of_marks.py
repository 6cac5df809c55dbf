"""The colours of codes in a text look apart to everybody, and no two of forty codes look alike."""

import re

import pytest

from exeunt.stages.coding.views.palette import COLOURS, LINES
from tests.house.source_files import ROOT
from tests.making.colours import SIGHTS, contrast, distance, linear, nearest, over

STATIC = ROOT / "src" / "exeunt" / "web" / "static" / "exeunt"
APART = 15
# Text on a mark is read as easily as without: WCAG 2.2, 1.4.3.
LEAST_CONTRAST = 4.5
BOTH = re.compile(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
SCHEMES = ("light", "dark")


def declared(*names: str) -> dict[str, tuple[str, str]]:
    """The colours that style sheets give to names, in light and in dark."""
    text = "".join(path.read_text() for path in sorted(STATIC.glob("*.css")))
    found = {name: (light, dark) for name, light, dark in BOTH.findall(text)}
    return {name: found[name] for name in names}


CODES = declared(*(f"code-{number}" for number in range(COLOURS)))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("sight", SIGHTS)
def test_any_two_colours_of_codes_look_apart(sight, scheme):
    colours = [pair[SCHEMES.index(scheme)] for pair in CODES.values()]

    assert nearest(colours, sight) >= APART


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_are_readable_on_every_mark(scheme):
    at = SCHEMES.index(scheme)
    paper, ink = (declared(name)[name][at] for name in ("paper", "ink"))
    share = re.search(r"--thin: (\d+)%", (STATIC / "coding.css").read_text())
    thin = int(share.group(1)) / 100
    read = [contrast(linear(ink), over(pair[at], paper, share=thin)) for pair in CODES.values()]

    assert min(read) >= LEAST_CONTRAST


def test_no_two_of_forty_codes_share_colour_and_line():
    looks = {(place % COLOURS, place % LINES) for place in range(COLOURS * LINES)}

    assert len(looks) == COLOURS * LINES


def test_a_page_paints_as_many_names_as_there_are_looks():
    style = (STATIC / "coding.css").read_text()
    painted = set(re.findall(r"exeunt-code-(\d+)", style))

    assert painted == {str(number) for number in range(COLOURS * LINES)}
    assert f"const SLOTS = {COLOURS * LINES};" in (STATIC / "coding-highlights.js").read_text()


# Pairs of table 1 in Sharma, Wu and Dalal (2005).
@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_measure_is_that_of_the_paper(one, other, apart):
    assert distance(one, other) == pytest.approx(apart, abs=1e-4)
