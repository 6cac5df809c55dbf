"""What one row or one form says, read field by field; every fault is told at its field."""

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from exeunt.errors import Refusal, Sentence, Word, sentence_of
from exeunt.methods.chronology import read_date
from exeunt.stages.sources.intake.cells import (
    clean_label,
    clean_text,
    faults_of_label,
    faults_of_text,
)

LONGEST_SHORT = 80
FIELD = Word("field")

Complain = Callable[[str, str], None]
Read = TypeVar("Read")


class Fields:
    """The fields of one row or form; ``complain`` is told what is wrong, and with which."""

    def __init__(self, values: Mapping[str, str], complain: Complain) -> None:
        """Take what was written, by the names of the fields."""
        self.values = values
        self.complain = complain

    def short(self, name: str, *, longest: int = LONGEST_SHORT) -> str:
        """Return a line as it stands, having complained where it is too long to be kept."""
        value = self.values[name]
        if len(value) > longest:
            says = "{count} characters; at most {most} fit here."
            self.complain(Sentence(says, count=len(value), most=longest), name)
        return value

    def date(self, name: str) -> str:
        """Return an EDTF date as it was written, or nothing."""
        return self.read(name, lambda text: read_date(text).text, "") if self.values[name] else ""

    def read(self, name: str, reader: Callable[[str], Read], otherwise: Read) -> Read:
        """Return what a reader makes of a field, or ``otherwise`` where it refuses."""
        try:
            return reader(self.values[name])
        except (Refusal, ValueError) as refusal:
            self.complain(sentence_of(refusal), name)
            return otherwise


def typed(values: Mapping[str, str], complain: Complain, *, long: Collection[str] = ()) -> Fields:
    """Clean what was typed into a form by the rules for cells; ``long`` fields hold prose.

    Line breaks and runs of spaces in a line are what pasting leaves; they become one space.
    """
    cleaned = {}
    for name, value in values.items():
        if name in long:
            cleaned[name] = clean_text(value)
            faults = faults_of_text(cleaned[name], what=FIELD)
        else:
            cleaned[name] = clean_label(" ".join(value.split()))
            faults = faults_of_label(cleaned[name], what=FIELD)
        for says in faults:
            complain(says, name)
    return Fields(cleaned, complain)
