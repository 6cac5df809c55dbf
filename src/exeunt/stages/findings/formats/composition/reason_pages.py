"""The reasons themselves: how often, when, in which setting, and together with which."""

from collections.abc import Iterable

from exeunt.methods.cooccurrence import Intersection
from exeunt.methods.narratives import Narrative, Sliced
from exeunt.stages.findings.formats.charts import (
    Chart,
    Combination,
    PeriodShare,
    periods,
    share_bars,
    upset,
)
from exeunt.stages.findings.formats.charts import Crossing as CrossingCell
from exeunt.stages.findings.formats.charts import Share as Bar
from exeunt.stages.findings.formats.charts import crossings as crossing_chart
from exeunt.stages.findings.formats.composition.wording import (
    base,
    base_sentence,
    counted,
    dagger_note,
    interval,
    likely,
    named,
    percent,
    provenance,
    sentence,
    slug,
    way_in_words,
)
from exeunt.stages.findings.formats.document import (
    Align,
    Column,
    Figure,
    Page,
    Table,
)
from exeunt.stages.findings.formats.facts import Facts

NUMBER = Align.END
MOST_COMBINATIONS = 8
SMALLEST_PANEL = 5
MOST_PANELS = 6
HEADINGS = {"period": "period of publication", "group": "group left"}


def reasons_page(facts: Facts, dimension: str) -> Page:
    """Show how often each reason of one dimension was given, in the leading reading.

    Where that reading has no value for any of them there is nothing to draw.
    """
    rows = in_order(facts, facts.of_dimension(dimension))
    lead = f"{base_sentence(facts, dimension)} {_leaders(facts, rows)}"
    anything = any(row.share(facts.way).denominator for row in rows)
    block = _share_figure(facts, dimension, rows) if anything else _share_table(facts, rows)
    return Page(f"Reasons for {dimension}", lead, (block,))


def _leaders(facts: Facts, rows: tuple[Narrative, ...]) -> str:
    """Name the reason that comes first among those that may be ranked, or all that tie for it."""
    ranked = [row for row in rows if row.code in facts.ranked and row.share(facts.way).numerator]
    if not ranked:
        return "No code can be ranked or headlined."
    first = [row for row in ranked if _value(facts, row) == _value(facts, ranked[0])]
    share = first[0].share(facts.way)
    number = f"{share.numerator} of {share.denominator}, {likely(share)}"
    names = [f"“{row.label}”" for row in first]
    if len(first) == 1:
        return f"Of the codes that may be ranked, {names[0]} comes first: {number}."
    listed = f"{', '.join(names[:-1])} and {names[-1]}"
    return f"Of the codes that may be ranked, {listed} come first together: {number} each."


def _value(facts: Facts, row: Narrative) -> float:
    return row.share(facts.way).value or 0.0


def slices_page(facts: Facts, attribute: str) -> Page | None:
    """Show the reasons within each value of an attribute, or nothing where there is but one."""
    rows = facts.slices.get(attribute, ())
    values = _panels(rows)
    if len(values) < 2:  # noqa: PLR2004 - one panel compares nothing
        return None
    figure_id = f"by-{slug(attribute)}"
    figure = Figure(
        id=figure_id,
        title=f"Reasons for {facts.main_dimension}, by {attribute}",
        alt=_slice_alt(rows, values, attribute),
        chart=periods(
            [
                _panel(facts, row, values[row.value])
                for row in rows
                if row.value in values and row.share.denominator
            ]
        ),
        table=_slice_table(facts, rows, attribute),
        note=(
            "Shares describe these accounts only; differences are not tested, since nobody drew "
            "this sample and what is withheld or unknown is not so at random."
        ),
        provenance=provenance(facts, figure_id, "numerator and denominator in each cell"),
    )
    lead = f"Shares by {attribute}, side by side and untested; some rest on few accounts."
    return Page(f"By {HEADINGS.get(attribute, attribute)}", lead, (figure,))


