"""What coders and leads see where work is given out, and what a calibration says."""

import pytest

from exeunt.errors import NotYet, NotYours
from exeunt.stages.coding.actions.rounds import close_round, give, hand_on
from exeunt.stages.coding.queries.calibration import calibration_of
from exeunt.stages.coding.queries.differences import difference_of, differences_in
from exeunt.stages.coding.queries.rounds import coders_in, own_in, round_page
from exeunt.stages.coding.queries.visibility import left_to_read
from exeunt.stages.coding.rules.blindness import Standing, check_may_see_others
from exeunt.stages.coding.states import Sharing
from exeunt.studies.actions import appoint, dismiss
from exeunt.studies.roles import Role
from tests.making.coding import Desk, a_codebook, thing
from tests.making.rounds import calibrating, given, opened, read
from tests.making.testimonies import some_accounts

TEN = 10
LABELS = [f"A{number:04}" for number in range(1, TEN + 1)]


@pytest.fixture
def desk(cast, study, captures, tmp_path) -> Desk:
    """Ten accounts and a codebook; Boris and Chidi code, and nobody has begun."""
    some_accounts(TEN, tmp_path, study=study, cast=cast)
    return Desk(study, a_codebook(study, cast))


# --- who sees what then --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("standing", "may"),
    [
        # complete, open, codes_here, has_completed, given and not begun
        (Standing(2, 0, codes_here=True, has_completed=True, given=0), True),
        (Standing(2, 0, codes_here=False, has_completed=False, given=0), True),
        (Standing(2, 0, codes_here=True, has_completed=True, given=1), False),
        (Standing(2, 0, codes_here=False, has_completed=False, given=1), False),
        (Standing(2, 0, codes_here=True, has_completed=False, given=0), False),
        (Standing(1, 0, codes_here=True, has_completed=True, given=0), False),
        (Standing(2, 1, codes_here=True, has_completed=True, given=0), False),
        (Standing(3, 1, codes_here=False, has_completed=False, given=1), False),
        (Standing(0, 0, codes_here=False, has_completed=False, given=2), False),
    ],
)
def test_readings_are_compared_when_all_who_were_given_or_began_it_completed(standing, may):
    assert standing.may_compare == may
    if may:
        check_may_see_others(standing)
    else:
        with pytest.raises(NotYet):
            check_may_see_others(standing)


def test_two_wait_for_the_third_who_was_given_it_and_not_for_whoever_left(cast, desk):
    appoint(study=desk.study, member=cast.vera, role=Role.CODER, by=cast.amina)
    opened(
        desk, cast.boris, cast.chidi, cast.vera, by=cast.amina, sharing=Sharing.EVERYBODY, most=1
    )
    (label,) = given(cast.boris)
    ref = thing(label, desk.study)
    read(desk, label, cast.boris, 1, "", 0)
    read(desk, label, cast.chidi, 0, "", 0)

    for by in (cast.boris, cast.amina):
        with pytest.raises(NotYet, match="who was given this has not begun it"):
            difference_of(desk.study, desk.version, ref, by=by)
        assert differences_in(desk.study, desk.version, by=by).rows == []
    dismiss(study=desk.study, member=cast.vera, role=Role.CODER, by=cast.amina)
    assert len(difference_of(desk.study, desk.version, ref, by=cast.boris).readers) == 2
    assert len(differences_in(desk.study, desk.version, by=cast.chidi, size=49).rows) == 1


def test_what_was_given_to_others_holds_back_no_sums(cast, desk):
    opened(desk, cast.boris, cast.chidi, by=cast.amina, overlap=20)
    both = {*given(cast.boris)} & {*given(cast.chidi)}
    for label in given(cast.boris):
        read(desk, label, cast.boris)

    # Of Boris's six Chidi was given two.
    assert left_to_read(desk.study, desk.version, by=cast.chidi) == 2
    for label in both:
        read(desk, label, cast.chidi)
    assert left_to_read(desk.study, desk.version, by=cast.chidi) == 0


def test_what_was_not_given_to_a_coder_is_not_compared_by_them(cast, desk):
    appoint(study=desk.study, member=cast.vera, role=Role.CODER, by=cast.amina)
    opened(desk, cast.boris, cast.vera, by=cast.amina, sharing=Sharing.EVERYBODY, most=1)
    (label,) = given(cast.boris)
    read(desk, label, cast.boris, 1, "", 0)
    read(desk, label, cast.vera, 0, "", 0)

    with pytest.raises(NotYet, match="once you have completed your own"):
        difference_of(desk.study, desk.version, thing(label, desk.study), by=cast.chidi)
    assert differences_in(desk.study, desk.version, by=cast.chidi).rows == []


