"""What several readers said of the same accounts, as plain arrays, with every gap kept."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import NamedTuple

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


class Settled(NamedTuple):
    """The study's own answer for each account and code: what was agreed or settled.

    Both have the shape (accounts, codes); where nothing is agreed the cell is not coded.
    """

    numbers: NDArray[np.int16]
    cells: States

    def of_accounts(self, kept: NDArray[np.bool_]) -> "Settled":
        """Return the answer for some of the accounts only."""
        return Settled(self.numbers[kept], self.cells[kept])

    def of_codes(self, places: Sequence[int]) -> "Settled":
        """Return the answer for the codes at these places."""
        return Settled(self.numbers[:, places], self.cells[:, places])


class Due(NamedTuple):
    """Who was to read what, where not everybody reads everything.

    ``readers`` has the shape (readers, accounts); ``awaited`` marks accounts that somebody is to
    read who has not begun at all.
    """

    readers: NDArray[np.bool_]
    awaited: NDArray[np.bool_]

    def of_accounts(self, kept: NDArray[np.bool_]) -> "Due":
        """Return who was to read some of the accounts."""
        return Due(self.readers[:, kept], self.awaited[kept])


@dataclass(frozen=True)
class Readings:
    """One value for each reader, account and code.

    ``cells`` and ``numbers`` have the shape (readers, accounts, codes); ``numbers`` counts
    only where the cell is ``Cell.VALUE``. ``attributes`` has an array of words for each
    attribute, in the order of the accounts. ``marked`` says that the values were made of what
    readers marked in texts, where nobody writes a 0. Without ``due``, everybody was to read
    everything; without ``settled``, nothing has been settled.
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
    marked: bool = False
    due: Due | None = None
    settled: Settled | None = None

    def __post_init__(self) -> None:
        """Refuse arrays that do not fit each other."""
        shape = len(self.readers), len(self.accounts), len(self.codes)
        if self.numbers.shape != shape or self.cells.shape != shape:
            raise ValueError(f"values and gaps must have the shape {shape}")

    def values(self, blanks: Blanks = Blanks.MISSING) -> Values:
        """Return numbers with NaN for what is missing, shape (readers, accounts, codes)."""
        return self._as_values(self.numbers, self.cells, blanks)

    def settled_values(self, blanks: Blanks = Blanks.MISSING) -> Values:
        """Return the study's own answer as ``values`` does a reader's, shape (accounts, codes).

        Raises ValueError where nothing has been settled.
        """
        if self.settled is None:
            raise ValueError("nothing has been settled")
        numbers, cells = self.settled
        alone = self._as_values(numbers[np.newaxis], cells[np.newaxis], blanks)
        return alone.reshape(cells.shape)

    def _as_values(self, numbers: NDArray[np.int16], cells: States, blanks: Blanks) -> Values:
        """Put NaN for what is missing.

        Of what is marked nobody writes a 0. Where a reader marked anything of a dimension, the
        other codes of it were not given; where nothing of it was marked, nothing was stated.
        """
        values = np.where(cells == Cell.VALUE, numbers, np.nan)
        blank = cells == Cell.NOT_MENTIONED
        if blanks is Blanks.NOT_MENTIONED:
            values[blank] = 0
        elif self.marked:
            values[blank & self._stated_beside(cells)] = 0
        return values

    def _stated_beside(self, cells: States) -> NDArray[np.bool_]:
        """Tell of each cell whether anything of its code's dimension was stated."""
        beside = np.zeros(cells.shape, dtype=bool)
        for dimension in {*self._dimensions()}:
            columns = [at for at, found in enumerate(self._dimensions()) if found == dimension]
            anything = (cells[:, :, columns] == Cell.VALUE).any(axis=2)
            beside[:, :, columns] = anything[:, :, np.newaxis]
        return beside

    def _dimensions(self) -> tuple[str, ...]:
        """Return the dimension of each code, in the order of the codes."""
        known = (self.codebook.code(key) for key in self.codes)
        return tuple(self.codebook.dimension_of(code) if code else "" for code in known)

    def stated(self, dimension: str) -> Values:
        """Return 1 where a reader found anything of a dimension stated, 0 where nothing was.

        Shape (readers, accounts); NaN where a reader has not coded the account or could
        not tell. Blanks decide this figure and are therefore never treated away.
        """
        cells = self.cells[:, :, self.columns_of(dimension)]
        anything = (cells == Cell.VALUE).any(axis=2)
        nothing = (cells == Cell.NOT_MENTIONED).any(axis=2) & ~anything
        return np.where(anything, 1.0, np.where(nothing, 0.0, np.nan))

    def stated_by_all(self, dimension: str) -> NDArray[np.bool_]:
        """Tell for each account whether all who were to read it found anything stated."""
        found = self.stated(dimension) == 1
        if self.due is None:
            return np.asarray(found.all(axis=0))
        due, awaited = self.due
        return np.asarray((found | ~due).all(axis=0) & due.any(axis=0) & ~awaited)

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
            due=self.due.of_accounts(kept) if self.due is not None else None,
            settled=self.settled.of_accounts(kept) if self.settled is not None else None,
        )

    def with_codes(self, keys: Sequence[str]) -> "Readings":
        """Return the readings of some of the codes only, in the order given."""
        places = [self.codes.index(key) for key in keys]
        return replace(
            self,
            codes=tuple(keys),
            numbers=self.numbers[:, :, places],
            cells=self.cells[:, :, places],
            settled=self.settled.of_codes(places) if self.settled is not None else None,
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
        known = _hashed(self.numbers, self.cells)
        return hashlib.sha256(words.encode() + known + self._more_to_hash()).hexdigest()

    def _more_to_hash(self) -> bytes:
        """Return what else figures rest on, where there is any: a hash outlives what is added."""
        more = b"marked" if self.marked else b""
        if self.due is not None:
            more += b"due" + self.due.readers.tobytes() + self.due.awaited.tobytes()
        return more + (b"settled" + _hashed(*self.settled) if self.settled is not None else b"")

    def _who_told(self) -> NDArray[np.int64]:
        """Number the narrators as they first appear, whatever numbers an archive gave them."""
        _, first, who = np.unique(self.narrators, return_index=True, return_inverse=True)
        return np.argsort(np.argsort(first))[who]


def _hashed(numbers: NDArray[np.int16], cells: States) -> bytes:
    known = np.where(cells == Cell.VALUE, numbers, 0).astype("<i2")
    return known.tobytes() + cells.astype("<i1").tobytes()
