"""Readers stay blind to each other: no query tells a coder what others said before their time."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from inspect import getmembers, isfunction, signature
from pkgutil import iter_modules

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exeunt.errors import NotYet, NotYours, Refusal
from exeunt.members.models import Member
from exeunt.methods.readings import Cell
from exeunt.stages.coding import queries
from exeunt.stages.coding.models import Sheet
from exeunt.stages.coding.queries.codebook_pages import times_given, times_given_at_once
from exeunt.stages.coding.queries.codings import codings_of
from exeunt.stages.coding.queries.differences import (
    difference_of,
    differences_in,
    differences_page,
    settled_codings,
)
from exeunt.stages.coding.queries.exchange import export_of
from exeunt.stages.coding.queries.readings import ratings_of, readings_of
from exeunt.stages.coding.queries.settled_excerpts import settled_excerpts
from exeunt.stages.coding.queries.sheets import own_sheet, sheets_of_account
from exeunt.stages.coding.queries.visibility import check_not_blind, left_to_read
from exeunt.stages.coding.rules.blindness import Standing, check_may_see_others
from exeunt.studies.actions import appoint, dismiss
from exeunt.studies.roles import Role
from tests.making.coding import Desk, judgement, thing
from tests.making.coding import code as import_these

LABELS = ("A0001", "A0002")
CODERS = ("boris", "chidi", "vera")
Query = Callable[[Desk, str, Member], object]


def mark(name: str, label: str) -> str:
    """What somebody writes on the sheet of an account, and nowhere else."""
    return f"[{name}-{label}]"


def readers_in(desk: Desk, label: str, by: Member) -> object:
    """Mark whose values for an account are among the readings."""
    read = readings_of(desk.study, desk.version, by=by)
    there = (read.cells[:, read.accounts.index(label)] == Cell.VALUE).any(axis=1)
    return [
        mark(name.lower(), label) * int(value)
        for name, value in zip(read.readers, there, strict=True)
    ]


def raters_in(desk: Desk, label: str, by: Member) -> object:
    """Mark whose values for an account are among the ratings of one code."""
    read = ratings_of(desk.study, desk.version, "J1", by=by)
    there = read.cells[:, read.accounts.index(label), 0] == Cell.VALUE
    return [
        mark(name.lower(), label) * int(value)
        for name, value in zip(read.readers, there, strict=True)
    ]


def own(desk: Desk, label: str, by: Member) -> object:
    found = own_sheet(desk.study, desk.version, thing(label, desk.study), by=by)
    return found.judgements, found.memo


# Every query that tells what was judged, as it is asked about one account.
TELLING: dict[str, Query] = {
    "readings_of": readers_in,
    "ratings_of": raters_in,
    "own_sheet": own,
    "codings_of": lambda desk, _, by: codings_of(desk.study, desk.version, by=by),
    "difference_of": lambda desk, label, by: difference_of(
        desk.study, desk.version, thing(label, desk.study), by=by
    ),
    "settled_codings": lambda desk, _, by: settled_codings(desk.study, desk.version, by=by),
    "settled_excerpts": lambda desk, _, by: settled_excerpts(desk.study, desk.version, by=by),
    "differences_in": lambda desk, _, by: differences_in(desk.study, desk.version, by=by),
    "differences_page": lambda desk, _, by: differences_page(desk.study, None, by=by),
    "times_given_at_once": lambda desk, _, by: times_given_at_once(desk.study, desk.version, by=by),
    "times_given": lambda desk, _, by: times_given(desk.study, desk.version, by=by),
    "export_of": lambda desk, _, by: export_of(desk.study, desk.version.name, by=by),
    "sheets_of_account": lambda desk, label, by: sheets_of_account(
        desk.study, thing(label, desk.study), by=by
    ),
}
# Queries that tell numbers of sheets, codebooks, files and one's own drafts: no judgement.
TELLING_NONE = {
    "base_of",
    "calibration_of",  # asked for in test_rounds
    "check_given",
    "check_may_code_again",
    "check_may_see_calibration",
    "check_may_stop_coding",
    "check_not_blind",
    "coder_in",
    "counts_changes",
    "coders_in",
    "codebook_file",
    "colleagues_of",
    "proposal_called",
    "proposals_for",  # by a blind lead in test_rewriting
    "project_sent",  # of a file; asked for in tests/stages/coding/projects
    "codebook_page",
    "codebook_sent",
    "codebooks_of",
    "coded_excerpts",  # of excerpts; asked for in test_excerpts_wait_too
    "compare_versions",
    "damaged_codebooks",
    "differences_seen",
    "draft_called",
    "draft_page",
    "drawn",
    "edition_of",
    "effects_of",  # of a draft; asked for by a blind lead in test_rewriting
    "example_called",
    "examples_of",  # asked for by a newcomer in test_examples
    "examples_page",
    "left_to_read",
    "marked_texts",  # of texts; asked for in tests/stages/findings/test_spans.py
    "marks_in",  # of texts; walked in test_blindness_in_texts
    "look_at_project",  # what a file holds that is not taken in yet
    "memos_page",  # tried in test_memos
    "next_to_code",
    "open_things",
    "own_draft",
    "others_seen",  # asked by what is sought; walked with every address
    "own_in",
    "own_left_in",
    "own_memo",
    "own_text",  # the same
    "preview_codings",
    "progress_of",
    "questions_to",  # of stretches; walked in test_blindness_of_stretches, as the next four are
    "span_differences_seen",
    "take_out_judgements",
    "stretch_beside",
    "stretch_of",
    "stretches_in",
    "stretches_page",
    "unanswered",
    "round_called",
    "round_page",
    "rounds_of",
    "version_names",
    "waiting_for",
}


def asked(query: Query, desk: Desk, label: str, by: Member) -> str:
    """Return everything that a query tells, or nothing where it refuses."""
    try:
        return repr(query(desk, label, by))
    except Refusal:
        return ""


def everything(desk: Desk, label: str, by: Member) -> str:
    return "".join(asked(query, desk, label, by) for query in TELLING.values())


def fill(desk: Desk, name: str, label: str, by: Member, *, complete: bool) -> Sheet:
    """Write one's mark into a memo and a note."""
    write = desk.complete if complete else desk.save
    return write(label, 1, "", 0, by=by, memo=mark(name, label), notes={"J1": mark(name, label)})


