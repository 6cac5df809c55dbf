"""The coefficient of 1995 and 2004, held to its definition, pair by pair."""

from itertools import permutations

import pytest
from hypothesis import given

from exeunt.methods.unitizing import Document, older_alpha_u
from tests.methods.unitizing.drawn import documents, partitions


def segments_of(read, coder, value):
    """Units and gaps of one coder and one code: start, length, and whether it is a unit."""
    found, offset = [], 0
    for one in read:
        at = 0
        units = sorted((a, b) for a, b, given in one.readings[coder] if given == value)
        for start, end in [*units, (one.length, one.length)]:
            if at < start:
                found.append((offset + at, start - at, False))
            if start < end:
                found.append((offset + start, end - start, True))
            at = end
        offset += one.length
    return found


def apart(one, other):
    """δ² of two segments (Krippendorff 2004, p. 254)."""
    (b, length, unit), (c, width, other_unit) = one, other
    if unit and other_unit and -length < b - c < width:
        return (b - c) ** 2 + (b + length - c - width) ** 2
    if unit and not other_unit and width - length >= b - c >= 0:
        return length**2
    if other_unit and not unit and length - width >= c - b >= 0:
        return width**2
    return 0


def by_definition(given_documents, value):
    """Observed and expected disagreement of one code, over all pairs of segments."""
    given_documents = [one for one in given_documents if one.length]
    coders = {coder for one in given_documents for coder in one.readings}
    read = [one for one in given_documents if one.readings.keys() == coders]
    length, m = sum(one.length for one in read), len(coders)
    if m < 2 or not length:
        return 0, 0
    whole = {coder: segments_of(read, coder, value) for coder in coders}
    observed = sum(
        apart(one, other)
        for first, second in permutations(coders, 2)
        for one in whole[first]
        for other in whole[second]
    )
    everything = [segment for segments in whole.values() for segment in segments]
    units = [size for _, size, unit in everything if unit]
    gaps = [size for _, size, unit in everything if not unit]
    by_chance = sum(
        (len(units) - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
        + size**2 * sum(gap - size + 1 for gap in gaps if gap >= size)
        for size in units
    )
    pairs = m * length * (m * length - 1) - sum(size * (size - 1) for size in units)
    return observed / (m * (m - 1) * length**2), (2 / length * by_chance / pairs if pairs else 0)


@given(documents(partitions, values=("L1",)))
def test_it_is_what_its_definition_says(given_documents):
    found = older_alpha_u(given_documents).codes.get("L1")
    if found is not None:
        assert found[1:] == pytest.approx(by_definition(given_documents, "L1"))


@given(documents(partitions))
def test_so_it_is_with_several_codes(given_documents):
    found = older_alpha_u(given_documents)
    for value, one in found.codes.items():
        assert one[1:] == pytest.approx(by_definition(given_documents, value))
    expected = sum(one.expected for one in found.codes.values())
    if expected > 1e-9:
        observed = sum(one.observed for one in found.codes.values())
        assert found.over_codes.alpha == pytest.approx(1 - observed / expected)


def test_only_documents_that_all_coders_read_count():
    read = Document(50, {"Amina": [(0, 9, "a")], "Boris": [(3, 9, "a")]})
    found = older_alpha_u([read, Document(70, {"Amina": [(0, 9, "a")]})])

    assert found == older_alpha_u([read])
    assert (found.coders, found.documents) == (2, 1)


def test_without_two_coders_there_is_nothing():
    found = older_alpha_u([Document(50, {"Amina": [(0, 9, "a")]})])

    assert found.codes == {}
    assert found.over_codes.alpha is None