def test_who_leads_and_could_have_seen_it_is_not_given_it(cast, desk):
    appoint(study=desk.study, member=cast.amina, role=Role.CODER, by=cast.amina)
    found = opened(desk, cast.boris, by=cast.amina)
    label = given(cast.boris)[0]
    read(desk, label, cast.boris)
    ref = thing(label, desk.study)

    with pytest.raises(NotYours, match="Amina leads this study and could see"):
        give(study=desk.study, round_=found, ref=ref, to=cast.amina, by=cast.amina)
    other = thing(given(cast.boris)[1], desk.study)
    give(study=desk.study, round_=found, ref=other, to=cast.amina, by=cast.amina)


def test_who_leads_cannot_put_aside_what_was_given_look_and_take_it_again(cast, desk):
    appoint(study=desk.study, member=cast.amina, role=Role.CODER, by=cast.amina)
    found = opened(desk, cast.boris, cast.amina, by=cast.amina, sharing=Sharing.EVERYBODY, most=2)
    read(desk, given(cast.boris)[0], cast.boris)
    assert left_to_read(desk.study, desk.version, by=cast.amina) == 1
    hand_on(study=desk.study, round_=found, coder=cast.amina, to=None, by=cast.amina)

    assert left_to_read(desk.study, desk.version, by=cast.amina) == 0
    ref = thing(given(cast.boris)[0], desk.study)
    with pytest.raises(NotYours):
        give(study=desk.study, round_=found, ref=ref, to=cast.amina, by=cast.amina)
    with pytest.raises(NotYours):
        desk.save(given(cast.boris)[0], 1, by=cast.amina)


# --- calibrating ---------------------------------------------------------------------------------


def test_a_calibration_says_nothing_before_all_have_completed_it(cast, desk):
    found = calibrating(desk, cast)
    for label in given(cast.boris):
        read(desk, label, cast.boris, 1, "", 0)
    first, second = given(cast.chidi)
    read(desk, first, cast.chidi, 1, "", 1)

    for by in (cast.amina, cast.boris):
        with pytest.raises(NotYet, match="1 readings of this calibration are not complete"):
            calibration_of(desk.study, found, by=by)
        assert round_page(desk.study, found.ref, by=by).calibration is None
    with pytest.raises(NotYet, match="You still have 1 to read"):
        calibration_of(desk.study, found, by=cast.chidi)

    read(desk, second, cast.chidi, 1, "", 0)
    said = calibration_of(desk.study, found, by=cast.chidi)
    # Of the third code Boris says 0 0 and Chidi 1 0: what luck brings, 2·3·1/(4·3) = .5, and
    # what is observed, 2/4 = .5, are as large: alpha 0. Of the others both said the same.
    assert [(line.code, line.differ, line.things, line.alpha) for line in said.codes] == [
        ("L2", 1, 2, 0.0),
        ("J1", 0, 2, None),
        ("L1", 0, 2, None),
    ]
    assert "2 coders read the same 2" in said.says
    assert "They agree wholly on 2 of 3" in said.says


def test_a_calibration_on_which_all_agree_says_so(cast, desk):
    found = calibrating(desk, cast)
    for label in given(cast.boris):
        read(desk, label, cast.boris)
        read(desk, label, cast.chidi)

    said = calibration_of(desk.study, found, by=cast.amina)
    assert (
        said.says == "2 coders read the same 2 and agree on everything. The rest can be given out."
    )


def test_a_calibration_that_was_taken_back_says_that_there_is_nothing_to_compare(cast, desk):
    found = calibrating(desk, cast)
    close_round(study=desk.study, round_=found, by=cast.amina)

    with pytest.raises(NotYet, match="There is nothing to compare"):
        calibration_of(desk.study, found, by=cast.amina)


def test_a_rounds_page_says_how_far_each_is_and_what_is_mine(cast, desk):
    found = opened(desk, cast.boris, cast.chidi, by=cast.amina)
    done, begun, *left = given(cast.chidi)
    read(desk, done, cast.chidi)
    desk.save(begun, 1, by=cast.chidi)

    lines = {line.coder.name: line for line in coders_in(desk.study, found, by=cast.vera)}
    assert (lines["Chidi"].given, lines["Chidi"].waiting, lines["Chidi"].done) == (5, 3, 1)
    assert (lines["Chidi"].percent, lines["Boris"].percent) == (20, 0)
    own = own_in(desk.study, found, by=cast.chidi)
    assert [(line.label, line.begun) for line in own] == [
        (begun, True),
        *((label, False) for label in left),
    ]
    assert own_in(desk.study, found, by=cast.vera) == []
