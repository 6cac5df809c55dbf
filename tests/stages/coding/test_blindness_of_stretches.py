"""However readers go on in a text, nobody sees where marks differ before their time."""

from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exeunt.errors import Refusal
from exeunt.members.models import Member
from exeunt.stages.coding.actions.sheets import reopen_sheet
from exeunt.stages.coding.models import Sheet
from exeunt.stages.coding.queries.dispute import At
from exeunt.stages.coding.queries.questions import questions_to
from exeunt.stages.coding.queries.stretch import stretch_of
from exeunt.stages.coding.queries.stretches import (
    Wanted,
    stretch_beside,
    stretches_in,
    stretches_page,
)
from exeunt.stages.coding.queries.waiting import waiting_for
from exeunt.studies.actions import appoint
from exeunt.studies.roles import Role
from tests.making.marking import Reading, a_reading
from tests.making.spans import L1, SAID, Disputed

CODERS = ("boris", "chidi", "vera")
# Each marks words of their own, and so every stretch is one reader's alone.
WORDS = {"boris": "They told us", "chidi": "the money", "vera": "the widows"}
STEPS = st.lists(
    st.tuples(
        st.sampled_from(CODERS),
        st.sampled_from(("mark", "complete", "complete", "reopen", "settle", "ask")),
    ),
    min_size=3,
    max_size=12,
)


@pytest.fixture
def disputed(study, cast) -> Disputed:
    appoint(study=study, member=cast.vera, role=Role.CODER, by=cast.amina)
    return Disputed(a_reading(study, cast, text=SAID))


def step(disputed: Disputed, name: str, act: str, by: Member) -> None:
    reading: Reading = disputed.reading
    if act == "mark":
        reading.mark(WORDS[name], "L1", by=by, note=f"[{name}]")
    elif act == "complete":
        reading.complete(by=by)
    elif act == "settle":
        disputed.settle(WORDS[name], "none", by=by)
    elif act == "ask":
        disputed.send_back(WORDS[name], f"[{name}]?", by=by)
    else:
        reopen_sheet(study=disputed.study, version=disputed.version, ref=disputed.ref, by=by)


def told_to(disputed: Disputed, by: Member) -> set[str]:
    """Return whose marks somebody is told of, by any of the queries on stretches."""
    study, version = disputed.study, disputed.version
    everything = Wanted(settled=True)
    places = {At(L1, *disputed.reading.place(words)): name for name, words in WORDS.items()}
    told = {places[one.at] for one in stretches_in(study, version, everything, by=by).rows}
    told |= {places[one.at] for one in stretches_page(study, None, everything, by=by).leaf.rows}
    beside = stretch_beside(study, version, everything, by=by)
    told |= {places[beside.at]} if beside else set()
    for at, name in places.items():
        with suppress(Refusal):
            stretch_of(study, version, disputed.ref, at=at, by=by)
            told.add(name)
    with suppress(Refusal):
        told |= {places[one.at] for one in questions_to(study, by=by)}
    if any(line.stretches or line.questions for line in waiting_for(study, by=by)):
        told.add("somebody")
    return told


@settings(
    max_examples=settings().max_examples // 3,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_nobody_sees_a_stretch_too_early(cast, disputed, steps):
    with transaction.atomic():
        for name, act in steps:
            with suppress(Refusal), transaction.atomic():
                step(disputed, name, act, getattr(cast, name))
        begun = dict(Sheet.objects.values_list("reading__coder__name", "state"))
        complete = {name.lower() for name, state in begun.items() if state == "complete"}
        all_done = len(complete) == len(begun) >= 2

        for name in (*CODERS, "amina"):
            may = all_done and (name in complete or name == "amina")
            told = told_to(disputed, getattr(cast, name))
            assert told <= (complete | {"somebody"} if may else set())
        transaction.set_rollback(True)


def test_the_walk_would_find_a_leak(cast, disputed):
    for name in ("boris", "chidi"):
        step(disputed, name, "mark", getattr(cast, name))
        step(disputed, name, "complete", getattr(cast, name))

    assert told_to(disputed, cast.boris) == {"boris", "chidi", "somebody"}
    assert told_to(disputed, cast.vera) == set()
