"""Each code by itself: other codes neither help nor hurt it."""

import numpy as np
import pytest
from hypothesis import given

from exeunt.methods.unitizing import Document, marked_with, unitizing_by_code, unitizing_of
from tests.methods.unitizing.definitions import family_by_definition
from tests.methods.unitizing.drawn import VALUES, documents


def alike(value):
    return None if value is None else pytest.approx(value, abs=1e-7)


@given(documents())
def test_a_code_is_measured_as_if_it_were_the_only_one(given_documents):
    found = unitizing_by_code(given_documents, codes=VALUES)
    for code in VALUES:
        alone = marked_with(given_documents, code)
        assert found.codes[code].alpha == alike(family_by_definition(alone)["u"])
        # with one value, that anything is marked at all is the whole question
        assert unitizing_of(alone).bar_u.alpha == alike(found.codes[code].alpha)


@given(documents())
def test_over_codes_disagreements_are_added_up_before_they_are_divided(given_documents):
    found = unitizing_by_code(given_documents)
    codes = found.codes.values()
    expected = sum(one.expected or 0 for one in codes)
    observed = sum(one.observed or 0 for one in codes)

    assert found.over_codes.alpha == alike(1 - observed / expected if expected > 1e-9 else None)


def test_codes_may_overlap_freely():
    whole = [(0, 30, "joining"), (10, 20, "violence")]
    found = unitizing_by_code([Document(60, {"Amina": whole, "Boris": whole})])

    assert {one.alpha for one in found.codes.values()} == {1.0}
    assert found.over_codes.alpha == 1


def test_a_code_that_nobody_gave_has_no_coefficient():
    given_documents = [Document(60, {"Amina": [(0, 30, "joining")], "Boris": []})]
    found = unitizing_by_code(given_documents, codes=["joining", "leaving"])

    assert found.codes["leaving"].alpha is None
    # Amina 30 of 60, Boris none: ℓ.. = 120, Do = 60 / 120; pairs 120² - 30² - 90 = 13410;
    # De = 1 - (30² - 30² + 90² - 90) / 13410 = 5400 / 13410
    assert found.codes["joining"].alpha == pytest.approx(1 - 0.5 * 13410 / 5400)
    assert found.over_codes.alpha == found.codes["joining"].alpha


def test_without_documents_there_is_nothing():
    found = unitizing_by_code([])

    assert found.codes == {}
    assert found.over_codes.alpha is None


def test_all_codes_share_their_samples():
    given_documents = [
        Document(
            60, {"Amina": [(0, n, "a"), (40, 40 + n, "b")], "Boris": [(0, 9, "a"), (40, 49, "b")]}
        )
        for n in range(3, 15)
    ]
    found = unitizing_by_code(given_documents, times=200, generator=np.random.default_rng(1))

    assert found.codes["a"].interval == found.codes["b"].interval
    assert found.over_codes.interval == pytest.approx(found.codes["a"].interval)
    assert found.codes["a"].interval.low < found.codes["a"].alpha
