"""Agreement on each code by itself: its stretches, and all the rest of the text.

The coefficient u of two values, the code and not the code. Codes may overlap freely, since no
other code is looked at. Over codes, disagreements are added up before they are divided, as
Krippendorff (1995) did with his first coefficient, so that a code counts as much as chance could
have made coders differ on it.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from exeunt.methods.agreement.ratings import FloatArray
from exeunt.methods.unitizing.coefficients import (
    Coefficient,
    Disagreements,
    coefficient_of,
    disagreements_of,
    drawn_again,
    one_behind_the_other,
    totals_of,
)
from exeunt.methods.unitizing.documents import Document, Value, only
from exeunt.methods.unitizing.sums import Sums, pairable, sums_of


class ByCode(NamedTuple):
    """Agreement on each code, and over all of them."""

    codes: dict[Value, Coefficient]
    over_codes: Coefficient


def unitizing_by_code(
    documents: Iterable[Document],
    *,
    codes: Iterable[Value] | None = None,
    times: int = 0,
    generator: np.random.Generator | None = None,
    level: float = 0.95,
) -> ByCode:
    """Measure how well coders agreed on where each code applies, whatever else applies there.

    ``codes`` are all that were given, unless some are named; one that nobody gave has no
    coefficient. Intervals are as those of `unitizing_of`; all codes share the same samples.

    Raises ValueError as `unitizing_of` does.

    >>> both = {"Amina": [(0, 4, "L1"), (2, 9, "L2")], "Boris": [(0, 4, "L1"), (3, 9, "L2")]}
    >>> found = unitizing_by_code([Document(10, both)])
    >>> found.codes["L1"].alpha, round(found.codes["L2"].alpha, 3)
    (1.0, 0.831)
    """
    spans = pairable(documents)
    wanted = list(spans.values if codes is None else codes)
    number = spans.offsets.size - 1
    drawn = drawn_again(number, times=times, generator=generator, width=1)
    sums = [sums_of(only(spans, code))[0] for code in wanted]
    found = [disagreements_of(totals_of(one, np.ones((1, number)))).u for one in sums]
    samples = [_sampled(one, drawn) for one in sums] if drawn else []
    of_each = [
        coefficient_of(one, samples[place].alpha if samples else None, level=level)
        for place, one in enumerate(found)
    ]
    return ByCode(
        dict(zip(wanted, of_each, strict=True)),
        coefficient_of(_over(found), _over(samples).alpha if samples else None, level=level),
    )


def _sampled(sums: Sums, drawn: list[FloatArray]) -> Disagreements:
    return one_behind_the_other(disagreements_of(totals_of(sums, weights)).u for weights in drawn)


def _over(codes: list[Disagreements]) -> Disagreements:
    """Add up codes: every document counts in all of them, so shares are as good as lengths."""
    nothing: FloatArray = np.full(1, np.nan)
    if not codes:
        return Disagreements(nothing, nothing, nothing)
    observed, expected = (np.mean([one[which] for one in codes], axis=0) for which in (0, 1))
    return Disagreements(observed, expected, codes[0].covers)
