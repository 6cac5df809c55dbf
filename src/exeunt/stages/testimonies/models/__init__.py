"""Accounts and their texts, what is hard in them, and care for those who read."""

from exeunt.stages.testimonies.models.accounts import (
    Account,
    Mask,
    Telling,
    TextVersion,
    Turn,
)
from exeunt.stages.testimonies.models.care import CareChoice, CareTerms, Passage, ReadingDay
from exeunt.stages.testimonies.models.searching import SearchPassage, SearchWords

__all__ = [
    "Account",
    "CareChoice",
    "CareTerms",
    "Mask",
    "Passage",
    "ReadingDay",
    "SearchPassage",
    "SearchWords",
    "Telling",
    "TextVersion",
    "Turn",
]
