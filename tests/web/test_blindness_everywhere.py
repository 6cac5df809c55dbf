"""Whoever has not finished is told nothing of what others found, at any address of the site.

Every address is tried, those too that are new: they come from the rows, and a route without a
row fails. The same study is read in two ways, with other judgements and with more or less of
everything; whoever is blind must be told exactly the same, down to the length.
"""

import re
from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.db import transaction
from django.test import Client
from django.urls import reverse

from exeunt.stages.coding.actions.texts import propose_code
from exeunt.studies.actions import appoint
from exeunt.studies.queries import ledger_of
from exeunt.studies.roles import Role
from tests.making.secrets import ONE_WAY, OTHER_WAY, WORD, Found, Quiet, a_quiet_study, planted_in
from tests.web.rows import IN_A_STUDY, Row
from tests.web.test_matrix import rolled_back, words_of
from tests.web.world import Side, World, a_world

# What pages may be asked besides: each is tried at every address that shows something.
ASKED = ("codebook={sheets}", "codebook={texts}", f"q={WORD}", "codebook={texts}&code=L1")
# That and when somebody saved is in the ledger, so its positions move; words are sought there too.
MOVES = frozenset({"studies:ledger", "studies:witness"})
JUDGING = {"sheet.saved", "sheet.completed", "text.marked", "code.proposed", "difference.settled"}
DRAWN = (
    (re.compile(r'(name="csrfmiddlewaretoken" value=)"[^"]*"'), r"\1"),
    (re.compile(r'(name="once" value=)"[^"]*"'), r"\1"),
    (re.compile(r'(data-token=)"[^"]*"'), r"\1"),
    (re.compile(r"/in/welcome/[\w-]+"), "/in/welcome/"),
    (re.compile(r"nonce[-=]\S+"), "nonce"),
    (re.compile(r"\b[0-9a-f]{16}\b"), "#"),
    (re.compile(r'name="seed" value="\d+"'), "seed"),
)
Told = dict[str, str]


@pytest.fixture
def world(cast, captures, settings, tmp_path) -> World:
    """Both studies, filled; Vera codes as well."""
    settings.EXEUNT_REPORTS = str(tmp_path / "reports")
    settings.EXEUNT_INCOMING = str(tmp_path / "incoming")
    made = a_world(cast, tmp_path)
    appoint(study=made.ours.study, member=cast.vera, role=Role.CODER, by=cast.amina)
    return made


@pytest.fixture
def quiet(world, cast) -> Quiet:
    """What Chidi has yet to read, and has begun."""
    coders = cast.boris, cast.vera, cast.chidi
    made = a_quiet_study(world.ours.study, lead=cast.amina, coders=coders)
    made.begin()
    return made


def addresses(side: Side, quiet: Quiet) -> Iterator[tuple[str, str, str]]:
    """Every name with its address and method, for both codebooks and both accounts."""
    for name, row in IN_A_STUDY.items():
        for place in _places(name, row, side, quiet):
            if "GET" in row.methods:
                yield name, "GET", place
            if "POST" in row.methods:
                yield name, "POST", place
        if "GET" in row.methods:
            asked = (one.format(sheets=quiet.sheets.name, texts=quiet.texts.name) for one in ASKED)
            first = _places(name, row, side, quiet)[0]
            yield from ((name, "GET", f"{first}?{query}") for query in asked)


def _places(name: str, row: Row, side: Side, quiet: Quiet) -> list[str]:
    """Return an address for each codebook and account, where it names any."""
    found = []
    for version in (quiet.sheets, quiet.texts):
        for account in quiet.read:
            side.refs.update(codebook=version.name, slug=version.codebook.slug, account=account.ref)
            where = {"study_ref": side.study.ref, **row.places(side)}
            found.append(reverse(name, kwargs=where))
    return list(dict.fromkeys(found))


def told(client: Client, side: Side, quiet: Quiet, *, only: str = "") -> Told:
    """Return everything that is told at any address, without what is drawn anew each time."""
    for cache in caches.all():
        cache.clear()
    return {
        f"{method} {place}": _plain(words_of(answer), answer.status_code)
        for _name, method, place in addresses(side, quiet)
        if method.startswith(only) and not (only and "?" in place)
        for answer in [rolled_back(client, method, place)]
    }