def crossings_page(facts: Facts) -> Page | None:
    """Show which reasons for joining met which reasons for leaving."""
    if not facts.crossings:
        return None
    labels = {row.code: named(facts, row.code, row.label) for row in facts.narratives}
    seen = max(cell.n_seen for cell in facts.crossings)
    figure = Figure(
        id="joining-by-leaving",
        title="From reasons for joining to reasons for leaving",
        alt=(
            "Table of counts, reasons for joining in rows and for leaving in columns. "
            f"{_meeting(facts, labels)}"
        ),
        chart=crossing_chart(
            [
                CrossingCell(labels[cell.joining], labels[cell.leaving], cell.n_both)
                for cell in facts.crossings
            ]
        ),
        table=_crossing_table(facts, labels),
        note="An account may give several reasons and is counted in each cell that they meet in.",
        provenance=provenance(
            facts, "joining-by-leaving", f"{seen} accounts with both dimensions stated"
        ),
    )
    lead = f"{seen} accounts state reasons for both. {_meeting(facts, labels)}"
    return Page("From joining to leaving", lead, (figure,))


def _meeting(facts: Facts, labels: dict[str, str]) -> str:
    """Name the two reasons that meet most often, among codes that may be ranked."""
    sound = [c for c in facts.crossings if {c.joining, c.leaving} <= facts.ranked and c.n_both]
    if not sound:
        return "No two codes that may be ranked meet in an account."
    most = max(sound, key=lambda cell: cell.n_both)
    return (
        f"Of the codes that may be ranked, {labels[most.joining]} and {labels[most.leaving]} meet "
        f"most often, in {most.n_both}."
    )


def together_page(facts: Facts) -> Page | None:
    """Show which reasons were given together."""
    given = [row for row in facts.combinations if row.codes]
    if not given:
        return None
    alone = sum(row.accounts for row in given if len(row.codes) == 1)
    every = sum(row.accounts for row in facts.combinations)
    return Page(
        "Reasons together",
        f"Of {every} accounts with a value for every code, {alone} give exactly one reason for "
        f"{facts.main_dimension}; the rest combine them, or give none of those coded.",
        (_together_figure(facts, given, every),),
    )


def _together_figure(facts: Facts, given: list[Intersection], every: int) -> Figure:
    shown = given[:MOST_COMBINATIONS]
    left = sum(row.accounts for row in given[MOST_COMBINATIONS:])
    return Figure(
        id="together",
        title="Reasons that were given together",
        alt=f"UpSet plot. {'; '.join(f'{_sum(row)}: {row.accounts}' for row in shown)}.",
        chart=_upset(facts, given),
        table=Table(
            caption="Exactly these reasons and no other",
            columns=(Column("Reasons"), Column(f"Of {every}", NUMBER)),
            rows=tuple((_sum(row), str(row.accounts)) for row in shown),
        ),
        note=(
            f"The {len(shown)} most frequent combinations; {left} accounts have others, and "
            f"{every - sum(row.accounts for row in given)} have none of these codes. "
            f"{dagger_note(facts)}"
        ),
        provenance=provenance(facts, "together", f"{every} accounts with a value for every code"),
    )


def _sum(row: Intersection) -> str:
    return " + ".join(row.codes)


def _upset(facts: Facts, rows: list[Intersection]) -> Chart:
    main = facts.of_dimension(facts.main_dimension)
    labels = {row.code: named(facts, row.code, row.label) for row in main}
    drawn = [Combination(tuple(labels[code] for code in row.codes), row.accounts) for row in rows]
    order = [labels[row.code] for row in in_order(facts, main)]
    return upset(drawn, order=order, most=MOST_COMBINATIONS)


def in_order(facts: Facts, rows: tuple[Narrative, ...]) -> tuple[Narrative, ...]:
    """Put the codes that may be ranked first: by size, and where equal by how sure they are."""
    ranked = [row for row in rows if row.code in facts.ranked]
    ranked.sort(key=lambda row: (-_value(facts, row), -(row.agreement.alpha or 0.0)))
    return (*ranked, *(row for row in rows if row.code not in facts.ranked))


def _share_figure(facts: Facts, dimension: str, rows: tuple[Narrative, ...]) -> Figure:
    bars = [_bar(facts, row) for row in rows if row.share(facts.way).denominator]
    figure_id = f"reasons-{slug(dimension)}"
    return Figure(
        id=figure_id,
        title=f"How often each reason for {dimension} was given",
        alt="Bar chart. "
        + "; ".join(f"{row.label}: {sentence(row.share(facts.way))}" for row in rows)
        + ".",
        chart=share_bars(bars, by_size=True),
        table=_share_table(facts, rows),
        note=(
            "Wilson 95 % intervals, illustrative: nobody drew this sample at random. Codes that "
            "may not be ranked are pale, and stand last in the codebook's order."
        ),
        provenance=provenance(
            facts, figure_id, "numerator and denominator in each row", detail=f"reading={facts.way}"
        ),
    )


