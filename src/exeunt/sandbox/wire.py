"""What parent and child say to each other: lines of JSON, and nothing that could be run.

Whatever comes from the child is foreign: a sentence is taken only if filling its places can
neither reach into an object nor grow beyond what it holds.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from string import Formatter
from types import MappingProxyType
from typing import TypeVar

from exeunt.errors import BadInput, Problem, Sentence, Word

Plain = None | bool | int | float | str | Sequence["Plain"] | Mapping[str, "Plain"]
Made = TypeVar("Made")

# With what the child leaves where it has nothing more to say.
UNKNOWN_READER, NO_MEMORY = 64, 71
# An order is preceded by its length, in so many hexadecimal digits.
LENGTH_DIGITS = 16
NOTHING: Mapping[str, Plain] = MappingProxyType({})
LONGEST_SAYING = 2_000
MOST_PROBLEMS = 1_000
MOST_SIGNS = 2_000_000
LONGEST_FACT = 100_000
DEEPEST_SENTENCE = 4
_SIGNS = (b",", b"[", b"{")
_FORMAT = re.compile(r",?(?:\.\d)?[dfs]?")


def written(value: Plain) -> bytes:
    """Write one value as one line; lone surrogates go through as they are."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass") + b"\n"


def understood(line: bytes) -> Plain:
    """Read one line that a child has said; raises ValueError where it is no JSON.

    An empty list is two bytes there and thirty times as many here, so its signs are counted first.
    """
    if sum(map(line.count, _SIGNS)) > MOST_SIGNS:
        raise ValueError("too many parts")
    try:
        plain: Plain = json.loads(line.decode("utf-8", "surrogatepass"), parse_constant=_no_number)
    except RecursionError as trouble:
        raise ValueError("nested too deeply") from trouble
    return plain


def text_in(value: Plain) -> str:
    """Take a text; raises ValueError where it is anything else."""
    if not isinstance(value, str):
        raise ValueError("no text")
    return value


def number_in(value: Plain) -> int:
    """Take a whole number; raises ValueError where it is anything else."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("no whole number")
    return value


def list_in(value: Plain) -> Sequence[Plain]:
    """Take a list; raises ValueError where it is anything else."""
    if not isinstance(value, list):
        raise ValueError("no list")
    return value


def names_in(value: Plain) -> Mapping[str, Plain]:
    """Take named values; raises ValueError where it is anything else."""
    if not isinstance(value, dict):
        raise ValueError("no named values")
    return value


def or_none(take: Callable[[Plain], Made], value: Plain) -> Made | None:
    """Take a value that may be absent."""
    return None if value is None else take(value)


def sentence_written(says: str) -> Plain:
    """Take a sentence apart, so that it can still be translated on the other side."""
    if not isinstance(says, Sentence):
        return str(says)
    return {"says": says.says, "facts": {name: _fact(fact) for name, fact in says.facts.items()}}


def sentence_in(value: Plain, *, depth: int = 0) -> str:
    """Put a sentence together again; raises ValueError where it asks for more than its facts."""
    if isinstance(value, str):
        return value[:LONGEST_SAYING]
    parts = names_in(value)
    says = text_in(parts["says"])
    facts = {name: _fact_in(fact, depth) for name, fact in names_in(parts["facts"]).items()}
    if len(says) > LONGEST_SAYING:
        raise ValueError("too long a sentence")
    for _, name, form, turned in Formatter().parse(says):
        if name is not None and (name not in facts or turned or not _FORMAT.fullmatch(form or "")):
            raise ValueError("no place that may be filled")
    try:
        return Sentence(says, **facts)
    except (TypeError, KeyError, IndexError) as trouble:
        raise ValueError("facts that do not fit their places") from trouble


def problem_written(problem: Problem) -> Plain:
    """Write one problem down; the file's name stays with the parent, who knows it."""
    return {
        "says": sentence_written(problem.says),
        "row": problem.row,
        "column": problem.column,
    }


def problem_in(value: Plain, *, file: str) -> Problem:
    """Read one problem of the file of that name."""
    parts = names_in(value)
    return Problem(
        sentence_in(parts["says"]),
        file=file,
        row=or_none(number_in, parts["row"]),
        column=or_none(lambda column: text_in(column)[:LONGEST_FACT], parts["column"]),
    )


def refusal_written(refused: BadInput) -> Plain:
    """Write a refusal down, problem by problem."""
    return {
        "problems": [problem_written(problem) for problem in refused.problems],
        "unlisted": refused.unlisted,
    }


def refusal_in(value: Plain, *, file: str) -> BadInput:
    """Read a refusal of the file of that name."""
    parts = names_in(value)
    listed = list_in(parts["problems"])[:MOST_PROBLEMS]
    problems = [problem_in(problem, file=file) for problem in listed]
    return BadInput(*problems, unlisted=number_in(parts["unlisted"]))


def _fact(fact: object) -> Plain:
    if isinstance(fact, Sentence):
        return {"sentence": sentence_written(fact)}
    if isinstance(fact, Word):
        return {"word": str(fact)}
    return fact if isinstance(fact, int | float | str) else str(fact)


def _fact_in(value: Plain, depth: int) -> object:
    if isinstance(value, dict):
        if depth >= DEEPEST_SENTENCE:
            raise ValueError("sentences nested too deeply")
        if "word" in value:
            return Word(text_in(value["word"])[:LONGEST_SAYING])
        return sentence_in(value["sentence"], depth=depth + 1)
    if isinstance(value, str):
        return value[:LONGEST_FACT]
    if not isinstance(value, int | float):
        raise ValueError("no fact")
    return value


def _no_number(written: str) -> float:
    raise ValueError(written)
