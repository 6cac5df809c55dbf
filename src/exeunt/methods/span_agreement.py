"""How far coders agree on what they marked in texts: unit by unit, and as stretches.

Texts are cut into units (sentences, turns or characters), and each unit is rated by the highest
value that a coder marked on any part of it, 0 where they marked nothing. That is what percent,
alpha, kappa and AC1 are computed from. Krippendorff's family for unitized continua looks at the
stretches themselves. Intervals come from drawing whole texts again.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from exeunt.methods.agreement import Agreement, agreement_of
from exeunt.methods.codebooks import Code, Codebook, Level
from exeunt.methods.unitizing import (
    ByCode,
    Coefficient,
    Document,
    Rated,
    Unitizing,
    by_characters,
    unitizing_by_code,
    unitizing_of,
)

PAIR = 2


class Unitised(StrEnum):
    """What texts are cut into to be rated."""

    SENTENCE = "sentence"
    TURN = "turn"
    CHARACTER = "character"


class MarkedText(NamedTuple):
    """One text as coders marked it.

    ``readings`` holds, for each who read it, spans with a code and a value above 0; ``units`` the
    sentences or turns, in order and apart, or None where every character is a unit.
    """

    length: int
    readings: Mapping[str, Sequence[tuple[int, int, str, int]]]
    units: Sequence[tuple[int, int]] | None = None


class SpanCode(NamedTuple):
    """Agreement on one code: unit by unit, and on its stretches.

    ``u`` is alpha_U of the code and all the rest of the text, ``ku`` how far coders agree on the
    code where two of them marked something; None where nobody gave it alone.
    """

    code: str
    label: str
    dimension: str
    agreement: Agreement
    u: Coefficient
    ku: Coefficient | None


class Anything(NamedTuple):
    """Agreement on whether a unit was marked with any code of a dimension, whichever it was."""

    dimension: str
    agreement: Agreement


class SpanAgreements(NamedTuple):
    """Everything that is measured of marks, and on how many texts that two coders read."""

    unit: Unitised
    texts: int
    codes: tuple[SpanCode, ...]
    anything: tuple[Anything, ...]
    family: Unitizing


class _Rating(NamedTuple):
    """How units are rated: by which values, and whether by their size or by there being one."""

    categories: Sequence[int]
    metric: str
    graded: bool = True


WHETHER = _Rating((0, 1), "nominal", graded=False)


def span_agreements(
    codebook: Codebook, texts: Iterable[MarkedText], unit: Unitised, *, times: int, seed: int
) -> SpanAgreements:
    """Measure the agreement of coders on spans, code by code and over all codes.

    Only texts that two coders read tell anything. Raises ValueError on spans that leave their text.
    """
    read = [text for text in texts if len(text.readings) >= PAIR]
    codes = _used(codebook, read)
    family, alone = _of_stretches(read, codes, times=times, seed=seed)
    unitised, graded = [in_units(text) for text in read], _graded(codebook)

    def measured(keys: Collection[str], how: _Rating) -> Agreement:
        return _agreement(_rated(unitised, keys, how), how, times=times, seed=seed)

    return SpanAgreements(
        unit=unit,
        texts=len(read),
        codes=tuple(
            SpanCode(
                *_names(codebook, code),
                measured({code.key}, graded),
                alone.codes[code.key],
                family.of(code.key),
            )
            for code in codes
        ),
        anything=tuple(
            Anything(named, measured(these, WHETHER))
            for named, these in _dimensions(codebook, codes).items()
        ),
        family=family,
    )


def in_units(text: MarkedText) -> MarkedText:
    """Count a text in its units: a span then goes from the first unit that it meets to its last.

    >>> text = MarkedText(20, {"Amina": [(3, 12, "L1", 1)]}, [(0, 9), (10, 15), (16, 20)])
    >>> in_units(text)
    MarkedText(length=3, readings={'Amina': [(0, 2, 'L1', 1)]}, units=None)
    """
    if text.units is None:
        return text
    starts, ends = [unit[0] for unit in text.units], [unit[1] for unit in text.units]
    readings = {
        coder: [
            (first, last, code, value)
            for start, end, code, value in spans
            for first, last in [(bisect_right(ends, start), bisect_left(starts, end))]
            if first < last
        ]
        for coder, spans in text.readings.items()
    }
    return MarkedText(len(text.units), readings)


def _used(codebook: Codebook, texts: Iterable[MarkedText]) -> list[Code]:
    """Return the codes that somebody marked, in the order of the codebook."""
    given = {key for text in texts for spans in text.readings.values() for _, _, key, _ in spans}
    return [code for code in codebook.codes if code.key in given]


def _of_stretches(
    texts: Iterable[MarkedText], codes: Iterable[Code], *, times: int, seed: int
) -> tuple[Unitizing, ByCode]:
    documents, draw = [_whole(text) for text in texts], np.random.default_rng
    keys = [code.key for code in codes]
    return (
        unitizing_of(documents, times=times, generator=draw(seed)),
        unitizing_by_code(documents, codes=keys, times=times, generator=draw(seed)),
    )


def _names(codebook: Codebook, code: Code) -> tuple[str, str, str]:
    return code.key, code.label, codebook.dimension_of(code)


def _dimensions(codebook: Codebook, codes: Iterable[Code]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for code in codes:
        found.setdefault(codebook.dimension_of(code), set()).add(code.key)
    return found


def _graded(codebook: Codebook) -> _Rating:
    """Rate by the values of the codebook's scale; 0 is what nobody marked."""
    scale = codebook.scale
    metric = "ordinal" if scale.level is Level.ORDINAL else "nominal"
    return _Rating(sorted({0, *scale.values}), metric)


def _whole(text: MarkedText) -> Document:
    """Return a text with the codes of its spans; values are for the units."""
    return Document(
        text.length,
        {
            coder: [(start, end, code) for start, end, code, _ in spans]
            for coder, spans in text.readings.items()
        },
    )


def _rated(texts: Iterable[MarkedText], keys: Collection[str], how: _Rating) -> Rated:
    """Rate every unit by these codes; a run of units that are alike is one column."""
    return by_characters(
        [
            Document(
                text.length,
                {
                    coder: [
                        (start, end, value if how.graded else 1)
                        for start, end, code, value in spans
                        if code in keys
                    ]
                    for coder, spans in text.readings.items()
                },
            )
            for text in texts
        ]
    )


def _agreement(rated: Rated, how: _Rating, *, times: int, seed: int) -> Agreement:
    return agreement_of(
        rated.ratings,
        metric=how.metric,
        times=times,
        seed=seed,
        clusters=rated.clusters,
        categories=how.categories,
        lengths=rated.lengths,
    )
