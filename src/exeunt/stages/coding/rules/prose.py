"""What a memo, a note or a reason may hold."""

import re
import unicodedata

from exeunt.errors import Refusal

LONGEST_PROSE = 5_000
_BROKEN = re.compile("\r\n?|[\x85\u2028\u2029]")
# Letters of any script, and the marks that join or order them, are welcome.
_HIDDEN = frozenset({"Cc", "Cn", "Co", "Cs"})
_OVERRIDES = frozenset("\u202d\u202e")


def clean_prose(words: str, what: str) -> str:
    """Return what somebody wrote in one form of writing; refuse what could not be shown."""
    prose = unicodedata.normalize("NFC", _BROKEN.sub("\n", words)).strip()
    if len(prose) > LONGEST_PROSE:
        raise Refusal(
            "{what} has at most {longest} characters; this one has {length}.",
            what=what,
            longest=LONGEST_PROSE,
            length=len(prose),
        )
    if any(_is_hidden(character) for character in prose):
        raise Refusal("{what} holds a hidden character; take it out and save again.", what=what)
    return prose


def _is_hidden(character: str) -> bool:
    if character in "\n\t":
        return False
    return character in _OVERRIDES or unicodedata.category(character) in _HIDDEN
