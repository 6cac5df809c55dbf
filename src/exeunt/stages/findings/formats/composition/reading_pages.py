"""How sure the readers are, and what changes with the reader."""

from collections.abc import Iterator

from exeunt.methods.agreement import Standing
from exeunt.methods.narratives import CodeAgreement, Narrative
from exeunt.methods.proportions import Reading, Share
from exeunt.stages.findings.formats.charts import ReaderWords, Reliability, alpha_dots, reader_dots
from exeunt.stages.findings.formats.charts import Reading as ReadingRow
from exeunt.stages.findings.formats.composition.wording import (
    NONE,
    alpha,
    base,
    counted,
    dagger_note,
    decimal,
    named,
    percent,
    provenance,
    slug,
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
REACHED = frozenset({Standing.FIRM, Standing.TENTATIVE})
JOINT = frozenset(reading.value for reading in Reading)
SETTLED = Reading.SETTLED.value
JOINT_OF_TWO = {
    Reading.BY_ALL.value: "Both agree",
    Reading.BY_ANY.value: "Either",
    SETTLED: "Settled",
}
JOINT_OF_MANY = {
    Reading.BY_ALL.value: "All agree",
    Reading.BY_ANY.value: "Any of them",
    SETTLED: "Settled",
}


def readers_page(facts: Facts) -> Page | None:
    """Lead with what changes with the reader, as no number is one reader's alone."""
    if len(facts.readings.readers) == 1:
        return None
    main = facts.main_dimension
    dimensions = [main, *(d for d in facts.dimensions if d != main)]
    lead = " ".join(moved_most(facts, main)) or "No reader saw a stated reason."
    blocks = tuple(_by_reader(facts, dimension) for dimension in dimensions)
    return Page("What changes with the reader, and with how readings are joined", lead, blocks)


def moved_most(facts: Facts, dimension: str) -> Iterator[str]:
    """Say of the reason that moves most what each reader found, and what they found together."""
    rows = [
        row
        for row in facts.of_dimension(dimension)
        if all(shares.among_stated.denominator for shares in row.ways)
    ]
    if not rows or len(facts.readings.readers) == 1:
        return
    row = max(rows, key=_spread)
    readers = len(facts.readings.readers)
    said = (
        f"{_heading(s.way, readers).lower() if s.way in JOINT else s.way} "
        f"{percent(s.among_stated.value)} ({counted(s.among_stated)})"
        for s in row.ways
    )
    yield f"What moves most with the reading is “{row.label}”: {', '.join(said)}."


def agreement_page(facts: Facts) -> Page | None:
    """Show agreement on every code, with prevalence, interval and the wording of thresholds."""
    if len(facts.readings.readers) == 1:
        return None
    known = [row for row in facts.agreements if row.agreement.alpha is not None]
    figure = Figure(
        id="agreement",
        title="Agreement on each code",
        alt=_agreement_alt(known),
        chart=alpha_dots([_reliability(row) for row in facts.agreements]),
        table=_alpha_table(facts),
        note=(
            "Krippendorff's alpha; 95 % interval from drawing accounts anew. Firm from .80, "
            f"tentative from .667; {facts.question.blanks.wording}. {_otherwise(facts)}"
        ),
        provenance=provenance(facts, "agreement", _units(facts)),
    )
    return Page(
        "How sure the readers are",
        _how_many_agree(facts),
        (figure, _coefficients(facts), _stating(facts)),
    )


def _how_many_agree(facts: Facts) -> str:
    agreed = [row for row in facts.agreements if row.agreement.standing in REACHED]
    ranked = len(facts.ranked)
    lead = f"Of {len(facts.agreements)} codes, {len(agreed)} reach an alpha of .667"
    if ranked == len(agreed):
        return f"{lead} and may be ranked or headlined."
    return (
        f"{lead}; {ranked} of them rest on the {facts.body.fewest_units} accounts that it takes "
        "to be ranked or headlined."
    )


def _otherwise(facts: Facts) -> str:
    """Say which codes would stand differently if blanks were counted the other way."""
    pairs = zip(facts.agreements, facts.agreements_otherwise, strict=True)
    moved = [
        f"{now.code} {decimal(now.agreement.alpha, 3)} {now.agreement.standing.value} becomes "
        f"{decimal(then.agreement.alpha, 3)} {then.agreement.standing.value}"
        for now, then in pairs
        if now.agreement.standing is not then.agreement.standing
    ]
    if not moved:
        return "The other treatment of blanks changes no standing."
    return f"Were it otherwise ({facts.question.otherwise.wording}): {'; '.join(moved)}."


def _spread(row: Narrative) -> float:
    values = [shares.among_stated.value or 0.0 for shares in row.ways]
    return max(values) - min(values)


def _by_reader(facts: Facts, dimension: str) -> Block:
    rows = facts.of_dimension(dimension)
    if len(facts.readings.readers) != A_PAIR:
        return _reader_table(facts, rows)
    return _reader_figure(facts, dimension, rows)


def _reader_figure(facts: Facts, dimension: str, rows: tuple[Narrative, ...]) -> Figure:
    names = [shares.way for shares in rows[0].ways]
    figure_id = f"readers-{slug(dimension)}"
    return Figure(
        id=figure_id,
        title=f"Reasons for {dimension}, by reader",
        alt=_reader_alt(rows),
        chart=reader_dots(
            [_dots(facts, row) for row in rows],
            words=ReaderWords(names[0], names[1], "both agree", "either"),
        ),
        table=_reader_table(facts, rows),
        provenance=provenance(facts, figure_id, "numerator and denominator in each cell"),
    )


def _dots(facts: Facts, row: Narrative) -> ReadingRow:
    read = (s for s in row.ways if s.way != SETTLED)
    first, second, both, either = (s.among_stated.value or 0.0 for s in read)
    return ReadingRow(named(facts, row.code, row.label), first, second, both, either)


def _reader_table(facts: Facts, rows: tuple[Narrative, ...]) -> Table:
    ways = [shares.way for shares in rows[0].ways]
    readers = len(facts.readings.readers)
    return Table(
        caption=f"Accounts in which each reason was seen, among {base(facts)}",
        columns=(
            Column("Reason"),
            *(Column(_heading(way, readers), NUMBER) for way in ways),
        ),
        rows=tuple(
            (named(facts, row.code, row.label), *(_cell(s.among_stated) for s in row.ways))
            for row in rows
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
        "A reader's base is the accounts in which that reader found a reason; joined readings need "
        "all of them, or at least one of them, to have found one. Bases differ, so that what both "
        f"saw can be more, in percent, than what either did. "
        f"{facts.question.blanks.wording.capitalize()}. {dagger_note(facts)}"
    ).strip()


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
        columns=(
            Column("Code"),
            Column("Units", NUMBER),
            Column("Alpha [95 %]", NUMBER),
            Column("Doubt", NUMBER),
        ),
        rows=tuple(
            (row.code, str(row.agreement.units), alpha(row.agreement), _doubt(row))
            for row in facts.agreements
        ),
        note="Doubt: chance that alpha is under .667, from the same draws.",
    )


def _doubt(row: CodeAgreement) -> str:
    found = row.agreement.interval
    return percent(found.doubt) if found is not None else NONE


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
                _permits(facts, row),
            )
            for row in facts.agreements
        ),
        note=(
            f"Given: share of judgements that are not 0. Kappa: {_kappa_name(facts)}. "
            "AC1: Gwet's. Where a reason is rare, percent agreement flatters and kappa punishes; "
            f"alpha decides here. {facts.question.blanks.wording.capitalize()}."
        ),
    )


def _permits(facts: Facts, row: CodeAgreement) -> str:
    if row.code in facts.ranked:
        return f"may be ranked ({row.agreement.standing.value})"
    if row.agreement.units < facts.body.fewest_units:
        return "too few accounts to rank"
    return row.agreement.standing.wording


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
