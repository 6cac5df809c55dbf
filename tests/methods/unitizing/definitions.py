"""The family by its definitions, character by character and pair by pair: slow, and plain."""

from collections import defaultdict
from itertools import permutations

GAP = frozenset()


def units_by_character(length, spans):
    """The units of one reading, as lists of the places in them, and the value of each place."""
    codes = [frozenset(v for start, end, v in spans if start <= at < end) for at in range(length)]
    edges = set()
    for value in {value for _, _, value in spans}:
        mine = [(start, end) for start, end, given in spans if given == value]
        inside = {at for start, end in mine for at in range(start, end)}
        for edge in {edge for span in mine for edge in span}:
            # An edge counts unless a longer span of the same value reaches over it.
            if not any(start < edge < end for start, end in mine):
                edges.add(edge)
        assert all(value in codes[at] for at in inside)
    units = []
    for at in range(length):
        if codes[at] and units and units[-1][-1] == at - 1 and at not in edges:
            units[-1].append(at)
        elif codes[at]:
            units.append([at])
    return units, codes


def family_by_definition(documents):
    """u, |u, cu and (k)u as a dictionary; None where there is none."""
    read = [one for one in documents if len(one.readings) >= 2 and one.length]
    observed, observed_units = defaultdict(float), defaultdict(float)
    squares, pairable_squares = defaultdict(float), defaultdict(float)
    for one in read:
        whole = {coder: units_by_character(one.length, s) for coder, s in one.readings.items()}
        others = len(whole) - 1
        for first, second in permutations(whole, 2):
            for at in range(one.length):
                pair = whole[first][1][at], whole[second][1][at]
                observed[pair] += 1 / others
                if GAP not in pair:
                    observed_units[pair] += 1 / others
        for coder, (units, codes) in whole.items():
            squares[GAP] += sum(not codes[at] for at in range(one.length))
            for unit in units:
                value = codes[unit[0]]
                squares[value] += len(unit) ** 2
                met = [
                    sum(bool(whole[other][1][at]) for at in unit)
                    for other in whole
                    if other != coder
                ]
                pairable_squares[value] += (sum(met) / others) ** 2
    return coefficients(observed, squares, observed_units, pairable_squares)


def coefficients(observed, squares, observed_units, pairable_squares):
    values = {pair[0] for pair in observed}
    expected = expected_coincidences(observed, squares)
    expected_units = expected_coincidences(observed_units, pairable_squares)
    found = {
        "u": one_less(off_diagonal(observed), off_diagonal(expected)),
        "|u": one_less(
            sum(n for (c, k), n in observed.items() if c == GAP != k),
            sum(n for (c, k), n in expected.items() if c == GAP != k),
        ),
        "cu": one_less(off_diagonal(observed_units), off_diagonal(expected_units)),
    }
    for value in values - {GAP}:
        in_observed = sum(n for (_, k), n in observed_units.items() if k == value)
        in_expected = sum(n for (_, k), n in expected_units.items() if k == value)
        apart = in_observed - observed_units[value, value]
        apart_by_chance = in_expected - expected_units.get((value, value), 0)
        found[value] = one_less(apart * in_expected, apart_by_chance * in_observed)
    return found


def expected_coincidences(observed, squares):
    total = sum(observed.values())
    margin = defaultdict(float)
    for (value, _), number in observed.items():
        margin[value] += number
    pairs = total**2 - sum(squares.values())
    return {
        (c, k): total * (margin[c] * margin[k] - (squares[c] if c == k else 0)) / pairs
        for c in margin
        for k in margin
        if pairs > 1e-9
    }


def off_diagonal(table):
    return sum(number for (c, k), number in table.items() if c != k)


def one_less(observed, expected):
    return None if expected < 1e-9 else 1 - observed / expected
