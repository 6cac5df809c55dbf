"""Every address x every person x every method x own and other study: nothing unexpected.

The cells are made from the URL resolver; a route without a row in `rows.py` fails.
"""

import logging
import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pytest
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from exeunt.ledger.models import Entry
from exeunt.members.models import Member
from exeunt.studies.queries import roles_of
from exeunt.studies.roles import MAY
from tests.house.source_files import ROOT
from tests.making.again import made_again
from tests.making.web import Browser
from tests.web.rows import IN_A_STUDY, METHODS, OUTSIDE, READ, Row
from tests.web.world import Side, World, a_world

SIGN_IN = 302
FAULT = 500
MISSING, FORBIDDEN, NOT_ALLOWED = 404, 403, 405


class Route(NamedTuple):
    """One address as the resolver knows it: its name, and whether it stands in a study."""

    name: str
    in_a_study: bool


def routes(
    patterns: list[URLPattern | URLResolver], prefix: str = "", space: str = ""
) -> Iterator[Route]:
    """Walk the resolver down to every address."""
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern.url_patterns, path, inner)
        else:
            yield Route(f"{space}{pattern.name}", "<str:study_ref>" in path)


ROUTES = sorted(set(routes(get_resolver().url_patterns)))


def test_every_route_has_a_row_and_every_row_a_route():
    inside = {route.name for route in ROUTES if route.in_a_study}
    outside = {route.name for route in ROUTES if not route.in_a_study}

    assert (inside, outside) == (set(IN_A_STUDY), set(OUTSIDE))


@pytest.fixture
def world(cast, captures, settings, tmp_path) -> World:
    """Both studies, filled."""
    settings.EXEUNT_REPORTS = str(tmp_path / "reports")
    settings.EXEUNT_INCOMING = str(tmp_path / "incoming")
    refs = tuple(member.ref for member in cast)
    return made_again("world", refs, lambda: a_world(cast, tmp_path), folder=tmp_path)


def expected(row: Row, method: str, roles: frozenset) -> frozenset[int]:
    """What a member gets for a method at an address of a study in which they have these roles."""
    if not roles:
        return frozenset({MISSING})
    if method not in row.methods:
        return frozenset({NOT_ALLOWED})
    if row.act is not None and MAY[row.act].isdisjoint(roles):
        return frozenset({FORBIDDEN})
    return row.gets if method in READ else row.posts


def members(world: World) -> list[Member]:
    """Everybody who can sign in.

    What a role allows is decided before a database is asked. On a second database it is enough
    that every page and act is tried by those whom it is for, and by somebody from elsewhere.
    """
    cast = world.cast
    if connection.vendor != "sqlite":
        return [cast.amina, cast.boris, cast.dana, cast.lina, cast.eve]
    if os.environ.get("EXEUNT_PROVE"):
        return [*cast, *world.theirs.coders]
    # Of two who have the same role, one.
    return [*(one for one in cast if one != cast.chidi), world.theirs.coders[0]]


def those_for(row: Row, world: World) -> list[Member | None]:
    """Nobody, and of everybody those who try an address: on a second database whom it is for."""
    everybody = members(world)
    if connection.vendor == "sqlite":
        return [None, *everybody]
    here = world.ours.study
    allowed = [m for m in everybody if row.act is None or MAY[row.act] & roles_of(m, here)]
    return [allowed[0], world.cast.eve]


