"""u, |u, cu and (k)u: held to their definitions, and to what must always be so."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.methods.agreement import krippendorff_alpha
from exeunt.methods.unitizing import Document, unitizing_of
from tests.methods.unitizing.definitions import family_by_definition
from tests.methods.unitizing.drawn import documents, partitions, readings


def alike(value):
    return None if value is None else pytest.approx(value, abs=1e-7)


def alphas(found):
    """All coefficients, by name and by value."""
    return {
        "u": found.u.alpha,
        "|u": found.bar_u.alpha,
        "cu": found.cu.alpha,
        **{label: one.alpha for label, one in found.ku.items()},
    }


def check_same(one, other):
    assert one.keys() == other.keys()
    for name, alpha in one.items():
        assert alpha == alike(other[name]), name


@pytest.mark.parametrize("spans", [readings, partitions])
@given(data=st.data())
def test_the_family_is_what_its_definitions_say(spans, data):
    given_documents = data.draw(documents(spans))

    check_same(alphas(unitizing_of(given_documents)), family_by_definition(given_documents))


@given(documents(), st.randoms(use_true_random=False))
def test_neither_the_order_of_coders_nor_of_documents_nor_of_spans_matters(given_documents, chance):
    names = {"Amina": "z", "Boris": "y", "Chidi": "x", "Dana": "w"}
    turned = [
        Document(
            one.length,
            {
                names[coder]: chance.sample(spans, len(spans))
                for coder, spans in one.readings.items()
            },
        )
        for one in given_documents
    ]
    chance.shuffle(turned)

    check_same(alphas(unitizing_of(turned)), alphas(unitizing_of(given_documents)))


@given(st.integers(1, 12).flatmap(lambda n: st.tuples(st.just(n), partitions(n, ["a", "b"]))))
def test_who_agrees_perfectly_has_one_or_nothing(one):
    length, spans = one
    found = alphas(
        unitizing_of([Document(length, {"Amina": spans, "Boris": spans, "Chidi": spans})])
    )

    assert all(alpha is None or alpha == pytest.approx(1) for alpha in found.values())
    if len({value for *_, value in spans}) > 1:
        assert found["u"] == pytest.approx(1)


def test_where_nobody_marked_anything_or_all_marked_everything_nothing_can_be_said():
    nothing = unitizing_of([Document(9, {"Amina": [], "Boris": []})])
    everything = unitizing_of([Document(9, {"Amina": [(0, 9, "a")], "Boris": [(0, 9, "a")]})])

    assert (nothing.u.alpha, nothing.bar_u.alpha, nothing.cu.alpha, nothing.ku) == (
        None,
        None,
        None,
        {},
    )
    assert set(alphas(everything).values()) == {None}


def test_who_disagrees_everywhere_is_below_chance():
    # half and half: ℓ.. = 20, Do = 1; pairs 400 - (25 + 25 + 10) = 340, by chance alike
    # (10² - 50) + (10² - 10) = 140: De = 200 / 340
    found = unitizing_of([Document(10, {"Amina": [(0, 5, "a")], "Boris": [(5, 10, "a")]})])

    assert found.u.alpha == pytest.approx(1 - 340 / 200)


@given(documents())
def test_a_document_may_be_cut_where_no_span_crosses(given_documents):
    """A text that is cut into two texts, at a place that lies in everybody's gap or edge."""
    cut = []
    for one in given_documents:
        spans = [span for ones in one.readings.values() for span in ones]
        free = [at for at in range(1, one.length) if not any(a < at < b for a, b, _ in spans)]
        at = free[len(free) // 2] if free else one.length
        halves = [(0, at), (at, one.length)]
        cut += [
            Document(
                end - start,
                {
                    coder: [
                        (a - start, b - start, v) for a, b, v in ones if start <= a and b <= end
                    ]
                    for coder, ones in one.readings.items()
                },
            )
            for start, end in halves
        ]

    check_same(alphas(unitizing_of(cut)), alphas(unitizing_of(given_documents)))


@given(documents(partitions))
def test_stretched_texts_agree_on_coding_as_before(given_documents):
    """Coefficients of coding know no gaps, so with all lengths doubled only shares count."""
    doubled = [
        Document(
            2 * one.length,
            {c: [(2 * a, 2 * b, v) for a, b, v in ones] for c, ones in one.readings.items()},
        )
        for one in given_documents
    ]
    before, after = alphas(unitizing_of(given_documents)), alphas(unitizing_of(doubled))

    check_same(
        {name: alpha for name, alpha in before.items() if name not in {"u", "|u"}},
        {name: alpha for name, alpha in after.items() if name not in {"u", "|u"}},
    )


@given(documents(partitions))
def test_units_of_one_character_make_it_nominal_alpha(given_documents):
    """Where every unit is one character long, u is alpha of the characters."""
    single = [
        Document(
            one.length,
            {
                coder: [(at, at + 1, v) for a, b, v in ones for at in range(a, b)]
                for coder, ones in one.readings.items()
            },
        )
        for one in given_documents
    ]
    names = {"L1": 1, "L2": 2, "J1": 3}
    coders = sorted({coder for one in single for coder in one.readings})
    rows = {coder: [] for coder in coders}
    for one in single:
        for coder in coders:
            row = np.zeros(one.length) if coder in one.readings else np.full(one.length, np.nan)
            for start, _, value in one.readings.get(coder, []):
                row[start] = names[value]
            rows[coder].extend(row)
    expected = krippendorff_alpha(list(rows.values())) if len(coders) > 1 else None

    assert unitizing_of(single).u.alpha == alike(expected)


@given(documents())
def test_overlaps_of_one_value_are_one_unit_and_doubles_count_once(given_documents):
    twice = [
        Document(
            one.length,
            {
                coder: [
                    *ones,
                    *ones,
                    *[(start, end - 1, value) for start, end, value in ones if end - start > 1],
                ]
                for coder, ones in one.readings.items()
            },
        )
        for one in given_documents
    ]

    check_same(alphas(unitizing_of(twice)), alphas(unitizing_of(given_documents)))


def test_touching_units_stay_two():
    long = unitizing_of([Document(10, {"Amina": [(0, 8, "a")], "Boris": [(0, 8, "a")]})])
    short = unitizing_of(
        [Document(10, {"Amina": [(0, 4, "a"), (4, 8, "a")], "Boris": [(0, 8, "a")]})]
    )

    assert (long.units, short.units) == (2, 3)
    assert long.u.expected != short.u.expected


def test_two_codes_at_one_place_are_a_value_of_their_own():
    both = [(0, 6, "a"), (4, 9, "b")]
    found = unitizing_of([Document(12, {"Amina": both, "Boris": both, "Chidi": [(0, 9, "a")]})])

    assert found.units == 7
    assert set(found.ku) == {frozenset("a"), frozenset("b"), frozenset("ab")}
    assert found.of("b", "a") is found.ku[frozenset("ab")]
    assert found.of("c") is None


def test_documents_that_fewer_than_two_read_are_left_out():
    read = Document(10, {"Amina": [(0, 3, "a")], "Boris": [(1, 3, "a")]})
    found = unitizing_of([read, Document(99, {"Chidi": [(0, 9, "z")]}), Document(50, {})])

    assert found == unitizing_of([read])
    assert (found.coders, found.documents, found.length) == (2, 1, 10)


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (Document(-1, {}), "The length of a document"),
        (Document(5, {"Amina": [(2, 2, "a")]}), "from 2 to 2 is empty"),
        (Document(5, {"Amina": [(2, 6, "a")]}), "leaves its document, which ends at 5"),
        (Document(5, {"Amina": [(-1, 3, "a")]}), "from -1 to 3"),
        (Document(5, {"Amina": [(0.5, 3, "a")]}), "whole numbers"),
        (Document(5.5, {}), "a whole number"),
    ],
)
def test_spans_that_are_none_are_refused(document, says):
    with pytest.raises(ValueError, match=says):
        unitizing_of([document])


