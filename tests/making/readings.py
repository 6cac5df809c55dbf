"""Readings written out by hand, for the methods that start from them."""

from collections.abc import Mapping, Sequence

import numpy as np

from exeunt.methods.codebooks import Codebook
from exeunt.methods.readings import Cell, Readings
from tests.making.codebooks import BINARY

# How a cell is written in a test's table: a number, or one of these for the way it is missing.
GAPS = {"?": Cell.UNKNOWN, "-": Cell.NOT_APPLICABLE, "": Cell.NOT_MENTIONED, "/": Cell.NOT_CODED}


def read_by(
    table: Mapping[str, Sequence[Sequence[object]]],
    *,
    codebook: Codebook = BINARY,
    narrators: Sequence[int] | None = None,
    **attributes: Sequence[str],
) -> Readings:
    """Make readings out of {reader: a row for each account, a cell for each code}."""
    grid = np.array(list(table.values()), dtype=object)
    gaps = [[[GAPS.get(cell, Cell.VALUE) for cell in row] for row in rows] for rows in grid]
    numbers = [[[0 if cell in GAPS else cell for cell in row] for row in rows] for rows in grid]
    count = grid.shape[1]
    return Readings(
        codebook=codebook,
        readers=tuple(table),
        machines=(False,) * len(table),
        accounts=tuple(f"A{number}" for number in range(1, count + 1)),
        codes=tuple(code.key for code in codebook)[: grid.shape[2]],
        numbers=np.array(numbers, dtype=np.int16),
        cells=np.array(gaps, dtype=np.int8),
        attributes={name: np.array(words, dtype=np.str_) for name, words in attributes.items()},
        narrators=np.array(range(count) if narrators is None else narrators, dtype=np.int64),
    )
