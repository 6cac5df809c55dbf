"""Erasing somebody: keys first, then rows, then what the disk still holds; and the proof of it."""

from exeunt.procedures.erasure.carrying_out import (
    Erased,
    erase_again,
    erase_copy_called,
    erase_narrator,
    finish_erasure,
)
from exeunt.procedures.erasure.cleaning import finish_cleaning
from exeunt.procedures.erasure.seeking import Proof
from exeunt.procedures.erasure.touching import (
    Fate,
    Line,
    Touched,
    may_be_sealed,
    what_erasure_touches,
)

__all__ = [
    "Erased",
    "Fate",
    "Line",
    "Proof",
    "Touched",
    "erase_again",
    "erase_copy_called",
    "erase_narrator",
    "finish_cleaning",
    "finish_erasure",
    "may_be_sealed",
    "what_erasure_touches",
]
