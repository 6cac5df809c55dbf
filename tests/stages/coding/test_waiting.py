"""What waits for each member, how far each reading is, and what to read next."""

import pytest

from exeunt.errors import NotYours
from exeunt.stages.coding.queries.waiting import next_to_code, progress_of, waiting_for
from exeunt.stages.coding.states import Target
from exeunt.studies.actions import appoint
from exeunt.studies.roles import Role
from tests.making.codebooks import GRADED
from tests.making.coding import Desk, a_codebook, code, judgement, thing
from tests.making.counting import queries_for
from tests.making.studies import a_staffed_study
from tests.making.testimonies import some_accounts


def waits(desk: Desk, by) -> list[tuple[str, int, int]]:
    lines = waiting_for(desk.study, by=by)
    return [(line.codebook, line.to_code, line.to_settle) for line in lines]


def following(desk: Desk, by, after: str | None = None) -> str | None:
    ref = thing(after, desk.study) if after else None
    return next_to_code(desk.study, desk.version, after=ref, by=by)


def test_every_account_waits_for_every_coder_and_for_nobody_else(cast, desk):
    assert waits(desk, cast.boris) == [("reasons@1", 3, 0)]
    assert [waits(desk, member) for member in (cast.amina, *cast[3:])] == [[]] * 6


def test_what_is_read_waits_no_more(cast, desk):
    desk.complete("A0001", 1, 0, "", by=cast.boris)
    desk.save("A0002", 1, by=cast.boris)

    assert waits(desk, cast.boris) == [("reasons@1", 2, 0)]
    assert waits(desk, cast.chidi) == [("reasons@1", 3, 0)]


def test_differences_wait_for_the_lead_and_for_those_who_have_read_it(cast, desk):
    appoint(study=desk.study, member=cast.vera, role=Role.CODER, by=cast.amina)
    desk.complete("A0001", 1, 0, "", by=cast.boris)
    desk.complete("A0001", 1, 1, "", by=cast.chidi)

    assert waits(desk, cast.amina) == [("reasons@1", 0, 1)]
    assert waits(desk, cast.boris) == [("reasons@1", 2, 1)]
    assert waits(desk, cast.vera) == [("reasons@1", 3, 0)]


def test_nothing_waits_that_was_settled(cast, desk):
    desk.complete("A0001", 1, 0, "", by=cast.boris)
    desk.complete("A0001", 1, 1, "", by=cast.chidi)
    desk.settle("A0001", "L1", 1, by=cast.boris)

    assert waits(desk, cast.amina) == []


def test_it_is_the_current_version_of_each_codebook_that_waits(cast, desk):
    a_codebook(desk.study, cast, GRADED)

    assert waits(desk, cast.boris) == [("reasons@1", 3, 0), ("graded@1", 3, 0)]


def test_accounts_are_read_one_after_the_other_and_round_again(cast, desk):
    first, second, third = (thing(label, desk.study) for label in ("A0001", "A0002", "A0003"))
    assert following(desk, cast.boris) == first
    desk.complete("A0002", 1, 0, "", by=cast.boris)

    assert following(desk, cast.boris, "A0001") == third
    assert following(desk, cast.boris, "A0003") == first
    assert following(desk, cast.chidi, "A0001") == second


def test_there_is_nothing_to_read_next_when_all_is_read(cast, desk):
    for label in ("A0001", "A0002", "A0003"):
        desk.complete(label, 1, 0, "", by=cast.boris)

    assert following(desk, cast.boris) is None
    assert following(desk, cast.boris, "A0003") is None


def test_only_coders_are_told_what_to_read(cast, desk):
    with pytest.raises(NotYours):
        following(desk, cast.amina)


def test_progress_is_told_in_numbers(cast, desk):
    desk.complete("A0001", 1, 0, "", by=cast.boris)
    desk.save("A0001", 1, by=cast.chidi)
    told = progress_of(desk.study, desk.version, by=cast.vera)

    assert [(line.coder, line.done, line.total) for line in told] == [
        ("Boris", 1, 3),
        ("Chidi", 0, 3),
    ]
    assert waiting_for(desk.study, by=cast.boris)[0].unit is Target.ACCOUNT


def test_what_waits_is_found_as_quickly_for_ten_accounts_as_for_a_hundred(cast, captures, tmp_path):
    def asked(count: int) -> int:
        study = a_staffed_study(cast, f"study-{count}")
        labels = some_accounts(count, tmp_path, study=study, cast=cast)
        a_codebook(study, cast)
        code([judgement(label, "L1") for label in labels], tmp_path, study=study, cast=cast)
        return queries_for(lambda: waiting_for(study, by=cast.boris))

    assert asked(10) == asked(100)
