"""Rewriting a codebook, one code at a time."""

from collections.abc import Sequence

from exeunt.errors import NotThere, Refusal
from exeunt.methods.codebooks import Code

Codes = tuple[Code, ...]


def with_code(codes: Sequence[Code], code: Code) -> Codes:
    """Put a code in the place of the one with its key, or behind its last sibling."""
    if any(one.key == code.key for one in codes):
        return tuple(code if one.key == code.key else one for one in codes)
    siblings = [place for place, one in enumerate(codes) if one.parent == code.parent]
    place = siblings[-1] + 1 if siblings else len(codes)
    return (*codes[:place], code, *codes[place:])


def with_new_code(codes: Sequence[Code], code: Code) -> Codes:
    """Add a code; refuse a key that is taken."""
    if any(one.key == code.key for one in codes):
        raise Refusal("The key “{key}” is taken; each code has its own.", key=code.key)
    return with_code(codes, code)


def without_code(codes: Sequence[Code], key: str) -> Codes:
    """Take a code out; refuse while others narrow it."""
    check_there(codes, key)
    below = [code.key for code in codes if code.parent == key]
    if below:
        raise Refusal(
            "{codes} narrow “{key}”; move or remove them first.", codes=", ".join(below), key=key
        )
    return tuple(code for code in codes if code.key != key)


def moved_by_one(codes: Sequence[Code], key: str, *, steps: int) -> Codes:
    """Let a code change places with the sibling before it (-1) or after it (1)."""
    check_there(codes, key)
    parent = next(code.parent for code in codes if code.key == key)
    siblings = [place for place, code in enumerate(codes) if code.parent == parent]
    here = next(at for at, place in enumerate(siblings) if codes[place].key == key)
    if not 0 <= here + steps < len(siblings):
        return tuple(codes)
    one, other = siblings[here], siblings[here + steps]
    swapped = list(codes)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    return tuple(swapped)


def check_there(codes: Sequence[Code], key: str) -> None:
    """Refuse a key that no code has."""
    if all(code.key != key for code in codes):
        raise NotThere("There is nothing here.")
