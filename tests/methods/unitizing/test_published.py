"""The examples that Krippendorff published, and what can be worked out of them by hand."""

import pytest

from exeunt.methods.unitizing import Document, older_alpha_u, unitizing_of

# Content Analysis, 4th ed., figure 12.11: three observers of a continuum of 60.
ALEX = [(0, 7, 1), (7, 13, 2), (30, 32, 5), (32, 37, 6), (37, 44, 6), (44, 60, 7)]
PAUL = [(0, 7, 1), (7, 13, 3), (13, 21, 5), (32, 44, 6)]
SUZAN = [(0, 7, 1), (7, 13, 4), (13, 21, 5), (32, 37, 6), (37, 41, 6), (41, 44, 6)]
OBSERVERS = {"Alex": ALEX, "Paul": PAUL, "Suzan": SUZAN}

# Content Analysis, 2nd ed., section 11.6: two observers of a continuum from 150 to 450.
FIRST = [(75, 145, "c"), (220, 250, "c"), (30, 90, "k"), (150, 200, "k")]
SECOND = [(70, 150, "c"), (205, 225, "c"), (250, 270, "c"), (30, 90, "k"), (150, 200, "k")]


def test_the_family_is_as_published():
    found = unitizing_of([Document(60, OBSERVERS)])

    assert round(found.u.alpha, 3) == 0.510
    assert found.bar_u.alpha == pytest.approx(0.413, abs=0.001)
    assert round(found.cu.alpha, 3) == 0.724
    assert [found.of(value).alpha for value in range(1, 8)] == [
        pytest.approx(alpha) if alpha is not None else None for alpha in (1, 0, 0, 0, 1, 1, None)
    ]


def test_the_family_is_as_worked_by_hand():
    """The same example, each figure from its lengths.

    ℓ.. = 3 · 60 = 180; ℓφ. = 17 + 27 + 27 = 71. Alike are, over all ordered pairs, halved: gaps
    21-30 six times (9 · 6 / 2 = 27), 13-21 never, 30-32 and 44-60 twice (18): ℓφφ = 45; of
    value 1 7 · 3 = 21, of 5 8, of 6 12 · 3 = 36. Alike 110 of 180: D_o = 70 / 180.
    Squares of units: 1: 3 · 49 = 147; 2, 3, 4: 36 each; 5: 4 + 64 + 64 = 132;
    6: 25 + 49 + 144 + 25 + 16 + 9 = 268; 7: 256; gaps by their length, 71. In all 982.
    """
    found = unitizing_of([Document(60, OBSERVERS)])
    pairs = 180**2 - 982
    by_chance = (
        (71**2 - 71)
        + (21**2 - 147)
        + 3 * (6**2 - 36)
        + (18**2 - 132)
        + (36**2 - 268)
        + (16**2 - 256)
    )

    assert found.u.observed == pytest.approx(70 / 180)
    assert found.u.expected == pytest.approx(1 - by_chance / pairs)
    # |u: 71 of gaps, of which 45 meet gaps
    assert found.bar_u.observed == pytest.approx(26 / 180)
    assert found.bar_u.expected == pytest.approx(71 * (180 - 71) / pairs)
    # cu: ℓ*.. = 21 + 3 · 6 + 8 + 36 = 83, alike 21 + 8 + 36. What of each unit was marked by
    # others, the mean over both: 5: half of 8 twice, 16 + 16; 6 as above; 1, 2, 3, 4 as above.
    assert found.cu.observed == pytest.approx(18 / 83)
    met = 83**2 - (147 + 3 * 36 + 32 + 268)
    alike = (21**2 - 147) + 3 * 0 + (8**2 - 32) + (36**2 - 268)
    assert found.cu.expected == pytest.approx(1 - alike / met)
    assert found.cu.covers == pytest.approx(83 / 180)
    # (k)u speaks for 8 of the 18 that were called 5, and for none of what only Alex called 7.
    assert found.of(5).covers == pytest.approx(8 / 18)
    assert found.of(7).covers == 0
    assert (found.coders, found.documents, found.units, found.length) == (3, 1, 16, 60)


def test_the_older_coefficient_is_as_published():
    found = older_alpha_u([Document(300, {"i": FIRST, "j": SECOND})])

    # 2 · ((5² + 5²) + (15² + 25²) + 20²) / (2 · 1 · 300²) = 2600 / 180000
    assert found.codes["c"].observed == pytest.approx(2600 / 180_000)
    assert found.codes["c"].observed == pytest.approx(0.0144, abs=5e-5)
    assert found.codes["c"].expected == pytest.approx(0.0532, abs=5e-5)
    assert found.codes["k"].expected == pytest.approx(0.0490, abs=5e-5)
    assert found.codes["c"].alpha == pytest.approx(0.7286, abs=5e-5)
    assert found.codes["k"].alpha == 1
    # published as .8591, from figures that had been rounded
    assert found.over_codes.alpha == pytest.approx(0.8591, abs=5e-4)
