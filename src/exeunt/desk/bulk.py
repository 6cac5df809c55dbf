"""Writing many rows at once, as plain values; for the acts of every stage.

A model made of each row would take six times as long.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

from django.db import connection, models

Written = tuple[Any, ...]
AT_ONCE = 500


def write_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Written]) -> None:
    """Insert rows of these fields; every field without a default of the database is named."""
    statement = f"{_into(model, names)} VALUES {_marks(names)}"
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(rows))


def copy_rows(
    model: type[models.Model], names: Sequence[str], rows: models.QuerySet[Any, Any]
) -> int:
    """Insert what a query finds, without bringing it here; returns how many rows that were.

    ``rows`` gives the values of ``names``, in their order.
    """
    found, facts = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"{_into(model, names)} {found}", facts)
        return int(cursor.rowcount)


def number_rows(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Written]
) -> list[int]:
    """Insert rows as `write_rows` does, and return their numbers in the same order."""
    stream, numbers = iter(rows), list[int]()
    while batch := list(islice(stream, _most(names))):
        numbers += _numbered(model, names, batch)
    return numbers


def _numbered(
    model: type[models.Model], names: Sequence[str], batch: Sequence[Written]
) -> Iterator[int]:
    marks = ", ".join([_marks(names)] * len(batch))
    key = connection.ops.quote_name(str(_columns(model)["id"]))
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_into(model, names)} VALUES {marks} RETURNING {key}",
            list(chain.from_iterable(batch)),
        )
        return (number for (number,) in cursor.fetchall())


def _most(names: Sequence[str]) -> int:
    """Return how many rows one statement can hold."""
    most = connection.features.max_query_params
    return min(AT_ONCE, most // len(names)) if most else AT_ONCE


def _columns(model: type[models.Model]) -> dict[str, str]:
    return {field.name: str(field.column) for field in model._meta.concrete_fields}


def _into(model: type[models.Model], names: Sequence[str]) -> str:
    quote, columns = connection.ops.quote_name, _columns(model)
    named = ", ".join(quote(columns[name]) for name in names)
    return f"INSERT INTO {quote(model._meta.db_table)} ({named})"


def _marks(names: Sequence[str]) -> str:
    return f"({', '.join(['%s'] * len(names))})"