def _bar(facts: Facts, row: Narrative) -> Bar:
    share = row.share(facts.way)
    return Bar(
        label=named(facts, row.code, row.label),
        share=share.value or 0.0,
        low=share.low or 0.0,
        high=share.high or 0.0,
        numerator=share.numerator,
        denominator=share.denominator,
        ranked=row.code in facts.ranked,
    )


def _share_table(facts: Facts, rows: tuple[Narrative, ...]) -> Table:
    everyone = {
        row.code: next(shares.among_all for shares in row.ways if shares.way == facts.way)
        for row in rows
    }
    return Table(
        caption=f"Among {base(facts)}, and among all",
        columns=(
            Column("Reason"),
            Column("Stated", NUMBER),
            Column("95 %", NUMBER),
            Column("All", NUMBER),
        ),
        rows=tuple(
            (
                row.code,
                counted(row.share(facts.way)),
                interval(row.share(facts.way)),
                f"{percent(everyone[row.code].value)} ({counted(everyone[row.code])})",
            )
            for row in rows
        ),
    )


def _panels(rows: tuple[Sliced, ...]) -> dict[str, str]:
    """Return the headings of the values that have enough accounts, the largest if too many."""
    sizes: dict[str, list[int]] = {}
    for row in rows:
        sizes.setdefault(row.value, []).append(row.share.denominator)
    largest = sorted(sizes, key=lambda value: -max(sizes[value]))[:MOST_PANELS]
    return {
        value: f"{value} (n = {_span(of)})"
        for value, of in sizes.items()
        if max(of) >= SMALLEST_PANEL and value in largest
    }


def _span(sizes: list[int]) -> str:
    return str(sizes[0]) if min(sizes) == max(sizes) else f"{min(sizes)}–{max(sizes)}"


def _panel(facts: Facts, row: Sliced, heading: str) -> PeriodShare:
    return PeriodShare(
        period=heading,
        label=named(facts, row.code, row.label),
        share=row.share.value or 0.0,
        low=row.share.low or 0.0,
        high=row.share.high or 0.0,
        numerator=row.share.numerator,
        denominator=row.share.denominator,
    )


def _slice_table(facts: Facts, rows: tuple[Sliced, ...], attribute: str) -> Table:
    values = list(dict.fromkeys(row.value for row in rows))
    by_code: dict[str, dict[str, Sliced]] = {}
    for row in rows:
        by_code.setdefault(row.code, {})[row.value] = row
    return Table(
        caption=f"Each reason within each {attribute}, among {base(facts)}",
        columns=(Column("Reason"), *(Column(value, NUMBER) for value in values)),
        rows=tuple(
            (
                named(facts, code, next(iter(cells.values())).label),
                *(_slice_cell(cells[value]) for value in values),
            )
            for code, cells in by_code.items()
        ),
        note=(
            f"A reason counts where {way_in_words(facts.way)}; {facts.question.blanks.wording}. "
            f"{dagger_note(facts)}"
        ).strip(),
    )


def _slice_cell(row: Sliced) -> str:
    return f"{percent(row.share.value)} ({counted(row.share)})"


def _slice_alt(rows: tuple[Sliced, ...], values: Iterable[str], attribute: str) -> str:
    parts = [
        f"{value}: "
        + ", ".join(f"{r.code} {percent(r.share.value)}" for r in rows if r.value == value)
        for value in values
    ]
    return f"Small bar charts, one for each {attribute}. {'; '.join(parts)}."


def _crossing_table(facts: Facts, labels: dict[str, str]) -> Table:
    leaving = list(dict.fromkeys(cell.leaving for cell in facts.crossings))
    rows: dict[str, list[str]] = {}
    for cell in facts.crossings:
        line = rows.setdefault(cell.joining, [labels[cell.joining]])
        line.append(counted(cell.share))
    return Table(
        caption="Of those who gave this reason for joining, how many gave that for leaving",
        columns=(Column("Joined for"), *(Column(code, NUMBER) for code in leaving)),
        rows=tuple(tuple(line) for line in rows.values()),
        note=dagger_note(facts),
    )
