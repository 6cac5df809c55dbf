"""From facts to a document: what the report says, in the order in which it says it."""

from dataclasses import replace

from exeunt.stages.findings.formats.composition.method_pages import (
    limits_page,
    method_page,
    reproduction_page,
)
from exeunt.stages.findings.formats.composition.opening_page import found_page
from exeunt.stages.findings.formats.composition.pattern_pages import (
    beside_icsr_page,
    comparisons_page,
    consistency_page,
    quotes_page,
)
from exeunt.stages.findings.formats.composition.reading_pages import agreement_page, readers_page
from exeunt.stages.findings.formats.composition.reason_pages import (
    crossings_page,
    reasons_page,
    slices_page,
    together_page,
)
from exeunt.stages.findings.formats.composition.span_pages import span_agreement_page
from exeunt.stages.findings.formats.document import Figure, Page, Report
from exeunt.stages.findings.formats.facts import Facts
from exeunt.stages.findings.formats.words import Words

__all__ = ["compose"]


def compose(facts: Facts) -> Report:
    """Write the narrative report: findings first, method and limits last, every figure traced."""
    main = facts.main_dimension
    others = dict.fromkeys(row.dimension for row in facts.narratives if row.dimension != main)
    pages: list[Page | None] = [
        found_page(facts),
        readers_page(facts),
        reasons_page(facts, main),
        *(reasons_page(facts, dimension) for dimension in others),
        agreement_page(facts),
        span_agreement_page(facts),
        *(slices_page(facts, attribute) for attribute in facts.slices),
        comparisons_page(facts),
        crossings_page(facts),
        together_page(facts),
        consistency_page(facts),
        beside_icsr_page(facts),
        quotes_page(facts),
        method_page(facts),
        limits_page(facts),
        reproduction_page(facts),
    ]
    words = Words()
    shown = tuple(page for page in pages if page is not None)
    if facts.body.invented:
        shown = tuple(_marked(page, words.invented) for page in shown)
    return Report(
        title=facts.body.title,
        subtitle="Why they say they left: a narrative report",
        made=facts.body.made,
        pages=shown,
        invented=facts.body.invented,
        words=words,
    )


def _marked(page: Page, mark: str) -> Page:
    """Put the mark into every chart, since its picture and data may travel without the report."""
    blocks = tuple(
        replace(block, chart=block.chart.marked(mark)) if isinstance(block, Figure) else block
        for block in page.blocks
    )
    return replace(page, blocks=blocks)
