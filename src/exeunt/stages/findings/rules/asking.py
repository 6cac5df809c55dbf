"""A question as it stands in an address, and as it is kept: one way to write each question."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from exeunt.errors import BadInput, OneOf, Problem, Sentence
from exeunt.methods.proportions import Reading
from exeunt.methods.readings import Blanks
from exeunt.methods.span_agreement import Unitised
from exeunt.stages.findings.formats.question import Question

ATTRIBUTES = ("period", "group", "setting")
"""What accounts can be narrowed, compared and sliced by."""
ONLY = "only-"
BLANKS = {"missing": Blanks.MISSING, "zero": Blanks.NOT_MENTIONED}
READINGS = {"all": Reading.BY_ALL, "any": Reading.BY_ANY, "settled": Reading.SETTLED}
NAMES = (
    "codebook",
    "blanks",
    "reading",
    "unit",
    *(f"{ONLY}{name}" for name in ATTRIBUTES),
    "compare",
    "by",
)
DRAWS = ("times", "seed")
FEWEST_TIMES, MOST_TIMES = 100, 100_000
LARGEST_SEED = 2**32 - 1
LONGEST_VALUE = 300
MOST_COMPARED = 12
MOST_DIGITS = 10
UNWRITTEN = frozenset({"Cc", "Cs"})


class Asking(NamedTuple):
    """What an address asks: a question, with which codebook, and along which attribute to show.

    ``codebook`` is a name such as ``icsr-2015@1``, or empty for the one that was coded last.
    """

    question: Question
    codebook: str = ""
    by: str = ""


def asked_in(pairs: Iterable[tuple[str, str]]) -> Asking:
    """Read a question out of an address; refuse what is no part of one, so that no slip counts."""
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        _check_part(name, value)
        if value and value not in given.setdefault(name, []):
            given[name].append(value)
    return Asking(
        question=Question(
            blanks=_blanks(_one(given, "blanks")),
            only={name: value for name in ATTRIBUTES if (value := _one(given, f"{ONLY}{name}"))},
            complete=_compared(given.get("compare", [])),
            times=_number(given, "times", least=FEWEST_TIMES, most=MOST_TIMES),
            seed=_number(given, "seed", least=0, most=LARGEST_SEED),
            reading=_reading(_one(given, "reading")),
            unit=_unit(_one(given, "unit")),
        ),
        codebook=_one(given, "codebook"),
        by=_attribute(_one(given, "by")),
    )


def address_of(asking: Asking) -> str:
    """Write a question as the query string that asks it; nothing where all is as usual."""
    question = asking.question
    words = {blanks: word for word, blanks in BLANKS.items()}
    ways = {reading: word for word, reading in READINGS.items()}
    usual = Question()
    parts = [
        ("codebook", asking.codebook),
        ("blanks", words[question.blanks] if question.blanks is not usual.blanks else ""),
        ("reading", ways[question.reading] if question.reading is not usual.reading else ""),
        ("unit", question.unit.value if question.unit is not None else ""),
        *((f"{ONLY}{name}", question.only.get(name, "")) for name in ATTRIBUTES),
        *(("compare", f"{name}={value}") for name, value in sorted(set(question.complete))),
        ("by", asking.by),
        ("times", str(question.times) if question.times != usual.times else ""),
        ("seed", str(question.seed) if question.seed != usual.seed else ""),
    ]
    return urlencode([(name, value) for name, value in parts if value])


def plain_question(question: Question) -> dict[str, Any]:
    """Write a question as plain data, the same for the same question in whatever order.

    What leads is named only where that is not what all readers say, and a unit of texts only where
    one was asked for: so earlier answers are found.
    """
    unusual = question.reading is not Question.reading
    return {
        **({"reading": question.reading.value} if unusual else {}),
        **({"unit": question.unit.value} if question.unit is not None else {}),
        "blanks": question.blanks.value,
        "only": dict(sorted(question.only.items())),
        "complete": sorted([name, value] for name, value in set(question.complete)),
        "times": question.times,
        "seed": question.seed,
    }


def question_from(plain: Mapping[str, Any]) -> Question:
    """Read a question back; what is not said is as usual."""
    usual = plain_question(Question()) | dict(plain)
    return Question(
        blanks=Blanks(usual["blanks"]),
        only=usual["only"],
        complete=tuple((name, value) for name, value in usual["complete"]),
        times=usual["times"],
        seed=usual["seed"],
        reading=Reading(usual.get("reading", Question.reading)),
        unit=Unitised(usual["unit"]) if usual.get("unit") else None,
    )


def digest_of(question: Question) -> str:
    """Return the SHA-256 by which a question is found again."""
    text = json.dumps(plain_question(question), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _check_part(name: str, value: str) -> None:
    if name not in (*NAMES, *DRAWS):
        says = Sentence(
            "“{name}” is no part of a question. A question has: {parts}.",
            name=name[:LONGEST_VALUE],
            parts=", ".join((*NAMES, *DRAWS)),
        )
        raise BadInput(Problem(says))
    if len(value) > LONGEST_VALUE:
        says = Sentence(
            "The “{name}” of a question has at most {most} characters; choose from the form.",
            name=name,
            most=LONGEST_VALUE,
        )
        raise BadInput(Problem(says))
    if any(unicodedata.category(character) in UNWRITTEN for character in value):
        says = Sentence("The “{name}” of a question may not hold control characters.", name=name)
        raise BadInput(Problem(says))


def _one(given: Mapping[str, list[str]], name: str) -> str:
    values = given.get(name, [])
    if len(values) > 1:
        says = Sentence("A question has only one “{name}”; this one has several.", name=name)
        raise BadInput(Problem(says))
    return values[0] if values else ""


def _blanks(word: str) -> Blanks:
    if word and word not in BLANKS:
        says = Sentence(
            "Blanks count as “missing” or as “zero” (not mentioned); “{word}” is neither.",
            word=word,
        )
        raise BadInput(Problem(says))
    return BLANKS[word] if word else Question.blanks


def _reading(word: str) -> Reading:
    if word and word not in READINGS:
        says = Sentence(
            "A reason counts by what {known} say; “{word}” is none of these.",
            known=", ".join(READINGS),
            word=word,
        )
        raise BadInput(Problem(says))
    return READINGS[word] if word else Question.reading


def _unit(word: str) -> Unitised | None:
    if word and word not in set(Unitised):
        says = Sentence(
            "Texts are cut into units by {known}; “{word}” is none of these.",
            known=OneOf(unit.value for unit in Unitised),
            word=word,
        )
        raise BadInput(Problem(says))
    return Unitised(word) if word else None


def _compared(words: Iterable[str]) -> tuple[tuple[str, str], ...]:
    pairs = []
    for word in words:
        name, _, value = word.partition("=")
        if not value:
            says = Sentence(
                "“{word}” does not say what to compare; write it as period=2014.", word=word
            )
            raise BadInput(Problem(says))
        pairs.append((_attribute(name), value))
    if len(pairs) > MOST_COMPARED:
        says = Sentence("Compare at most {most} groups at once.", most=MOST_COMPARED)
        raise BadInput(Problem(says))
    return tuple(sorted(pairs))


def _attribute(name: str) -> str:
    if name and name not in ATTRIBUTES:
        says = Sentence(
            "Accounts have no attribute “{name}” here; they have {known}.",
            name=name,
            known=", ".join(ATTRIBUTES),
        )
        raise BadInput(Problem(says))
    return name


def _number(given: Mapping[str, list[str]], name: str, *, least: int, most: int) -> int:
    word = _one(given, name)
    if not word:
        return int(getattr(Question, name))
    if not (word.isascii() and word.isdecimal() and len(word) <= MOST_DIGITS):
        says = Sentence(
            "The “{name}” of a question is a whole number; “{word}” is none.",
            name=name,
            word=word,
        )
        raise BadInput(Problem(says))
    if not least <= int(word) <= most:
        says = Sentence(
            "The “{name}” of a question lies between {least} and {most}.",
            name=name,
            least=least,
            most=most,
        )
        raise BadInput(Problem(says))
    return int(word)
