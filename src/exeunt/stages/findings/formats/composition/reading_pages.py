"""How sure the readers are, and what changes with the reader."""

from exeunt.methods.narratives import CodeAgreement, Narrative
from exeunt.methods.proportions import Reading, Share
from exeunt.stages.findings.formats.charts import ReaderWords, Reliability, alpha_dots, reader_dots
from exeunt.stages.findings.formats.charts import Reading as ReadingRow
from exeunt.stages.findings.formats.composition.wording import (
    NONE,
    alpha,
    counted,
    decimal,
    percent,
    provenance,
)
from exeunt.stages.findings.formats.document import (
    Align,
    Block,
    Column,
    Figure,
    Page,
    Table,
)
from exeunt.stages.findings.formats.facts import Facts

A_PAIR = 2
NUMBER = Align.END
JOINT_OF_TWO = {Reading.BY_ALL.value: "Both agree", Reading.BY_ANY.value: "Either"}
JOINT_OF_MANY = {Reading.BY_ALL.value: "All agree", Reading.BY_ANY.value: "Any of them"}


def readers_page(facts: Facts) -> Page | None:
    """Lead with what changes with the reader, as no number is one reader's alone."""
    if len(facts.readings.readers) == 1:
        return None
    rows = facts.of_dimension(facts.main_dimension)
    blocks: list[Block] = []
    if len(facts.readings.readers) == A_PAIR:
        blocks.append(_reader_figure(facts, rows))
    else:
        blocks.append(_reader_table(facts, rows))
    return Page("What changes with the reader", _widest_gap(rows), tuple(blocks))


def agreement_page(facts: Facts) -> Page | None:
    """Show agreement on every code, with prevalence, interval and the wording of thresholds."""
    if len(facts.readings.readers) == 1:
        return None
    known = [row for row in facts.agreements if row.agreement.alpha is not None]
    ranked = len(facts.ranked)
    lead = (
        f"Of {len(facts.agreements)} codes, {ranked} reach the agreement at which they may be "
        "ranked or headlined (alpha of at least .667)."
    )
    figure = Figure(
        id="agreement",
        title="Agreement on each code",
        alt=_agreement_alt(known),
        chart=alpha_dots([_reliability(row) for row in facts.agreements]),
        table=_alpha_table(facts),
        note=(
            "Krippendorff's alpha; 95 % interval from drawing accounts anew. Firm from .80, "
            f"tentative from .667; {facts.question.blanks.wording}."
        ),
        provenance=provenance(facts, "agreement", _units(facts)),
    )
    return Page("How sure the readers are", lead, (figure, _coefficients(facts), _stating(facts)))


def _widest_gap(rows: tuple[Narrative, ...]) -> str:
    spans = [(row, row.reader_range) for row in rows]
    known = [(row, span) for row, span in spans if span is not None]
    if not known:
        return "No reader saw a stated reason."
    row, (low, high) = max(known, key=lambda pair: pair[1][1] - pair[1][0])
    return (
        f"The same accounts give different numbers to different readers: “{row.label}” is "
        f"anything from {percent(low)} to {percent(high)}, depending on who read."
    )


def _reader_figure(facts: Facts, rows: tuple[Narrative, ...]) -> Figure:
    names = [shares.way for shares in rows[0].ways]
    return Figure(
        id="readers",
        title=f"Reasons for {facts.main_dimension}, by reader",
        alt=_reader_alt(rows),
        chart=reader_dots(
            [_dots(row) for row in rows],
            words=ReaderWords(names[0], names[1], "both agree", "either"),
        ),
        table=_reader_table(facts, rows),
        provenance=provenance(facts, "readers", "numerator and denominator in each cell"),
    )


def _dots(row: Narrative) -> ReadingRow:
    first, second, both, either = (s.among_stated.value or 0.0 for s in row.ways)
    return ReadingRow(f"{row.code} {row.label}", first, second, both, either)


