"""Rounds: what is given to whom, what is taken back, and what coders see and may read then."""

from random import Random

import pytest

from exeunt.errors import NotThere, NotYet, NotYours, Refusal
from exeunt.ledger.models import Entry
from exeunt.methods.sharing import Work, share_out
from exeunt.stages.coding.actions.rounds import close_round, give, hand_on, open_round
from exeunt.stages.coding.models import Assignment, Round
from exeunt.stages.coding.queries.drawing import drawn
from exeunt.stages.coding.queries.rounds import round_called
from exeunt.stages.coding.queries.sheets import own_sheet
from exeunt.stages.coding.queries.waiting import next_to_code, progress_of, waiting_for
from exeunt.stages.coding.rules.rounds import Plan, check_is_given, check_plan
from exeunt.stages.coding.states import Purpose, Sharing
from exeunt.studies.actions import appoint, dismiss
from exeunt.studies.roles import Role
from tests.making.coding import Desk, a_codebook, thing
from tests.making.rounds import a_plan, calibrating, given, opened, read
from tests.making.testimonies import some_accounts

TEN = 10
LABELS = [f"A{number:04}" for number in range(1, TEN + 1)]


@pytest.fixture
def desk(cast, study, captures, tmp_path) -> Desk:
    """Ten accounts and a codebook; Boris and Chidi code, and nobody has begun."""
    some_accounts(TEN, tmp_path, study=study, cast=cast)
    return Desk(study, a_codebook(study, cast))


# --- giving out ----------------------------------------------------------------------------------


def test_everything_is_given_out_and_a_fifth_is_read_by_two(cast, desk):
    opened(desk, cast.boris, cast.chidi, by=cast.amina, overlap=20)

    # Ten things and two of them twice are twelve readings, six each.
    boris, chidi = given(cast.boris), given(cast.chidi)
    assert sorted({*boris, *chidi}) == LABELS
    assert (len(boris), len(chidi), len({*boris} & {*chidi})) == (6, 6, 2)


def test_what_a_round_gave_can_be_drawn_again_from_its_seed(cast, desk):
    found = opened(desk, cast.boris, cast.chidi, by=cast.amina, overlap=20, sharing=Sharing.RANDOM)
    refs = sorted(thing(label, desk.study) for label in LABELS)

    again = share_out(
        [Work(ref) for ref in refs],
        [cast.boris.ref, cast.chidi.ref],
        Random(found.seed),
        overlap=found.overlap,
    )
    for coder in (cast.boris, cast.chidi):
        mine = Assignment.objects.filter(coder=coder).order_by("position")
        assert tuple(mine.values_list("account__ref", flat=True)) == again[coder.ref]


def test_a_preview_shows_what_is_drawn_and_writes_nothing(cast, desk):
    plan = a_plan(cast.boris, cast.chidi, overlap=50)
    before = Entry.objects.count()
    shown = drawn(desk.study, desk.version, plan, by=cast.amina)

    assert (Assignment.objects.count(), Entry.objects.count()) == (0, before)
    # Five of ten twice: fifteen readings, eight and seven; all five with the other.
    assert sorted(line.things for line in shown.lines) == [7, 8]
    assert [line.shared for line in shown.lines] == [5, 5]
    assert (shown.things, shown.twice, shown.left) == (10, 5, 0)
    open_round(study=desk.study, version=desk.version, plan=plan, by=cast.amina)
    assert len(given(cast.boris)) == shown.lines[0].things


def test_a_round_without_a_seed_has_one_drawn_and_the_ledger_keeps_it(cast, desk):
    found = opened(desk, cast.boris, by=cast.amina, seed=None)
    entry = Entry.objects.get(act="round.opened")

    assert entry.facts["seed"] == found.seed
    assert (entry.facts["things"], entry.facts["coders"], len(entry.facts["drawn_from"])) == (
        10,
        1,
        64,
    )


