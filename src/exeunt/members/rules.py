"""What a member may be called, and what any line of ours may hold."""

import unicodedata

from exeunt.errors import Refusal, Word

LONGEST_NAME = 80
UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})


def clean_name(name: str) -> str:
    """Return a member's name fit for a screen and a table, or refuse it."""
    cleaned = clean_line(name, Word("A member's name"), longest=LONGEST_NAME)
    if not cleaned:
        raise Refusal("A member needs a name.")
    return cleaned


def clean_line(words: str, what: str, *, longest: int) -> str:
    """Return a line without needless spaces, in one form of writing; refuse what could deceive.

    Letters of any script are welcome; invisible and direction-changing characters are not,
    since they can make one thing look like another.
    """
    line = unicodedata.normalize("NFC", " ".join(words.split()))
    if len(line) > longest:
        raise Refusal(
            "{what} has at most {longest} characters; this one has {count}.",
            what=Word(what),
            longest=longest,
            count=len(line),
        )
    if any(unicodedata.category(character) in UNSEEN for character in line):
        raise Refusal(
            "{what} may not hold invisible or direction-changing characters.", what=Word(what)
        )
    return line


def check_may_sign_in(*, is_machine: bool) -> None:
    """Refuse a machine a way in: nobody could hold it to account."""
    if is_machine:
        raise Refusal("A machine reader never signs in, so it needs no link.")


def check_link_holds(*, known: bool) -> None:
    """Refuse a link that is unknown, used, replaced or too old, all in the same words."""
    if not known:
        raise Refusal(
            "This link does not work any more: a link works once, and for three days. "
            "Ask a lead of your study for a new one."
        )
