"""Where readers differ, somebody settles it and says why; the readings stay as they are."""

import pytest

from exeunt.errors import Changed, NotThere, NotYet, NotYours, Refusal
from exeunt.ledger.models import Entry
from exeunt.stages.coding.models import Adjudication, Coding, Difference
from exeunt.stages.coding.queries.differences import (
    Differing,
    SettledCoding,
    difference_of,
    differences_in,
    settled_codings,
)
from exeunt.studies.actions import appoint
from exeunt.studies.roles import Role
from tests.making.archive import rows_everywhere
from tests.making.codebooks import OF_EXITS
from tests.making.coding import Desk, a_codebook, code, judgement, thing
from tests.making.counting import queries_for
from tests.making.studies import a_staffed_study
from tests.making.testimonies import row, some_accounts, take_in


@pytest.fixture
def compared(cast, desk) -> Desk:
    """Boris and Chidi have read A0001: they agree on J1, and differ on L1 and L2."""
    desk.complete("A0001", 1, 0, "", by=cast.boris, memo="Quick.", notes={"L1": "No word."})
    desk.complete("A0001", 1, 1, "unknown", by=cast.chidi, memo="Slow.")
    return desk


def side_by_side(desk: Desk, by, label: str = "A0001"):
    return difference_of(desk.study, desk.version, thing(label, desk.study), by=by)


def listed(desk: Desk, by, **how) -> tuple[list[Differing], int]:
    leaf = differences_in(desk.study, desk.version, by=by, **how)
    return list(leaf.rows), leaf.total


# --- seeing -------------------------------------------------------------------------------------


def test_two_complete_readings_are_shown_side_by_side_without_names(cast, compared):
    for member in (cast.amina, cast.boris, cast.chidi):
        shown = side_by_side(compared, member)

        assert [(reader.letter, reader.name) for reader in shown.readers] == [
            ("A", None),
            ("B", None),
        ]
        assert {reader.memo for reader in shown.readers} == {"Quick.", "Slow."}
        assert [row.differs for row in shown.rows] == [False, True, True]
        assert {judged.cell for judged in shown.rows[2].judgements} == {"not mentioned", "unknown"}
        assert shown.unsettled == 2


def test_the_order_of_readers_is_the_same_for_everybody(cast, compared):
    orders = {
        tuple(reader.memo for reader in side_by_side(compared, member).readers)
        for member in (cast.amina, cast.boris, cast.chidi)
    }

    assert len(orders) == 1


def test_looking_is_written_down(cast, compared):
    side_by_side(compared, cast.boris)
    entry = Entry.objects.latest("position")

    assert (entry.act, entry.by) == ("readings.compared", cast.boris.ref)
    assert entry.subject == thing("A0001", compared.study)


def test_the_list_says_on_how_many_codes_they_differ(cast, compared):
    compared.complete("A0002", 1, 0, "", by=cast.boris)
    compared.complete("A0002", 1, 0, "", by=cast.chidi)
    ref = thing("A0001", compared.study)

    assert listed(compared, cast.boris) == ([Differing(ref, "A0001", 2, 2)], 1)


def test_a_page_of_one_or_of_fifty_differences_asks_as_often(cast, study, captures, tmp_path):
    labels = some_accounts(60, tmp_path, study=study, cast=cast)
    desk = Desk(study, a_codebook(study, cast))
    rows = [
        judgement(label, "L1", value, coder=coder)
        for label in labels
        for coder, value in (("Boris", 1), ("Chidi", 0))
    ]
    code(rows, tmp_path, study=study, cast=cast)

    assert len(listed(desk, cast.boris)[0]) == 50
    assert listed(desk, cast.boris, number=2)[1] == 60
    assert len(listed(desk, cast.boris, number=2)[0]) == 10
    asked = {queries_for(lambda size=size: listed(desk, cast.boris, size=size)) for size in (1, 50)}
    assert len(asked) == 1


# --- settling -----------------------------------------------------------------------------------


def test_what_is_settled_stands_beside_the_readings_and_changes_none(cast, compared):
    before = list(Coding.objects.order_by("pk").values())
    settled = compared.settle("A0001", "L1", 1, by=cast.boris, reason="He names the emirs.")

    assert list(Coding.objects.order_by("pk").values()) == before
    assert (settled.value, settled.gap, settled.reason) == (1, "", "He names the emirs.")
    assert side_by_side(compared, cast.chidi).unsettled == 1


def test_a_gap_can_be_agreed_too(cast, compared):
    assert compared.settle("A0001", "L2", "", by=cast.amina).gap == "not mentioned"


def test_names_are_shown_when_nothing_is_left_to_settle(cast, compared):
    compared.settle("A0001", "L1", 1, by=cast.boris)
    first = side_by_side(compared, cast.chidi)
    compared.settle("A0001", "L2", "", by=cast.amina)
    last = side_by_side(compared, cast.chidi)

    assert [reader.name for reader in first.readers] == [None, None]
    assert first.rows[1].settled.by is None
    assert {reader.name for reader in last.readers} == {"Boris", "Chidi"}
    assert [row.settled.by for row in last.rows[1:]] == ["Boris", "Amina"]
    assert listed(compared, cast.chidi) == ([], 0)
    assert listed(compared, cast.chidi, settled=True)[1] == 1


