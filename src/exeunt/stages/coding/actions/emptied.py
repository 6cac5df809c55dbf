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
            Coding.objects.filter(excerpt=number),
            Memo.objects.filter(excerpt=number),
            Example.objects.filter(excerpt=number),
            SpanSettlement.objects.filter(about=number),
            SettledSpan.objects.filter(excerpt=number),
        )
        if not any(rows.exists() for rows in standing):
            Excerpt.objects.filter(pk=number).delete()