@pytest.fixture
def three(cast, desk) -> Desk:
    """Vera codes as well, beside Boris and Chidi."""
    appoint(study=desk.study, member=cast.vera, role=Role.CODER, by=cast.amina)
    return desk


# --- every query, role and state -----------------------------------------------------------------

# What Boris and Chidi have done with A0001, and who of the cast may then see Chidi's reading.
STATES: dict[str, tuple[dict[str, bool], set[str]]] = {
    "nobody has begun": ({}, set()),
    "Chidi has begun": ({"chidi": False}, {"chidi"}),
    "Chidi has completed": ({"chidi": True}, {"chidi", "amina"}),
    "Boris has begun": ({"chidi": True, "boris": False}, {"chidi", "amina"}),
    "both have begun": ({"chidi": False, "boris": False}, {"chidi"}),
    "only Boris has completed": ({"chidi": False, "boris": True}, {"chidi"}),
    "both have completed": ({"chidi": True, "boris": True}, {"chidi", "boris", "amina"}),
}
ROLES = ("amina", "boris", "chidi", "dana", "lina", "edda", "vera", "eve")


@pytest.mark.parametrize(
    ("done", "may_see"), STATES.values(), ids=[state.replace(" ", "-") for state in STATES]
)
def test_who_sees_what_chidi_wrote(cast, desk, done, may_see):
    for name, complete in done.items():
        fill(desk, name, "A0001", getattr(cast, name), complete=complete)
    told = {name: everything(desk, "A0001", getattr(cast, name)) for name in ROLES}

    # Those who may see no single judgement are told of readings by the reader's name only.
    words = {name for name in ROLES if f"memo='{mark('chidi', 'A0001')}" in told[name]}
    noted = {name for name in ROLES if f"note='{mark('chidi', 'A0001')}" in told[name]}
    shown = {name for name in ROLES if f"'note': '{mark('chidi', 'A0001')}" in told[name]}
    own_words = {"chidi"} & {name for name in ROLES if mark("chidi", "A0001") in told[name]}
    assert words | noted | shown | own_words == may_see


