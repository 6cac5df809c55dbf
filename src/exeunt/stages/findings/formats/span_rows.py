"""Agreement on marks as flat rows: what an answer keeps, and scripts and frames are handed."""

from collections.abc import Iterator
from typing import Any

from exeunt.methods.agreement import Agreement, standing_of
from exeunt.methods.codebooks import Codebook
from exeunt.methods.span_agreement import SpanAgreements, SpanCode
from exeunt.methods.unitizing import Coefficient

CODE, ANYTHING, FAMILY = "code", "anything", "family"
Row = dict[str, Any]


def span_rows(found: SpanAgreements, codebook: Codebook, *, invented: bool) -> list[Row]:
    """Return a row for each code, then for whether anything was marked, then the whole family.

    Every row says its ``kind``, the unit that texts were cut into, and on how many texts it rests.
    """
    places = {code.key: place for place, code in enumerate(codebook.codes)}
    base = {"unit": found.unit.value, "texts": found.texts, "invented": invented}
    rows = [
        *(_code_row(row) | {"place": places[row.code]} for row in found.codes),
        *(
            {"kind": ANYTHING, "dimension": row.dimension, **_of_units(row.agreement)}
            for row in found.anything
        ),
        *_family_rows(found),
    ]
    return [base | row for row in rows]


def _code_row(row: SpanCode) -> Row:
    return {
        "kind": CODE,
        "code": row.code,
        "label": row.label,
        "dimension": row.dimension,
        **_of_units(row.agreement),
        **_named("alpha_u", row.u),
        **_named("ku", row.ku),
    }


def _of_units(found: Agreement) -> Row:
    interval = found.interval
    return {
        "coders": found.coders,
        "units": found.units,
        "prevalence": found.prevalence,
        "percent": found.percent,
        "alpha": found.alpha,
        "low": interval.low if interval is not None else None,
        "high": interval.high if interval is not None else None,
        "doubt": interval.doubt if interval is not None else None,
        "kappa": found.kappa,
        "ac1": found.ac1,
        "standing": found.standing.value,
        "says": found.standing.wording,
    }


def _named(name: str, found: Coefficient | None) -> Row:
    interval = found.interval if found is not None else None
    return {
        name: found.alpha if found is not None else None,
        f"{name}_low": interval.low if interval is not None else None,
        f"{name}_high": interval.high if interval is not None else None,
        f"{name}_covers": found.covers if found is not None else None,
    }


def _family_rows(found: SpanAgreements) -> Iterator[Row]:
    family = found.family
    for measure, one in (("u", family.u), ("bar_u", family.bar_u), ("cu", family.cu)):
        standing = standing_of(one.alpha)
        yield {
            "kind": FAMILY,
            "measure": measure,
            "coders": family.coders,
            "units": family.units,
            "length": family.length,
            "alpha": one.alpha,
            "low": one.interval.low if one.interval is not None else None,
            "high": one.interval.high if one.interval is not None else None,
            "covers": one.covers,
            "observed": one.observed,
            "expected": one.expected,
            "standing": standing.value,
            "says": standing.wording,
        }
