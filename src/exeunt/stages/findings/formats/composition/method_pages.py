"""How it was done, what it cannot show, and how to do it again."""

from collections.abc import Iterator

from exeunt.stages.findings.formats.composition.wording import (
    readers_in_words,
    unbroken,
    way_in_words,
)
from exeunt.stages.findings.formats.document import Bullets, Column, Page, Paragraph, Table
from exeunt.stages.findings.formats.facts import Facts

MACHINES = (
    "Readers marked as machines are software. Agreement between machine readings says how alike "
    "they read, not how well; no person has checked them unless a person is among the readers."
)
LIMITS = (
    "This is a convenience sample, not a census and not a random draw. Shares describe these "
    "accounts; intervals are illustrative, and say what a random draw of this size would have "
    "left open. They know nothing of how the readers erred.",
    "Leaving is not deradicalisation. A reason for leaving says nothing about what somebody "
    "believes now.",
    "A stated reason is what somebody told somebody else, in a setting, for a purpose. It is "
    "evidence of the telling first.",
    "The evidence that counter-narratives change behaviour is thin, and former members are not "
    "automatically credible to the milieu they left. Nothing here shows that publishing these "
    "reasons would keep anybody from joining.",
    "What is withheld or unknown is not so at random, so attributes with such gaps are described "
    "and never compared by a test.",
)
REFERENCES = (
    "Gwet (2008), British Journal of Mathematical and Statistical Psychology 61. Hayes and "
    "Krippendorff (2007), Communication Methods and Measures 1. Krippendorff (2018), Content "
    "Analysis, 4th edition. Neumann (2015), Victims, Perpetrators, Assets: The Narratives of "
    "Islamic State Defectors, ICSR. Strona et al. (2014), Nature Communications 5. Wilson (1927), "
    "Journal of the American Statistical Association 22."
)
MARKED = (
    "Readers marked excerpts in the texts. An account's value for a code is the highest that the "
    "reader gave on any of its excerpts; only “unknown” or “not applicable” where that alone was "
    "given; “not mentioned” where the reader completed the account and marked nothing with the "
    "code. Where a reader marked anything of a dimension, its other codes count as not given (0); "
    "where nothing of it was marked, blanks are treated as said above."
)
SHARED = (
    "The accounts were shared out among the readers. “All” means all who were to read an account, "
    "which may be one; where one of them has not completed it, it has no value there."
)
SETTLED_CODES = (
    "“Settled” is the study's own answer: what all readers of an account, two at least, said "
    "alike, and where they differ what somebody settled with a reason. What is not settled, and "
    "what one reader alone has read, has no value there. Agreement is computed from the readings, "
    "never from what was settled."
)
SETTLED_MARKS = (
    "“Settled” is the study's own answer: the excerpts that all readers of an account, two at "
    "least, marked alike, and where they differ what somebody settled with a reason. An account "
    "has no value for a code while any stretch marked with it is not settled, or where one reader "
    "alone has read it. Agreement is computed from the readings, never from what was settled."
)
INVENTED = (
    "Every testimony, narrator and number in this report is invented, to show what the software "
    "does. Nothing in it is evidence of anything."
)


def method_page(facts: Facts) -> Page:
    """Say how accounts became numbers."""
    body, question = facts.body, facts.question
    lead = (
        f"{body.accounts} accounts of {body.narrators} narrators were coded by "
        f"{readers_in_words(facts)}, each alone, with the codebook {unbroken(body.codebook)}."
    )
    steps = (
        "A reader gives each code a value, or says why there is none: unknown, not applicable, "
        f"not mentioned. Here {question.blanks.wording}.",
        "Among those with a stated reason, a code's base is the accounts with a value for that "
        "code; “all” counts every account.",
        f"Unless a table says otherwise, a reason counts where {way_in_words(facts.way)}.",
        *_where_it_comes_from(facts),
        "Shares carry Wilson's 95 % interval (Wilson 1927); accounts are counted, not narrators. "
        f"Agreement is Krippendorff's alpha, its interval from {question.times:,} draws of "
        "accounts with replacement; accounts of one narrator are drawn together.",
        "A code with an alpha under .667, or read twice in fewer than "
        f"{body.fewest_units} accounts, is shown and neither ranked nor headlined; from .667 it is "
        "tentative, from .80 firm (Krippendorff 2018). Doubt is the share of the draws in which "
        "alpha is under .667 (Hayes and Krippendorff 2007).",
        "Gwet's AC1 (Gwet 2008) also uses accounts that only one reader coded, alpha does not.",
        "Message consistency is the mean Jaccard similarity of two narrators' reasons, one account "
        f"each, against {min(question.times, 1000):,} random hand-outs of the same reasons that "
        "keep every code's total and every narrator's number of reasons (fixed margins; Strona et "
        "al. 2014).",
        "Odds ratios are given only over attributes that are complete and unwithheld: conditional "
        "estimate, exact interval, Fisher's exact p."
        + ("" if question.complete else " Nobody vouched for one here, so there are none."),
    )
    return Page("How it was done", lead, (Bullets(steps), Paragraph(REFERENCES)))


def _where_it_comes_from(facts: Facts) -> Iterator[str]:
    """Say what marks in texts, shared work and settled differences have to do with the numbers."""
    if facts.readings.marked:
        yield MARKED
    if facts.readings.due is not None:
        yield SHARED
    if facts.readings.settled is not None:
        yield SETTLED_MARKS if facts.readings.marked else SETTLED_CODES


def limits_page(facts: Facts) -> Page:
    """Say what these numbers cannot show."""
    special = (INVENTED,) if facts.body.invented else ()
    machines = (MACHINES,) if facts.body.machines else ()
    return Page(
        "What this cannot show",
        "These limits hold for every page of this report.",
        (Bullets((*special, *facts.body.limits, *machines, *LIMITS)),),
    )


def reproduction_page(facts: Facts) -> Page:
    """Say what it takes to get the same numbers again."""
    body = facts.body
    rows = (
        ("Study", f"{body.title} ({body.study})"),
        ("Question", str(facts.question)),
        ("Codebook", unbroken(body.codebook)),
        ("About the codebook", facts.readings.codebook.source or "–"),
        ("Accounts", f"{body.accounts} by {body.narrators} narrators"),
        ("Readers", f"{readers_in_words(facts)}: {', '.join(facts.readings.readers)}"),
        ("Blanks", facts.question.blanks.wording),
        ("Software", body.software),
        ("Data (SHA-256)", facts.readings.data_hash),
        ("Made", body.made),
        *((name.replace("_", " ").capitalize(), said) for name, said in body.protocol.items()),
    )
    return Page(
        "How to get the same numbers",
        "Whoever holds the archive gets the same numbers from the same question.",
        (
            Paragraph(
                "Every figure carries its query, window, codebook version, software version and "
                "the hash of the data it was made from. If the hash differs, the data have changed."
            ),
            Table(
                caption="What this report was made from",
                columns=(Column("What"), Column("Value")),
                rows=rows,
            ),
        ),
    )
