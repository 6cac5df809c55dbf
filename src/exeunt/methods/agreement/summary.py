"""Everything a table of agreement shows about one code."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from exeunt.methods.agreement.alpha import krippendorff_alpha
from exeunt.methods.agreement.disagreement import Metric
from exeunt.methods.agreement.gwet import gwet_ac1
from exeunt.methods.agreement.intervals import Interval, bootstrap_interval
from exeunt.methods.agreement.kappas import cohen_kappa, fleiss_kappa
from exeunt.methods.agreement.observed import percent_agreement
from exeunt.methods.agreement.ratings import (
    PAIR,
    FloatArray,
    as_lengths,
    as_ratings,
    how_many_rated,
)
from exeunt.methods.agreement.standing import Standing, standing_of


class Agreement(NamedTuple):
    """How well coders agreed on one code; None stands for what cannot be told.

    ``units`` counts those that two coders rated, ``values`` the ratings in them, and
    ``prevalence`` is the share of these that are not zero. ``percent`` (a share from 0 to 1),
    ``kappa`` (Cohen's for two coders, Fleiss' for more) and ``ac1`` take any two different
    values as different, whatever the metric of ``alpha``.
    """

    coders: int
    units: int
    values: int
    prevalence: float | None
    percent: float | None
    alpha: float | None
    interval: Interval | None
    kappa: float | None
    ac1: float | None

    @property
    def standing(self) -> Standing:
        """Say how far conclusions may lean on this code."""
        return standing_of(self.alpha)


def agreement_of(
    ratings: ArrayLike,
    *,
    metric: str = Metric.NOMINAL,
    times: int = 1000,
    seed: int,
    clusters: ArrayLike | None = None,
    categories: ArrayLike | None = None,
    lengths: ArrayLike | None = None,
) -> Agreement:
    """Measure the agreement on one code in every way that the table shows.

    ``ratings`` has the shape (coders, units), NaN where missing. ``clusters`` are for the
    interval (whole accounts are drawn), ``categories`` for AC1 (what could have been given).
    ``lengths`` says how many units a column stands for, such as the characters of a run; it
    needs clusters.
    """
    table = as_ratings(ratings)
    sizes = np.where(how_many_rated(table) >= PAIR, as_lengths(lengths, table), 0)
    given = ~np.isnan(table)
    values, not_zero = (float((these @ sizes).sum()) for these in (given, given & (table != 0)))
    interval = bootstrap_interval(
        table, metric=metric, clusters=clusters, lengths=lengths, times=times, seed=seed
    )
    return Agreement(
        coders=len(table),
        units=round(float(sizes.sum())),
        values=round(values),
        prevalence=not_zero / values if values else None,
        percent=percent_agreement(table, lengths=lengths),
        alpha=krippendorff_alpha(table, metric=metric, lengths=lengths),
        interval=interval,
        kappa=_kappa(table, lengths),
        ac1=gwet_ac1(table, categories=categories, lengths=lengths),
    )


def _kappa(table: FloatArray, lengths: ArrayLike | None) -> float | None:
    if len(table) == PAIR:
        return cohen_kappa(table[0], table[1], lengths=lengths)
    return fleiss_kappa(table, lengths=lengths)
