"""Excerpts on which nothing stands any more."""

from collections.abc import Collection

from exeunt.stages.coding.models import (
    Coding,
    Example,
    Excerpt,
    Memo,
    SettledSpan,
    SpanSettlement,
)


def forget_empty(numbers: Collection[int]) -> None:
    """Take away excerpts on which nothing stands any more."""
    for number in numbers:
        standing = (
            Coding.everything.filter(excerpt=number),
            Memo.everything.filter(excerpt=number),
            Example.everything.filter(excerpt=number),
            SpanSettlement.everything.filter(about=number),
            SettledSpan.everything.filter(excerpt=number),
        )
        if not any(rows.exists() for rows in standing):
            Excerpt.everything.filter(pk=number).delete()
