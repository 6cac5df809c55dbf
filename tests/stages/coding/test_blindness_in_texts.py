"""However readers go on in a text, nobody is told what another marked before their time."""

from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exeunt.errors import Refusal
from exeunt.members.models import Member
from exeunt.stages.coding.actions.sheets import reopen_sheet
from exeunt.stages.coding.models import Sheet
from exeunt.stages.coding.queries.texts import own_text
from exeunt.studies.actions import appoint
from exeunt.studies.roles import Role
from tests.making.marking import Reading, a_reading

CODERS = ("boris", "chidi", "vera")
# Each coder marks words of their own, so that what is told says whose it is.
WORDS = {"boris": "They told us", "chidi": "the money", "vera": "the widows"}
STEPS = st.lists(
    st.tuples(st.sampled_from(CODERS), st.sampled_from(("mark", "complete", "reopen"))),
    max_size=12,
)


@pytest.fixture
def reading(study, cast, captures) -> Reading:
    appoint(study=study, member=cast.vera, role=Role.CODER, by=cast.amina)
    return a_reading(study, cast)


def step(reading: Reading, name: str, act: str, by: Member) -> None:
    if act == "mark":
        reading.mark(WORDS[name], "L1", by=by, note=f"[{name}]")
    elif act == "complete":
        reading.complete(by=by)
    else:
        where = {"study": reading.study, "version": reading.version, "ref": reading.account.ref}
        reopen_sheet(**where, by=by)


def told_to(reading: Reading, by: Member) -> set[str]:
    """Return whose marks somebody is told, by the page and by what its script fetches."""
    page = own_text(reading.study, reading.version, reading.account.ref, by=by).marks
    script = reading.seen(by=by)
    places = {reading.place(words): name for name, words in WORDS.items()}
    shown = (*page.others, *script.others, *page.marks, *script.marks)
    return {places[(one.start, one.end)] for one in shown}


@settings(
    max_examples=settings().max_examples // 3,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_nobody_is_told_too_early(cast, reading, steps):
    with transaction.atomic():
        for name, act in steps:
            with suppress(Refusal), transaction.atomic():
                step(reading, name, act, getattr(cast, name))
        begun = dict(Sheet.objects.values_list("reading__coder__name", "state"))
        complete = {name.lower() for name, state in begun.items() if state == "complete"}
        all_done = len(complete) == len(begun) >= 2

        for name in CODERS:
            may = complete if all_done and name in complete else set()
            assert told_to(reading, getattr(cast, name)) <= {name} | may
        transaction.set_rollback(True)


def test_the_walk_would_find_a_leak(cast, reading):
    for name in ("boris", "chidi"):
        step(reading, name, "mark", getattr(cast, name))
        step(reading, name, "complete", getattr(cast, name))

    assert told_to(reading, cast.boris) == {"boris", "chidi"}