def words_of(answer: HttpResponseBase) -> str:
    """Everything that an answer says: body and headers."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace") + repr(sorted(answer.headers.items()))


def leaks(said: str, who: Member | None, world: World) -> list[str]:
    """The planted words of a study in which who asks has no role."""
    sides = [s for s in (world.ours, world.theirs) if who is None or not roles_of(who, s.study)]
    return [word for side in sides for word in side.planted if word in said]


# What browsers send by themselves, and what forms do.
KNOWN = frozenset({"GET", "HEAD", "POST"})
FORMS = ("GET", "POST")

PARTS = sorted({name.partition(":")[0] for name in IN_A_STUDY})


@pytest.mark.parametrize("part", PARTS)
def test_everybody_gets_what_the_roles_allow_and_nothing_else(
    part, world, browser_of, caplog, record_property
):
    caplog.set_level(logging.DEBUG)
    trying = Trying(world, browser_of)

    for name in (name for name in IN_A_STUDY if name.partition(":")[0] == part):
        trying.every_cell_of(name)

    record_property("cells", trying.tried)
    assert "\n".join(trying.unexpected) == ""
    assert trying.tried >= len(METHODS) * 2 * 2
    assert planted_in(caplog.text, world) == []
    assert planted_in(str(list(Entry.objects.values_list("facts", "subject", "by"))), world) == []


def test_nothing_of_a_study_is_told_outside_of_it_and_a_visitor_is_asked_to_sign_in(
    world, browser_of, record_property
):
    unexpected = []
    for name, row in sorted(OUTSIDE.items()):
        assert (ROOT / row.tried_in).is_file(), name
        place = reverse(name, kwargs=dict(row.places))
        unexpected += [
            f"{name}: {who and who.name} {method}: {answer.status_code}"
            for who in [None, *members(world)]
            for method in (METHODS if who in (None, world.ours.lead) else FORMS)
            for answer in [rolled_back(browser_of(who) if who else Client(), method, place)]
            if answer.status_code >= FAULT
            or leaks(words_of(answer), who, world)
            or (who is None and not row.open and answer.status_code != SIGN_IN)
        ]

    record_property("cells", len(OUTSIDE) * (len(members(world)) + 1) * len(METHODS))
    assert unexpected == []


def rolled_back(client: Client, method: str, place: str) -> HttpResponseBase:
    """Ask, and undo whatever that did."""
    with transaction.atomic():
        answer = client.generic(method, place)
        transaction.set_rollback(True)
    return answer


def planted_in(said: str, world: World) -> list[str]:
    """Planted words, and names of people, where none may stand."""
    words = [word for side in (world.ours, world.theirs) for word in side.planted]
    return [word for word in words + [m.name for m in members(world)] if word in said]


class Trying:
    """Tries the cells of addresses, and remembers what came out otherwise than expected."""

    def __init__(self, world: World, browser_of: Browser) -> None:
        self.world = world
        self.tried = 0
        self.unexpected: list[str] = []
        self._browsers = {m.pk: browser_of(m) for m in members(world)}

    def every_cell_of(self, name: str) -> None:
        """Everybody x every method x both studies; then things of the one under the other."""
        row = IN_A_STUDY[name]
        ours, theirs = self.world.ours, self.world.theirs
        for study, things in ((ours, ours), (theirs, theirs), (ours, theirs), (theirs, ours)):
            named = row.places(things)
            if study is not things and not set(named.values()) - set(row.places(study).values()):
                continue
            place = reverse(name, kwargs={"study_ref": study.study.ref, **named})
            for who in those_for(row, self.world):
                for method in self._methods(row, who, own=study is things):
                    hoped = self._hoped(row, method, who, study=study, things=things)
                    self._try(who, method, place, hoped)

    def _methods(self, row: Row, who: Member | None, *, own: bool) -> Iterable[str]:
        """What somebody tries: all that an address may know; the rest is tried by a few."""
        if not own:
            return FORMS
        few = (None, self.world.ours.lead, self.world.theirs.lead)
        return METHODS if who in few else [one for one in METHODS if one in row.methods | KNOWN]

    def _hoped(
        self, row: Row, method: str, who: Member | None, *, study: Side, things: Side
    ) -> frozenset[int]:
        if who is None:
            return frozenset({SIGN_IN})
        hoped = expected(row, method, roles_of(who, study.study))
        not_theirs = study is not things or (row.asker and who != study.lead)
        return frozenset({MISSING}) if not_theirs and hoped & (row.gets | row.posts) else hoped

    def _try(self, who: Member | None, method: str, place: str, hoped: frozenset[int]) -> None:
        client = self._browsers[who.pk] if who else Client()
        answer = rolled_back(client, method, place)
        said = words_of(answer)
        self.tried += 1
        wrong = [] if answer.status_code in hoped else [f"{answer.status_code}, not {set(hoped)}"]
        wrong += [f"shows {word}" for word in leaks(said, who, self.world)]
        if wrong:
            name = who.name if who else "nobody"
            self.unexpected.append(f"{name} {method} {place}: {'; '.join(wrong)}")
