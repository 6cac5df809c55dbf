"""The code blocks of a Markdown page, as a reader would copy them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

FENCE = re.compile(r"^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
FILE_NAME = re.compile(r"`([\w-]+\.\w+)`")
ANYTHING = "…"


class Block(NamedTuple):
    """One fenced block: its kind, its text, and the prose since the block before it."""

    kind: str
    text: str
    before: str


class Step(NamedTuple):
    """One command of a console block, and what it is said to print."""

    command: str
    shown: str


def blocks_of(page: str) -> list[Block]:
    """Every fenced block of a page, in order."""
    found, end = [], 0
    for fence in FENCE.finditer(page):
        found.append(Block(fence["kind"], fence["text"], page[end : fence.start()]))
        end = fence.end()
    return found


def file_named_in(block: Block) -> str:
    """The file that a block is to be saved as: the first one named in the prose before it."""
    return FILE_NAME.findall(block.before)[0]


def steps_of(text: str) -> Iterator[Step]:
    """The commands of a console block, each with the lines shown below it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield Step(command, shown)


def is_as_shown(came: str, shown: str) -> bool:
    """Whether output is what a page shows, where `…` stands for anything.

    Spaces at the ends of lines and empty lines at the end cannot be seen and do not count.
    """
    pattern = ".*".join(re.escape(part) for part in plain(shown).split(ANYTHING))
    return re.fullmatch(pattern, plain(came), flags=re.DOTALL) is not None


def plain(text: str) -> str:
    """Take away what nobody can see: spaces at line ends, empty lines at both ends."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")
