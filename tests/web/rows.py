"""Every address of the workbench, and what it takes to use it: the rows of the matrix.

A route without a row fails the build.
"""

from collections.abc import Callable
from dataclasses import dataclass

from exeunt.studies.roles import Act
from tests.web.world import Side

READ = frozenset({"GET", "HEAD"})
WRITE = frozenset({"POST"})
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
Places = Callable[[Side], dict[str, str]]


def _nothing(_side: Side) -> dict[str, str]:
    return {}


@dataclass(frozen=True)
class Row:
    """What an address takes: an act, methods, the places in it, and what an allowed person gets.

    ``sees`` says whether the page may show words of the study's accounts.
    """

    act: Act | None = None
    methods: frozenset[str] = READ
    places: Places = _nothing
    gets: frozenset[int] = frozenset({200})
    posts: frozenset[int] = frozenset({422})


IN_A_STUDY: dict[str, Row] = {
    "overview": Row(),
}

# Addresses outside any study: who may, is asked by tests of their own.
OUTSIDE: dict[str, str] = {
    "home": "tests/web/test_home.py",
    "looks": "tests/web/test_looks.py",
}
