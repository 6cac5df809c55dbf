"""Codebooks in versions, passes, judgements, sheets, and what was settled."""

from exeunt.stages.coding.models.codebooks import Code, Codebook, CodebookVersion, Draft
from exeunt.stages.coding.models.codings import Coding, Excerpt, Pass
from exeunt.stages.coding.models.sheets import Adjudication, Difference, Sheet

__all__ = [
    "Adjudication",
    "Code",
    "Codebook",
    "CodebookVersion",
    "Coding",
    "Difference",
    "Draft",
    "Excerpt",
    "Pass",
    "Sheet",
]