def _reader_table(facts: Facts, rows: tuple[Narrative, ...]) -> Table:
    ways = [shares.way for shares in rows[0].ways]
    readers = len(facts.readings.readers)
    return Table(
        caption="Accounts that gave each reason, among those with a stated reason",
        columns=(
            Column("Reason"),
            *(Column(_heading(way, readers), NUMBER) for way in ways),
        ),
        rows=tuple(
            (f"{row.code} {row.label}", *(_cell(s.among_stated) for s in row.ways)) for row in rows
        ),
        note=_denominators(facts),
    )


def _heading(way: str, readers: int) -> str:
    joint = JOINT_OF_TWO if readers == A_PAIR else JOINT_OF_MANY
    return joint.get(way, way)


def _cell(share: Share) -> str:
    return f"{percent(share.value)} ({counted(share)})"


def _denominators(facts: Facts) -> str:
    return (
        "A reader's denominator is the accounts in which that reader found a reason stated; "
        "where readers are joined, all of them, or at least one of them, must have found one. "
        f"{facts.question.blanks.wording.capitalize()}."
    )


def _reader_alt(rows: tuple[Narrative, ...]) -> str:
    parts = [
        f"{row.label}: "
        + ", ".join(f"{_heading(s.way, A_PAIR)} {percent(s.among_stated.value)}" for s in row.ways)
        for row in rows
    ]
    return f"Dot plot of the share of accounts for each reason and reader. {'; '.join(parts)}."


def _reliability(row: CodeAgreement) -> Reliability:
    found = row.agreement.interval
    return Reliability(
        label=f"{row.code} {row.label}",
        alpha=row.agreement.alpha,
        low=found.low if found is not None else None,
        high=found.high if found is not None else None,
        verdict=row.agreement.standing.value,
    )


def _alpha_table(facts: Facts) -> Table:
    return Table(
        caption="Krippendorff's alpha for each code",
        columns=(Column("Code"), Column("Units", NUMBER), Column("Alpha [95 %]", NUMBER)),
        rows=tuple(
            (row.code, str(row.agreement.units), alpha(row.agreement)) for row in facts.agreements
        ),
    )


def _coefficients(facts: Facts) -> Table:
    return Table(
        caption="Prevalence, and other coefficients for comparison",
        columns=(
            Column("Code"),
            Column("Given", NUMBER),
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
            for row in facts.agreements
        ),
        note=(
            f"Given: share of judgements that are not 0. Kappa: {_kappa_name(facts)}. "
            "AC1: Gwet's. Where a reason is rare, percent agreement flatters and kappa punishes; "
            f"alpha decides here. {facts.question.blanks.wording.capitalize()}."
        ),
    )


def _stating(facts: Facts) -> Table:
    return Table(
        caption="Agreement on whether anything was stated at all",
        columns=(
            Column("Dimension"),
            Column("Units", NUMBER),
            Column("Stated", NUMBER),
            Column("Agree", NUMBER),
            Column("Alpha [95 %]", NUMBER),
        ),
        rows=tuple(
            (
                row.dimension or NONE,
                str(row.agreement.units),
                percent(row.agreement.prevalence),
                percent(row.agreement.percent),
                alpha(row.agreement),
            )
            for row in facts.stating
        ),
        note="A figure of its own: blanks cannot be treated away here.",
    )


def _kappa_name(facts: Facts) -> str:
    return "Cohen's" if len(facts.readings.readers) == A_PAIR else "Fleiss'"


def _units(facts: Facts) -> str:
    return f"{facts.body.accounts} accounts, {len(facts.readings.readers)} readers"


def _agreement_alt(rows: list[CodeAgreement]) -> str:
    parts = [f"{row.code} {alpha(row.agreement)}, {row.agreement.standing.value}" for row in rows]
    return f"Dot plot of Krippendorff's alpha with its interval. {'; '.join(parts)}."