def test_the_next_round_gives_out_what_is_left(cast, desk):
    calibrated = calibrating(desk, cast, most=4)
    with pytest.raises(NotYet, match="Round 1 calibrates and is still open"):
        opened(desk, cast.boris, by=cast.amina)
    for label in given(cast.boris):
        read(desk, label, cast.boris)
        read(desk, label, cast.chidi)
    close_round(study=desk.study, round_=calibrated, by=cast.amina)
    opened(desk, cast.boris, cast.chidi, by=cast.amina)

    assert (len(given(cast.boris)), len(given(cast.chidi))) == (7, 7)
    assert sorted({*given(cast.boris), *given(cast.chidi)}) == LABELS
    with pytest.raises(NotYet, match="Nothing is left to give out with “reasons@1”"):
        opened(desk, cast.boris, by=cast.amina)


def test_what_somebody_has_begun_is_given_out_only_when_asked_for(cast, desk):
    desk.save("A0001", 1, by=cast.boris)
    opened(desk, cast.chidi, by=cast.amina)
    assert "A0001" not in given(cast.chidi)
    opened(desk, cast.chidi, by=cast.amina, begun=True)

    assert given(cast.chidi)[-1] == "A0001"


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        (Plan(), "choose at least one coder"),
        (Plan(coders=("b", "b")), "named once"),
        (Plan(coders=("b", "x")), "can be given things"),
        (Plan(coders=("b",), overlap=20), "needs two coders"),
        (Plan(coders=("b", "c"), overlap=101), "from 0 to 100"),
        (Plan(coders=("b",), most=0), "one thing at least"),
        (Plan(coders=("b",), seed=-1), "A seed is a whole number"),
        (Plan(coders=("b",), seed=2**63), "A seed is a whole number"),
        (Plan(Purpose.CALIBRATION, Sharing.EVERYBODY, ("b",), most=9), "two coders at least"),
        (Plan(Purpose.CALIBRATION, Sharing.RANDOM, ("b", "c"), most=9), "all read the same"),
        (Plan(Purpose.CALIBRATION, Sharing.EVERYBODY, ("b", "c")), "Say how many"),
    ],
)
def test_a_plan_that_cannot_be_drawn_is_refused_in_words(plan, says):
    with pytest.raises(Refusal, match=says):
        check_plan(plan, known=["b", "c"])


def test_only_who_leads_gives_out(cast, desk):
    for by in (cast.boris, cast.edda, cast.vera):
        with pytest.raises(NotYours):
            opened(desk, cast.boris, by=by)
    assert Round.objects.count() == 0


# --- what is mine --------------------------------------------------------------------------------


def test_a_coder_reads_what_was_given_in_the_order_drawn(cast, desk):
    opened(desk, cast.boris, cast.chidi, by=cast.amina)
    mine = given(cast.chidi)
    walked = []
    while ref := next_to_code(desk.study, desk.version, by=cast.chidi):
        walked.append(own_sheet(desk.study, desk.version, ref, by=cast.chidi).label)
        read(desk, walked[-1], cast.chidi)

    assert walked == mine
    assert waiting_for(desk.study, by=cast.chidi) == []


def test_after_one_the_next_in_the_order_drawn_follows_and_then_the_first_left(cast, desk):
    opened(desk, cast.boris, cast.chidi, by=cast.amina)
    mine = [thing(label, desk.study) for label in given(cast.chidi)]

    def after(ref):
        return next_to_code(desk.study, desk.version, after=ref, by=cast.chidi)

    assert [after(ref) for ref in mine] == [*mine[1:], mine[0]]


def test_what_waits_and_how_far_one_is_counts_what_was_given(cast, desk):
    opened(desk, cast.boris, cast.chidi, by=cast.amina)
    read(desk, given(cast.chidi)[0], cast.chidi)

    assert [line.to_code for line in waiting_for(desk.study, by=cast.chidi)] == [4]
    assert [line.to_code for line in waiting_for(desk.study, by=cast.boris)] == [5]
    (progress,) = progress_of(desk.study, desk.version, by=cast.amina)
    assert (progress.coder, progress.done, progress.total) == ("Chidi", 1, 5)


def test_what_was_given_to_others_is_refused_and_says_who_could_change_it(cast, desk):
    opened(desk, cast.boris, cast.chidi, by=cast.amina)
    others = given(cast.boris)[0]

    with pytest.raises(NotYours, match="Whoever leads can give it to you"):
        read(desk, others, cast.chidi)
    with pytest.raises(NotYours, match="not given to you"):
        own_sheet(desk.study, desk.version, thing(others, desk.study), by=cast.chidi)


