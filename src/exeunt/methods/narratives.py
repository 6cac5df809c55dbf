"""From readings to narratives: how often each reason was given, and by whose reading.

Everything here starts from ``Readings`` and returns rows of plain numbers; what may be
ranked, compared or headlined is decided by the stage that publishes them.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from exeunt.methods.agreement import Agreement, agreement_of
from exeunt.methods.consistency import MessageConsistency, message_consistency
from exeunt.methods.cooccurrence import Intersection, intersections
from exeunt.methods.pathways import Crossing, crossings
from exeunt.methods.proportions import (
    OddsRatio,
    Reading,
    Share,
    as_given,
    combine,
    odds_ratio,
    shares_among_all,
    shares_among_stated,
)
from exeunt.methods.readings import Blanks, Readings, Values

SEED = 2015
TIMES = 1000
ALONE = 1


class CodeAgreement(NamedTuple):
    """Agreement on one code, or (with an empty code) on whether anything was stated."""

    code: str
    label: str
    dimension: str
    agreement: Agreement


class Way(NamedTuple):
    """One way of reading the accounts: a single reader, or several made one.

    ``values`` has the shape (accounts, codes), NaN where missing.
    """

    name: str
    values: Values


class WayShares(NamedTuple):
    """How often one code was given in one way of reading, with both denominators."""

    way: str
    among_stated: Share
    among_all: Share


class Narrative(NamedTuple):
    """One reason: how often it was given in each way of reading, and how sure the coders are."""

    code: str
    label: str
    dimension: str
    ways: tuple[WayShares, ...]
    agreement: Agreement

    def share(self, way: str) -> Share:
        """Return the share among those with a stated reason in one way of reading."""
        return next(shares.among_stated for shares in self.ways if shares.way == way)


class Sliced(NamedTuple):
    """One reason among the accounts that share one value of an attribute."""

    attribute: str
    value: str
    code: str
    label: str
    share: Share


class Compared(NamedTuple):
    """The odds of one reason among the accounts with a value of an attribute, against others."""

    attribute: str
    value: str
    code: str
    label: str
    odds: OddsRatio


def agreements(
    readings: Readings, *, blanks: Blanks = Blanks.MISSING, times: int = TIMES, seed: int = SEED
) -> list[CodeAgreement]:
    """Measure agreement on every code that anybody used, in the codebook's order.

    Intervals come from drawing accounts; accounts of one narrator are drawn together.
    """
    values = readings.values(blanks)
    used = set(readings.used_codes())
    return [
        CodeAgreement(
            key,
            label_of(readings, key),
            dimension_of(readings, key),
            _agreement(
                readings,
                values[:, :, place],
                readings.metric,
                times=times,
                seed=seed,
                categories=list(readings.codebook.scale.values),
            ),
        )
        for place, key in enumerate(readings.codes)
        if key in used
    ]


def agreements_on_stating(
    readings: Readings, *, times: int = TIMES, seed: int = SEED
) -> list[CodeAgreement]:
    """Measure agreement on whether anything at all was stated, for each dimension."""
    return [
        CodeAgreement(
            "",
            f"Any reason of “{dimension}” stated",
            dimension,
            _agreement(
                readings,
                readings.stated(dimension),
                "nominal",
                times=times,
                seed=seed,
                categories=[0, 1],
            ),
        )
        for dimension in readings.used_dimensions()
    ]


def _agreement(
    readings: Readings,
    ratings: Values,
    metric: str,
    *,
    times: int,
    seed: int,
    categories: Sequence[int],
) -> Agreement:
    if len(ratings) == ALONE:
        return _untold(ratings)
    return agreement_of(
        ratings,
        metric=metric,
        times=times,
        seed=seed,
        clusters=clusters_of(readings),
        categories=categories,
    )


def _untold(ratings: Values) -> Agreement:
    """Return what can be said where only one coder has read: how often the code was given."""
    given = ratings[~np.isnan(ratings)]
    return Agreement(
        coders=ALONE,
        units=0,
        values=0,
        prevalence=float((given != 0).mean()) if given.size else None,
        percent=None,
        alpha=None,
        interval=None,
        kappa=None,
        ac1=None,
    )


def ways_of(readings: Readings, blanks: Blanks = Blanks.MISSING) -> list[Way]:
    """Return each reader's own reading, then what all of them and any of them say.

    Last comes what was agreed or settled, where anything has been settled.
    """
    values = readings.values(blanks)
    alone = [Way(name, values[place]) for place, name in enumerate(readings.readers)]
    if len(alone) == ALONE:
        return alone
    joint = [
        Way(Reading.BY_ALL.value, _by_all(readings, values)),
        Way(Reading.BY_ANY.value, combine(values, how=Reading.BY_ANY)),
    ]
    if readings.settled is not None:
        joint.append(Way(Reading.SETTLED.value, as_given(readings.settled_values(blanks))))
    return alone + joint


def _by_all(readings: Readings, values: Values) -> Values:
    """Return what all say who were to read an account; unknown while one of them is awaited."""
    if readings.due is None:
        return combine(values, how=Reading.BY_ALL)
    joined = combine(values, how=Reading.BY_ALL, due=readings.due.readers)
    joined[readings.due.awaited] = np.nan
    return joined


def way_called(readings: Readings, name: str, blanks: Blanks = Blanks.MISSING) -> Way:
    """Return one way of reading; raises ValueError and names the ways there are."""
    ways = ways_of(readings, blanks)
    found = next((way for way in ways if way.name == name), None)
    if found is None:
        known = ", ".join(way.name for way in ways)
        raise ValueError(f"there is no reading “{name}”; there are: {known}")
    return found


def leading_way(readings: Readings, how: Reading = Reading.BY_ALL) -> str:
    """Return the way that patterns are drawn from: the one that is asked for, or the only one."""
    return readings.readers[0] if len(readings.readers) == ALONE else how.value


def narratives(
    readings: Readings, agreed: Sequence[CodeAgreement], blanks: Blanks = Blanks.MISSING
) -> list[Narrative]:
    """Count every reason that anybody coded, in every way of reading."""
    ways = [
        (way.name, shares_among_stated(way.values), shares_among_all(way.values))
        for way in ways_of(readings, blanks)
    ]
    place = {key: at for at, key in enumerate(readings.codes)}
    return [
        Narrative(
            code=row.code,
            label=row.label,
            dimension=row.dimension,
            ways=tuple(
                WayShares(name, stated[place[row.code]], everyone[place[row.code]])
                for name, stated, everyone in ways
            ),
            agreement=row.agreement,
        )
        for row in agreed
    ]


def sliced(readings: Readings, way: Way, attribute: str, *, codes: Sequence[str]) -> list[Sliced]:
    """Count reasons within each value of an attribute, among those with a stated reason."""
    words = readings.attributes[attribute]
    given = _columns(readings, way, codes)
    return [
        Sliced(attribute, value, code, label_of(readings, code), share)
        for value in np.unique(words).tolist()
        for code, share in zip(codes, shares_among_stated(given[words == value]), strict=True)
    ]


def compared(
    readings: Readings, way: Way, where: tuple[str, str], *, codes: Sequence[str]
) -> list[Compared]:
    """Compare the odds of each reason between accounts with one attribute's value and all others.

    ``where`` is (attribute, value), for an attribute that is known for every account; codes
    with nothing to compare are left out.
    """
    attribute, value = where
    member = np.where(readings.attributes[attribute] == value, 1.0, 0.0)
    given = _columns(readings, way, codes)
    odds = [(code, odds_ratio(given[:, at], member)) for at, code in enumerate(codes)]
    return [
        Compared(attribute, value, code, label_of(readings, code), ratio)
        for code, ratio in odds
        if ratio is not None
    ]


def combinations(readings: Readings, way: Way, *, codes: Sequence[str]) -> list[Intersection]:
    """Count which of these codes were given together, and alone."""
    return intersections(_columns(readings, way, codes), codes)


def joining_by_leaving(
    readings: Readings, way: Way, *, joining: Sequence[str], leaving: Sequence[str]
) -> list[Crossing]:
    """Cross the reasons for joining with those for leaving."""
    return crossings(
        _columns(readings, way, joining),
        _columns(readings, way, leaving),
        joining_codes=joining,
        leaving_codes=leaving,
    )


def consistency_of(
    readings: Readings, way: Way, *, codes: Sequence[str], times: int = TIMES, seed: int = SEED
) -> MessageConsistency | None:
    """Compare how alike narrators' messages are with chance; one account for each narrator.

    It is the narrator's first account with a value for every code.
    """
    given = _columns(readings, way, codes)
    told = np.flatnonzero(~np.isnan(given).any(axis=1))
    _, first = np.unique(readings.narrators[told], return_index=True)
    given = given[told[np.sort(first)]]
    return message_consistency(given, rng=np.random.default_rng(seed), times=times)


def label_of(readings: Readings, key: str) -> str:
    """Return a code's label, or its key where the codebook does not know it."""
    code = readings.codebook.code(key)
    return code.label if code is not None else key


def dimension_of(readings: Readings, key: str) -> str:
    """Return a code's own dimension, or the one it inherits."""
    code = readings.codebook.code(key)
    return readings.codebook.dimension_of(code) if code is not None else ""


def clusters_of(readings: Readings) -> NDArray[np.int64] | None:
    """Return whose account each is, or None where everybody gave only one."""
    narrators = readings.narrators
    return narrators if len(np.unique(narrators)) < len(narrators) else None


def _columns(readings: Readings, way: Way, codes: Sequence[str]) -> Values:
    return way.values[:, [readings.codes.index(code) for code in codes]]
