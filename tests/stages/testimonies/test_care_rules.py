"""Reading clocks, limits, and what becomes of a marked stretch: plain values, no database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.errors import NotYet, Refusal
from exeunt.stages.testimonies.rules.care import (
    A_PAUSE,
    LONGEST_BEAT,
    LONGEST_READ,
    Clock,
    Terms,
    check_terms,
    clock_after,
    clock_going_on,
    clock_of_a_new_day,
    clock_seen,
    pace_of,
)
from exeunt.stages.testimonies.rules.passages import (
    HardMark,
    check_same_text,
    check_something_chosen,
    moved,
    parts,
    stretches,
)
from exeunt.stages.testimonies.states import Hardness, Pace

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PAGE, BEAT, AWAY = LONGEST_READ, LONGEST_BEAT, 0
VIOLENCE, TORTURE = Hardness.VIOLENCE, Hardness.TORTURE


def told(*pages: tuple[int, int]) -> Clock:
    """A clock that was told of pages, each with the second and what is before the reader then."""
    clock = Clock()
    for second, longest in pages:
        clock = clock_after(clock, at=NINE + timedelta(seconds=second), longest=longest)
    return clock


@pytest.mark.parametrize(
    ("pages", "seconds", "in_a_row"),
    [
        ([(0, PAGE)], 0, 0),
        ([(0, PAGE), (120, PAGE)], 120, 120),
        # 500 s between two pages that cannot tell: 300 of them count
        ([(0, PAGE), (500, PAGE)], 300, 300),
        ([(0, BEAT), (60, BEAT), (121, BEAT)], 121, 121),
        # a lid that was closed: 75 of 500 s
        ([(0, BEAT), (500, BEAT)], 75, 75),
        ([(0, BEAT), (60, AWAY), (400, BEAT), (460, BEAT)], 120, 120),
        # ten minutes away begin the row anew, not the day
        ([(0, BEAT), (60, AWAY), (60 + A_PAUSE, BEAT), (720, BEAT)], 120, 60),
        ([(0, PAGE), (60, PAGE), (30, PAGE)], 60, 60),
    ],
    ids=[
        "a first page",
        "two minutes between pages",
        "at most five minutes a page",
        "a page that tells each minute",
        "a page that stopped telling",
        "looking away is not counted",
        "a pause",
        "a clock that was set back",
    ],
)
def test_what_was_read_is_counted(pages, seconds, in_a_row):
    clock = told(*pages)

    assert (clock.seconds, clock.in_a_row) == (seconds, in_a_row)


@given(
    st.lists(st.tuples(st.integers(0, 86_400), st.sampled_from([PAGE, BEAT, AWAY])), max_size=30)
)
def test_nobody_reads_longer_than_time_passes(pages):
    ordered = sorted(pages)
    clock = told(*ordered)
    passed = ordered[-1][0] - ordered[0][0] if ordered else 0

    assert 0 <= clock.in_a_row <= clock.seconds <= passed


@pytest.mark.parametrize(
    ("minutes", "in_a_row", "allowed", "pace"),
    [
        (0, 0, 0, Pace.READING),
        (49, 49, 0, Pace.READING),
        (50, 50, 0, Pace.PAUSE),
        (170, 10, 0, Pace.READING),
        (180, 10, 0, Pace.HELD),
        (180, 10, 195, Pace.READING),
        (190, 60, 195, Pace.PAUSE),
        (195, 10, 195, Pace.HELD),
        # what was allowed below the limit does not lower it
        (100, 10, 90, Pace.READING),
    ],
)
def test_a_pause_is_due_after_50_minutes_and_the_limit_is_180(minutes, in_a_row, allowed, pace):
    clock = Clock(seconds=60 * minutes, in_a_row=60 * in_a_row, allowed=60 * allowed)

    assert pace_of(clock, Terms()) is pace


def test_going_on_is_a_quarter_of_an_hour_from_now():
    clock = clock_going_on(Clock(seconds=200 * 60))

    assert pace_of(clock, Terms()) is Pace.READING
    assert pace_of(clock._replace(seconds=215 * 60), Terms()) is Pace.HELD


def test_a_new_day_begins_with_nothing_read_but_midnight_is_no_pause():
    evening = told((0, BEAT), (60, BEAT))
    night = clock_of_a_new_day(evening._replace(allowed=900), at=NINE + timedelta(minutes=2))

    assert (night.seconds, night.in_a_row, night.allowed, night.latest) == (
        0,
        60,
        0,
        evening.latest,
    )


def test_a_new_day_after_a_night_owes_nothing_to_the_one_before():
    evening = told((0, BEAT), (60, BEAT))

    assert clock_of_a_new_day(evening, at=NINE + timedelta(hours=9)) == Clock()


def test_a_row_that_was_broken_is_not_shown_as_going_on():
    assert clock_seen(told((0, BEAT), (60, AWAY)), at=NINE + timedelta(hours=1)).in_a_row == 0
    assert clock_seen(Clock(), at=NINE) == Clock()


@pytest.mark.parametrize(("own", "limit"), [(None, 180), (90, 90), (180, 180), (300, 180)], ids=str)
def test_the_lower_limit_holds(own, limit):
    assert Terms().with_own(own).day_limit == limit


@pytest.mark.parametrize("terms", [Terms(9, 180), Terms(121, 180), Terms(50, 14), Terms(50, 481)])
def test_a_limit_that_protects_nobody_or_stops_the_work_is_refused(terms):
    with pytest.raises(Refusal, match=r"between|after"):
        check_terms(terms)


def test_the_edges_of_the_limits_are_taken():
    check_terms(Terms(10, 15))
    check_terms(Terms(120, 480))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", []),
        (" \n\n ", []),
        ("One.", ["One."]),
        ("One.\nTwo.\n", ["One.", "Two."]),
        ("One\nline.\n\nTwo.", ["One\nline.", "Two."]),
        ("One.\n \t\n\n  Two.  ", ["One.", "Two."]),
        ("كنت هناك.\n\nثم خرجت.", ["كنت هناك.", "ثم خرجت."]),
    ],
)
def test_a_text_is_marked_by_paragraphs(text, said):
    assert [text[one.start : one.end] for one in stretches(text)] == said


def test_a_long_paragraph_is_cut_after_a_sentence():
    text = "I saw it. " * 200  # 2,000 characters; the first end of a sentence after 600 is at 609
    found = stretches(text)

    assert text[found[0].start : found[0].end] == ("I saw it. " * 61).strip()
    assert len(found) == 4
    assert all(text[one.start : one.end].endswith("it.") for one in found)


def test_a_long_paragraph_without_a_sentence_stays_whole():
    assert len(stretches("word " * 1000)) == 1


@given(st.text(alphabet="ab.ك \n", max_size=300))
def test_paragraphs_stand_in_order_and_leave_out_only_white_space(text):
    spans = stretches(text)
    edges = [edge for span in spans for edge in span]

    assert edges == sorted(edges)
    assert "".join("".join(text[s.start : s.end].split()) for s in spans) == "".join(text.split())


BEFORE = "I came.\n\nThey beat a man until he did not move any more.\n\nI left."
BEATEN = HardMark(9, 55, VIOLENCE)


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (BEFORE, "They beat a man until he did not move any more."),
        ("First.\n\n" + BEFORE, "They beat a man until he did not move any more."),
        (
            "I came.\n\nThey beat a man until he did not move anymore.\n\nI left.",
            "They beat a man until he did not move anymore.",
        ),
    ],
    ids=["unchanged", "moved", "corrected"],
)
def test_a_mark_is_found_in_the_next_version(after, words):
    text = BEFORE
    mark = HardMark(text.index("They"), text.index("\n\nI left"), VIOLENCE)
    found = moved(text, mark, after)

    assert after[found.start : found.end] == words
    assert found.kind is VIOLENCE


@pytest.mark.parametrize("after", ["I came.\n\nI left.", "Nothing of it is the same.", ""])
def test_a_mark_that_is_not_found_is_lost(after):
    assert moved(BEFORE, BEATEN, after) is None


def test_of_two_places_that_say_the_same_the_nearest_is_meant():
    text = "He cried.\nYes.\nHe cried."

    assert moved(text, HardMark(15, 24, VIOLENCE), "Yes.\n" + text).start == 20


@pytest.mark.parametrize(
    ("marks", "shown"),
    [
        ([], [("A b.\n\nC d.\n\nE f.", ())]),
        ([HardMark(6, 10, VIOLENCE)], [("A b.", ()), ("C d.", (VIOLENCE,)), ("E f.", ())]),
        (
            [HardMark(0, 4, TORTURE), HardMark(6, 10, VIOLENCE)],
            [("A b.\n\nC d.", (VIOLENCE, TORTURE)), ("E f.", ())],
        ),
        (
            [HardMark(0, 4, TORTURE), HardMark(12, 16, TORTURE)],
            [("A b.", (TORTURE,)), ("C d.", ()), ("E f.", (TORTURE,))],
        ),
        (
            [HardMark(0, 16, VIOLENCE), HardMark(6, 10, VIOLENCE)],
            [("A b.\n\nC d.\n\nE f.", (VIOLENCE,))],
        ),
    ],
    ids=["nothing", "the middle", "neighbours", "both ends", "one within another"],
)
def test_hard_parts_that_touch_are_folded_as_one(marks, shown):
    text = "A b.\n\nC d.\n\nE f."
    found = parts(text, marks)

    assert [(text[one.start : one.end], one.kinds) for one in found] == shown


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (7, "About 7 words on violence. Open when you are ready."),
        (117, "About 120 words on violence. Open when you are ready."),
    ],
)
def test_a_warning_says_how_long_and_what(words, says):
    text = "word " * words
    (part,) = parts(text, [HardMark(0, len(text), VIOLENCE)])

    assert part.warning == says


def test_a_warning_names_every_kind():
    found = parts("A b", [HardMark(0, 3, TORTURE), HardMark(0, 3, VIOLENCE)])

    assert "violence and torture" in found[0].warning


@given(
    st.text(alphabet="ab \n", max_size=60),
    st.lists(st.tuples(st.integers(0, 59), st.integers(1, 60)), max_size=4),
)
def test_no_word_is_left_out_or_shown_twice(text, spans):
    marks = [
        HardMark(start, min(end, len(text)), VIOLENCE)
        for start, end in spans
        if start < min(end, len(text))
    ]
    said = "".join("".join(text[one.start : one.end].split()) for one in parts(text, marks))

    assert said == "".join(text.split())


def test_nothing_chosen_is_refused_and_so_is_another_text():
    with pytest.raises(NotYet, match="at least one paragraph"):
        check_something_chosen(chosen=0, taken=0)
    with pytest.raises(NotYet, match="was changed while"):
        check_same_text(read=1, now=2)
