"""Message consistency, comparisons, ICSR's counts, and narrators' own words."""

from exeunt.methods.consistency import MessageConsistency
from exeunt.methods.narratives import Compared, way_called
from exeunt.methods.proportions import Share, shares_among_stated
from exeunt.stages.findings.formats.charts import OddsRatio, null_strip, odds_ratio_dots
from exeunt.stages.findings.formats.composition.icsr_2015 import (
    COUNTS,
    NARRATIVES,
    SUICIDE_MISSIONS,
    WHY_THEY_NEED_NOT_AGREE,
)
from exeunt.stages.findings.formats.composition.wording import (
    NONE,
    base,
    counted,
    dagger_note,
    decimal,
    interval,
    odds,
    percent,
    provenance,
    unbroken,
    way_in_words,
)
from exeunt.stages.findings.formats.document import (
    Align,
    Block,
    Bullets,
    Column,
    Direction,
    Figure,
    Note,
    Page,
    Paragraph,
    Quotation,
    Table,
)
from exeunt.stages.findings.formats.facts import Facts, Quote

NUMBER = Align.END
ICSR_GROUP, ICSR_PERIOD, ICSR_CODEBOOK = "IS", "2014-2015", "published-accounts-2026"
RIGHT_TO_LEFT = ("ar", "fa", "he", "ku", "ur")
LEAST_EVIDENCE = 0.05
FEWEST_NARRATORS = 10


def consistency_page(facts: Facts) -> Page | None:
    """Show how alike the narrators' messages are, against chance; never as credibility."""
    found = facts.consistency
    if found is None or found.narrators < FEWEST_NARRATORS:
        return None
    lead = f"The messages of {found.narrators} narrators are {_compared(found)}."
    figure = Figure(
        id="consistency",
        title="How alike the narrators' messages are",
        alt=(
            f"Histogram of similarity under chance, from {decimal(found.null_low)} to "
            f"{decimal(found.null_high)}; observed {decimal(found.observed)}."
        ),
        chart=null_strip(found.observed, found.null),
        table=Table(
            caption="Mean similarity (Jaccard) of two narrators' reasons",
            columns=(Column("Measure"), Column("Value", NUMBER)),
            rows=(
                ("Observed", decimal(found.observed, 3)),
                ("By chance, mean", decimal(found.null_mean, 3)),
                ("By chance, 95 %", f"{decimal(found.null_low, 3)}–{decimal(found.null_high, 3)}"),
                ("p (one-sided)", f"{found.p:.3f}"),
                ("Narrators with a reason", str(found.narrators)),
                ("Shuffles", str(found.times)),
            ),
        ),
        note=(
            "By chance: the same reasons handed out at random, each code as often and each "
            "narrator with as many reasons as here. Consistency is not credibility: it may "
            "measure the templates of the journalists who wrote the stories, or what was asked, "
            "as much as what happened."
        ),
        provenance=provenance(facts, "consistency", _counted(found)),
    )
    return Page("Message consistency", lead, (figure,))


def _compared(found: MessageConsistency) -> str:
    if found.null_low == found.null_high:
        return "as alike as these reasons can be; nothing can be compared"
    numbers = (
        f"(similarity {decimal(found.observed, 3)}; by chance {decimal(found.null_low, 3)} to "
        f"{decimal(found.null_high, 3)}; p = {found.p:.2f})"
    )
    if found.p < LEAST_EVIDENCE:
        return f"more alike than chance would make them {numbers}"
    return (
        f"not distinguishably more alike than chance would make them {numbers}. "
        "That does not show that they are independent"
    )


def _counted(found: MessageConsistency) -> str:
    said = f"{found.narrators} narrators with a reason, of {found.seen} seen"
    sampled = found.narrators < found.with_reason
    return f"a random {said} ({found.with_reason} have a reason)" if sampled else said


def comparisons_page(facts: Facts) -> Page | None:
    """Show odds ratios, where the caller says that an attribute is complete."""
    if not facts.question.complete:
        return None
    return Page(
        "Comparisons",
        "Odds of each reason in one group of accounts, against all the others.",
        tuple(_comparison(facts, where) for where in dict.fromkeys(facts.question.complete)),
    )


