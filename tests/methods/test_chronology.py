"""Partly known dates: what is read, what is refused, and what is certain."""

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given as given_any
from hypothesis import strategies as st

from exeunt.methods.chronology import (
    certainly_before,
    may_overlap,
    period_of,
    read_date,
    within,
)


def day(text):
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2014", "2014-01-01", "2014-12-31"),
        ("2014-06", "2014-06-01", "2014-06-30"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2014-06-15", "2014-06-15", "2014-06-15"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("1XXX", "1000-01-01", "1999-12-31"),
        ("2014-XX", "2014-01-01", "2014-12-31"),
        ("2014-XX-XX", "2014-01-01", "2014-12-31"),
        ("2014-06-XX", "2014-06-01", "2014-06-30"),
        ("2014-21", "2014-03-01", "2014-05-31"),
        ("2014-22", "2014-06-01", "2014-08-31"),
        ("2014-23", "2014-09-01", "2014-11-30"),
        ("2014-24", "2013-12-01", "2015-02-28"),
        ("2015-24", "2014-12-01", "2016-02-29"),
        ("2014/2015", "2014-01-01", "2015-12-31"),
        ("2014-06/2014-06", "2014-06-01", "2014-06-30"),
        ("2014-06-15/2014-06-15", "2014-06-15", "2014-06-15"),
        ("2014-06-XX/201X", "2014-06-01", "2019-12-31"),
        ("../2013", None, "2013-12-31"),
        ("/2013", None, "2013-12-31"),
        ("2016/..", "2016-01-01", None),
        ("2016/", "2016-01-01", None),
        ("2016/XXXX", "2016-01-01", None),
        ("../..", None, None),
        ("XXXX", None, None),
        ("XXXX-XX-XX", None, None),
        ("XXXX?", None, None),
        ("", None, None),
        ("   ", None, None),
        (" 2014 ", "2014-01-01", "2014-12-31"),
    ],
)
def test_a_date_is_read_as_the_days_it_may_mean(text, earliest, latest):
    found = read_date(text)
    assert (found.earliest, found.latest) == (day(earliest), day(latest))
    assert (found.perhaps_from, found.perhaps_until) == (day(earliest), day(latest))
    assert (found.approximate, found.uncertain) == (False, False)
    assert found.text == text.strip()


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain", "perhaps_from", "perhaps_until"),
    [
        ("2014-06~", True, False, "2014-05-01", "2014-07-31"),
        ("2014-06-15?", False, True, "2014-06-14", "2014-06-16"),
        ("2016?", False, True, "2015-01-01", "2017-12-31"),
        ("2014-01%", True, True, "2013-11-01", "2014-03-31"),
        ("201X~", True, False, "2000-01-01", "2029-12-31"),
        ("2014-22?", False, True, "2014-03-01", "2014-11-30"),
        # The end alone is doubted.
        ("2014/2015-05~", True, False, "2014-01-01", "2015-06-30"),
        ("2014-06-15?/..", False, True, "2014-06-14", None),
        ("0001~", True, False, None, "0002-12-31"),
        ("9999?", False, True, "9998-01-01", None),
        ("0001-01-01~", True, False, None, "0001-01-02"),
        ("9999-12-30%", True, True, "9999-12-28", None),
    ],
)
def test_a_doubt_leaves_room_around_what_was_written(
    text, approximate, uncertain, perhaps_from, perhaps_until
):
    found = read_date(text)
    assert (found.approximate, found.uncertain) == (approximate, uncertain)
    assert (found.perhaps_from, found.perhaps_until) == (day(perhaps_from), day(perhaps_until))


def test_a_doubt_does_not_change_what_was_written():
    assert read_date("2014-06~")[1:3] == read_date("2014-06")[1:3]


@pytest.mark.parametrize(
    "text",
    [
        "2014", "2014-02", "2016-02", "2016-02-29", "2014-12-31", "201X", "20XX", "2014-XX",
        "2014-XX-XX", "2014-04-XX", "2014-21", "2014-22", "2014-23", "2014?", "2014-04~",
        "2014-04-09%", "201X?", "2014/2015", "2014-11-30/2015-02", "2014~/2015-06?",
    ],
)  # fmt: skip
def test_the_days_are_those_of_the_whole_edtf_grammar(text):
    found, peer = read_date(text), parse_edtf(text)
    assert (found.earliest, found.latest) == (
        date(*peer.lower_strict()[:3]),
        date(*peer.upper_strict()[:3]),
    )


