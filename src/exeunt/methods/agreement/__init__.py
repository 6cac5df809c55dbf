"""Do two readers agree? Krippendorff's alpha with its interval, and its relatives.

Ratings are a table of shape (coders, units), NaN where a coder gave none. Every coefficient
is 1 where all agree and near 0 where chance would do as well, and None where nothing can be
said. `agreement_of` gathers what a report shows; the rest measures one thing each.
"""

from exeunt.methods.agreement.alpha import krippendorff_alpha
from exeunt.methods.agreement.disagreement import Metric, Weights
from exeunt.methods.agreement.gwet import gwet_ac1, gwet_ac2
from exeunt.methods.agreement.intervals import Interval, bootstrap_interval
from exeunt.methods.agreement.kappas import cohen_kappa, fleiss_kappa, scott_pi
from exeunt.methods.agreement.observed import percent_agreement
from exeunt.methods.agreement.standing import Standing, standing_of
from exeunt.methods.agreement.summary import Agreement, agreement_of

__all__ = [
    "Agreement",
    "Interval",
    "Metric",
    "Standing",
    "Weights",
    "agreement_of",
    "bootstrap_interval",
    "cohen_kappa",
    "fleiss_kappa",
    "gwet_ac1",
    "gwet_ac2",
    "krippendorff_alpha",
    "percent_agreement",
    "scott_pi",
    "standing_of",
]
