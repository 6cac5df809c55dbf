"""How many times an act asks the database."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_for(act: Callable[[], object]) -> int:
    """Count the queries of one act."""
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)
