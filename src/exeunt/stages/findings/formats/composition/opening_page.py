"""One page of what was found, in plain words."""

from exeunt.methods.narratives import Narrative
from exeunt.stages.findings.formats.composition.pattern_pages import FEWEST_NARRATORS
from exeunt.stages.findings.formats.composition.reason_pages import in_order
from exeunt.stages.findings.formats.composition.wording import (
    decimal,
    likely,
    percent,
    readers_in_words,
)
from exeunt.stages.findings.formats.document import Bullets, Note, Page
from exeunt.stages.findings.formats.facts import Facts

MOST_HEADLINES = 3


def found_page(facts: Facts) -> Page:
    """Say what was found, what it rests on, and how far it can be trusted."""
    body = facts.body
    lead = (
        f"{body.accounts} accounts by people who left a violent group were read by "
        f"{readers_in_words(facts)}. Counted is a reason that {_whose(facts)}."
    )
    return Page("What was found", lead, (Bullets(tuple(_points(facts))), Note(_caution(facts))))


def _whose(facts: Facts) -> str:
    if facts.way in facts.readings.readers:
        return "the reader saw"
    return "every reader saw on their own"


def _points(facts: Facts) -> list[str]:
    points = _headlines(facts)
    points += _unranked(facts)
    points += _by_reader(facts)
    points += _together(facts)
    points += _consistent(facts)
    return points


def _headlines(facts: Facts) -> list[str]:
    points = []
    for dimension in dict.fromkeys(row.dimension for row in facts.narratives):
        rows = in_order(facts, facts.of_dimension(dimension))
        ranked = [row for row in rows if row.code in facts.ranked][:MOST_HEADLINES]
        points += [
            _headline(facts, row, dimension) for row in ranked[: _room_for(facts, dimension)]
        ]
    return points


def _room_for(facts: Facts, dimension: str) -> int:
    return MOST_HEADLINES if dimension == facts.main_dimension else 1


def _headline(facts: Facts, row: Narrative, dimension: str) -> str:
    share = row.share(facts.way)
    return (
        f"Of the {share.denominator} accounts with a stated reason for {dimension}, "
        f"{share.numerator} name {row.label.lower()}: {likely(share)} "
        f"({row.agreement.standing.value} agreement, alpha {decimal(row.agreement.alpha, 3)})."
    )


def _unranked(facts: Facts) -> list[str]:
    rows = [row for row in facts.narratives if row.code not in facts.ranked]
    if not rows:
        return []
    named = "; ".join(f"{row.label.lower()} ({row.dimension})" for row in rows)
    return [f"Readers agree too little to rank or headline: {named}."]


def _by_reader(facts: Facts) -> list[str]:
    rows = [r for r in facts.of_dimension(facts.main_dimension) if r.reader_range is not None]
    spans = [(row, row.reader_range) for row in rows if row.reader_range is not None]
    if not spans or len(facts.readings.readers) == 1:
        return []
    row, (low, high) = max(spans, key=lambda pair: pair[1][1] - pair[1][0])
    return [
        f"What changes with the reader: {row.label.lower()} is named in anything from "
        f"{percent(low)} to {percent(high)}, depending on who reads."
    ]


def _together(facts: Facts) -> list[str]:
    several = sum(row.accounts for row in facts.combinations if len(row.codes) > 1)
    every = sum(row.accounts for row in facts.combinations)
    if not every:
        return []
    return [f"{several} of {every} accounts give more than one reason for {facts.main_dimension}."]


def _consistent(facts: Facts) -> list[str]:
    found = facts.consistency
    if found is None or found.narrators < FEWEST_NARRATORS:
        return []
    return [
        f"On a scale from 0 to 1, two narrators' reasons are alike to {decimal(found.observed, 3)} "
        f"(by chance {decimal(found.null_low, 3)} to {decimal(found.null_high, 3)}). "
        "That is consistency of the message, not credibility."
    ]


def _caution(facts: Facts) -> str:
    if facts.body.invented:
        return "Every account in this report is invented. It shows what the software does."
    parts = ["A convenience sample: shares describe these accounts, intervals are illustrative."]
    if facts.body.machines:
        parts.append("Read by machines, which saw only the opening of each page.")
    parts.append("Leaving is not deradicalisation.")
    return " ".join(parts)
