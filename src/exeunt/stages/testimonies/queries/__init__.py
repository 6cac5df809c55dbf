"""Reading accounts, always on behalf of somebody."""

from exeunt.stages.testimonies.queries.whole import (
    COLUMNS,
    Extent,
    accounts_of,
    damaged_texts,
    extent_of,
)

__all__ = ["COLUMNS", "Extent", "accounts_of", "damaged_texts", "extent_of"]