def bodies(number, seed=3):
    """Documents on which two coders mostly agree."""
    chance = np.random.default_rng(seed)
    found = []
    for _ in range(number):
        start = int(chance.integers(0, 40))
        slip = int(chance.integers(-3, 4)) + 3
        found.append(
            Document(
                100,
                {
                    "Amina": [(start + 3, start + 30, "a"), (80, 90, "b")],
                    "Boris": [(start + slip, start + 30, "a"), (80, 95, "ba"[slip % 2])],
                },
            )
        )
    return found


def test_an_interval_holds_its_coefficient_and_comes_from_the_generator_alone():
    given_documents = bodies(30)
    one, same, other = (
        unitizing_of(given_documents, times=300, generator=np.random.default_rng(seed))
        for seed in (1, 1, 2)
    )

    for name in ("u", "bar_u", "cu"):
        found = getattr(one, name)
        assert found.interval.low < found.alpha < found.interval.high
        assert found.interval.times == 300
    assert one == same
    assert one.u.interval != other.u.interval
    assert one.of("a").interval.low <= one.of("a").alpha


def test_an_interval_is_that_of_documents_drawn_again():
    """The samples that the generator draws, each worked out as documents of its own."""
    given_documents = bodies(4)
    found = unitizing_of(given_documents, times=40, generator=np.random.default_rng(5))
    drawn = np.random.default_rng(5).multinomial(4, [0.25] * 4, size=40)
    samples = [
        unitizing_of([one for one, n in zip(given_documents, row, strict=True) for _ in range(n)])
        for row in drawn
    ]
    low, high = np.quantile([one.u.alpha for one in samples], [0.025, 0.975])

    assert found.u.interval[:2] == pytest.approx((low, high))


def test_with_a_single_document_there_is_no_interval():
    found = unitizing_of(bodies(1), times=100, generator=np.random.default_rng(1))

    assert found.u.alpha is not None
    assert found.u.interval is None


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"times": -1}, "so many samples"),
        ({"times": 10}, "needs a generator"),
        ({"level": 1}, "level of an interval"),
    ],
)
def test_a_bootstrap_that_is_none_is_refused(asked, says):
    with pytest.raises(ValueError, match=says):
        unitizing_of(bodies(3), **asked)