@pytest.mark.parametrize("name", sorted({"vera", "dana", "lina", "edda"}))
def test_those_who_do_not_code_see_sums_as_soon_as_there_are_any(cast, desk, name):
    fill(desk, "chidi", "A0001", cast.chidi, complete=True)
    fill(desk, "boris", "A0002", cast.boris, complete=True)

    assert left_to_read(desk.study, desk.version, by=getattr(cast, name)) == 0
    assert readings_of(desk.study, desk.version, by=getattr(cast, name)).accounts


def test_a_coder_sees_no_sum_while_others_have_read_more(cast, desk):
    fill(desk, "boris", "A0001", cast.boris, complete=True)
    fill(desk, "chidi", "A0001", cast.chidi, complete=True)
    check_not_blind(desk.study, desk.version, by=cast.boris)
    fill(desk, "chidi", "A0002", cast.chidi, complete=True)

    with pytest.raises(NotYet, match="You still have 1 to read with “reasons@1”"):
        check_not_blind(desk.study, desk.version, by=cast.boris)
    check_not_blind(desk.study, desk.version, by=cast.chidi)


def test_a_lead_who_codes_is_as_blind_as_any_coder(cast, desk):
    appoint(study=desk.study, member=cast.amina, role=Role.CODER, by=cast.amina)
    fill(desk, "chidi", "A0001", cast.chidi, complete=True)

    for query in ("readings_of", "codings_of", "settled_codings", "times_given", "ratings_of"):
        with pytest.raises(NotYet, match="You still have 1 to read"):
            TELLING[query](desk, "A0001", cast.amina)


def test_a_lead_who_codes_cannot_put_the_role_aside_and_look(cast, desk):
    appoint(study=desk.study, member=cast.amina, role=Role.CODER, by=cast.amina)
    fill(desk, "chidi", "A0001", cast.chidi, complete=True)
    where = {"study": desk.study, "member": cast.amina, "role": Role.CODER}

    with pytest.raises(NotYours, match="You still have 1 to read that others have completed"):
        dismiss(by=cast.amina, **where)
    fill(desk, "amina", "A0001", cast.amina, complete=True)
    dismiss(by=cast.amina, **where)
    appoint(by=cast.amina, **where)
    dismiss(by=cast.amina, **where)
    fill(desk, "chidi", "A0002", cast.chidi, complete=True)
    with pytest.raises(NotYours, match="Let another lead make you a coder again"):
        appoint(by=cast.amina, **where)


def test_another_lead_may_take_the_role_and_give_it_again(cast, desk):
    for member, role in ((cast.amina, Role.CODER), (cast.edda, Role.LEAD)):
        appoint(study=desk.study, member=member, role=role, by=cast.amina)
    fill(desk, "amina", "A0001", cast.amina, complete=False)
    fill(desk, "chidi", "A0001", cast.chidi, complete=True)
    where = {"study": desk.study, "member": cast.amina, "role": Role.CODER}

    dismiss(by=cast.edda, **where)
    appoint(by=cast.edda, **where)


def test_excerpts_wait_too(cast, desk, tmp_path):
    rows = [judgement("A0001", "L1", coder="Chidi")]
    import_these(rows, tmp_path, study=desk.study, cast=cast)
    module = import_module("exeunt.stages.coding.queries.excerpts")

    assert module.coded_excerpts(desk.study, desk.version, by=cast.amina) == []
    with pytest.raises(NotYet):
        module.coded_excerpts(desk.study, desk.version, by=cast.boris)


def test_a_reading_counts_when_its_sheet_is_complete(cast, desk):
    fill(desk, "chidi", "A0001", cast.chidi, complete=False)

    assert mark("chidi", "A0001") not in everything(desk, "A0001", cast.amina)
    assert times_given(desk.study, desk.version, by=cast.amina) == {}
    fill_again = desk.complete("A0001", 1, "", 0, by=cast.chidi, revision=1)
    assert fill_again.completed is not None
    assert times_given(desk.study, desk.version, by=cast.amina) == {"J1": 1}


