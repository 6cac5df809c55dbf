"""How sure the readers are of what they marked in the texts."""

from dataclasses import replace

from exeunt.methods.agreement import Standing, standing_of
from exeunt.methods.span_agreement import SpanAgreements, SpanCode, Unitised
from exeunt.methods.unitizing import Coefficient
from exeunt.stages.findings.formats.charts import Reliability, alpha_dots
from exeunt.stages.findings.formats.composition.wording import (
    MINUS,
    NONE,
    RANGE,
    alpha,
    decimal,
    percent,
    provenance,
)
from exeunt.stages.findings.formats.document import Align, Block, Column, Figure, Page, Table
from exeunt.stages.findings.formats.facts import Facts, Spans

NUMBER = Align.END
REACHED = frozenset({Standing.FIRM, Standing.TENTATIVE})
PLURAL = {
    Unitised.SENTENCE: "sentences",
    Unitised.TURN: "turns",
    Unitised.CHARACTER: "characters",
}
MEASURES = (
    ("alpha-U", "on all of it: where stretches begin and end, and which code they have"),
    ("|u-alpha", "on whether anything is marked, whatever the code"),
    ("cu-alpha", "on the code, where two readers marked something"),
)
HOW = (
    "A unit is rated by the highest value that a reader marked on any part of it, 0 where they "
    "marked nothing; marks without a value are left out. Intervals come from drawing whole texts "
    "with replacement, {times} times."
)


def span_agreement_page(facts: Facts) -> Page | None:
    """Show agreement on marks, or nothing where it was not asked for or nothing is marked."""
    if facts.spans is None or not facts.spans.found.codes:
        return None
    found = facts.spans.found
    reached = sum(row.agreement.standing in REACHED for row in found.codes)
    texts = "text" if found.texts == 1 else "texts"
    lead = (
        f"In {found.texts} {texts} that two readers have completed, cut into "
        f"{PLURAL[found.unit]}, {reached} of {len(found.codes)} codes reach an alpha of .667."
    )
    blocks: tuple[Block, ...] = (
        _figure(facts, facts.spans),
        _coefficients(found),
        _anything(found),
        _family(found),
    )
    return Page("How sure the readers are of what they marked", lead, blocks)


def family_lines(found: SpanAgreements) -> list[tuple[str, str, Coefficient]]:
    """Return the coefficients over all codes, each with its name and what it is on."""
    family = found.family
    three = (family.u, family.bar_u, family.cu)
    return [(name, what, one) for (name, what), one in zip(MEASURES, three, strict=True)]


def coefficient(found: Coefficient | None) -> str:
    """Say a coefficient with its interval."""
    if found is None or found.alpha is None:
        return NONE
    said = decimal(found.alpha, 3)
    if found.interval is None:
        return said
    low = decimal(found.interval.low)
    link = ", " if MINUS in low else RANGE
    return f"{said} [{low}{link}{decimal(found.interval.high)}]"


def _figure(facts: Facts, spans: Spans) -> Figure:
    found = spans.found
    figure_id = f"agreement-by-{found.unit}"
    where = provenance(facts, figure_id, f"{found.texts} texts, cut into {PLURAL[found.unit]}")
    rows = [_reliability(row) for row in found.codes]
    said = "; ".join(
        f"{row.code} {alpha(row.agreement)}, {row.agreement.standing.value}" for row in found.codes
    )
    return Figure(
        id=figure_id,
        title=f"Agreement on {PLURAL[found.unit]}, code by code",
        alt=f"Dot plot of Krippendorff's alpha with its interval. {said}.",
        chart=alpha_dots(rows),
        table=_alpha_table(found),
        note=HOW.format(times=f"{min(facts.question.times, 1000):,}"),
        provenance=replace(where, data_hash=spans.data_hash),
    )


def _reliability(row: SpanCode) -> Reliability:
    interval = row.agreement.interval
    return Reliability(
        label=f"{row.code} {row.label}",
        alpha=row.agreement.alpha,
        low=interval.low if interval is not None else None,
        high=interval.high if interval is not None else None,
        verdict=row.agreement.standing.value,
    )


def _alpha_table(found: SpanAgreements) -> Table:
    return Table(
        caption=f"Agreement on {PLURAL[found.unit]}",
        columns=(
            Column("Code"),
            Column("Units", NUMBER),
            Column("Alpha [95 %]", NUMBER),
            Column("alpha-U [95 %]", NUMBER),
            Column("(k)u-alpha [95 %]", NUMBER),
        ),
        rows=tuple(
            (
                row.code,
                f"{row.agreement.units:,}",
                alpha(row.agreement),
                coefficient(row.u),
                coefficient(row.ku),
            )
            for row in found.codes
        ),
        note=(
            "alpha-U: where the code's stretches begin and end, against all the rest of the text. "
            "(k)u-alpha: on the code, where another reader marked something too; none where it "
            "never stands alone."
        ),
    )


def _coefficients(found: SpanAgreements) -> Table:
    return Table(
        caption="Prevalence, and other coefficients for comparison",
        columns=(
            Column("Code"),
            Column("Marked", NUMBER),
            Column("Agree", NUMBER),
            Column("Kappa", NUMBER),
            Column("AC1", NUMBER),
            Column("What this permits"),
        ),
        rows=tuple(
            (
                f"{row.code} {row.label}",
                percent(row.agreement.prevalence),
                percent(row.agreement.percent),
                decimal(row.agreement.kappa),
                decimal(row.agreement.ac1),
                row.agreement.standing.wording,
            )
            for row in found.codes
        ),
        note=(
            "Marked: share of ratings that are not 0. Most of a text is unmarked, so percent "
            "agreement and AC1 are high whatever readers do; alpha decides."
        ),
    )


def _anything(found: SpanAgreements) -> Table:
    return Table(
        caption="Agreement on whether anything was marked at all",
        columns=(
            Column("Dimension"),
            Column("Units", NUMBER),
            Column("Marked", NUMBER),
            Column("Agree", NUMBER),
            Column("Alpha [95 %]", NUMBER),
            Column("What this permits"),
        ),
        rows=tuple(
            (
                row.dimension or NONE,
                f"{row.agreement.units:,}",
                percent(row.agreement.prevalence),
                percent(row.agreement.percent),
                alpha(row.agreement),
                row.agreement.standing.wording,
            )
            for row in found.anything
        ),
        note="With any code of the dimension, whichever it was.",
    )


def _family(found: SpanAgreements) -> Table:
    return Table(
        caption="Krippendorff's family for unitized texts, over all codes",
        columns=(
            Column("Coefficient"),
            Column("On what"),
            Column("Alpha [95 %]", NUMBER),
            Column("Speaks for", NUMBER),
            Column("What this permits"),
        ),
        rows=tuple(
            (name, what, coefficient(one), percent(one.covers), standing_of(one.alpha).wording)
            for name, what, one in family_lines(found)
        ),
        note=(
            f"{found.family.units:,} stretches in {found.family.length:,} characters. Where codes "
            "overlap, the codes of a place are one value. Speaks for: the share of what readers "
            "marked or left that the coefficient looks at (Krippendorff et al. 2016)."
        ),
    )
