"""Several at once write one history (on PostgreSQL; an SQLite archive has one writer)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from exeunt.ledger.models import Entry, Head
from exeunt.ledger.verifying import problems_of_ledger
from tests.making.ledger import empty_the_ledger, some_acts

WRITERS, ACTS = 4, 15


@pytest.fixture
def committing(request):
    """A database in which acts are committed, as in life; the ledger is emptied afterwards."""
    if connection.vendor != "postgresql":
        pytest.skip("in memory, SQLite has one connection")
    request.getfixturevalue("django_db_setup")
    with request.getfixturevalue("django_db_blocker").unblock():
        yield
        empty_the_ledger()
        connection.close()


def _write(writer: int) -> None:
    try:
        some_acts(ACTS, by=f"writer{writer}")
    finally:
        connections.close_all()


@pytest.mark.database
def test_several_writers_at_once_keep_one_history(committing):
    with ThreadPoolExecutor(WRITERS) as writers:
        list(writers.map(_write, range(WRITERS)))

    assert list(Entry.objects.values_list("position", flat=True)) == list(range(WRITERS * ACTS))
    assert Head.objects.get().size == WRITERS * ACTS
    assert problems_of_ledger() == []
    for writer in range(WRITERS):
        mine = Entry.objects.filter(by=f"writer{writer}").order_by("position")
        assert [entry.facts["version"] for entry in mine] == list(range(ACTS))
