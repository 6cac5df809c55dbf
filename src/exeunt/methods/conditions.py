"""A condition that something must meet, in words: how it stands, and what would change it."""

from typing import NamedTuple

from exeunt.errors import Sentence


class Condition(NamedTuple):
    """One condition: its name, whether it is met, how it stands, and what would change that.

    >>> lapsed = Condition("safety", False, Sentence("It has lapsed."), Sentence("Assess anew."))
    >>> lapsed.met
    False
    """

    name: str
    met: bool
    says: Sentence
    changes: Sentence
