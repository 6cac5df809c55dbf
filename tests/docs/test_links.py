"""Every link in the documentation leads somewhere, and every picture is used."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.house.source_files import ROOT, kept_files

PAGES = [path for path in kept_files() if path.suffix == ".md"]
IMAGES = ROOT / "docs" / "images"

FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?[^)]*\)")
HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)
ELSEWHERE = re.compile(r"[a-z][a-z+.-]*:", re.IGNORECASE)


class Link(NamedTuple):
    """A link within the repository: the page it stands in, and what it says."""

    page: Path
    target: str

    @property
    def leads_to(self) -> Path:
        """The file or folder that is meant."""
        path = self.target.partition("#")[0]
        return (self.page.parent / path).resolve() if path else self.page


def links_in(page: Path, text: str) -> Iterator[Link]:
    """Every link of a page to a place within the repository."""
    for target in LINK.findall(CODE.sub("", FENCED.sub("", text))):
        if not ELSEWHERE.match(target):
            yield Link(page, target)


def anchors_in(text: str) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    found: list[str] = []
    for heading in HEADING.findall(FENCED.sub("", text)):
        plain = LINK.sub("", heading).replace("[", "").lower()
        kept = (c for c in plain if c in " -_" or unicodedata.category(c)[0] in "LN")
        anchor = "".join(kept).replace(" ", "-")
        again = found.count(anchor)
        found.append(anchor)
        if again:
            found.append(f"{anchor}-{again}")
    return set(found)


def broken(link: Link) -> bool:
    """Whether a link leads to nothing, or to a heading that is not there."""
    anchor = link.target.partition("#")[2]
    if not link.leads_to.exists():
        return True
    if not anchor or link.leads_to.suffix != ".md":
        return False
    return anchor not in anchors_in(link.leads_to.read_text(encoding="utf-8"))


def links() -> list[Link]:
    """Every inner link of every page."""
    return [link for page in PAGES for link in links_in(page, page.read_text(encoding="utf-8"))]


def test_every_link_leads_somewhere():
    lost = [f"{link.page.relative_to(ROOT)}: {link.target}" for link in links() if broken(link)]

    assert lost == []


def test_every_picture_is_used():
    shown = {link.leads_to for link in links()}
    kept = {path for path in IMAGES.iterdir() if path.is_file()}

    assert kept
    assert kept - shown == set()


def test_every_page_of_the_documentation_can_be_reached_from_its_index():
    reached, waiting = set(), [ROOT / "docs" / "README.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        found = links_in(page, page.read_text(encoding="utf-8"))
        pages = {link.leads_to for link in found if link.leads_to.suffix == ".md"}
        waiting += pages - reached - set(waiting)

    assert set((ROOT / "docs").rglob("*.md")) - reached == set()


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("[a](there.md)", False),
        ("[a](there.md#two-words)", False),
        ("[a](#here)\n\n# Here\n", False),
        ("`[a](gone.md)`", False),
        ("[a](https://example.org/gone.md)", False),
        ("[a](gone.md)", True),
        ("![a](gone.png)", True),
        ("[a](there.md#three-words)", True),
    ],
    ids=["a page", "a heading", "below", "code", "elsewhere", "no page", "no image", "no heading"],
)
def test_a_link_that_leads_nowhere_is_found(tmp_path, text, lost):
    (tmp_path / "there.md").write_text("# Two words!\n", encoding="utf-8")
    page = tmp_path / "page.md"
    page.write_text(text, encoding="utf-8")

    assert any(broken(link) for link in links_in(page, text)) is lost
