"""The few words that the renderers set themselves, so that a report can be in any language."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Fixed words of a report; the default is English."""

    invented: str = "Invented material"
    invented_says: str = "Every narrator, account and number in this report is invented."
    skip: str = "Skip to what was found"
    contents: str = "In this report"
    figure: str = "Figure"
    about: str = "About this report"
    made: str = "Made"
    page: str = "Page"
    reproduce: str = "How to reproduce this figure"
    numbers: str = "The numbers of this figure"
    query: str = "Query"
    window: str = "Window"
    codebook: str = "Codebook"
    blanks: str = "Blanks"
    software: str = "Software"
    data_hash: str = "Data"
    counted: str = "Counted"
