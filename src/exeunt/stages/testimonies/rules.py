"""What may enter a study together, and what a new account may not repeat."""

import re
from collections.abc import Collection

from exeunt.errors import Refusal
from exeunt.stages.sources.states import Provenance

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
LONGEST_TAG = 35


def check_one_provenance(first: Provenance, this: Provenance) -> None:
    """Refuse a table that mixes invented and real accounts."""
    if this is not first:
        raise Refusal(
            f"This row is {this} and the rows above are {first}; "
            "split the table, so that nobody can mistake the one for the other."
        )


def check_study_is_unmixed(there: Collection[Provenance], this: Provenance) -> None:
    """Refuse to put real accounts beside invented ones: their numbers would be mixed.

    Entrusted accounts are refused for a reason of their own, whatever the study holds.
    """
    others = [p for p in there if p is not this]
    if others and this is not Provenance.ENTRUSTED:
        raise Refusal(
            f"This study holds {others[0]} accounts, and this table is {this}. "
            "Begin another study for it, so that no figure counts both."
        )


def check_label_is_new(label: str, known: Collection[str]) -> None:
    """Refuse an account that the study has already."""
    if label in known:
        raise Refusal(
            f"The account “{label}” is in this study already. Take the row out, "
            "or give it a label of its own if it is another account."
        )


def language_from(tag: str) -> str:
    """Read a language tag (BCP 47); an empty one is unknown."""
    if tag and (len(tag) > LONGEST_TAG or not _TAG.fullmatch(tag)):
        raise Refusal(
            f"“{tag[:LONGEST_TAG]}” is no language tag; write ar, fr, en or the like, or nothing."
        )
    return tag
