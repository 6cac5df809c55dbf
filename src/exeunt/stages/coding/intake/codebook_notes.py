"""Named facts read back from below a description, where `formats` has written them."""

import re

from exeunt.methods.codebooks import FACTS_HEAD, FACTS_INDENT

_FACT = re.compile(r"([A-Z][a-z ]*): ?(.*)")


def facts_in(description: str) -> tuple[str, dict[str, str]]:
    """Split a description into its text and the facts below it; none where there is no block."""
    text, head, block = f"\n\n{description}".rpartition(f"\n\n{FACTS_HEAD}\n")
    if not head:
        return description, {}
    facts: dict[str, str] = {}
    name = ""
    for line in block.split("\n"):
        found = _FACT.fullmatch(line)
        if found and not line.startswith(FACTS_INDENT):
            name = found.group(1)
            facts[name] = found.group(2)
        elif name and (line.startswith(FACTS_INDENT) or not line.strip()):
            facts[name] += f"\n{line.removeprefix(FACTS_INDENT)}"
        else:
            return description, {}
    return text.removeprefix("\n\n"), facts
