"""One page of what was found, in plain words."""

from collections.abc import Iterator

from exeunt.methods.agreement import Standing
from exeunt.methods.narratives import Narrative
from exeunt.stages.findings.formats.composition.reading_pages import moved_most
from exeunt.stages.findings.formats.composition.reason_pages import in_order
from exeunt.stages.findings.formats.composition.wording import (
    base_sentence,
    counts_where,
    decimal,
    likely,
    percent,
    readers_in_words,
    whole_percent,
)
from exeunt.stages.findings.formats.document import Bullets, Note, Page
from exeunt.stages.findings.formats.facts import Facts

MOST_HEADLINES = 3


def found_page(facts: Facts) -> Page:
    """Say what was found, what it rests on, and how far it can be trusted."""
    lead = (
        f"{facts.body.accounts} accounts by people who left a violent group were read by "
        f"{readers_in_words(facts)}, each alone. A reason counts where {counts_where(facts)}."
    )
    return Page("What was found", lead, (Bullets(tuple(_points(facts))), Note(_caution(facts))))


def _points(facts: Facts) -> Iterator[str]:
    main = facts.main_dimension
    others = dict.fromkeys(row.dimension for row in facts.narratives if row.dimension != main)
    yield from _headlines(facts, main, most=MOST_HEADLINES)
    for dimension in others:
        yield from _headlines(facts, dimension, most=1)
    yield from _unranked(facts)
    yield from _stated_or_not(facts)
    yield from moved_most(facts, main)
    yield from _together(facts)


def _headlines(facts: Facts, dimension: str, *, most: int) -> Iterator[str]:
    rows = [row for row in in_order(facts, facts.of_dimension(dimension)) if _counts(facts, row)]
    last = rows[most - 1].share(facts.way).value if len(rows) >= most else None
    # Codes that are given equally often are told together, or a headline would rank by accident.
    told = [row for at, row in enumerate(rows) if at < most or row.share(facts.way).value == last]
    if not told:
        yield f"{base_sentence(facts, dimension)} No code can be ranked or headlined."
        return
    yield f"{base_sentence(facts, dimension)} {_headline(facts, told[0])}"
    for row in told[1:]:
        yield _headline(facts, row)


def _counts(facts: Facts, row: Narrative) -> bool:
    return row.code in facts.ranked and row.share(facts.way).denominator > 0


def _headline(facts: Facts, row: Narrative) -> str:
    share, agreement = row.share(facts.way), row.agreement
    doubt = agreement.interval.doubt if agreement.interval is not None else 0.0
    chance = f" ({percent(doubt)} chance of being under .667)" if whole_percent(doubt) else ""
    return (
        f"“{row.label}”: {share.numerator} of {share.denominator}, {likely(share)}. "
        f"Agreement {agreement.standing.value}: alpha {decimal(agreement.alpha, 3)}{chance}."
    )


def _unranked(facts: Facts) -> Iterator[str]:
    rows = [row for row in facts.narratives if row.code not in facts.ranked]
    few = [row for row in rows if row.agreement.units < facts.body.fewest_units]
    low = [row for row in rows if row not in few]
    if low:
        yield f"Agreement too low to rank or headline (alpha under .667): {_list(low)}."
    if few:
        yield (
            f"Too few accounts to rank or headline (fewer than {facts.body.fewest_units} read by "
            f"two): {_list(few)}."
        )


def _list(rows: list[Narrative]) -> str:
    return "; ".join(f"“{row.label}” ({row.dimension or 'reasons'})" for row in rows)


def _stated_or_not(facts: Facts) -> Iterator[str]:
    unsure = [
        f"for {row.dimension} on {percent(row.agreement.percent)} of the accounts (alpha "
        f"{decimal(row.agreement.alpha, 3)}, {row.agreement.standing.value})"
        for row in facts.stating
        if row.agreement.standing in {Standing.TENTATIVE, Standing.UNRELIABLE}
    ]
    if unsure:
        yield (
            "Whether any reason was stated at all is itself uncertain: readers agree "
            f"{' and '.join(unsure)}. Those shares rest on that."
        )


def _together(facts: Facts) -> Iterator[str]:
    several = sum(row.accounts for row in facts.combinations if len(row.codes) > 1)
    every = sum(row.accounts for row in facts.combinations)
    if every:
        yield (
            f"Of {every} accounts with a value for every code, {several} give more than one reason "
            f"for {facts.main_dimension}."
        )


def _caution(facts: Facts) -> str:
    if facts.body.invented:
        return "Every account in this report is invented. It shows what the software does."
    parts = ["A convenience sample: shares describe these accounts, intervals are illustrative."]
    if facts.body.machines:
        parts.append("The readers are machines; no person has checked them.")
    parts.append("Leaving is not deradicalisation.")
    return " ".join(parts)
