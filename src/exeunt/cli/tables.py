"""The tables that several commands print."""

from collections.abc import Sequence

from exeunt.cli.showing import say, show_table
from exeunt.errors import Refusal
from exeunt.methods.narratives import CodeAgreement, Narrative
from exeunt.methods.proportions import Reading
from exeunt.stages.findings.formats.composition.reason_pages import in_order
from exeunt.stages.findings.formats.composition.wording import (
    alpha,
    counted,
    decimal,
    interval,
    odds,
    percent,
)
from exeunt.stages.findings.formats.facts import Facts
from exeunt.stages.findings.rules.claims import FEWEST_UNITS, may_be_ranked

BAR = "█"
PARTS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
BAR_WIDTH = 20
NUMBERS = ("units", "given", "agree", "alpha [95 %]", "kappa", "AC1", "n", "share", "95 %")


def show_agreement(
    rows: Sequence[CodeAgreement], stating: Sequence[CodeAgreement], blanks: str
) -> None:
    """Print agreement on each code, and on whether anything was stated."""
    show_table(
        "Agreement on each code",
        [
            {
                "code": row.code,
                "reason": row.label,
                "units": str(row.agreement.units),
                "given": percent(row.agreement.prevalence),
                "agree": percent(row.agreement.percent),
                "alpha [95 %]": alpha(row.agreement),
                "AC1": decimal(row.agreement.ac1),
                "": short_standing(row),
            }
            for row in rows
        ],
        note=f"Krippendorff's alpha; {blanks}. Firm from .80, tentative from .667; "
        f"below it, or with fewer than {FEWEST_UNITS} units, neither ranked nor headlined.",
        right=NUMBERS,
    )
    show_table(
        "Agreement on whether anything was stated at all",
        [
            {
                "dimension": row.dimension,
                "units": str(row.agreement.units),
                "given": percent(row.agreement.prevalence),
                "agree": percent(row.agreement.percent),
                "alpha [95 %]": alpha(row.agreement),
                "": row.agreement.standing.value,
            }
            for row in stating
        ],
        right=NUMBERS,
    )


def short_standing(row: CodeAgreement) -> str:
    """Say in a word how far one may lean on a code."""
    return "too few" if row.agreement.units < FEWEST_UNITS else row.agreement.standing.value


def show_narratives(facts: Facts) -> None:
    """Print how often each reason was given, in every way of reading."""
    for dimension in dict.fromkeys(row.dimension for row in facts.narratives):
        rows = in_order(facts, facts.of_dimension(dimension))
        show_table(
            f"Reasons for {dimension}",
            [narrative_line(facts, row) for row in rows],
            note=f"n and share: {facts.way}, among those with a stated reason; "
            f"{facts.question.blanks.wording}. "
            "Wilson intervals, illustrative: not a random sample.",
            right=NUMBERS,
        )
    show_by_reader(facts)


def show_mark(*, invented: bool) -> None:
    """Say where every number below is of invented accounts."""
    if invented:
        say("INVENTED MATERIAL: every account counted here is invented.\n")


def show_slices(facts: Facts, attribute: str) -> None:
    """Print how often each reason was given within each value of an attribute."""
    rows = facts.slices.get(attribute)
    if not rows:
        raise Refusal(f"Accounts have no attribute “{attribute}” here.")
    values = list(dict.fromkeys(row.value for row in rows))
    cells: dict[str, dict[str, str]] = {}
    for row in rows:
        line = cells.setdefault(row.code, {"reason": f"{row.code} {row.label}"})
        line[row.value] = f"{percent(row.share.value)} {counted(row.share)}"
    show_table(
        f"By {attribute}",
        list(cells.values()),
        note=f"{facts.way}; described, not tested: nobody drew this sample at random.",
        right=values,
    )


def show_comparisons(facts: Facts) -> None:
    """Print the odds ratios that were asked for."""
    show_table(
        "Odds of each reason, against all other accounts",
        [
            {
                "accounts": f"{row.attribute} “{row.value}”",
                "reason": f"{row.code} {row.label}",
                "odds ratio": odds(row.odds.estimate),
                "95 %": f"{odds(row.odds.low)}–{odds(row.odds.high)}",
                "p": f"{row.odds.p:.3f}",
            }
            for row in facts.comparisons
        ],
        note="Exact p and interval. You said that the attribute is complete and unwithheld; "
        f"{len(facts.comparisons)} comparisons, none corrected for.",
        right=("odds ratio", "95 %", "p"),
    )


def show_by_reader(facts: Facts) -> None:
    """Print what changes with the reader."""
    rows = facts.of_dimension(facts.main_dimension)
    headings = [short_way(shares.way) for shares in rows[0].ways]
    show_table(
        "What changes with the reader",
        [
            {
                "reason": f"{row.code} {row.label}",
                **{
                    heading: f"{percent(shares.among_stated.value)} {counted(shares.among_stated)}"
                    for heading, shares in zip(headings, row.ways, strict=True)
                },
            }
            for row in rows
        ],
        right=headings,
    )


def short_way(way: str) -> str:
    """Name a way of reading in a narrow heading."""
    short = {
        Reading.BY_ALL.value: "all agree",
        Reading.BY_ANY.value: "any",
        Reading.SETTLED.value: "settled",
    }
    return short.get(way, way)


def narrative_line(facts: Facts, row: Narrative) -> dict[str, str]:
    """Write one reason as a line of the table."""
    share = row.share(facts.way)
    ranked = may_be_ranked(row.agreement)
    return {
        "code": row.code,
        "reason": row.label,
        "n": counted(share),
        "share": percent(share.value),
        "95 %": interval(share),
        "bar": drawn(share.value or 0.0) if ranked else "not ranked",
    }


def drawn(share: float) -> str:
    """Draw a share as a bar of eighths of a character."""
    eighths = round(share * BAR_WIDTH * 8)
    return BAR * (eighths // 8) + PARTS[eighths % 8]
