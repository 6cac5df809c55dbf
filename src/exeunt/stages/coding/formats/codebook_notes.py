"""Named facts written into the description of a code, where a format has no place for them.

The block is meant to be read by people in other programs, and `intake` reads it back::

    Left because the group fought its own side.

    [Exeunt]
    Key: L1
    Note: Label seen in the published summary.
"""

from collections.abc import Mapping

from exeunt.methods.codebooks import FACTS_HEAD, FACTS_INDENT


def with_facts(text: str, facts: Mapping[str, str]) -> str:
    """Append the facts that are not empty; further lines of a fact are indented."""
    lines = [
        f"{name}: {fact}".replace("\n", f"\n{FACTS_INDENT}") for name, fact in facts.items() if fact
    ]
    block = "\n".join([FACTS_HEAD, *lines])
    return f"{text}\n\n{block}" if text else block
