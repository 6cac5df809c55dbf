"""Krippendorff's four coefficients for unitized continua, with intervals."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from exeunt.methods.agreement.ratings import FloatArray
from exeunt.methods.unitizing.coefficients import (
    Coefficient,
    FamilyDisagreements,
    coefficient_of,
    disagreements_of,
    drawn_again,
    one_behind_the_other,
    totals_of,
)
from exeunt.methods.unitizing.documents import Document, Value
from exeunt.methods.unitizing.sums import Counts, Sums, pairable, sums_of
from exeunt.methods.unitizing.units import Label


class Unitizing(NamedTuple):
    """How well coders agreed on where stretches are, and on what they are.

    ``u``: on all of it, where units begin and end and which value they have. ``bar_u`` (|u): on
    what is marked at all, whatever the value. ``cu``: on the values, where two coders marked
    something. ``ku`` ((k)u): on one value, there. ``coders``, ``documents``, ``units`` and
    ``length`` count what two coders read.
    """

    coders: int
    documents: int
    units: int
    length: int
    u: Coefficient
    bar_u: Coefficient
    cu: Coefficient
    ku: dict[Label, Coefficient]

    def of(self, *values: Value) -> Coefficient | None:
        """Return (k)u of a value, or of several that were given together; None if never given."""
        return self.ku.get(frozenset(values))


def unitizing_of(
    documents: Iterable[Document],
    *,
    times: int = 0,
    generator: np.random.Generator | None = None,
    level: float = 0.95,
) -> Unitizing:
    """Measure how well coders agreed on the stretches of texts and on their values.

    Documents that fewer than two coders read are left out. Where each document was read by the
    same coders the coefficients are Krippendorff's, of the documents laid end to end; a missing
    reading counts as a missing value does in alpha. With ``times`` above 0 each coefficient has a
    percentile interval: whole documents are drawn again by the ``generator``, which makes the
    same interval from the same documents in the same order. With a single document there is none.

    Raises ValueError on spans that leave their document, on times or a level that are none, and
    where there is nothing to draw with.

    >>> both = {"Amina": [(0, 4, "joining"), (6, 9, "leaving")], "Boris": [(0, 4, "joining")]}
    >>> found = unitizing_of([Document(10, both)])
    >>> round(found.u.alpha, 3), found.cu.alpha, found.units
    (0.573, None, 3)
    """
    sums, counts = sums_of(pairable(documents))
    found = disagreements_of(totals_of(sums, np.ones((1, sums.documents))))
    width = len(sums.labels) + 1
    drawn = drawn_again(sums.documents, times=times, generator=generator, width=width)
    return _told(found, _sampled(sums, drawn), sums=sums, counts=counts, level=level)


def _sampled(sums: Sums, drawn: list[FloatArray]) -> FamilyDisagreements | None:
    if not drawn:
        return None
    parts = [disagreements_of(totals_of(sums, weights)) for weights in drawn]
    return FamilyDisagreements(*map(one_behind_the_other, zip(*parts, strict=True)))


def _told(
    found: FamilyDisagreements,
    samples: FamilyDisagreements | None,
    *,
    sums: Sums,
    counts: Counts,
    level: float,
) -> Unitizing:
    u, bar_u, cu = (
        coefficient_of(one, None if samples is None else samples[place].alpha, level=level)
        for place, one in enumerate(found[:3])
    )
    of_values = None if samples is None else samples.ku.alpha
    ku = {
        label: coefficient_of(
            found.ku,
            None if of_values is None else of_values[:, place],
            level=level,
            place=place,
        )
        for place, label in enumerate(sums.labels)
    }
    return Unitizing(counts.coders, sums.documents, counts.units, counts.length, u, bar_u, cu, ku)
