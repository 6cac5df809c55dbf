"""Settled excerpts, and what of them counts: agreed, settled, unsettled, read once."""

import numpy as np
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exeunt.errors import NotYet, NotYours
from exeunt.ledger.models import Entry
from exeunt.methods.narratives import ways_of
from exeunt.methods.readings import Blanks, Cell
from exeunt.stages.coding.actions.comparing import find_span_differences
from exeunt.stages.coding.models import (
    Assignment,
    Coding,
    Excerpt,
    Round,
    SpanDifference,
    SpanSettlement,
)
from exeunt.stages.coding.queries.excerpts import coded_excerpts
from exeunt.stages.coding.queries.readings import readings_of
from exeunt.stages.coding.queries.settled_excerpts import (
    SettledExcerpt,
    became,
    settled_excerpts,
)
from exeunt.stages.coding.states import Outcome, Purpose, Sharing
from exeunt.studies.actions import appoint
from exeunt.studies.roles import Role
from tests.conftest import NOW
from tests.making.codebooks import OF_EXCERPTS
from tests.making.coding import Desk, a_codebook, code, judgement
from tests.making.marking import Reading
from tests.making.spans import L1, LEFT, PAID, SAID, SAW, Disputed, a_disputed_text
from tests.making.testimonies import an_account, row, some_accounts, take_in


@pytest.fixture
def disputed(cast, study) -> Disputed:
    """A text on which Boris and Chidi differ twice with L1, and agree once with L2."""
    return a_disputed_text(study, cast)


def excerpts(disputed: Disputed, by) -> list[tuple[str, str, str, int | None]]:
    """Return settled excerpts as their words, code, how and value."""
    found = settled_excerpts(disputed.study, disputed.version, by=by)
    return [(SAID[one.start : one.end], one.code, one.how, one.value) for one in found]


def test_what_is_agreed_settled_and_unsettled_is_told_apart(cast, disputed):
    disputed.settle(PAID, "union", by=cast.amina)

    assert excerpts(disputed, cast.amina) == [
        (PAID, "L1", "settled", 1),
        (SAW, "L1", "unsettled", None),
        (LEFT, "L2", "agreed", 1),
    ]


def test_where_nothing_was_agreed_there_is_no_excerpt(cast, disputed):
    disputed.settle(SAW, "none", by=cast.amina)

    assert SAW not in {words for words, *_ in excerpts(disputed, cast.amina)}


def test_what_was_sent_back_is_not_settled(cast, disputed):
    disputed.settle(SAW, "union", by=cast.amina)
    disputed.send_back(SAW, "Why?", revision=1, by=cast.amina)

    assert (SAW, "L1", "unsettled", None) in excerpts(disputed, cast.amina)


def test_what_one_has_read_alone_is_said_to_be_read_once(cast, disputed, tmp_path):
    an_account(disputed.study, cast, account_id="Alone", text=SAID)
    code([judgement("Alone", "L1", quote=SAW)], tmp_path, study=disputed.study, cast=cast)

    assert SettledExcerpt("Alone", "L1", 43, 63, None, "", "read once") in settled_excerpts(
        disputed.study, disputed.version, by=cast.amina
    )


def test_reading_them_is_written_down_and_not_for_everybody(cast, disputed):
    excerpts(disputed, cast.amina)
    entry = Entry.objects.latest("position")

    assert (entry.act, entry.facts) == ("codings.read", {"rows": 3, "settled": True})
    with pytest.raises(NotYours):
        excerpts(disputed, cast.edda)


def test_a_lead_who_still_has_to_read_is_told_nothing(cast, disputed):
    appoint(study=disputed.study, member=cast.amina, role=Role.CODER, by=cast.amina)
    with pytest.raises(NotYet, match="You still have 1 to read"):
        excerpts(disputed, cast.amina)


MARKED = st.lists(
    st.tuples(
        st.sampled_from(["boris", "chidi"]),
        st.integers(0, 60),
        st.integers(1, 30),
        st.sampled_from([0, 1]),
    ),
    unique_by=lambda one: one[:3],
    max_size=8,
)


