"""What may be read today: what consent has shut is not there, for any query that does not ask.

A manager of this kind is the first of every model whose rows are somebody's telling, so that a
query that forgot consent finds nothing. What must see everything, such as erasing, asks for it.
"""

import functools
import operator
from typing import Any, TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from exeunt.stages.consent.models.standing import Standing

Row = TypeVar("Row", bound=models.Model)
TEXT = "text_until"
DATA = "data_until"


class _Open(models.Func):
    """Whether a row is of nobody whom consent shuts on a day.

    Written out once for each path: a query in a query in a query costs more to compose than to
    answer. An empty column is nobody's.
    """

    conditional = True
    output_field = models.BooleanField()

    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        *_: Any,
        **__: Any,
    ) -> tuple[str, tuple[str | int, ...]]:
        """Return the condition; the only value in it is the day."""
        column, values = compiler.compile(self.source_expressions[0])
        day = connection.ops.adapt_datefield_value(timezone.localdate()) or ""
        shut = self.extra["shut"]
        sql = f"({column} IS NULL OR {column} NOT IN ({shut}))"
        return sql, (*values, *values, *[day] * shut.count("%s"))


class Everything(models.Manager[Row]):
    """Every row, open or shut: for what must not miss any, such as erasing and counting labels."""


class Told(models.Manager[Row]):
    """The rows of a telling, but for those that consent does not let anybody read today.

    ``paths`` lead from the model to the narrator, each by another kind of thing that a row can be
    about. ``until`` names what must be open: the text, or the coded data, or either.
    """

    def __init__(self, *paths: str, until: tuple[str, ...] = (TEXT,)) -> None:
        """Take the ways to the narrator, and what must be open."""
        super().__init__()
        self._paths = paths
        self._until = until
        self._conditions: list[_Open] = []

    def whose(self, narrator: int) -> models.Q:
        """Return the condition by which a row is of one narrator, in whatever way."""
        ways = (models.Q(**{path: narrator}) for path in self._paths)
        return functools.reduce(operator.or_, ways)

    def get_queryset(self) -> models.QuerySet[Row]:
        """Return what may be read on the day on which it is asked."""
        if not self._conditions:
            self._conditions = [self._condition(path.split("__")) for path in self._paths]
        return super().get_queryset().filter(*self._conditions)

    def _condition(self, path: list[str]) -> _Open:
        over = " AND ".join(f"({name} IS NULL OR {name} < %s)" for name in self._until)
        shut = f"SELECT narrator_id FROM {Standing._meta.db_table} WHERE {over}"  # noqa: S608 - our names
        steps = []
        model: type[models.Model] = self.model
        for name in path:
            field = model._meta.get_field(name)
            steps.append((model, field.column))  # type: ignore[union-attr]
            model = field.related_model  # type: ignore[assignment]
        for model, column in reversed(steps[1:]):
            shut = f"SELECT id FROM {model._meta.db_table} WHERE {column} IN ({shut})"  # noqa: S608
        return _Open(models.F(path[0]), shut=shut)
