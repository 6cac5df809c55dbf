"""Sixty invented testimonies whose identifiers were marked by hand, for measuring the masks."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

GOLD = Path(__file__).parent / "gold"
DIRECT_KINDS = frozenset({"person", "phone", "email", "handle", "address", "id"})
INDIRECT_KINDS = frozenset({"place", "date", "age", "unit", "other"})

MARK = re.compile(r"⟦([a-z]+)\.(direct|indirect)\.([a-z]+\d+)\|([^⟦⟧|]+)⟧")
LEFT_OVER = re.compile(r"[⟦⟧]")


class Mark(NamedTuple):
    """One identifier: where it stands in the plain text, and whom or what it belongs to.

    Marks of one text with the same entity name the same person, place or thing.
    """

    start: int
    end: int
    kind: str
    direct: bool
    entity: str


class GoldText(NamedTuple):
    """One testimony without its brackets, and the marks that stood in them."""

    name: str
    language: str
    text: str
    marks: tuple[Mark, ...]

    def surface(self, mark: Mark) -> str:
        """The words of the text that a mark covers."""
        return self.text[mark.start : mark.end]


@cache
def gold_texts() -> list[GoldText]:
    """Every gold testimony, by name."""
    return [
        parsed(path.stem, path.read_text(encoding="utf-8")) for path in sorted(GOLD.glob("*.txt"))
    ]


def parsed(name: str, written: str) -> GoldText:
    """Take the brackets out of a testimony; one that is malformed is an error, never skipped."""
    plain, marks, read = "", [], 0
    for found in MARK.finditer(written):
        plain += written[read : found.start()]
        kind, said, entity, surface = found.groups()
        _check_kind(name, kind, said)
        marks.append(Mark(len(plain), len(plain) + len(surface), kind, said == "direct", entity))
        plain += surface
        read = found.end()
    plain += written[read:]
    if stray := LEFT_OVER.search(plain):
        raise ValueError(f"{name}: a malformed mark near {plain[stray.start() :][:40]!r}")
    return GoldText(name, name.partition("-")[0], plain, tuple(marks))


def _check_kind(name: str, kind: str, said: str) -> None:
    known = DIRECT_KINDS if said == "direct" else INDIRECT_KINDS
    if kind not in known:
        raise ValueError(f"{name}: {kind}.{said} is not one of the kinds")