def test_a_coder_who_left_holds_up_nobody(cast, three):
    fill(three, "vera", "A0001", cast.vera, complete=False)
    fill(three, "boris", "A0001", cast.boris, complete=True)
    fill(three, "chidi", "A0001", cast.chidi, complete=True)
    ref = thing("A0001", three.study)
    with pytest.raises(NotYet, match="Somebody is still reading this"):
        difference_of(three.study, three.version, ref, by=cast.boris)
    three.study.membership_set.filter(member=cast.vera, role=Role.CODER).delete()

    assert len(difference_of(three.study, three.version, ref, by=cast.boris).readers) == 2


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [
        (Standing(2, 0, codes_here=True, has_completed=False), "once you have completed your own"),
        (Standing(1, 0, codes_here=True, has_completed=True), "it takes two complete readings"),
        (Standing(2, 1, codes_here=True, has_completed=True), "Somebody is still reading"),
        (Standing(0, 0, codes_here=False, has_completed=False), "it takes two complete"),
        (Standing(2, 1, codes_here=False, has_completed=False), "Somebody is still reading"),
    ],
)
def test_a_refusal_says_what_is_waited_for(standing, sentence):
    assert not standing.may_compare
    with pytest.raises(NotYet, match=sentence):
        check_may_see_others(standing)


@pytest.mark.parametrize("codes_here", [True, False], ids=["a coder", "a lead"])
def test_readings_that_are_all_complete_are_shown(codes_here):
    standing = Standing(2, 0, codes_here=codes_here, has_completed=codes_here)

    assert standing.may_compare
    check_may_see_others(standing)


# --- a walk --------------------------------------------------------------------------------------

STEPS = st.lists(
    st.tuples(
        st.sampled_from(CODERS),
        st.sampled_from(LABELS),
        st.sampled_from(("save", "complete", "complete", "reopen", "settle")),
    ),
    min_size=2,
    max_size=9,
)


def walk(desk: Desk, cast, steps) -> dict[tuple[str, str], bool]:
    """Do what can be done; return whether each sheet that was begun is complete."""
    acts = {
        "save": lambda name, label, by: fill(desk, name, label, by, complete=False),
        "complete": lambda name, label, by: fill(desk, name, label, by, complete=True),
        "reopen": lambda _, label, by: desk.reopen(label, by=by),
        "settle": lambda _, label, by: desk.settle(label, "L1", 1, by=by),
    }
    for name, label, act in steps:
        with suppress(Refusal), transaction.atomic():
            acts[act](name, label, getattr(cast, name))
    there = Sheet.objects.values_list("reading__coder__name", "account__label", "state")
    return {(name.lower(), label): state == "complete" for name, label, state in there}


def leaks(desk: Desk, cast, begun: dict[tuple[str, str], bool]) -> Iterator[tuple[str, str, str]]:
    """Find who was told of a reading that they may not see yet: theirs, whose, and where."""
    for by in (*CODERS, "amina"):
        for label in LABELS:
            told = everything(desk, label, getattr(cast, by))
            blind = by in CODERS and not begun.get((by, label), False)
            for other in {*CODERS} - {by}:
                hidden = blind or not begun.get((other, label), False)
                if hidden and mark(other, label) in told:
                    yield by, other, label


@settings(
    max_examples=settings().max_examples // 3,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_however_readers_go_on_nobody_is_told_too_early(cast, three, steps):
    with transaction.atomic():
        begun = walk(three, cast, steps)

        assert list(leaks(three, cast, begun)) == []
        transaction.set_rollback(True)


def test_the_walk_would_find_a_leak(cast, three):
    begun = walk(three, cast, [("boris", "A0001", "complete"), ("chidi", "A0001", "complete")])

    assert list(leaks(three, cast, begun)) == []
    begun[("boris", "A0001")] = False
    assert ("boris", "chidi", "A0001") in set(leaks(three, cast, begun))


def test_every_query_is_among_those_that_are_tried():
    found = {
        name
        for module in iter_modules(queries.__path__)
        for name, function in getmembers(
            import_module(f"{queries.__name__}.{module.name}"), isfunction
        )
        if function.__module__.endswith(module.name)
        and not name.startswith("_")
        and "by" in signature(function).parameters
    }

    assert found - TELLING.keys() - TELLING_NONE == {"readers_of", "readers_seen", "sheet_of"}
