"""Accounts and their texts, what is hard in them, and care for those who read."""

from exeunt.stages.testimonies.models.accounts import (
    Account,
    Mask,
    SearchWords,
    Telling,
    TextVersion,
    Turn,
)
from exeunt.stages.testimonies.models.care import CareChoice, CareTerms, Passage, ReadingDay

__all__ = [
    "Account",
    "CareChoice",
    "CareTerms",
    "Mask",
    "Passage",
    "ReadingDay",
    "SearchWords",
    "Telling",
    "TextVersion",
    "Turn",
]
