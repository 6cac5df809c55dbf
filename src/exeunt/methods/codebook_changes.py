"""What changed between two versions of a codebook: code by code, field by field, word by word."""

import re
from collections.abc import Sequence
from dataclasses import fields
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from exeunt.methods.codebooks import Code, Codebook, Scale

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
OF_A_CODE = tuple(field.name for field in fields(Code) if field.name not in {"key", "guid"})


class Kept(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


class Words(NamedTuple):
    """A run of words, and what became of it."""

    kept: Kept
    text: str


class FieldChange(NamedTuple):
    """One field before and after."""

    field: str
    before: str
    after: str

    @property
    def words(self) -> tuple[Words, ...]:
        """The change word by word."""
        return words_changed(self.before, self.after)


class CodeChange(NamedTuple):
    """A code that stands in both versions and says something else."""

    code: Code
    fields: tuple[FieldChange, ...]


class CodebookChanges(NamedTuple):
    """Everything in which one version of a codebook differs from another."""

    book: tuple[FieldChange, ...]
    added: tuple[Code, ...]
    removed: tuple[Code, ...]
    changed: tuple[CodeChange, ...]
    moved: tuple[Code, ...]

    def __bool__(self) -> bool:
        """Whether anything differs at all."""
        return any(self)


def changes_between(before: Codebook, after: Codebook) -> CodebookChanges:
    """Compare two versions; a code is the same where its key is.

    >>> old = Codebook("b", "B", (Code("L1", "Money"), Code("L2", "Fear")))
    >>> new = Codebook("b", "B", (Code("L2", "Fear of reprisal"), Code("L3", "Family")))
    >>> told = changes_between(old, new)
    >>> [code.key for code in told.added], [code.key for code in told.removed]
    (['L3'], ['L1'])
    >>> told.changed[0].fields[0].after
    'Fear of reprisal'
    """
    old = {code.key: code for code in before.codes}
    new = {code.key: code for code in after.codes}
    both = [(old[key], new[key]) for key in new if key in old]
    compared = [CodeChange(now, _fields_changed(then, now)) for then, now in both]
    return CodebookChanges(
        book=_book_changed(before, after),
        added=tuple(code for key, code in new.items() if key not in old),
        removed=tuple(code for key, code in old.items() if key not in new),
        changed=tuple(change for change in compared if change.fields),
        moved=_moved([key for key in old if key in new], [now for _, now in both]),
    )


def words_changed(before: str, after: str) -> tuple[Words, ...]:
    """Compare two texts word by word; together the runs say both texts.

    >>> [(run.kept.value, run.text) for run in words_changed("left for money", "left for bread")]
    [('same', 'left for '), ('gone', 'money'), ('new', 'bread')]
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    runs: list[Words] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            runs.append(Words(Kept.SAME, "".join(old[i:j])))
            continue
        if j > i:
            runs.append(Words(Kept.GONE, "".join(old[i:j])))
        if m > k:
            runs.append(Words(Kept.NEW, "".join(new[k:m])))
    return tuple(runs)


def _fields_changed(before: Code, after: Code) -> tuple[FieldChange, ...]:
    pairs = ((name, getattr(before, name) or "", getattr(after, name) or "") for name in OF_A_CODE)
    return tuple(FieldChange(name, was, is_) for name, was, is_ in pairs if was != is_)


def _book_changed(before: Codebook, after: Codebook) -> tuple[FieldChange, ...]:
    pairs = (
        ("title", before.title, after.title),
        ("source", before.source, after.source),
        ("unit", before.unit.value, after.unit.value),
        ("scale", _in_words(before.scale), _in_words(after.scale)),
    )
    return tuple(FieldChange(name, was, is_) for name, was, is_ in pairs if was != is_)


def _in_words(scale: Scale) -> str:
    values = "; ".join(f"{value} {meaning}" for value, meaning in scale.values.items())
    marks = (("unknown", scale.unknown), ("not applicable", scale.not_applicable))
    gaps = "".join(f"; {mark} {name}" for name, mark in marks if mark is not None)
    return f"{scale.level.value}: {values}{gaps}"


def _moved(before: Sequence[str], after: Sequence[Code]) -> tuple[Code, ...]:
    """Return the codes that do not stand in the longest row that kept its order."""
    keys = [code.key for code in after]
    blocks = SequenceMatcher(None, before, keys, autojunk=False).get_matching_blocks()
    stayed = {key for block in blocks for key in keys[block.b : block.b + block.size]}
    return tuple(code for code in after if code.key not in stayed)
