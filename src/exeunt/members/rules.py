"""What a member may be called."""

import unicodedata

from exeunt.errors import Refusal

LONGEST_NAME = 80


def clean_name(name: str) -> str:
    """Return a name fit for a screen and a table, or refuse one that could deceive.

    Letters of any script are welcome; control and direction-changing characters are not,
    since they can make one member look like another.
    """
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    if not name:
        raise Refusal("A member needs a name.")
    if len(name) > LONGEST_NAME:
        raise Refusal(f"A member's name has at most {LONGEST_NAME} characters.")
    if any(unicodedata.category(character) in {"Cc", "Cf", "Co", "Cn"} for character in name):
        raise Refusal("A member's name may not hold invisible or direction-changing characters.")
    return name
