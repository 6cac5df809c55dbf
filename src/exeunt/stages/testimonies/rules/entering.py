"""What may enter a study together, and what a new account may not repeat."""

import re
from collections.abc import Collection, Mapping

from exeunt.errors import Refusal, sentence_of
from exeunt.stages.narrators.rules import ExitFacts, Genders
from exeunt.stages.narrators.states import Gender
from exeunt.stages.sources.states import Provenance

FIRST_LABEL = "A-001"
_NUMBERED = re.compile(r"(.*?)([0-9]{1,9})", re.DOTALL)
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
LONGEST_TAG = 35


def check_one_provenance(first: Provenance, this: Provenance) -> None:
    """Refuse a table that mixes invented and real accounts."""
    if this is not first:
        raise Refusal(
            "This row is {this} and the rows above are {first}; "
            "split the table, so that nobody can mistake the one for the other.",
            this=this,
            first=first,
        )


def check_label_is_new(label: str, known: Collection[str]) -> None:
    """Refuse an account that the study has already."""
    if label in known:
        raise Refusal(
            "The account “{label}” is in this study already. Take the row out, "
            "or give it a label of its own if it is another account.",
            label=label,
        )


def language_from(tag: str) -> str:
    """Read a language tag (BCP 47); an empty one is unknown."""
    if tag and (len(tag) > LONGEST_TAG or not _TAG.fullmatch(tag)):
        raise Refusal(
            "“{tag}” is no language tag; write ar, fr, en or the like, or nothing.",
            tag=tag[:LONGEST_TAG],
        )
    return tag


def label_after(label: str) -> str:
    """Return the label that follows another in a study's own way of counting.

    >>> label_after("A-131"), label_after("A099"), label_after("the first")
    ('A-132', 'A100', 'the first-2')
    """
    numbered = _NUMBERED.fullmatch(label)
    if numbered is None:
        return f"{label}-2"
    stem, number = numbered.groups()
    return f"{stem}{int(number) + 1:0{len(number)}}"


class Gate:
    """What the rows of one table may not say beside what is there; judged without a database."""

    def __init__(self, labels: Collection[str], genders: Mapping[str, Gender]) -> None:
        """Take the labels that are taken, and what is known of the narrators."""
        self.labels = labels
        self.genders = Genders(genders)
        self.provenance: Provenance | None = None

    def faults(self, label: str, provenance: Provenance, told: ExitFacts) -> dict[str, str]:
        """Return the first thing against a row, by its column; nothing where it may enter."""
        first = self.provenance = self.provenance or provenance
        column = "account_id"
        try:
            check_label_is_new(label, self.labels)
            column = "provenance"
            check_one_provenance(first, provenance)
            column = "gender"
            self.genders.check(told.narrator, told.gender)
        except Refusal as refusal:
            return {column: sentence_of(refusal)}
        return {}
