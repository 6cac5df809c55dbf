"""Agreement on marks: unit by unit against what can be counted by hand, and the stretches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.methods.agreement import krippendorff_alpha
from exeunt.methods.span_agreement import MarkedText, Unitised, in_units, span_agreements
from exeunt.methods.unitizing import Document, by_units, unitizing_of
from tests.making.codebooks import BINARY, GRADED

SENTENCES = [(0, 9), (10, 20), (21, 30), (31, 40)]


def measured(*texts: MarkedText, codebook=BINARY, unit=Unitised.SENTENCE):
    return span_agreements(codebook, texts, unit, times=50, seed=1)


def test_a_sentence_is_rated_by_what_is_marked_in_any_part_of_it():
    # Boris marks sentences 1 and 2, Chidi 2 and 4, of four: (1,0) (1,1) (0,0) (0,1).
    # 4 of 8 ratings are 1. Observed 4/8; expected 2*4*4/(8*7) = 32/56; alpha = 1 - 7/8.
    boris = [(3, 15, "L1", 1)]
    chidi = [(12, 14, "L1", 1), (35, 36, "L1", 1)]
    found = measured(MarkedText(40, {"Boris": boris, "Chidi": chidi}, SENTENCES))
    (code,) = found.codes

    assert (code.code, code.label, code.dimension) == ("L1", "In-fighting", "leaving")
    assert (code.agreement.units, code.agreement.percent) == (4, 0.5)
    assert code.agreement.alpha == pytest.approx(1 / 8)
    assert code.agreement.prevalence == 0.5


def test_characters_are_units_too():
    # 8 and 5 of 40 characters, 5 of them the same: 3 of 40 differ.
    texts = {"Boris": [(0, 8, "L1", 1)], "Chidi": [(3, 8, "L1", 1)]}
    found = measured(MarkedText(40, texts), unit=Unitised.CHARACTER)

    assert found.codes[0].agreement.units == 40
    assert found.codes[0].agreement.percent == pytest.approx(37 / 40)


def test_whether_anything_was_marked_is_its_own_figure():
    # Boris gives the first sentence L1 and Chidi L2: both are about leaving.
    texts = {"Boris": [(0, 9, "L1", 1)], "Chidi": [(0, 9, "L2", 1)]}
    found = measured(MarkedText(40, texts, SENTENCES))

    assert [code.agreement.percent for code in found.codes] == [0.75, 0.75]
    assert [(one.dimension, one.agreement.percent) for one in found.anything] == [("leaving", 1)]


def test_graded_values_agree_in_part():
    texts = {
        "Boris": [(0, 9, "L1", 2), (10, 20, "L1", 1), (21, 30, "L1", 2)],
        "Chidi": [(0, 9, "L1", 2), (10, 20, "L1", 2), (21, 30, "L1", 1)],
    }
    found = measured(MarkedText(40, texts, SENTENCES), codebook=GRADED)
    table = [[2, 1, 2, 0], [2, 2, 1, 0]]

    assert found.codes[0].agreement.alpha == pytest.approx(
        krippendorff_alpha(table, metric="ordinal")
    )


def test_the_unitizing_family_is_that_of_the_stretches():
    texts = [
        MarkedText(40, {"Boris": [(0, 9, "L1", 1)], "Chidi": [(2, 9, "L1", 1)]}, SENTENCES),
        MarkedText(30, {"Boris": [(0, 9, "L2", 1)], "Chidi": []}, SENTENCES[:3]),
    ]
    found = measured(*texts)
    same = unitizing_of(
        [
            Document(40, {"Boris": [(0, 9, "L1")], "Chidi": [(2, 9, "L1")]}),
            Document(30, {"Boris": [(0, 9, "L2")], "Chidi": []}),
        ]
    )

    assert found.family.u.alpha == pytest.approx(same.u.alpha)
    assert found.family.bar_u.alpha == pytest.approx(same.bar_u.alpha)
    assert found.codes[0].ku.alpha == same.of("L1").alpha
    assert found.codes[0].u.alpha is not None


def test_what_one_coder_read_tells_nothing():
    alone = MarkedText(40, {"Boris": [(0, 9, "J1", 1)]}, SENTENCES)
    found = measured(alone, MarkedText(40, {"Boris": [(0, 9, "L1", 1)], "Chidi": []}, SENTENCES))

    assert found.texts == 1
    assert [code.code for code in found.codes] == ["L1"]


def test_the_same_seed_gives_the_same_intervals():
    texts = [
        MarkedText(40, {"Boris": [(0, 9, "L1", 1)], "Chidi": [(0, at, "L1", 1)]}, SENTENCES)
        for at in (5, 9, 12, 22)
    ]
    first, second = measured(*texts), measured(*texts)

    assert first == second
    assert first.codes[0].agreement.interval is not None
    assert first.family.u.interval is not None


def test_texts_without_a_mark_have_nothing_to_agree_on():
    found = measured(MarkedText(40, {"Boris": [], "Chidi": []}, SENTENCES))

    assert (found.texts, found.codes, found.anything) == (1, (), ())


SPANS = st.lists(
    st.tuples(st.integers(0, 39), st.integers(1, 20), st.integers(1, 2)).map(
        lambda one: (one[0], min(one[0] + one[1], 40), "L1", one[2])
    ),
    max_size=5,
)


@given(st.dictionaries(st.sampled_from(["Boris", "Chidi", "Vera"]), SPANS, min_size=2))
def test_counting_in_units_is_rating_each_unit(readings):
    """The short way, spans as runs of units, against `by_units`, which looks at each unit."""
    text = MarkedText(40, readings, SENTENCES)
    plain = {
        coder: [(start, end, value) for start, end, _, value in spans]
        for coder, spans in readings.items()
    }
    rated = by_units([Document(40, plain)], [SENTENCES])
    short = in_units(text)

    for row, coder in enumerate(rated.coders):
        for unit in range(len(SENTENCES)):
            values = [v for first, last, _, v in short.readings[coder] if first <= unit < last]
            assert rated.ratings[row, unit] == max(values, default=0)
