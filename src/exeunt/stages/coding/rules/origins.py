"""Where the codes of a rewritten codebook take their readings from: merging, splitting, taking in.

A code that keeps its key takes them from itself. Only what differs from that is written down.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from exeunt.errors import Refusal
from exeunt.methods.codebooks import Code
from exeunt.stages.coding.rules.drafts import (
    Codes,
    check_there,
    with_code,
    with_new_code,
    without_code,
)

FEWEST = 2
# What becomes of a code that readers proposed.
NEW, SAME, LEFT_OUT = "new", "same", "left out"


@dataclass(frozen=True)
class Origins:
    """What becomes of earlier codes, where it is not just the same.

    ``merged`` names for a code the earlier ones whose judgements it takes over, itself among
    them where it was one; ``split`` for a new code the earlier one that it is a part of, and that
    stays above it; ``left_out`` the proposals of readers that were turned down.
    """

    merged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    split: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    def of(self, key: str) -> tuple[str, ...]:
        """Return from which earlier codes one takes its judgements as they are."""
        if key in self.split:
            return ()
        return self.merged.get(key, (key,))

    def decided(self) -> frozenset[str]:
        """Return every earlier code of which it was said what becomes of it."""
        taken = (key for keys in self.merged.values() for key in keys)
        return frozenset({*taken, *self.left_out})

    def without(self, key: str) -> "Origins":
        """Forget what was said of a code that is taken out."""
        return replace(
            self,
            merged={one: keys for one, keys in self.merged.items() if one != key},
            split={one: whole for one, whole in self.split.items() if key not in (one, whole)},
        )

    def plain(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return {
            "merged": {key: list(keys) for key, keys in self.merged.items()},
            "split": dict(self.split),
            "left_out": list(self.left_out),
        }


UNCHANGED = Origins()


def origins_from(stored: Mapping[str, Any]) -> Origins:
    """Read what `Origins.plain` stored; what is empty says that nothing was changed."""
    return Origins(
        merged={key: tuple(keys) for key, keys in stored.get("merged", {}).items()},
        split=dict(stored.get("split", {})),
        left_out=tuple(stored.get("left_out", ())),
    )


@dataclass(frozen=True)
class Rewritten:
    """The codes of a draft, and where they take their readings from."""

    codes: Codes
    origins: Origins = UNCHANGED


def merged(draft: Rewritten, keys: Collection[str], *, into: str) -> Rewritten:
    """Let one code take over others: their judgements, and the codes that narrow them."""
    chosen = [code.key for code in draft.codes if code.key in {*keys, into}]
    for key in {*keys, into}:
        check_there(draft.codes, key)
    if len(chosen) < FEWEST:
        raise Refusal("Choose at least two codes to merge.")
    gone = set(chosen) - {into}
    codes = tuple(
        replace(code, parent=_parent(draft.codes, code, gone, into=into))
        for code in draft.codes
        if code.key not in gone
    )
    taken = tuple(dict.fromkeys(one for key in chosen for one in draft.origins.of(key)))
    origins = draft.origins
    for key in gone:
        origins = origins.without(key)
    split = {part: whole for part, whole in origins.split.items() if part != into or not taken}
    return Rewritten(codes, replace(origins, merged={**origins.merged, into: taken}, split=split))


def _parent(codes: Sequence[Code], code: Code, gone: Collection[str], *, into: str) -> str | None:
    """Find what a code narrows when others are gone; what is merged narrows nothing of itself."""
    above = {one.key: one.parent for one in codes}
    parent = code.parent
    if code.key == into:
        seen = {into}
        while parent is not None and (parent in gone or parent in seen):
            seen.add(parent)
            parent = above.get(parent)
        return parent
    return into if parent in gone else parent


def split(draft: Rewritten, key: str, parts: Sequence[Code]) -> Rewritten:
    """Put new codes below one whose meaning they share out; what was judged of it stays with it."""
    check_there(draft.codes, key)
    if len(parts) < FEWEST:
        raise Refusal("Name at least two new codes, a line each: a key, then a label.")
    codes = draft.codes
    for part in parts:
        codes = with_new_code(codes, replace(part, parent=key))
    parted = {part.key: key for part in parts}
    return Rewritten(codes, replace(draft.origins, split={**draft.origins.split, **parted}))


def removed(draft: Rewritten, key: str) -> Rewritten:
    """Take a code out, and forget where its judgements came from."""
    return Rewritten(without_code(draft.codes, key), draft.origins.without(key))


def added(draft: Rewritten, code: Code, *, proposals: Collection[str] = ()) -> Rewritten:
    """Add a code, which takes over the marks of what readers proposed under that name."""
    codes = with_new_code(draft.codes, code)
    if not proposals:
        return Rewritten(codes, draft.origins)
    taken = {**draft.origins.merged, code.key: tuple(proposals)}
    return Rewritten(codes, replace(draft.origins, merged=taken))


def taken_into(draft: Rewritten, key: str, *, proposals: Collection[str]) -> Rewritten:
    """Let a code that is there take over the marks of what readers proposed."""
    check_there(draft.codes, key)
    taken = tuple(dict.fromkeys((*draft.origins.of(key), *proposals)))
    whole = {part: one for part, one in draft.origins.split.items() if part != key}
    merged_now = {**draft.origins.merged, key: taken}
    return Rewritten(draft.codes, replace(draft.origins, merged=merged_now, split=whole))


def turned_down(draft: Rewritten, proposals: Collection[str]) -> Rewritten:
    """Leave proposals out: their marks stay with the earlier version alone."""
    left = tuple(dict.fromkeys((*draft.origins.left_out, *proposals)))
    return Rewritten(draft.codes, replace(draft.origins, left_out=left))


def changed(draft: Rewritten, code: Code) -> Rewritten:
    """Say something else of a code; its judgements stay with it."""
    return Rewritten(with_code(draft.codes, code), draft.origins)


def parts_from(written: str) -> tuple[Code, ...]:
    r"""Read new codes of lines, each a key and a label.

    >>> [(code.key, code.label) for code in parts_from("F1 Fear of reprisal\nF2: Fear of flight")]
    [('F1', 'Fear of reprisal'), ('F2', 'Fear of flight')]
    """
    found = []
    for line in filter(None, map(str.strip, written.splitlines())):
        key, _, label = line.partition(" ")
        key = key.rstrip(":")
        if not key or not label.strip():
            raise Refusal("“{line}” is no key and label; write “F1 Fear of reprisal”.", line=line)
        found.append(Code(key, " ".join(label.split())))
    return tuple(found)


def check_may_carry(*, units: tuple[str, str], scales_alike: bool, readings: int) -> None:
    """Refuse to carry readings over where they would mean something else."""
    if units[0] != units[1]:
        raise Refusal(
            "Readings of one {before} cannot become readings of one {after}; keep the version "
            "without them.",
            before=units[0],
            after=units[1],
        )
    if not scales_alike:
        raise Refusal(
            "The scale has changed, so that earlier values would mean something else; keep the "
            "version without the readings."
        )
    if not readings:
        raise Refusal("Nobody has read with the version before, so there is nothing to carry.")
