"""Lines of a page, with every number as the report says it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from exeunt.methods.proportions import Share
from exeunt.stages.findings.formats.composition.wording import (
    MINUS,
    NONE,
    RANGE,
    counted,
    decimal,
    percent,
)

HUNDRED = 100


class Bar(NamedTuple):
    """Where a bar and its interval end, in percent."""

    at: float
    low: float | None
    high: float | None


class SaidLine(NamedTuple):
    """How often one reason was given."""

    code: str
    label: str
    percent: str
    counted: str
    bar: Bar


class AgreementLine(NamedTuple):
    """How far coders agree on one code, or (without a code) on whether anything was stated."""

    code: str
    label: str
    dimension: str
    coders: str
    units: str
    prevalence: str
    percent: str
    alpha: str
    interval: str
    doubt: str
    kappa: str
    ac1: str
    standing: str
    says: str


class SpanLine(NamedTuple):
    """How far coders agree on marks with one code, or on whether a dimension was marked at all.

    ``place`` is the code's in the codebook, by which the list of stretches is narrowed.
    """

    place: int | None
    line: AgreementLine
    alpha_u: str
    ku: str


class FamilyLine(NamedTuple):
    """One coefficient of the family over all codes, by its short name."""

    measure: str
    alpha: str
    interval: str
    covers: str
    standing: str
    says: str


def span_line(row: Mapping[str, Any]) -> SpanLine:
    """Say a line of the table of agreement on marks, from the plain row that an answer keeps."""
    named = {"code": "", "label": "", **row}
    return SpanLine(
        place=row.get("place"),
        line=agreement_line(named),
        alpha_u=_with_interval(row, "alpha_u"),
        ku=_with_interval(row, "ku"),
    )


def family_line(row: Mapping[str, Any]) -> FamilyLine:
    """Say one coefficient of the family."""
    return FamilyLine(
        measure=row["measure"],
        alpha=decimal(row["alpha"], 3),
        interval=_interval(row["low"], row["high"]),
        covers=percent(row["covers"]),
        standing=row["standing"],
        says=row["says"],
    )


def _with_interval(row: Mapping[str, Any], name: str) -> str:
    if row.get(name) is None:
        return NONE
    interval = _interval(row[f"{name}_low"], row[f"{name}_high"])
    said = decimal(row[name], 3)
    return said if interval == NONE else f"{said} {interval}"


def said_line(code: str, label: str, share: Share) -> SaidLine:
    """Say how often a reason was given."""
    value, low, high = share.value or 0.0, share.low, share.high
    return SaidLine(
        code=code,
        label=label,
        percent=percent(share.value),
        counted=counted(share),
        bar=Bar(round(HUNDRED * value, 1), _end(low), _end(high)),
    )


def agreement_line(row: Mapping[str, Any]) -> AgreementLine:
    """Say a line of the agreement table, from the plain row that an answer keeps."""
    return AgreementLine(
        code=row["code"],
        label=row["label"],
        dimension=row["dimension"],
        coders=str(row["coders"]),
        units=str(row["units"]),
        prevalence=percent(row["prevalence"]),
        percent=percent(row["percent"]),
        alpha=decimal(row["alpha"], 3),
        interval=_interval(row["low"], row["high"]),
        doubt=percent(row["doubt"]),
        kappa=decimal(row["kappa"]),
        ac1=decimal(row["ac1"]),
        standing=row["standing"],
        says=row["says"],
    )


def _interval(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return NONE
    said = decimal(low)
    return f"[{said}{', ' if MINUS in said else RANGE}{decimal(high)}]"


def _end(share: float | None) -> float | None:
    return None if share is None else round(HUNDRED * share, 1)