def test_readers_who_agree_on_everything_are_named(cast, desk):
    desk.complete("A0001", 1, 0, "", by=cast.boris)
    desk.complete("A0001", 1, 0, "", by=cast.chidi)

    assert not Difference.objects.exists()
    assert {r.name for r in side_by_side(desk, cast.boris).readers} == {"Boris", "Chidi"}


def test_settling_is_written_down_without_what_was_agreed(cast, compared):
    settled = compared.settle("A0001", "L1", 1, by=cast.boris)
    entry = Entry.objects.latest("position")

    assert (entry.act, entry.subject) == ("difference.settled", settled.ref)
    assert entry.facts == {
        "study": compared.study.ref,
        "of": thing("A0001", compared.study),
        "revision": 1,
    }


def test_settling_sent_twice_is_done_once(cast, compared):
    first = compared.settle("A0001", "L1", 1, by=cast.boris)
    before = rows_everywhere()

    assert compared.settle("A0001", "L1", 1, by=cast.boris) == first
    assert rows_everywhere() == before


def test_what_somebody_else_has_settled_meanwhile_is_shown(cast, compared):
    compared.settle("A0001", "L1", 1, by=cast.boris, reason="He names the emirs.")
    with pytest.raises(Changed, match="Somebody has settled this otherwise") as changed:
        compared.settle("A0001", "L1", 0, by=cast.chidi, reason="He only hints.")

    assert changed.value.theirs == {"cell": "1", "reason": "He names the emirs."}
    again = compared.settle(
        "A0001", "L1", 0, by=cast.chidi, reason="He only hints.", revision=changed.value.revision
    )
    assert (again.value, again.by, again.revision) == (0, cast.chidi, 2)
    assert Adjudication.objects.count() == 1


@pytest.mark.parametrize(
    ("code_", "cell", "more", "refusal", "sentence"),
    [
        ("J1", 1, {}, NotYet, "The readers do not differ on “J1”"),
        ("L1", 7, {}, Refusal, "outside the scale"),
        ("L1", 1, {"reason": " \n"}, Refusal, "Say why"),
        ("L1", 1, {"reason": "a\x00"}, Refusal, "A reason holds a hidden character"),
        ("X", 1, {}, NotThere, "There is nothing here"),
    ],
    ids=["agreed", "a value", "no reason", "a null", "no code"],
)
def test_what_cannot_be_settled(cast, compared, code_, cell, more, refusal, sentence):
    before = rows_everywhere()
    with pytest.raises(refusal, match=sentence):
        compared.settle("A0001", code_, cell, by=cast.amina, **more)

    assert rows_everywhere() == before


def test_only_a_lead_or_a_coder_who_has_read_it_settles(cast, compared):
    appoint(study=compared.study, member=cast.vera, role=Role.CODER, by=cast.amina)
    with pytest.raises(NotYet, match="once you have completed your own"):
        compared.settle("A0001", "L1", 1, by=cast.vera)
    for other in (cast.dana, cast.lina, cast.edda, cast.eve):
        with pytest.raises(NotYours, match="You may not settle differences"):
            compared.settle("A0001", "L1", 1, by=other)


def test_an_account_of_another_study_cannot_be_settled(cast, compared, tmp_path):
    other = a_staffed_study(cast, "other")
    take_in([row("A0001")], tmp_path, study=other, cast=cast)
    with pytest.raises(NotThere):
        difference_of(compared.study, compared.version, thing("A0001", other), by=cast.amina)


# --- the settled coding -------------------------------------------------------------------------


def test_the_settled_coding_is_what_is_agreed_and_what_was_settled(cast, compared, tmp_path):
    compared.settle("A0001", "L1", 1, by=cast.boris, reason="He names the emirs.")
    code([judgement("A0002", "J1")], tmp_path, study=compared.study, cast=cast)
    compared.save("A0003", 1, by=cast.boris)

    assert settled_codings(compared.study, compared.version, by=cast.amina) == [
        SettledCoding("A0001", "J1", 1, "", "agreed"),
        SettledCoding("A0001", "L1", 1, "", "settled", "He names the emirs."),
        SettledCoding("A0001", "L2", None, "", "unsettled"),
        SettledCoding("A0002", "J1", None, "", "read once"),
    ]


def test_an_import_that_differs_is_counted_too(cast, desk, tmp_path):
    rows = [
        judgement("A0001", "L1", 1),
        judgement("A0001", "L1", 0, coder="Chidi"),
        judgement("A0002", "L1", 1),
        judgement("A0002", "L1", 1, coder="Chidi"),
    ]
    code(rows, tmp_path, study=desk.study, cast=cast)

    assert listed(desk, cast.amina)[0] == [
        Differing(thing("A0001", desk.study), "A0001", codes=1, unsettled=1)
    ]


def test_an_exit_told_by_two_accounts_is_compared_once(cast, study, captures, tmp_path):
    rows = [row(label, narrator="N1", group_left="IS") for label in ("A1", "A2")]
    take_in(rows, tmp_path, study=study, cast=cast)
    version = a_codebook(study, cast, OF_EXITS)
    judged = [
        judgement("A1", "L1", 1, target="exit"),
        judgement("A2", "L1", 0, target="exit", coder="Chidi"),
    ]
    code(judged, tmp_path, study=study, cast=cast)

    (line,) = differences_in(study, version, by=cast.boris).rows
    assert line.label == "A1, A2"
    assert difference_of(study, version, line.ref, by=cast.boris).unsettled == 1
