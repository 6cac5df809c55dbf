"""Codebooks in versions, passes, judgements, sheets, memos, who reads what, what was settled."""

from exeunt.stages.coding.models.codebooks import Code, Codebook, CodebookVersion, Draft
from exeunt.stages.coding.models.codings import Coding, Excerpt, Pass
from exeunt.stages.coding.models.elsewhere import Elsewhere
from exeunt.stages.coding.models.examples import Example
from exeunt.stages.coding.models.memos import Memo
from exeunt.stages.coding.models.rounds import Assignment, Round
from exeunt.stages.coding.models.searches import Search
from exeunt.stages.coding.models.sheets import Adjudication, Difference, Sheet
from exeunt.stages.coding.models.spans import Reply, SettledSpan, SpanDifference, SpanSettlement

__all__ = [
    "Adjudication",
    "Assignment",
    "Code",
    "Codebook",
    "CodebookVersion",
    "Coding",
    "Difference",
    "Draft",
    "Elsewhere",
    "Example",
    "Excerpt",
    "Memo",
    "Pass",
    "Reply",
    "Round",
    "Search",
    "SettledSpan",
    "Sheet",
    "SpanDifference",
    "SpanSettlement",
]