def test_what_was_begun_before_it_was_shared_out_stays_ones_own(cast, desk):
    desk.save("A0001", 1, by=cast.chidi)
    opened(desk, cast.boris, by=cast.amina, begun=True)

    desk.complete("A0001", 1, "", 0, by=cast.chidi, revision=1)
    assert "A0001" in given(cast.boris)


@pytest.mark.parametrize("shared_out", [True, False])
@pytest.mark.parametrize("given_", [True, False])
@pytest.mark.parametrize("begun", [True, False])
def test_a_sheet_is_refused_only_where_work_is_shared_out_and_this_is_not_ones_own(
    shared_out, given_, begun
):
    facts = {"shared_out": shared_out, "given": given_, "begun": begun, "codebook": "reasons@1"}
    if shared_out and not given_ and not begun:
        with pytest.raises(NotYours):
            check_is_given(**facts)
    else:
        check_is_given(**facts)


# --- closing, handing on -------------------------------------------------------------------------


def test_closing_takes_back_what_nobody_began_and_leaves_the_rest(cast, desk):
    found = opened(desk, cast.boris, cast.chidi, by=cast.amina)
    done, begun, *_ = given(cast.chidi)
    read(desk, done, cast.chidi)
    desk.save(begun, 1, by=cast.chidi)

    assert close_round(study=desk.study, round_=found, by=cast.amina) == 8
    assert close_round(study=desk.study, round_=found, by=cast.amina) == 0
    assert (given(cast.boris), given(cast.chidi)) == ([], [done, begun])
    # What is not theirs any more is not open to all either.
    with pytest.raises(NotYours):
        read(desk, next(one for one in LABELS if one not in (done, begun)), cast.chidi)
    desk.complete(begun, 1, "", 0, by=cast.chidi, revision=1)


def test_when_somebody_leaves_another_is_given_what_is_not_begun(cast, desk):
    appoint(study=desk.study, member=cast.vera, role=Role.CODER, by=cast.amina)
    found = opened(desk, cast.boris, cast.chidi, by=cast.amina, overlap=20)
    first, *rest = given(cast.boris)
    read(desk, first, cast.boris)
    dismiss(study=desk.study, member=cast.boris, role=Role.CODER, by=cast.amina)

    moved = hand_on(study=desk.study, round_=found, coder=cast.boris, to=cast.vera, by=cast.amina)
    assert (moved, given(cast.boris), given(cast.vera)) == (5, [first], rest)


def test_what_the_other_has_already_stays_where_it_is(cast, desk):
    found = opened(desk, cast.boris, cast.chidi, by=cast.amina, overlap=20)
    both = {*given(cast.boris)} & {*given(cast.chidi)}

    moved = hand_on(study=desk.study, round_=found, coder=cast.boris, to=cast.chidi, by=cast.amina)
    assert (moved, {*given(cast.boris)}) == (4, both)
    assert len(given(cast.chidi)) == 10


def test_one_thing_is_given_by_hand_once(cast, desk):
    found = opened(desk, cast.boris, by=cast.amina)
    ref = thing("A0001", desk.study)
    where = {"study": desk.study, "round_": found, "ref": ref, "by": cast.amina}

    assert give(to=cast.chidi, **where) == give(to=cast.chidi, **where)
    assert given(cast.chidi) == ["A0001"]
    read(desk, "A0001", cast.chidi)
    with pytest.raises(Refusal, match="Only somebody who codes"):
        give(to=cast.vera, **where)


def test_nothing_moves_out_of_a_closed_round_or_into_another_study(cast, desk):
    found = opened(desk, cast.boris, by=cast.amina)
    close_round(study=desk.study, round_=found, by=cast.amina)
    where = {"study": desk.study, "round_": found, "by": cast.amina}

    with pytest.raises(NotYet, match="Round 1 is closed"):
        hand_on(coder=cast.boris, to=cast.chidi, **where)
    with pytest.raises(NotYet, match="Round 1 is closed"):
        give(ref=thing("A0001", desk.study), to=cast.chidi, **where)
    with pytest.raises(NotThere):
        round_called(desk.study, "reasons@1/2", by=cast.amina)
