"""Spans move with their words, and never onto other words."""

import random
from collections import Counter
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.methods.anchoring import ALIKE, Fate, Moved, moved
from exeunt.methods.segmentation import Span, sentences

SAME, CORRECTED, LOST = Fate

WORDS = [
    "I",
    "we",
    "left",
    "saw",
    "him",
    "الجماعة",
    "خرجت",
    "it.",
    "They.",
    "«oui»",
    "😀",
    "e\u0301t,",
]
NEW_WORDS = ["quite", "another", "word.", "هنا"]
SAID = ["stone", "river,", "حجر", "bread.", "salt"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=30)
NEW = st.lists(st.sampled_from(NEW_WORDS), max_size=5)
SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 40)), max_size=8)


def what_became_of(said, before, after):
    """The fate of the only place where something is said, and what it says now."""
    start = before.index(said)
    assert before.count(said) == 1
    (found,) = moved(before, after, [(start, start + len(said))])
    return found.fate, None if found.span is None else after[slice(*found.span)]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("He came. I left.", "He came. I left.", "I left."),
        ("He came. I left.", "Then he came. Yes. I left. Yes.", "I left."),
        ("من الجماعة هنا", "قال من الجماعة هنا", "جماعة"),
        ("I met [Person 3] there.", "So I met [Person 3] there.", "[Person 3]"),
        (
            "He cried. He cried and left.",
            "He came. He cried. He cried and left.",
            "He cried and left.",
        ),
        ("I was 😀 there", "We say: I was 😀 there", "😀"),
        ("One.\n\nTwo.", "One.\nMore.\n\nTwo.", "\nTwo."),
        ("He left us there. A. B.", "A. B. He left us there.", "He left us there."),
    ],
    ids=[
        "untouched",
        "surrounded",
        "in a word",
        "a mask",
        "like its neighbour",
        "an emoji",
        "with white space",
        "carried elsewhere",
    ],
)
def test_unchanged_words_are_found_exactly(before, after, said):
    assert what_became_of(said, before, after) == (SAME, said)


@pytest.mark.parametrize(
    ("before", "after", "said", "now"),
    [
        ("So he was recrited.", "So he was recruited.", "he was recrited", "he was recruited"),
        ("He was recrited there.", "He was recruited there.", "recrited", "recruited"),
        ("So i left him.", "So I left him.", "i left him", "I left him"),
        ("I  left him.", "I left him.", "I  left him.", "I left him."),
        ("I did not any more.", "I did not anymore.", "not any more", "not anymore"),
        ("I did not anymore.", "I did not any more.", "not anymore", "not any more"),
        ("ثم كتبها الجماعه.", "ثم كتبها الجماعة.", "كتبها الجماعه", "كتبها الجماعة"),
        # 4 of 5 words and 4 of 5: .8
        (
            "So he and I left now.",
            "So he and I left then.",
            "he and I left now",
            "he and I left then",
        ),
        (
            "Now he and I left us.",
            "Then he and I left us.",
            "Now he and I left",
            "Then he and I left",
        ),
        # word for word, a replacement that reaches out of the span belongs to it in part
        ("We a b c d e saw it.", "We a b c d f met it.", "a b c d e", "a b c d f"),
        # not word for word: the span shrinks to what it kept, 4 of 5 words: .8
        ("We a b c d e saw it.", "We a b c d went it.", "a b c d e", "a b c d"),
        (
            "End. Quikly he left.",
            "End. A new one. Quickly he left.",
            "Quikly he left.",
            "Quickly he left.",
        ),
        ("So Salim left us.", "So [Person 3] left us.", "Salim left", "[Person 3] left"),
        ("So Abu Salim al-Noor left.", "So [Person 3] left.", "Salim al", "[Person 3]"),
        ("So [Person 3] left us.", "So Salim left us.", "[Person 3]", "Salim"),
        ("ثم خرج سالم الحداد.", "ثم خرج [شخص 3].", "خرج سالم", "خرج [شخص 3]"),
        ("the recruter said", "the recruiter said", "recrut", "recruit"),
    ],
)
def test_a_corrected_span_keeps_its_words_and_their_corrections(before, after, said, now):
    assert what_became_of(said, before, after) == (CORRECTED, now)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("I met [Person 3].", "I met [Person 4].", "[Person 3]"),
        ("So Salim left.", "So he fled with [Person 3].", "Salim left"),
        ("It was in 2014.", "It was in 2015.", "2014"),
        ("He left. He slept. He cried.", "He left. He cried.", "He slept."),
        ("I was in the camp.", "I was at this camp.", "in the"),
        # 3 of 4 words and 3 of 4: .75
        ("So he and I left.", "So he and I stayed.", "he and I left"),
        # all 2 words, but 2 of 8 now: (2 + 2) / (2 + 8) = .4
        ("He said no.", "He said one two three four five six no.", "said no"),
        ("I left. I came.", "", "I left."),
        ("He fled. We came.", "We came. He fled.", "He fled."),
        ("A\n\n\nB", "A B", "\n\n"),
    ],
    ids=[
        "another person",
        "a mask and more",
        "another year",
        "taken out",
        "two words",
        "too little",
        "too much",
        "all",
        "two words that stand elsewhere",
        "white space",
    ],
)
def test_a_span_of_which_too_little_is_left_is_lost(before, after, said):
    assert what_became_of(said, before, after) == (LOST, None)