def _comparison(facts: Facts, where: tuple[str, str]) -> Block:
    name, value = where
    rows = [row for row in facts.comparisons if (row.attribute, row.value) == where]
    if not rows:
        return Paragraph(f"Over {name} “{value}” there is nothing to compare.")
    figure_id = f"odds-{name}-{facts.question.complete.index(where) + 1}"
    said = (f"{row.code} {odds(row.odds.estimate)}, p {row.odds.p:.3f}" for row in rows)
    return Figure(
        id=figure_id,
        title=f"{name.capitalize()} “{value}” against all others",
        alt=f"Odds ratios on a logarithmic axis. {'; '.join(said)}.",
        chart=odds_ratio_dots([_dot(row) for row in rows]),
        table=_odds_table(rows),
        note=(
            f"Whoever asked for this says that “{name}” is complete and unwithheld. "
            f"{len(rows)} comparisons were made and none was corrected for."
        ),
        provenance=provenance(facts, figure_id, "2 x 2 tables of accounts"),
    )


def _dot(row: Compared) -> OddsRatio:
    label = f"{row.code} {row.label}"
    return OddsRatio(label, row.odds.estimate, row.odds.low, row.odds.high)


def _odds_table(rows: list[Compared]) -> Table:
    headings = ("Odds ratio", "95 %", "p")
    return Table(
        caption="Odds ratio, exact interval and exact p",
        columns=(Column("Reason"), *(Column(heading, NUMBER) for heading in headings)),
        rows=tuple(
            (
                row.code,
                odds(row.odds.estimate),
                f"{odds(row.odds.low)}–{odds(row.odds.high)}",
                f"{row.odds.p:.3f}",
            )
            for row in rows
        ),
    )


def beside_icsr_page(facts: Facts) -> Page | None:
    """Set the Islamic State accounts of 2014-15 beside ICSR's published counts, untested."""
    if not facts.body.codebook.startswith(f"{ICSR_CODEBOOK}@"):
        return None
    attributes = facts.readings.attributes
    kept = (attributes["group"] == ICSR_GROUP) & (attributes["period"] == ICSR_PERIOD)
    if not kept.any():
        return None
    subset = facts.readings.with_accounts(kept)
    way = way_called(subset, facts.way, facts.question.blanks)
    shares = dict(zip(subset.codes, shares_among_stated(way.values), strict=True))
    lead = (
        f"ICSR collected the stories of 58 people who had left the Islamic State by August 2015; "
        f"{int(kept.sum())} accounts here are of that group and were published in 2014 or 2015. "
        "The two are set side by side and not tested."
    )
    blocks = (
        _narratives_beside(shares, facts),
        Table(
            caption="What ICSR counted, and what can be counted here",
            columns=(Column("What"), Column("ICSR 2015", NUMBER), Column("Here", NUMBER)),
            rows=(
                *((what, said, NONE) for what, said in COUNTS),
                ("Accounts of this group, published in 2014 or 2015", NONE, str(int(kept.sum()))),
            ),
            note=f"– not counted, or withheld here. {SUICIDE_MISSIONS}",
        ),
        Bullets(WHY_THEY_NEED_NOT_AGREE),
    )
    return Page("Beside ICSR's study of 2015", lead, blocks)


def quotes_page(facts: Facts) -> Page | None:
    """Show narrators' words, verbatim, where they may be shown."""
    if not facts.quotes:
        return None
    return Page(
        "In their words",
        "One short excerpt for each main reason that has one, word for word. "
        "Every narrator and every word here is invented.",
        (Note("Invented testimonies, written for this software."), *map(_quotation, facts.quotes)),
    )


def _quotation(quote: Quote) -> Quotation:
    direction: Direction = "rtl" if quote.language.split("-")[0] in RIGHT_TO_LEFT else "ltr"
    return Quotation(
        text=quote.text,
        language=quote.language or "und",
        direction=direction,
        whose=f"{quote.code} {quote.label} · account {quote.account}",
        mark="invented",
    )


def _narratives_beside(shares: dict[str, Share], facts: Facts) -> Table:
    return Table(
        caption="ICSR's four narratives of leaving, and the nearest codes here",
        columns=(
            Column("Narrative"),
            Column("ICSR 2015", NUMBER),
            Column("Here", NUMBER),
            Column("Share", NUMBER),
        ),
        rows=tuple(
            (
                f"{name} ({code}{'' if code in facts.ranked else ' †'})",
                "named, not counted",
                counted(shares[code]) if code in shares else NONE,
                f"{percent(shares[code].value)} [{interval(shares[code])}]"
                if code in shares
                else NONE,
            )
            for name, code in NARRATIVES
        ),
        note=(
            f"Here a reason counts where {way_in_words(facts.way)}, among {base(facts)}; shares "
            "with illustrative 95 % intervals. Query: group=IS; period=2014-2015; codebook "
            f"{unbroken(facts.body.codebook)}; {facts.question.blanks.wording}; data "
            f"{facts.readings.data_hash[:12]}…. {dagger_note(facts)}"
        ).strip(),
    )
