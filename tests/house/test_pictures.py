"""Every picture is taken by a journey and shown on a page; none is missing, none is left over."""

import re

from tests.browser.pictures import TAKEN
from tests.house.source_files import ROOT

# Drawn by tools/docs.py from the report itself.
DRAWN = {"report.png"}
IMAGES = ROOT / "docs" / "images"
SHOWN = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")


def shown() -> set[str]:
    """The pictures of docs/images that any page of the repository shows."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    links = (link for page in pages for link in SHOWN.findall(page.read_text(encoding="utf-8")))
    return {link.rpartition("/")[2] for link in links if "images/" in link}


def test_every_picture_that_is_shown_is_there_and_every_one_there_is_shown():
    assert {path.name for path in IMAGES.iterdir()} == shown()


def test_every_picture_is_taken_by_a_journey():
    assert {path.name for path in IMAGES.iterdir()} - DRAWN == set(TAKEN)


def test_every_journey_that_takes_a_picture_exists():
    journeys = {path.stem for path in (ROOT / "tests" / "browser").glob("test_*.py")}

    assert set(TAKEN.values()) <= journeys


def test_every_alternative_text_says_something():
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    empty = [page.name for page in pages if "![](" in page.read_text(encoding="utf-8")]

    assert empty == []
