"""What readers said is kept cell by cell, and every figure can be traced to exactly that."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.methods.readings import Blanks, Cell, Readings
from tests.making.codebooks import GRADED
from tests.making.readings import read_by

NAN = np.nan

TABLE = {
    "Boris": [[1, 0, 1], [0, "", "?"], ["-", "", ""], ["/", "/", "/"]],
    "Chidi": [[1, 1, 1], ["", "", ""], ["?", "?", "-"], [0, 0, 0]],
}
KNOWN = {"group": ["A", "B", "A", "unknown"], "period": ["2014", "2015", "2014", "2016"]}


@pytest.fixture
def readings() -> Readings:
    return read_by(TABLE, **KNOWN)


def test_every_kind_of_gap_is_missing_by_default(readings):
    assert np.array_equal(
        readings.values()[0], [[1, 0, 1], [0, NAN, NAN], [NAN] * 3, [NAN] * 3], equal_nan=True
    )


def test_on_request_blanks_count_as_zero_and_no_other_gap_does(readings):
    values = readings.values(Blanks.NOT_MENTIONED)

    assert np.array_equal(
        values[0], [[1, 0, 1], [0, 0, NAN], [NAN, 0, 0], [NAN] * 3], equal_nan=True
    )
    assert np.array_equal(values[1], [[1, 1, 1], [0, 0, 0], [NAN] * 3, [0, 0, 0]], equal_nan=True)


def test_treating_blanks_leaves_the_readings_as_they_were(readings):
    before = readings.data_hash
    readings.values(Blanks.NOT_MENTIONED)

    assert readings.data_hash == before


@pytest.mark.parametrize(
    ("cells", "stated"),
    [
        ((1, 0), 1),
        ((0, 0), 1),  # a 0 says that other reasons of the dimension were given
        ((0, ""), 1),
        (("?", 1), 1),
        (("", ""), 0),
        (("", "-"), 0),
        (("?", "?"), NAN),
        (("-", "-"), NAN),
        (("/", "/"), NAN),
    ],
    ids=str,
)
def test_whether_anything_was_stated(cells, stated):
    # J1 is of joining, L1 and L2 are of leaving.
    found = read_by({"Boris": [[1, *cells]]}).stated("leaving")

    assert np.array_equal(found, [[stated]], equal_nan=True)


def test_a_dimension_that_nobody_has_states_nothing_and_has_no_columns(readings):
    assert readings.columns_of("doubting") == []
    assert np.isnan(readings.stated("doubting")).all()


def test_the_columns_of_a_dimension_are_found(readings):
    assert readings.columns_of("joining") == [0]
    assert readings.columns_of("leaving") == [1, 2]


def test_some_accounts_are_taken_with_all_that_belongs_to_them():
    readings = read_by(TABLE, narrators=[7, 8, 7, 9], **KNOWN)
    some = readings.with_accounts(np.array([True, False, False, True]))

    assert some.accounts == ("A1", "A4")
    assert some.narrators.tolist() == [7, 9]
    assert some.attributes["group"].tolist() == ["A", "unknown"]
    assert some.cells.shape == some.numbers.shape == (2, 2, 3)
    assert some.cells[0, 1].tolist() == [Cell.NOT_CODED] * 3


def test_some_codes_are_taken_in_the_order_asked_for(readings):
    some = readings.with_codes(["L2", "J1"])

    assert some.codes == ("L2", "J1")
    assert np.array_equal(some.values()[1, 0], [1, 1])
    assert some.cells[0, 1].tolist() == [Cell.UNKNOWN, Cell.VALUE]


def test_a_code_that_is_not_there_cannot_be_taken(readings):
    with pytest.raises(ValueError, match="not in tuple"):
        readings.with_codes(["L9"])


def test_a_code_is_used_where_anybody_said_anything_of_it_even_a_gap():
    readings = read_by({"Boris": [["/", "", "/"]], "Chidi": [["/", "/", "/"]]})

    assert readings.used_codes() == ("L1",)


def test_a_dimension_is_used_where_any_of_its_codes_is():
    readings = read_by({"Boris": [["/", "/", "?"]], "Chidi": [["/", "/", "/"]]})

    assert readings.used_dimensions() == ("leaving",)


def test_arrays_that_do_not_fit_are_refused(readings):
    with pytest.raises(ValueError, match=r"shape \(2, 3, 3\)"):
        replace(readings, accounts=("A1", "A2", "A3"))


def test_the_metric_is_that_of_the_scale():
    assert read_by({"Boris": [[1, 1, 1]]}).metric == "nominal"
    assert read_by({"Boris": [[2, 1, 1]]}, codebook=GRADED).metric == "ordinal"


def test_the_wording_of_blanks_says_which():
    assert Blanks.MISSING.wording == "blanks are missing"
    assert "(0)" in Blanks.NOT_MENTIONED.wording


# --- the data hash -------------------------------------------------------------------------------

cell = st.sampled_from([0, 1, "?", "-", "", "/"])
tables = st.lists(
    st.lists(st.lists(cell, min_size=3, max_size=3), min_size=2, max_size=2),
    min_size=2,
    max_size=2,
)


@given(tables, tables)
def test_readings_have_the_same_hash_only_where_every_cell_is_the_same(one, other):
    first, second = (
        read_by(dict(zip(("Boris", "Chidi"), rows, strict=True))) for rows in (one, other)
    )

    assert (first.data_hash == second.data_hash) == (one == other)


@given(tables, st.integers(0, 1), st.integers(0, 1), st.integers(0, 2))
def test_any_changed_cell_changes_the_hash(rows, reader, account, code):
    before = read_by(dict(zip(("Boris", "Chidi"), rows, strict=True)))
    old = rows[reader][account][code]
    rows[reader][account][code] = 0 if old != 0 else 1

    assert read_by(dict(zip(("Boris", "Chidi"), rows, strict=True))).data_hash != before.data_hash


def test_what_stands_behind_a_gap_has_no_influence_on_the_hash(readings):
    hidden = readings.numbers.copy()
    hidden[readings.cells != Cell.VALUE] = 77

    assert replace(readings, numbers=hidden).data_hash == readings.data_hash


def test_the_order_of_the_attributes_has_no_influence_on_the_hash(readings):
    turned = dict(reversed(readings.attributes.items()))

    assert list(turned) != list(readings.attributes)
    assert replace(readings, attributes=turned).data_hash == readings.data_hash


def test_the_memory_layout_and_the_machine_s_number_type_have_no_influence_on_the_hash(readings):
    other = replace(
        readings,
        numbers=np.asfortranarray(readings.numbers.astype(">i4")),
        cells=np.asfortranarray(readings.cells.astype(np.int64)),
    )

    assert other.data_hash == readings.data_hash


@pytest.mark.parametrize(
    "change",
    [
        {"readers": ("Boris", "Chidi the second")},
        {"accounts": ("A1", "A2", "A3", "A5")},
        {"codes": ("J1", "L1", "L9")},
        {"attributes": {"group": np.array(list("ABAB")), "period": np.array(KNOWN["period"])}},
        {"narrators": np.array([0, 0, 1, 2])},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_hash_speaks_for_everything_that_a_figure_rests_on(readings, change):
    assert replace(readings, **change).data_hash != readings.data_hash


def test_an_attribute_s_name_cannot_run_into_the_words_of_another():
    one = read_by({"Boris": [[1, 1, 1]]}, a=["x"], bc=["y"])
    other = read_by({"Boris": [[1, 1, 1]]}, a=["xb"], c=["y"])

    assert one.data_hash != other.data_hash


def test_the_numbers_of_narrators_have_no_influence_on_the_hash_but_who_is_who_has():
    one, other = (read_by(TABLE, narrators=n, **KNOWN) for n in ([1, 1, 2, 3], [41, 41, 7, 5]))

    assert one.data_hash == other.data_hash
