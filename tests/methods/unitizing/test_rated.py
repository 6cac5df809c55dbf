"""Units of a text rated by what was marked in them: held to the characters themselves."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.methods.agreement import agreement_of, krippendorff_alpha
from exeunt.methods.unitizing import Document, by_characters, by_units, marked_with
from tests.methods.unitizing.drawn import documents

GRADES = (1, 2, 0.5)


def table_of(given_documents, least=None, units=None):
    """The ratings, character by character or unit by unit, looked up one at a time."""
    coders = sorted({coder for one in given_documents for coder in one.readings}, key=str)
    units = units or [[(at, at + 1) for at in range(one.length)] for one in given_documents]
    rows = []
    for coder in coders:
        row = []
        for one, ones in zip(given_documents, units, strict=True):
            for start, end in ones:
                if coder not in one.readings:
                    row.append(np.nan)
                    continue
                marked = [0]
                for grade in {value for *_, value in one.readings[coder]}:
                    covered = sum(
                        any(a <= at < b for a, b, v in one.readings[coder] if v == grade)
                        for at in range(start, end)
                    )
                    if covered > (least or 0) * (end - start):
                        marked.append(grade)
                row.append(max(marked))
        rows.append(row)
    return np.array(rows, dtype=float).reshape(len(coders), sum(map(len, units)))


@given(documents(values=GRADES))
def test_runs_of_characters_are_the_characters(given_documents):
    found = by_characters(given_documents)

    expanded = np.repeat(found.ratings, found.lengths.astype(int), axis=1)
    assert np.array_equal(expanded, table_of(given_documents), equal_nan=True)
    clusters = np.repeat(found.clusters, found.lengths.astype(int))
    of_each = [place for place, one in enumerate(given_documents) for _ in range(one.length)]
    assert clusters.tolist() == of_each


@given(documents(values=GRADES), st.sampled_from([0, 0.3, 0.5, 0.9]), st.data())
def test_a_unit_has_the_highest_value_that_covers_enough_of_it(given_documents, least, data):
    units = []
    for one in given_documents:
        edges = sorted(data.draw(st.sets(st.integers(0, one.length), max_size=6)))
        units.append(list(pairwise(edges)))
    found = by_units(given_documents, units, least=least)

    assert np.array_equal(
        found.ratings, table_of(given_documents, least=least, units=units), equal_nan=True
    )


def test_sentences_go_into_the_coefficients_that_there_are():
    one = Document(30, {"Amina": [(0, 5, "L1"), (12, 18, "L2")], "Boris": [(3, 12, "L1")]})
    sentences = [(0, 9), (10, 20), (21, 30)]
    rated = by_units(marked_with([one], "L1"), [sentences])

    assert rated.ratings.tolist() == [[1, 0, 0], [1, 1, 0]]
    assert rated.coders == ["Amina", "Boris"]
    # 6 ratings, 3 of them 1: expected 2 · 3 · 3 / (6 · 5) = .6; observed 1 of 3: 1 - (1/3) / .6
    assert krippendorff_alpha(rated.ratings) == pytest.approx(4 / 9)


def test_a_million_characters_are_a_handful_of_runs():
    length = 10**6
    texts = [Document(length, {"Amina": [(5, 500_000, 1)], "Boris": [(9, 500_000, 1)]})] * 2
    rated = by_characters(texts)
    found = agreement_of(
        rated.ratings, lengths=rated.lengths, clusters=rated.clusters, times=10, seed=1
    )

    assert rated.ratings.shape == (2, 8)
    assert found.units == 2 * length
    # 8 characters of two million differ
    assert found.percent == pytest.approx(1 - 8 / (2 * length))
    assert found.interval.low == found.interval.high == pytest.approx(found.alpha)


@pytest.mark.parametrize(
    ("given_documents", "units", "least", "says"),
    [
        ([Document(9, {"A": []})], [], 0, "its own list of units"),
        ([Document(9, {"A": []})], [[(3, 3)]], 0, "A unit lies inside"),
        ([Document(9, {"A": []})], [[(3, 10)]], 0, "A unit lies inside"),
        ([Document(9, {"A": []})], [[(3, 4.5)]], 0, "whole numbers"),
        ([Document(9, {"A": []})], [[(3, 4)]], 1, "least share"),
        ([Document(9, {"A": [(0, 3, "L1")]})], [[(3, 4)]], 0, "numbers above 0"),
        ([Document(9, {"A": [(0, 3, 0)]})], [[(3, 4)]], 0, "numbers above 0"),
    ],
)
def test_what_cannot_be_rated_is_refused(given_documents, units, least, says):
    with pytest.raises(ValueError, match=says):
        by_units(given_documents, units, least=least)


def test_without_documents_there_is_an_empty_table():
    assert by_units([], []).ratings.shape == (0, 0)
    assert by_characters([]).ratings.shape == (0, 0)
