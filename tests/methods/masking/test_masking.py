"""A mask takes whole names and nothing else, and every place is known on both sides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.methods.identifiers import find_identifiers
from exeunt.methods.masking import Mask, Placed, Settled, mask, remains, settled


def test_each_span_is_replaced_and_its_new_place_is_known():
    # Worked by hand: "I met " is 6 long, "[Person 1]" 10; " in " 4, so the place starts at 20.
    masked = mask("I met Salim in Raqqa.", [Mask(15, 20, "[Place 1]"), Mask(6, 11, "[Person 1]")])

    assert masked.text == "I met [Person 1] in [Place 1]."
    assert masked.placed == (Placed(6, 16, "[Person 1]"), Placed(20, 29, "[Place 1]"))
    assert [masked.masked_place(place) for place in (0, 6, 8, 11, 15, 20)] == [0, 6, 6, 16, 20, 29]
    assert [masked.original_place(place) for place in (0, 6, 9, 16, 20, 29)] == [
        0,
        6,
        6,
        11,
        15,
        20,
    ]


def test_a_span_that_touches_a_mask_takes_in_all_of_it():
    masked = mask("I met Salim there.", [Mask(6, 11, "[Person 1]")])

    assert masked.masked_span(2, 8) == (2, 16)
    assert masked.original_span(10, 12) == (6, 11)
    assert masked.masked_span(3, 3) == (3, 3)


@pytest.mark.parametrize(
    "masks",
    [[Mask(3, 3, "x")], [Mask(5, 3, "x")], [Mask(-1, 3, "x")], [Mask(0, 99, "x")]],
    ids=["empty", "backwards", "before the text", "after the text"],
)
def test_a_senseless_span_is_refused(masks):
    with pytest.raises(ValueError, match="inside the text"):
        mask("I met Salim.", masks)
    with pytest.raises(ValueError, match="inside the text"):
        settled("I met Salim.", masks)


def test_masks_that_overlap_must_be_settled_first():
    with pytest.raises(ValueError, match="overlap"):
        mask("I met Salim.", [Mask(0, 8, "x"), Mask(6, 11, "y")])


@pytest.mark.parametrize(
    ("text", "span", "taken"),
    [
        ("وبأبي سالم", (2, 10), "أبي سالم"),
        ("وَبِأبي سالم", (4, 12), "أبي سالم"),
        ("والرقة", (3, 6), "الرقة"),
        ("للرقة", (2, 5), "لرقة"),
        ("سالمنا", (0, 4), "سالمنا"),
        ("Salim", (0, 3), "Salim"),
        ("Jean-Pierre said", (5, 11), "Jean-Pierre"),
        ("al-Tunisi", (3, 9), "al-Tunisi"),
        ("Paris-based", (0, 5), "Paris"),
        ("d'Ahmed", (2, 7), "Ahmed"),
        ("d’Ahmed", (2, 7), "Ahmed"),
        ("Ahmad's dog", (0, 5), "Ahmad"),
        ("Ra'id left", (3, 5), "Ra'id"),
        ("Sa\u200bli\u0301m x", (0, 4), "Sa\u200bli\u0301m"),
        ("x \u200bSalim\u200b y", (3, 8), "\u200bSalim\u200b"),
        ("x \u2068Salim\u2069 y", (3, 8), "\u2068Salim\u2069"),
        ("e\u0301va", (1, 4), "e\u0301va"),
    ],
)
def test_a_mask_takes_whole_letters_and_names_and_what_is_unseen_around_them(text, span, taken):
    (one,) = settled(text, [Mask(*span, "[x]")])

    assert text[one.start : one.end] == taken


def test_a_mask_keeps_the_clitic():
    text = "مررت وبأبي سالم"

    assert mask(text, settled(text, [Mask(7, 15, "[Person 3]")])).text == "مررت وب[Person 3]"


def test_masks_of_one_replacement_side_by_side_become_one():
    assert settled("Abu Salim left", [Mask(0, 3, "[1]"), Mask(4, 9, "[1]")]) == [
        Settled(0, 9, "[1]")
    ]


def test_masks_of_two_replacements_side_by_side_stay_two():
    assert len(settled("Salim Raqqa", [Mask(0, 5, "[1]"), Mask(6, 11, "[2]")])) == 2


def test_overlapping_masks_are_masked_whole_as_the_first_and_say_what_they_took_in():
    both = settled("Abu Salim Raqqa left", [Mask(4, 15, "[Place 1]"), Mask(0, 9, "[Person 1]")])

    assert both == [Settled(0, 15, "[Person 1]", ("[Place 1]",))]


def test_of_two_masks_that_start_together_the_longer_counts():
    both = settled("Abu Salim left", [Mask(0, 3, "[short]"), Mask(0, 9, "[long]")])

    assert both == [Settled(0, 9, "[long]", ("[short]",))]


@pytest.mark.parametrize(
    ("text", "original"),
    [
        ("So SALIM came", "Salim"),
        ("So Sa\u200blím came", "Salim"),
        ("So Ѕalim came", "Salim"),
        ("مررت وبأبي سالم", "أبي سالم"),
        ("call 0933-123-456", "0933 123 456"),
        ("call ٠٩٣٣١٢٣٤٥٦", "0933 123 456"),
        ("Abu-Salim came", "abu salim"),
    ],
)
def test_what_can_still_be_read_is_found(text, original):
    assert [one.original for one in remains(text, [original])] == [original]


@pytest.mark.parametrize(
    ("text", "original"),
    [("Salima came", "Salim"), ("[Person 1] came", "Salim"), ("10933123456", "0933 123 456")],
)
def test_what_only_looks_alike_is_not_said_to_remain(text, original):
    assert remains(text, [original]) == []


def spans(text):
    """Spans of a text that are not empty."""
    places = st.integers(0, len(text))
    return st.tuples(places, places).map(sorted).filter(lambda pair: pair[0] < pair[1])


TEXTS = st.text(st.sampled_from("aAbé سالموب'-. \u200b\u0301\u2068\n1"), min_size=1, max_size=40)


@given(TEXTS, st.data())
def test_text_outside_masks_is_unchanged_and_places_go_both_ways(text, data):
    drawn = data.draw(st.lists(spans(text), max_size=4))
    wanted = settled(text, [Mask(*span, f"[{number}]") for number, span in enumerate(drawn)])

    masked = mask(text, wanted)

    outside = [
        place for place in range(len(text)) if not any(m.start <= place < m.end for m in wanted)
    ]
    assert all(masked.text[masked.masked_place(place)] == text[place] for place in outside)
    assert all(masked.original_place(masked.masked_place(place)) == place for place in outside)
    assert len(masked.text) == len(outside) + sum(len(one.replacement) for one in wanted)


@given(TEXTS, st.data())
def test_settled_masks_cover_what_was_asked_and_settling_again_changes_nothing(text, data):
    drawn = data.draw(st.lists(spans(text), max_size=4))
    wanted = settled(text, [Mask(*span, "[x]") for span in drawn])
    again = settled(text, [Mask(one.start, one.end, one.replacement) for one in wanted])

    assert all(any(m.start <= a and b <= m.end for m in wanted) for a, b in drawn)
    assert again == wanted


@pytest.mark.parametrize(
    "text",
    [
        "I saw Abu Salim al-Tunisi in Raqqa. abu salim said: A\u200bbu SALIM! Tunisi left.",
        "رأيت أبو حمزة التونسي في الرقة ثم ذهبت لأبي حمزة",
        "J'ai vu Abou Hafs à Manbij, et Abou Hafs m'a dit : +33 6 12 34 56 78.",
    ],
)
def test_nothing_of_what_was_masked_can_be_read_afterwards(text):
    found = find_identifiers(text)
    masked = mask(text, settled(text, [Mask(one.start, one.end, "[x]") for one in found]))

    assert remains(masked.text, {text[one.start : one.end] for one in found}) == []
