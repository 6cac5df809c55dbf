"""Named facts written into the description of a code, where a format has no place for them.

The block is meant to be read by people in other programs, and can be read back::

    Left because the group fought its own side.

    [Exeunt]
    Key: L1
    Note: Label seen in the published summary.
"""

import re
from collections.abc import Mapping

HEAD = "[Exeunt]"
INDENT = "    "
_FACT = re.compile(r"([A-Z][a-z ]*): ?(.*)")


def with_facts(text: str, facts: Mapping[str, str]) -> str:
    """Append the facts that are not empty; further lines of a fact are indented."""
    lines = [f"{name}: {fact}".replace("\n", f"\n{INDENT}") for name, fact in facts.items() if fact]
    block = "\n".join([HEAD, *lines])
    return f"{text}\n\n{block}" if text else block


def facts_in(description: str) -> tuple[str, dict[str, str]]:
    """Split a description into its text and the facts below it; none where there is no block."""
    text, head, block = f"\n\n{description}".rpartition(f"\n\n{HEAD}\n")
    if not head:
        return description, {}
    facts: dict[str, str] = {}
    name = ""
    for line in block.splitlines():
        found = _FACT.fullmatch(line)
        if found and not line.startswith(INDENT):
            name = found.group(1)
            facts[name] = found.group(2)
        elif name and (line.startswith(INDENT) or not line.strip()):
            facts[name] += f"\n{line.removeprefix(INDENT)}"
        else:
            return description, {}
    return text.removeprefix("\n\n"), facts