def test_a_lost_span_says_where_it_would_be_and_how_much_is_left():
    before, after = "I came. So he and I left. Yes.", "I came. So he and I stayed. Yes."
    start = before.index("he and")
    (found,) = moved(before, after, [(start, start + len("he and I left"))])

    # 3 of 4 words then, and 3 of 4 now that "stayed" stands in place of "left"
    assert found == Moved(LOST, None, pytest.approx(0.75), after.index(" he"))


@pytest.mark.parametrize("span", [(0, 0), (3, 2), (-1, 2), (0, 9)])
def test_a_span_that_is_none_is_refused(span):
    with pytest.raises(ValueError, match="inside its text"):
        moved("I left.", "I left.", [span])


@given(TEXTS, TEXTS, NEW, NEW, st.permutations(SAID))
def test_what_happens_outside_a_span_never_loses_it(left, right, new_left, new_right, said):
    words = " ".join(said)
    before = " ".join([*left, words, *right])
    after = " ".join([*left[::2], *new_left, words, *new_right, *right[1::2]])

    assert what_became_of(words, before, after) == (SAME, words)


@given(TEXTS, TEXTS, NEW, st.permutations(SAID))
def test_a_span_in_deleted_text_is_lost(left, right, new, said):
    words = " ".join(said)
    before = " ".join([*left, words, *right])
    after = " ".join([*left, *new, *right])

    assert what_became_of(words, before, after) == (LOST, None)


@given(st.text("ab. \n😀", max_size=60), st.text("ab. \n😀", max_size=60), SPANS)
def test_a_span_is_never_moved_onto_other_words(before, after, spans):
    inside = [(a, min(a + n, len(before))) for a, n in spans if a < len(before)]
    for (start, end), found in zip(inside, moved(before, after, inside), strict=True):
        assert (found.span is None) == (found.fate is LOST) == (found.share < ALIKE - 1e-9)
        if found.fate is SAME:
            assert after[slice(*found.span)].strip() == before[start:end].strip()


@given(TEXTS, TEXTS, st.data())
def test_a_corrected_span_shares_four_fifths_of_its_words(before, after, data):
    places = st.tuples(st.integers(0, 29), st.integers(1, 30))
    edges = [0, *accumulate(len(word) + 1 for word in before)]
    asked = [
        (edges[first], edges[min(first + number, len(before))] - 1)
        for first, number in data.draw(st.lists(places, max_size=6))
        if first < len(before)
    ]
    old, new = " ".join(before), " ".join(after)
    for (start, end), found in zip(asked, moved(old, new, asked), strict=True):
        if found.fate is CORRECTED:
            ours, theirs = (
                Counter(word.strip("«».,") for word in said.split())
                for said in (old[start:end], new[slice(*found.span)])
            )
            for counted in (ours, theirs):
                del counted["😀"]
            shared = 2 * (ours & theirs).total() / (ours.total() + theirs.total())
            assert shared >= ALIKE - 1e-9


@given(st.lists(st.sampled_from(["I left.", "He came.", "خرجت.", "It is."]), min_size=1), st.data())
def test_repeated_sentences_go_to_the_right_occurrence(parts, data):
    """New sentences are put between; each old one is where it was among the old ones."""
    news = [" ".join(data.draw(NEW, label="new")) for _ in parts]
    before, after, where = "", "", []
    for part, new in zip(parts, news, strict=True):
        after += new + " " if new else ""
        where.append(
            (Span(len(before), len(before) + len(part)), Span(len(after), len(after) + len(part)))
        )
        before, after = before + part + " ", after + part + " "

    found = moved(before, after, [old for old, _ in where])

    assert [(one.fate, one.span) for one in found] == [(SAME, now) for _, now in where]


@pytest.mark.parametrize("seed", range(5))
def test_in_a_long_text_only_what_was_touched_is_not_the_same(seed):
    """One word is changed in each of a few sentences of a text of 60,000 signs."""
    chance = random.Random(seed)
    vocabulary = ["".join(chance.choices("abcdefgh", k=chance.randrange(2, 9))) for _ in range(900)]
    parts = [[*chance.choices(vocabulary, k=12), "end."] for _ in range(700)]
    touched = set(chance.sample(range(700), 20))
    said = [" ".join(part) for part in parts]
    now = [
        " ".join(["corrected", *part[1:]]) if number in touched else " ".join(part)
        for number, part in enumerate(parts)
    ]
    before, after = "\n".join(said), "\n".join(now)
    spans = sentences(before)

    found = moved(before, after, spans)

    assert len(spans) == 700
    assert [after[slice(*one.span)] for one in found] == now
    assert {number for number, one in enumerate(found) if one.fate is CORRECTED} == touched
