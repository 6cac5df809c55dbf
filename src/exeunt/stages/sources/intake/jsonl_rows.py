"""Rows of a JSON Lines file: one flat object a line."""

import json
import math
from collections.abc import Iterator, Mapping
from itertools import count

from exeunt.errors import Sentence
from exeunt.sandbox.readers import Handed
from exeunt.sandbox.wire import Plain
from exeunt.stages.sources.intake.cells import number_as_text
from exeunt.stages.sources.intake.columns import MOST_COLUMNS, Names
from exeunt.stages.sources.intake.documents import Document
from exeunt.stages.sources.intake.encodings import lines_of
from exeunt.stages.sources.intake.grid import Table, table_by
from exeunt.stages.sources.intake.problems import ProblemList, refusal
from exeunt.stages.sources.intake.telling import table_told

_SCALARS = {True: "true", False: "false", None: ""}


def told(handed: Handed, options: Mapping[str, Plain]) -> Iterator[Plain]:
    """Tell the rows to the parent: what a child is started for."""
    return table_told(table_of, handed, options)


def table_of(document: Document, names: Names) -> Table:
    """Understand the header of a table that is already at hand."""
    return table_by(rows_of, document, names, pads=True)


def rows_of(
    document: Document, _names: Names, _problems: ProblemList
) -> Iterator[tuple[int, list[str]]]:
    """Yield a header of every key in the file, numbered 0, then each line with its number.

    The file is read twice: the lines may have different keys, and all faults are told at
    the first reading. Numbers and truth values come as text, null and absent keys as "".
    """
    header = _keys_of(document)
    yield 0, header
    for number, pairs in _objects(document, ProblemList(document.name)):
        values = dict(pairs)
        yield number, [values.get(key, "") for key in header]


def _keys_of(document: Document) -> list[str]:
    keys: dict[str, None] = {}
    problems = ProblemList(document.name)
    for number, pairs in _objects(document, problems):
        keys.update(dict.fromkeys(key for key, _ in pairs))
        if len(keys) > MOST_COLUMNS:
            says = "The lines have more than {most} different keys; are they one table?"
            raise refusal(document.name, Sentence(says, most=MOST_COLUMNS), row=number)
    problems.refuse_if_any()
    return list(keys)


def _objects(
    document: Document, problems: ProblemList
) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    decoder = json.JSONDecoder(
        object_pairs_hook=tuple, parse_float=_number, parse_int=str, parse_constant=_no_number
    )
    for number, line in zip(count(1), lines_of(document), strict=False):
        if not line.strip():
            continue
        try:
            found = decoder.decode(line)
        except (ValueError, RecursionError):
            says = "The line is not one JSON object; write it as {…} on a line of its own."
            problems.add(says, row=number)
            continue
        pairs = _flat(found, number, problems)
        if pairs is not None:
            yield number, pairs


def _flat(found: object, row: int, problems: ProblemList) -> list[tuple[str, str]] | None:
    # An object arrives as a tuple of pairs and an array as a list, so nothing is lost.
    if not isinstance(found, tuple):
        problems.add("The line holds no object; write it as {…} with named values.", row=row)
        return None
    pairs: dict[str, str] = {}
    for key, value in found:
        if key in pairs:
            problems.add("The key stands twice in one line; keep one of them.", row=row, column=key)
        if isinstance(value, tuple | list):
            says = "The value is a list or an object; write one text or number instead."
            problems.add(says, row=row, column=key)
            return None
        pairs[key] = value if isinstance(value, str) else _SCALARS[value]
    return list(pairs.items())


def _number(written: str) -> str:
    value = float(written)
    if not math.isfinite(value):
        raise ValueError(written)
    return number_as_text(value)


def _no_number(written: str) -> str:
    raise ValueError(written)
