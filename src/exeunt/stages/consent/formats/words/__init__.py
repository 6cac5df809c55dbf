"""The words of an intake in the narrator's language, whatever the workbench speaks."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

# Around signs that are read from left to right wherever they stand (Unicode Annex 9).
LEFT_TO_RIGHT, ENDS = "\u2066", "\u2069"


class Words(NamedTuple):
    """Everything that an intake says in one language."""

    language: str
    said: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The language in its own words."""
        return str(self.said["name"])

    @property
    def is_right_to_left(self) -> bool:
        """Whether it is written from right to left."""
        return bool(self.said["direction"] == "rtl")

    def of(self, question: str) -> Mapping[str, Any]:
        """Return what a question says: title, hint, text."""
        return dict(self.said["questions"][question])

    def answers_to(self, question: str, offers: Iterable[str]) -> dict[str, str]:
        """Return what each answer that is offered says; where things may be shown is said once."""
        spoken = self.said["questions"][question].get("answers") or self.said["places"]
        return {str(name): str(spoken[str(name)]) for name in offers}

    def fault(self, name: str, **facts: object) -> str:
        """Return a fault as a sentence."""
        return filled(self.said["faults"][name], **facts)

    def slip(self, **facts: object) -> str:
        """Return what a slip says that somebody takes home."""
        return filled(self.said["receipt"]["text"], **facts)


def filled(says: str, **facts: object) -> str:
    """Fill the places of a sentence with days and references, which keep their own direction.

    Within Arabic a day would turn round otherwise, and read as another one.

    >>> filled("{day}", day="2027-03-31") == LEFT_TO_RIGHT + "2027-03-31" + ENDS
    True
    """
    apart = {name: f"{LEFT_TO_RIGHT}{fact}{ENDS}" for name, fact in facts.items()}
    return says.format(**apart)


@cache
def words_in(language: str) -> Words:
    """Return the words of a language; raises KeyError for one that is not there."""
    place = files(__name__) / f"{language}.yaml"
    if not place.is_file():
        raise KeyError(language)
    return Words(language, yaml.safe_load(place.read_text(encoding="utf-8")))
