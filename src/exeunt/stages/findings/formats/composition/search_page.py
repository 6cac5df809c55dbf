"""A search that was counted: how many accounts hold it, of how many, and how sure that is."""

from dataclasses import dataclass

from exeunt.methods.proportions import Share
from exeunt.stages.findings.formats.charts import Share as Bar
from exeunt.stages.findings.formats.charts import share_bars
from exeunt.stages.findings.formats.composition.wording import (
    counted,
    interval,
    likely,
    percent,
)
from exeunt.stages.findings.formats.document import (
    Align,
    Column,
    Figure,
    Note,
    Page,
    Provenance,
    Report,
    Table,
)
from exeunt.stages.findings.formats.words import Words

NUMBER = Align.END
FIGURE = "search"
ILLUSTRATIVE = (
    "Wilson 95 % intervals, illustrative: nobody drew these accounts at random. An account holds "
    "what was sought, or does not; how often it says it is counted apart."
)
OF_CODES = (
    "What is counted rests on codes. How far readers agree on each stands on the page of "
    "agreement; a code that may not be ranked there is not ranked by being counted here."
)


@dataclass(frozen=True)
class CountedSearch:
    """What a search comes to, as plain values; ``query`` is one line that repeats it."""

    title: str
    query: str
    among: str
    accounts: Share
    narrators: Share
    places: int
    of: str
    by_codes: bool
    window: str
    codebook: str
    data_hash: str
    software: str
    made: str
    invented: bool


def compose_search(found: CountedSearch) -> Report:
    """Write what a search comes to: a plain sentence, a figure with its table, and its limits."""
    notes = (Note(OF_CODES),) if found.by_codes else ()
    return Report(
        title=found.title,
        subtitle="A search that was counted",
        made=found.made,
        pages=(Page("", _lead(found), (_figure(found), *notes)),),
        invented=found.invented,
    )


def _lead(found: CountedSearch) -> str:
    share = found.accounts
    if not share.denominator:
        return f"There are no {found.among} yet, so there is nothing to count."
    return (
        f"Of {share.denominator} {found.among}, {share.numerator} hold what was sought: "
        f"{likely(share)}. It stands in {found.places} {found.of}."
    )


def _figure(found: CountedSearch) -> Figure:
    shares = {"Accounts": found.accounts, "Narrators": found.narrators}
    chart = share_bars([_bar(label, share) for label, share in shares.items()])
    said = (f"{label}: {counted(share)}, {percent(share.value)}" for label, share in shares.items())
    return Figure(
        id=FIGURE,
        title=f"{found.title}: how many hold it",
        alt=f"Bar chart. {'; '.join(said)}.",
        chart=chart.marked(Words().invented) if found.invented else chart,
        table=_table(found, shares),
        provenance=Provenance(
            figure_id=FIGURE,
            query=found.query,
            window=found.window,
            codebook=found.codebook,
            blanks="",
            software=found.software,
            data_hash=found.data_hash,
            counted=found.among,
        ),
        note=ILLUSTRATIVE,
    )


def _table(found: CountedSearch, shares: dict[str, Share]) -> Table:
    rows = [
        (label, counted(share), percent(share.value), interval(share))
        for label, share in shares.items()
    ]
    return Table(
        caption=f"Among {found.among}",
        columns=(
            Column("Counted"),
            Column("Hold it", NUMBER),
            Column("Share", NUMBER),
            Column("95 %", NUMBER),
        ),
        rows=(*rows, (found.of.capitalize(), str(found.places), "", "")),
    )


def _bar(label: str, share: Share) -> Bar:
    return Bar(
        label=label,
        share=share.value or 0.0,
        low=share.low or 0.0,
        high=share.high or 0.0,
        numerator=share.numerator,
        denominator=share.denominator,
    )
