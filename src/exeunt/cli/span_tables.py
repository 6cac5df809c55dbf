"""The tables of agreement on what was marked in texts."""

from exeunt.cli.showing import say, show_table
from exeunt.methods.agreement import standing_of
from exeunt.methods.span_agreement import SpanAgreements
from exeunt.stages.findings.formats.composition.span_pages import (
    PLURAL,
    coefficient,
    family_lines,
)
from exeunt.stages.findings.formats.composition.wording import alpha, decimal, percent

STRETCHES = ("alpha-U [95 %]", "(k)u [95 %]")
NUMBERS = ("units", "marked", "agree", "alpha [95 %]", "kappa", "AC1", *STRETCHES)


def show_span_agreement(found: SpanAgreements) -> None:
    """Print agreement on marks: code by code, on marking anything, and over all codes."""
    if not found.codes:
        say(f"Nobody has marked anything in {found.texts} texts that two readers have completed.")
        return
    _show_units(found)
    _show_stretches(found)
    _show_anything(found)
    _show_family(found)


def _show_units(found: SpanAgreements) -> None:
    units = PLURAL[found.unit]
    show_table(
        f"Agreement on marks with each code, by {units}",
        [
            {
                "code": row.code,
                "reason": row.label,
                "units": str(row.agreement.units),
                "marked": percent(row.agreement.prevalence),
                "agree": percent(row.agreement.percent),
                "alpha [95 %]": alpha(row.agreement),
                "": row.agreement.standing.value,
            }
            for row in found.codes
        ],
        note=f"{found.texts} texts that two readers have completed. Firm from .80, tentative from "
        ".667. Intervals from drawing whole texts anew.",
        right=NUMBERS,
    )


def _show_stretches(found: SpanAgreements) -> None:
    show_table(
        "Agreement on stretches with each code, and other coefficients",
        [
            {
                "code": row.code,
                "alpha-U [95 %]": coefficient(row.u),
                "(k)u [95 %]": coefficient(row.ku),
                "kappa": decimal(row.agreement.kappa),
                "AC1": decimal(row.agreement.ac1),
            }
            for row in found.codes
        ],
        note="alpha-U: where stretches begin and end. (k)u: on the code, where another reader "
        "marked something too.",
        right=NUMBERS,
    )


def _show_anything(found: SpanAgreements) -> None:
    show_table(
        "Agreement on whether anything was marked at all",
        [
            {
                "dimension": row.dimension,
                "units": str(row.agreement.units),
                "marked": percent(row.agreement.prevalence),
                "agree": percent(row.agreement.percent),
                "alpha [95 %]": alpha(row.agreement),
                "": row.agreement.standing.value,
            }
            for row in found.anything
        ],
        right=NUMBERS,
    )


def _show_family(found: SpanAgreements) -> None:
    show_table(
        "Krippendorff's family for unitized texts, all codes together",
        [
            {
                "coefficient": name,
                "on": what.partition(":")[0],
                "alpha [95 %]": coefficient(one),
                "speaks for": percent(one.covers),
                "": standing_of(one.alpha).value,
            }
            for name, what, one in family_lines(found)
        ],
        right=("alpha [95 %]", "speaks for"),
    )
