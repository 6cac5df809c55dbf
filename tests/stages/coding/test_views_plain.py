"""A text is marked by the numbers of its sentences, as it is done without a script."""

import pytest

from tests.making.marking import Reading, a_reading
from tests.making.reading import at, fill_in, words

PAID = "They told us the money was for the widows."
# The sign behind its stop belongs to the sentence.
CARS = "Then I saw the cars. \U0001f697"


@pytest.fixture
def reading(study, cast, captures) -> Reading:
    return a_reading(study, cast)


@pytest.fixture
def boris(cast, reading, browser_of):
    """Boris's browser."""
    return browser_of(cast.boris)


def place(reading: Reading) -> str:
    names = {"codebook": reading.version.name, "ref": reading.account.ref}
    return at("coding:plain", reading.study, **names)


def mark(boris, reading: Reading, **typed: object):
    """Fill the form in as the page shows it."""
    return fill_in(boris, place(reading), text=reading.text.number, **typed)


def test_sentences_are_numbered_and_nothing_is_marked(boris, reading):
    page = words(boris.get(place(reading)))

    assert f"1 {PAID}" in page
    assert f"2 {CARS}" in page


def test_a_sentence_is_marked_and_the_page_goes_back_to_it(boris, reading, cast):
    answer = mark(boris, reading, first=2, code="L1", do="mark")

    assert answer.url == f"{place(reading)}#s2"
    assert reading.said(by=cast.boris) == {(CARS, "L1"): (1, "")}
    assert "It is saved." in words(boris.get(place(reading)))


def test_several_sentences_and_a_memo_go_together(boris, reading, cast):
    mark(boris, reading, first=1, last=2, code="L2", memo="One breath.", do="mark")

    seen = reading.seen(by=cast.boris)
    start, end = seen.marks[0].start, seen.marks[0].end
    assert reading.text.text[start:end] == f"{PAID}\n{CARS}"
    assert [memo.words for memo in seen.memos] == ["One breath."]


def test_a_code_is_taken_off_again(boris, reading, cast):
    mark(boris, reading, first=2, code="L1", do="mark")
    mark(boris, reading, first=2, code="L1", do="off")

    assert reading.said(by=cast.boris) == {}


def test_sent_twice_it_is_marked_once(boris, reading, cast):
    for _ in range(2):
        mark(boris, reading, first=2, code="L1", memo="Twice.", do="mark")

    seen = reading.seen(by=cast.boris)
    assert (len(seen.marks), len(seen.memos)) == (1, 1)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"first": 1}, "Choose a code, or write a memo."),
        ({"first": 2, "last": 1, "code": "L1"}, "This sentence stands before the first one."),
        ({"first": 99, "code": "L1"}, "less than or equal to 3"),
        ({"code": "L1"}, "From sentence"),
        ({"first": 1, "code": "Z9"}, "Z9"),
    ],
    ids=["nothing to do", "the wrong way round", "no such sentence", "no sentence", "no such code"],
)
def test_what_cannot_be_marked_is_said_and_what_was_typed_stays(boris, reading, cast, typed, says):
    answer = mark(boris, reading, do="mark", **typed)

    assert answer.status_code == 422
    assert says in words(answer)
    assert reading.said(by=cast.boris) == {}


def test_a_text_that_was_corrected_meanwhile_is_not_marked_by_its_old_numbers(boris, reading):
    answer = fill_in(boris, place(reading), text=7, first=2, code="L1", do="mark")

    assert answer.status_code == 422
    assert "corrected" in words(answer)