@pytest.mark.parametrize(
    "text",
    [
        "2015-02-30", "2015-02-29", "2014-04-31", "2014-13", "2014-00", "2014-06-00", "2014-13-XX",
        "0000", "0001-24", "9999-24",
    ],
)  # fmt: skip
def test_a_date_that_no_calendar_has_is_refused(text):
    with pytest.raises(ValueError, match="There is no such date"):
        read_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "14", "20145", "2014-6", "2014-6-1", "2014/6/1", "15.06.2014", "June 2014", "2014 - 06",
        "2014-06-15T10:00:00", "2014?~", "2014~~", "~2014", "?2014-06", "2014~-06", "2014-25",
        "2X1X", "201X-06", "2014-XX-12", "XXXX-12", "2014-06-15-XX", "-0100", "Y17000", "1950S2",
        "2014..2015", "[2014,2015]", "{2014,2015}", "..", "..2014", "2014/2015/2016", "2014/...",
        "?", "-", "X", "2014 /2015", "2014;2015",
    ],
)  # fmt: skip
def test_what_is_no_level_1_date_is_refused_with_what_would_be(text):
    with pytest.raises(ValueError, match=r"Write 2014, 2014-06 .* \.\./2013 or 2016/\.\."):
        read_date(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2014\n", "plain signs"),
        ("2014\x00", "plain signs"),
        ("\t2014", "plain signs"),
        ("٢٠١٤", "digits 0 to 9"),
        ("２０１４", "digits 0 to 9"),
        ("2014–06", "plain signs"),
        ("2" * 65, "at most 64"),
        ("/", "at least one side"),
        ("2015/2014", "ends before it starts"),
        ("2014-06-02/2014-06-01", "ends before it starts"),
    ],
    ids=[
        "line break", "null", "tab", "arabic digits", "wide digits", "dash", "too long",
        "a span of nothing", "years turned round", "days turned round",
    ],
)  # fmt: skip
def test_a_refusal_says_what_is_wrong(text, says):
    with pytest.raises(ValueError, match=says):
        read_date(text)


def read_or_refused(text):
    try:
        return read_date(text)
    except ValueError as refusal:
        return refusal


@given_any(st.text(max_size=70) | st.text("0123456789X-/.~?%", max_size=24))
def test_any_text_is_a_date_or_refused_without_being_repeated(text):
    found = read_or_refused(text)
    if isinstance(found, ValueError):
        assert len(text) < 8 or text not in str(found)
    else:
        assert found.text == text.strip()


@st.composite
def partial_dates(draw):
    texts = (
        st.dates(date(1, 1, 1))
        .map(str)
        .flatmap(lambda d: st.sampled_from([d, d[:7], d[:4], d[:3] + "X", d[:7] + "-XX"]))
    )
    one = st.tuples(texts, st.sampled_from(["", "~", "?", "%"])).map("".join)
    first, last = draw(one), draw(one | st.sampled_from(["", ".."]))
    try:
        return read_date(draw(st.sampled_from([first, f"{first}/{last}", f"../{first}"])))
    except ValueError:
        return read_date("")


@given_any(partial_dates())
def test_doubts_only_ever_widen(found):
    if found.perhaps_from is not None:
        assert found.perhaps_from <= found.earliest
    if found.perhaps_until is not None:
        assert found.latest <= found.perhaps_until


@given_any(partial_dates(), partial_dates())
def test_two_dates_are_before_after_or_may_overlap(first, second):
    verdicts = (
        certainly_before(first, second),
        certainly_before(second, first),
        may_overlap(first, second),
    )
    assert sum(verdicts) == 1


@pytest.mark.parametrize(
    ("first", "second", "before"),
    [
        ("2014", "2015", True),
        ("2014", "2014-06", False),
        ("2014-12-31", "2015-01-01", True),
        ("2014-06-15", "2014-06-15", False),
        ("2014?", "2015", False),
        ("2014", "2016~", True),
        ("2014", "2015~", False),
        ("../2013", "2014/..", True),
        ("2013/..", "2014", False),
        ("", "2014", False),
        ("2014-24", "2015-03", True),
        ("2014-24", "2015-02", False),
    ],
)
def test_one_date_is_certainly_before_another_only_if_no_day_speaks_against_it(
    first, second, before
):
    assert certainly_before(read_date(first), read_date(second)) is before


@pytest.mark.parametrize(
    ("when", "window", "verdict"),
    [
        ("2014-06", "2014/2015-08", True),
        ("2014-01-01", "2014/2015-08", True),
        ("2015-08-31", "2014/2015-08", True),
        ("2015-09-01", "2014/2015-08", False),
        ("2013-12-31", "2014/2015-08", False),
        ("2015", "2014/2015-08", None),
        ("2014?", "2014/2015-08", None),
        ("2016?", "2014/2017", True),
        ("2015-22", "2015-06/2015-08", True),
        ("", "2014/2015-08", None),
        ("2014/..", "2013/..", True),
        ("2014/..", "2013/2020", None),
        ("../2012", "2013/..", False),
        ("../2012", "../2013", True),
        ("2014", "../2013", False),
    ],
)
def test_a_date_is_within_a_window_or_not_or_that_is_unknown(when, window, verdict):
    assert within(read_date(when), read_date(window)) is verdict


@pytest.mark.parametrize(
    ("window", "says"),
    [("2014~/2015", "must be exact"), ("2014?", "must be exact"), ("", "a start or an end")],
)
def test_a_window_must_be_exact_and_have_an_end(window, says):
    with pytest.raises(ValueError, match=says):
        within(read_date("2014"), read_date(window))


PERIODS = {"before": read_date("../2014-05"), "during": read_date("2014-06/2017-10")}


@pytest.mark.parametrize(
    ("when", "period"),
    [
        ("2013", "before"),
        ("2014-06-01", "during"),
        ("2014", None),
        ("2015-06~", "during"),
        ("2017?", None),
        ("2018", None),
        ("", None),
    ],
    ids=["first", "second", "in both", "about", "past its end", "outside", "unknown"],
)
def test_a_date_belongs_to_the_one_period_it_certainly_lies_in(when, period):
    assert period_of(read_date(when), PERIODS) == period


def test_periods_that_share_a_day_are_refused():
    periods = {"one": read_date("2014"), "two": read_date("2014-12-31/2015")}
    with pytest.raises(ValueError, match="must not overlap"):
        period_of(read_date("2014"), periods)
