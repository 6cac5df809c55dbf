"""What several readers said of the same accounts, as plain arrays, with every gap kept."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from exeunt.methods.codebooks import Codebook, Level

Values = NDArray[np.float64]
States = NDArray[np.int8]


class Cell(IntEnum):
    """What one cell holds: a value, or why there is none."""

    VALUE = 0
    UNKNOWN = 1
    NOT_APPLICABLE = 2
    NOT_MENTIONED = 3
    NOT_CODED = 4


class Blanks(StrEnum):
    """How *not mentioned* is counted; every table says which."""

    MISSING = "missing"
    NOT_MENTIONED = "not mentioned"

    @property
    def wording(self) -> str:
        """Say it as a table does."""
        if self is Blanks.MISSING:
            return "blanks are missing"
        return "blanks count as “not mentioned” (0)"


@dataclass(frozen=True)
class Readings:
    """One value for each reader, account and code.

    ``cells`` and ``numbers`` have the shape (readers, accounts, codes); ``numbers`` counts
    only where the cell is ``Cell.VALUE``. ``attributes`` has an array of words for each
    attribute, in the order of the accounts.
    """

    codebook: Codebook
    readers: tuple[str, ...]
    machines: tuple[bool, ...]
    accounts: tuple[str, ...]
    codes: tuple[str, ...]
    numbers: NDArray[np.int16]
    cells: States
    attributes: Mapping[str, NDArray[np.str_]]
    narrators: NDArray[np.int64]

    def __post_init__(self) -> None:
        """Refuse arrays that do not fit each other."""
        shape = len(self.readers), len(self.accounts), len(self.codes)
        if self.numbers.shape != shape or self.cells.shape != shape:
            raise ValueError(f"values and gaps must have the shape {shape}")

    def values(self, blanks: Blanks = Blanks.MISSING) -> Values:
        """Return numbers with NaN for what is missing, shape (readers, accounts, codes)."""
        values = np.where(self.cells == Cell.VALUE, self.numbers, np.nan)
        if blanks is Blanks.NOT_MENTIONED:
            values[self.cells == Cell.NOT_MENTIONED] = 0
        return values

    def stated(self, dimension: str) -> Values:
        """Return 1 where a reader found anything of a dimension stated, 0 where nothing was.

        Shape (readers, accounts); NaN where a reader has not coded the account or could
        not tell. Blanks decide this figure and are therefore never treated away.
        """
        cells = self.cells[:, :, self.columns_of(dimension)]
        anything = (cells == Cell.VALUE).any(axis=2)
        nothing = (cells == Cell.NOT_MENTIONED).any(axis=2) & ~anything
        return np.where(anything, 1.0, np.where(nothing, 0.0, np.nan))

    def columns_of(self, dimension: str) -> list[int]:
        """Return where the codes of a dimension stand."""
        return [
            place
            for place, key in enumerate(self.codes)
            if (code := self.codebook.code(key)) and self.codebook.dimension_of(code) == dimension
        ]

    def with_accounts(self, kept: NDArray[np.bool_]) -> "Readings":
        """Return the readings of some of the accounts only."""
        return replace(
            self,
            accounts=tuple(np.array(self.accounts, dtype=object)[kept]),
            numbers=self.numbers[:, kept],
            cells=self.cells[:, kept],
            attributes={name: words[kept] for name, words in self.attributes.items()},
            narrators=self.narrators[kept],
        )

    def with_codes(self, keys: Sequence[str]) -> "Readings":
        """Return the readings of some of the codes only, in the order given."""
        places = [self.codes.index(key) for key in keys]
        return replace(
            self,
            codes=tuple(keys),
            numbers=self.numbers[:, :, places],
            cells=self.cells[:, :, places],
        )

    def used_codes(self) -> tuple[str, ...]:
        """Return the codes about which at least one reader said something."""
        used = (self.cells != Cell.NOT_CODED).any(axis=(0, 1))
        return tuple(key for key, is_used in zip(self.codes, used, strict=True) if is_used)

    def used_dimensions(self) -> tuple[str, ...]:
        """Return the dimensions about which at least one reader said something."""
        used = set(self.used_codes())
        return tuple(
            dimension
            for dimension in self.codebook.dimensions()
            if used & {self.codes[place] for place in self.columns_of(dimension)}
        )

    @property
    def metric(self) -> str:
        """Return the level of measurement under which values differ."""
        return "ordinal" if self.codebook.scale.level is Level.ORDINAL else "nominal"

    @cached_property
    def data_hash(self) -> str:
        """Return the SHA-256 of everything the figures rest on, the same on every machine."""
        words = json.dumps(
            [
                self.readers,
                self.accounts,
                self.codes,
                {name: self.attributes[name].tolist() for name in sorted(self.attributes)},
                self._who_told().tolist(),
                [(c.key, c.parent, self.codebook.dimension_of(c)) for c in self.codebook.codes],
                sorted(self.codebook.scale.values),
            ],
            ensure_ascii=False,
        )
        known = np.where(self.cells == Cell.VALUE, self.numbers, 0).astype("<i2")
        cells = self.cells.astype("<i1")
        return hashlib.sha256(words.encode() + known.tobytes() + cells.tobytes()).hexdigest()

    def _who_told(self) -> NDArray[np.int64]:
        """Number the narrators as they first appear, whatever numbers an archive gave them."""
        _, first, who = np.unique(self.narrators, return_index=True, return_inverse=True)
        return np.argsort(np.argsort(first))[who]