@settings(
    max_examples=settings().max_examples // 3,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(marks=MARKED, settled=st.sets(st.integers(0, 7)))
def test_settled_and_unsettled_make_up_all_that_was_marked(cast, disputed, marks, settled):
    """Every stretch is of one kind, and those that are not agreed are the ones that differ."""
    with transaction.atomic():
        _mark_instead(disputed, marks, cast)
        _settle_some(disputed, settled, cast)
        every = list(became(disputed.study, disputed.version))
        differing = {(one.start, one.end) for one in SpanDifference.objects.all()}
        by_kind = {
            how: {one.stretch.place for one in every if one.how == how}
            for how in ("agreed", "settled", "unsettled", "read once")
        }

        assert by_kind["settled"] | by_kind["unsettled"] == differing
        assert by_kind["settled"].isdisjoint(by_kind["unsettled"])
        assert by_kind["agreed"].isdisjoint(differing)
        assert by_kind["read once"] == set()
        assert sorted(place for kind in by_kind.values() for place in kind) == sorted(
            one.stretch.place for one in every
        )
        transaction.set_rollback(True)


def _mark_instead(disputed: Disputed, marks, cast) -> None:
    """Let the two have marked these spans with L1, and nothing else."""
    Coding.objects.all().delete()
    l1 = disputed.version.code_set.get(key="L1")
    text = disputed.reading.text
    readings = dict(disputed.study.pass_set.values_list("coder__name", "pk"))
    for name, start, length, value in marks:
        excerpt, _ = Excerpt.objects.get_or_create(
            text_version=text, start=start, end=start + length
        )
        reading = readings[name.capitalize()]
        Coding.objects.create(reading_id=reading, code=l1, excerpt=excerpt, value=value)
    find_span_differences(disputed.study, disputed.version, [disputed.reading.account.pk])


def _settle_some(disputed: Disputed, places: set[int], cast) -> None:
    for at, one in enumerate(SpanDifference.objects.order_by("start")):
        if at in places:
            about, _ = Excerpt.objects.get_or_create(
                text_version=one.text_version, start=one.start, end=one.end
            )
            SpanSettlement.objects.create(
                account=one.account,
                code=one.code,
                about=about,
                outcome=Outcome.SETTLED,
                reason="So.",
                by=cast.amina,
                at=NOW,
            )


# --- counting -----------------------------------------------------------------------------------

Q = "He said a word."
FOUR = ("A0001", "A0002", "A0003", "A0004")


@pytest.fixture
def four(cast, study, captures, tmp_path) -> Desk:
    """Four accounts with a text each, and a codebook of excerpts with J1, L1 and L2."""
    take_in(
        [row(label, text=f"{Q} {label} left.", language="en") for label in FOUR],
        tmp_path,
        study=study,
        cast=cast,
    )
    return Desk(study, a_codebook(study, cast, OF_EXCERPTS))


def marked(label: str, key: str, coder: str, value: object = 1, quote: str = Q) -> dict:
    return judgement(label, key, value, coder=coder, quote=quote)


def read(desk: Desk, cast):
    return readings_of(desk.study, desk.version, by=cast.amina)


def test_an_accounts_value_is_the_highest_that_a_reader_marked_in_it(cast, four, tmp_path):
    rows = [
        marked("A0001", "L1", "Boris", 0),
        marked("A0001", "L1", "Boris", 1, "left."),
        marked("A0001", "L2", "Boris", "unknown"),
        marked("A0002", "J1", "Boris", "not applicable"),
        marked("A0002", "J1", "Boris", "unknown", "left."),
        marked("A0003", "J1", "Boris", "not applicable"),
        marked("A0003", "L1", "Boris", "unknown"),
        marked("A0003", "L1", "Boris", 0, "left."),
    ]
    code(rows, tmp_path, study=four.study, cast=cast)
    found = read(four, cast)
    cells = [[Cell(cell).name for cell in line] for line in found.cells[0]]

    assert found.codes == ("J1", "L1", "L2")
    assert found.numbers[0].tolist() == [[0, 1, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]]
    assert cells == [
        ["NOT_MENTIONED", "VALUE", "UNKNOWN"],
        ["UNKNOWN", "NOT_MENTIONED", "NOT_MENTIONED"],
        ["NOT_APPLICABLE", "VALUE", "NOT_MENTIONED"],
        # Nobody has completed the fourth.
        ["NOT_CODED"] * 3,
    ]


def test_of_what_is_marked_nobody_writes_a_nought(cast, four, tmp_path):
    code([marked("A0001", "L1", "Boris")], tmp_path, study=four.study, cast=cast)
    code([marked("A0002", "J1", "Boris")], tmp_path, study=four.study, cast=cast, name="more.csv")
    found = read(four, cast)
    values = found.values()[0, :2]

    # J1 is about joining, L1 and L2 are about leaving: where one of these was marked, the other
    # was not given; where neither was, nothing was stated about leaving.
    assert np.array_equal(values, [[np.nan, 1, 0], [1, np.nan, np.nan]], equal_nan=True)
    assert np.array_equal(found.values(Blanks.NOT_MENTIONED)[0, :2], [[0, 1, 0], [1, 0, 0]])
    assert found.stated("leaving")[0, :2].tolist() == [1, 0]
    assert found.attributes["setting"].tolist() == ["unknown"] * 4


def ways(desk: Desk, cast) -> dict[str, list[float]]:
    """Return what L1 is by each way of reading, account by account."""
    found = read(desk, cast)
    place = found.codes.index("L1")
    return {way.name: way.values[:, place].tolist() for way in ways_of(found)}


NAN = np.nan


def test_what_is_settled_is_a_way_of_reading_beside_the_others(cast, four, tmp_path):
    rows = [
        # Agreed in A0001; bounds differ in A0002; only Boris marked A0003, which both read.
        marked("A0001", "L1", "Boris"),
        marked("A0001", "L1", "Chidi"),
        marked("A0002", "L1", "Boris"),
        marked("A0002", "L1", "Chidi", 1, "He said"),
        marked("A0003", "L1", "Boris"),
        marked("A0003", "L2", "Chidi"),
        marked("A0004", "L1", "Boris"),
    ]
    code(rows, tmp_path, study=four.study, cast=cast)
    assert set(ways(four, cast)) == {
        "Boris",
        "Chidi",
        "given by all readers",
        "given by any reader",
    }

    of_third = Disputed(_reading(four, "A0003"))
    of_third.settle(Q, "none", by=cast.amina, place=L1)
    found = ways(four, cast)

    assert np.array_equal(found["Boris"], [1, 1, 1, 1], equal_nan=True)
    assert np.array_equal(found["Chidi"], [1, 1, 0, NAN], equal_nan=True)
    # L2 of A0003 is not settled, so nothing is known to be stated about leaving there; A0002 has a
    # stretch that is not settled; A0004 was read once.
    assert np.array_equal(found["agreed or settled"], [1, NAN, NAN, NAN], equal_nan=True)
    of_third.settle(Q, "union", by=cast.amina, place=2)
    assert np.array_equal(ways(four, cast)["agreed or settled"], [1, NAN, 0, NAN], equal_nan=True)


def _reading(desk: Desk, label: str) -> Reading:
    return Reading(desk.study, desk.version, desk.study.account_set.get(label=label))


def test_a_settled_code_of_an_account_counts_as_well(cast, desk):
    # Both readers agree on J1 and L2, and differ on L1 of the first account.
    desk.complete("A0001", 1, 0, "", by=cast.boris)
    desk.complete("A0001", 1, 1, "", by=cast.chidi)
    desk.complete("A0002", 1, 1, "unknown", by=cast.boris)
    desk.complete("A0002", 1, 0, "unknown", by=cast.chidi)
    desk.complete("A0003", 1, 1, 1, by=cast.boris)
    assert readings_of(desk.study, desk.version, by=cast.amina).settled is None

    desk.settle("A0001", "L1", 1, by=cast.amina)
    found = readings_of(desk.study, desk.version, by=cast.amina)
    cells = [[Cell(cell).name for cell in line] for line in found.settled.cells]

    assert found.settled.numbers.tolist() == [[1, 1, 0], [1, 0, 0], [0, 0, 0]]
    assert cells == [
        ["VALUE", "VALUE", "NOT_MENTIONED"],
        ["VALUE", "NOT_CODED", "UNKNOWN"],
        ["NOT_CODED"] * 3,
    ]


def test_settling_changes_the_hash_of_the_data(cast, disputed):
    def data() -> str:
        return readings_of(disputed.study, disputed.version, by=cast.amina).data_hash

    hashes = [data()]
    disputed.settle(PAID, "none", by=cast.amina)
    for revision, take in enumerate(("union", "none")):
        disputed.settle(SAW, take, by=cast.amina, revision=revision)
        hashes.append(data())

    assert len(set(hashes)) == 3


# --- who was to read what -----------------------------------------------------------------------


def give(desk: Desk, member, *labels: str) -> None:
    """Give a coder these accounts to read."""
    opened, _ = Round.objects.get_or_create(
        version=desk.version,
        number=1,
        defaults={
            "purpose": Purpose.MAIN,
            "sharing": Sharing.RANDOM,
            "seed": 1,
            "by": member,
            "made": NOW,
        },
    )
    Assignment.objects.bulk_create(
        Assignment(
            round=opened,
            version=desk.version,
            coder=member,
            position=place,
            account=desk.study.account_set.get(label=label),
        )
        for place, label in enumerate(labels, 1)
    )


def test_all_readers_are_all_who_were_to_read_an_account(cast, study, captures, tmp_path):
    some_accounts(4, tmp_path, study=study, cast=cast)
    desk = Desk(study, a_codebook(study, cast))
    give(desk, cast.boris, "A0001", "A0002", "A0003")
    give(desk, cast.chidi, "A0002", "A0003")
    for label in ("A0001", "A0002", "A0003"):
        desk.complete(label, 1, 1, 1, by=cast.boris)
    desk.complete("A0002", 1, 1, 1, by=cast.chidi)
    found = ways(desk, cast)

    # Chidi was not to read A0001, and has not read A0003 yet; nobody was given A0004.
    assert np.array_equal(found["given by all readers"], [1, 1, NAN, NAN], equal_nan=True)
    assert np.array_equal(found["given by any reader"], [1, 1, 1, NAN], equal_nan=True)


def test_who_was_to_read_and_has_not_begun_is_waited_for(cast, study, captures, tmp_path):
    some_accounts(2, tmp_path, study=study, cast=cast)
    desk = Desk(study, a_codebook(study, cast))
    appoint(study=study, member=cast.vera, role=Role.CODER, by=cast.amina)
    give(desk, cast.vera, "A0002")
    for coder in (cast.boris, cast.chidi):
        give(desk, coder, "A0001", "A0002")
        for label in ("A0001", "A0002"):
            desk.complete(label, 1, 1, 1, by=coder)

    assert np.array_equal(ways(desk, cast)["given by all readers"], [1, NAN], equal_nan=True)


# --- what is quoted -----------------------------------------------------------------------------

FIRST = "He told us that the money was meant for the widows of the town."
SECOND = "Later that year I understood that nobody had ever paid them."


def test_quotations_come_from_settled_excerpts_first(cast, study, tmp_path):
    version = a_codebook(study, cast, OF_EXCERPTS)
    an_account(study, cast, account_id="A1", text=f"{FIRST} {SECOND}", language="en")
    rows = [
        judgement("A1", "L1", quote=FIRST),
        judgement("A1", "L1", quote=SECOND),
        judgement("A1", "L1", quote=SECOND, coder="Chidi"),
        judgement("A1", "L2", quote=FIRST),
    ]
    code(rows, tmp_path, study=study, cast=cast)
    quoted = {one.code: one.text for one in coded_excerpts(study, version, by=cast.amina)}

    # Both marked the second with L1; only Boris marked the first. With L2 nothing is settled.
    assert quoted == {"L1": SECOND, "L2": FIRST}
