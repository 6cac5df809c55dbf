"""Charts from plain rows; each gives its Vega-Lite form, its picture and its numbers."""

from exeunt.stages.findings.formats.charts.combinations import (
    Combination,
    Crossing,
    crossings,
    upset,
)
from exeunt.stages.findings.formats.charts.nulls import NullWords, null_strip
from exeunt.stages.findings.formats.charts.odds import OddsRatio, OddsWords, odds_ratio_dots
from exeunt.stages.findings.formats.charts.readers import (
    ReaderWords,
    Reading,
    Reliability,
    alpha_dots,
    reader_dots,
)
from exeunt.stages.findings.formats.charts.shares import (
    PeriodShare,
    Share,
    periods,
    share_bars,
)
from exeunt.stages.findings.formats.drawn import Chart

__all__ = [
    "Chart",
    "Combination",
    "Crossing",
    "NullWords",
    "OddsRatio",
    "OddsWords",
    "PeriodShare",
    "ReaderWords",
    "Reading",
    "Reliability",
    "Share",
    "alpha_dots",
    "crossings",
    "null_strip",
    "odds_ratio_dots",
    "periods",
    "reader_dots",
    "share_bars",
    "upset",
]