def _plain(said: str, status: int) -> str:
    for drawn, left in DRAWN:
        said = drawn.sub(left, said)
    return f"{status} {said}"


def told_after(found: Found, client: Client, side: Side, quiet: Quiet, *, only: str) -> Told:
    """Let it come out one way, ask everywhere, and undo it."""
    with transaction.atomic():
        quiet.find(found)
        said = told(client, side, quiet, only=only)
        transaction.set_rollback(True)
    return said


def shown_in(said: Told) -> Iterator[str]:
    """Name every address that shows planted words, and which."""
    for place, words_there in said.items():
        for kind in planted_in(words_there):
            yield f"{place}: {kind}"


def difference(one: Told, other: Told, place: str) -> str:
    """Say in what two answers of one address differ."""
    pair = (re.split(r"(?<=>)|\n", said[place]) for said in (one, other))
    lines = zip(*pair, strict=False)
    first = (f"{mine.strip()} | {theirs.strip()}" for mine, theirs in lines if mine != theirs)
    return f"{place}: {next(first, 'one is longer')}"


def also_leading(world: World) -> None:
    appoint(study=world.ours.study, member=world.cast.chidi, role=Role.LEAD, by=world.cast.amina)


# Whoever leads as well may ask for more, and is asked everything; a coder looks at every page.
@pytest.mark.parametrize(
    "only",
    [
        pytest.param("GET", id="a coder"),
        # Two minutes; the random walks of the queries beneath are in the gate.
        pytest.param("", id="a lead who codes", marks=pytest.mark.prove),
    ],
)
def test_whoever_has_not_finished_is_told_nothing_and_no_count_moves(
    only, world, quiet, browser_of
):
    if not only:
        also_leading(world)
    client = browser_of(world.cast.chidi)
    one = told_after(ONE_WAY, client, world.ours, quiet, only=only)
    other = told_after(OTHER_WAY, client, world.ours, quiet, only=only)

    assert [line for said in (one, other) for line in shown_in(said)] == []
    free = {f"{how} {at}" for name, how, at in addresses(world.ours, quiet) if name in MOVES}
    moved = [at for at in one.keys() - free if one[at] != other[at]]
    assert [difference(one, other, at) for at in moved] == []
    assert len(one) > len(IN_A_STUDY)


def test_a_lead_who_codes_reads_in_the_ledger_that_others_judged_and_not_how_much(world, quiet):
    also_leading(world)
    quiet.find(ONE_WAY)
    chidi = world.cast.chidi
    entries = ledger_of(world.ours.study, by=chidi).leaf.entries
    others = [one for one in entries if one.by != chidi.ref and one.act in JUDGING]

    assert {one.act for one in others} == JUDGING
    assert {name for one in others for name in one.facts} <= {"study", "of", "codebook", "version"}
    own = next(one for one in entries if one.by == chidi.ref and one.act == "sheet.saved")
    assert own.facts["codings"] == 1


def test_the_key_of_a_proposed_code_is_drawn_and_does_not_count_those_of_others(world, quiet):
    quiet.find(OTHER_WAY)
    where = {"study": quiet.study, "version": quiet.texts, "by": world.cast.chidi}
    keys = {propose_code(label=label, **where).key for label in ("Fear", "Debts", "Home")}

    assert len(keys) == 3
    assert all(re.fullmatch(r"new-[0-9a-f]{4}", key) for key in keys)


def test_all_of_it_is_told_once_they_have_finished(world, quiet, browser_of):
    also_leading(world)
    quiet.find(ONE_WAY)
    quiet.finish()
    said = " ".join(told(browser_of(world.cast.chidi), world.ours, quiet, only="GET").values())

    # What Boris has only begun, and what he proposed, stays his own.
    assert {"note", "memo", "mark", "reason"} <= {*planted_in(said)}
    assert not {"open", "proposed"} & {*planted_in(said)}
