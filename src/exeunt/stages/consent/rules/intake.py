"""The questions of an intake in their order, and what the answers agree to.

An answer is what was ticked, chosen or typed on one page, as a list of words; questions, answers
and faults have names here, and their words stand in `words/` in each narrator's language.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from exeunt.stages.consent.rules.scope import (
    EVERYWHERE,
    Cell,
    Freely,
    Given,
    Proxy,
    Scope,
    clean_territory,
)
from exeunt.stages.consent.states import (
    Age,
    Channel,
    Display,
    Interpreter,
    Outcome,
    Relation,
    Timing,
    Told,
    Use,
    What,
)

# The statement of limits that is read out now; a change of its sense is a new one.
LIMITS = "2026-12"
LANGUAGES = ("en", "fr", "ar")
NO_DAY = "-"
LONGEST_ANSWER = 200

Answers = Mapping[str, Sequence[str]]


class Kind(StrEnum):
    """How a question is answered."""

    READ = "read"
    ONE = "one"
    SOME = "some"
    DAY = "day"
    LINE = "line"


class Question(NamedTuple):
    """One page: its name, how it is answered, and the names of the answers that it offers.

    ``only_if`` names another question and the answer to it without which this one is left out.
    """

    name: str
    kind: Kind
    offers: tuple[str, ...] = ()
    only_if: tuple[str, str] | None = None
    may_be_empty: bool = False


YES_NO = ("yes", "no")
TOLD = tuple(Told)
PLACES: dict[str, tuple[Use, Channel]] = {
    "report": (Use.PUBLISH, Channel.REPORT),
    "site": (Use.PUBLISH, Channel.SITE),
    "print": (Use.PUBLISH, Channel.PRINT),
    "social": (Use.PUBLISH, Channel.SOCIAL),
    "air": (Use.BROADCAST, Channel.AIR),
    "event": (Use.PUBLISH, Channel.EVENT),
    "classroom": (Use.TEACH, Channel.CLASSROOM),
    "partner": (Use.SHARE, Channel.PARTNER),
}
LEAVING = {
    "quotation": What.QUOTATION,
    "whole_text": What.TEXT,
    "bands": What.DEMOGRAPHICS,
    "voice": What.VOICE,
    "face": What.FACE,
}
BORDERLESS = ("site", "social")
# What is right; a wrong answer leads back to what was read out.
RIGHT = {"taught_copies": "stay", "taught_courts": "can"}
INSIDE_YES = ("inside", "yes")
SOMEBODY = ("proxy_there", "yes")

QUESTIONS: tuple[Question, ...] = (
    Question("limits", Kind.READ),
    Question("taught_copies", Kind.ONE, ("all", "stay", "asked")),
    Question("taught_courts", Kind.ONE, ("never", "can", "pay")),
    Question("custody", Kind.ONE, TOLD),
    Question("payment", Kind.ONE, TOLD),
    Question("official_present", Kind.ONE, TOLD),
    Question("pending_case", Kind.ONE, TOLD),
    Question("interpreter", Kind.ONE, tuple(Interpreter)),
    Question("age", Kind.ONE, tuple(Age)),
    Question("proxy_there", Kind.ONE, YES_NO),
    Question("proxy", Kind.ONE, tuple(Relation), SOMEBODY),
    Question("proof", Kind.LINE, only_if=SOMEBODY),
    Question("witnessed", Kind.ONE, YES_NO),
    Question("inside", Kind.ONE, YES_NO),
    Question("quote_inside", Kind.ONE, YES_NO, INSIDE_YES),
    *(Question(n, Kind.SOME, tuple(PLACES), INSIDE_YES, may_be_empty=True) for n in LEAVING),
    Question("more", Kind.SOME, ("promotion", "training"), INSIDE_YES, may_be_empty=True),
    Question("countries", Kind.LINE, only_if=INSIDE_YES, may_be_empty=True),
    Question("until", Kind.DAY, only_if=INSIDE_YES),
    Question("display", Kind.ONE, tuple(Display), INSIDE_YES),
    Question("conditions", Kind.SOME, ("first", "risk"), INSIDE_YES, may_be_empty=True),
    Question("not_before", Kind.DAY, only_if=INSIDE_YES, may_be_empty=True),
    Question("outcome", Kind.ONE, tuple(Outcome), INSIDE_YES),
    Question("seal_until", Kind.DAY, only_if=("outcome", Outcome.SEAL_UNTIL)),
    Question("timing", Kind.ONE, tuple(Timing), INSIDE_YES),
)
BY_NAME = {question.name: question for question in QUESTIONS}


def asked_with(answers: Answers) -> list[Question]:
    """Return the questions that are asked, given what was answered before."""
    return [one for one in QUESTIONS if one.only_if is None or _said(answers, *one.only_if)]


def answer_to(question: Question, sent: Sequence[str]) -> list[str]:
    """Return an answer as it is kept; raises ValueError with the name of what is wrong with it."""
    words = [" ".join(one.split()) for one in sent if one.strip()]
    if question.kind is Kind.READ:
        return ["read"]
    if not words:
        if question.may_be_empty:
            return []
        raise ValueError("empty")
    if question.kind in (Kind.ONE, Kind.SOME) and not set(words) <= set(question.offers):
        raise ValueError("unknown")
    if question.kind is Kind.DAY:
        return [_day(words[0]).isoformat()]
    if any(len(one) > LONGEST_ANSWER or not one.isprintable() for one in words):
        raise ValueError("long")
    if question.name == "countries":
        return [_countries(words[0])]
    return words if question.kind is Kind.SOME else words[:1]


def fault_of(
    question: Question, answers: Answers, *, today: date, retention: date | None
) -> str | None:
    """Return the name of what stands against an answer beside the others, or None."""
    checks: dict[str, Callable[[], str | bool | None]] = {
        "interpreter": lambda: _said(answers, "interpreter", Interpreter.PARTY) and "party",
        "proxy_there": lambda: _minor_alone(answers) and "alone",
        "whole_text": lambda: _text_without_quotation(answers) and "no_quotation",
        "countries": lambda: _limited_and_borderless(answers) and "borderless",
        "until": lambda: _wrong_day(answers, today, retention),
        "display": lambda: _face_of_nobody(answers) and "face",
        "not_before": lambda: _too_late(answers) and "after_the_end",
        "outcome": lambda: _learned(answers) and "learned",
        "seal_until": lambda: _past(answers, "seal_until", today) and "past",
    }
    check = checks.get(question.name)
    wrong = check() if check is not None else None
    return str(wrong) if wrong else None


def next_after(name: str, answers: Answers) -> str | None:
    """Return the name of the question that follows, or None after the last one."""
    names = [question.name for question in asked_with(answers)]
    place = names.index(name)
    return names[place + 1] if place + 1 < len(names) else None


def first_unanswered(answers: Answers) -> str | None:
    """Return the name of the first question that is not answered yet, or None."""
    return next((one.name for one in asked_with(answers) if one.name not in answers), None)


def forgets(question: Question, answers: Answers) -> bool:
    """Tell whether an answer to the teach-back is wrong, so that the limits are read again."""
    right = RIGHT.get(question.name)
    return right is not None and not _said(answers, question.name, right)


def says_no(answers: Answers) -> bool:
    """Tell whether somebody does not want to be stored and read at all."""
    return _said(answers, "inside", "no")


def given_by(answers: Answers, *, language: str, today: date) -> Given:
    """Return the consent that a whole intake gives; raises KeyError where an answer is missing."""
    return Given(
        day=today,
        scope=_scope(answers),
        language=language,
        limits=LIMITS,
        understood=not any(forgets(BY_NAME[name], answers) for name in RIGHT),
        age=Age(answers["age"][0]),
        freely=Freely(
            Told(answers["custody"][0]),
            Told(answers["payment"][0]),
            Told(answers["official_present"][0]),
            Told(answers["pending_case"][0]),
            Interpreter(answers["interpreter"][0]),
        ),
        witnessed=_said(answers, "witnessed", "yes"),
        proxy=_proxy(answers),
    )


def _scope(answers: Answers) -> Scope:
    return Scope(
        cells=frozenset(_cells(answers)),
        display=Display(answers["display"][0]),
        not_before=_answered_day(answers, "not_before"),
        show_me_first=_said(answers, "conditions", "first"),
        stop_if_risk_is_high=_said(answers, "conditions", "risk"),
        outcome=Outcome(answers["outcome"][0]),
        seal_until=_answered_day(answers, "seal_until"),
        timing=Timing(answers["timing"][0]),
    )


def _cells(answers: Answers) -> list[Cell]:
    until = date.fromisoformat(answers["until"][0])
    cells = [
        Cell(what, use, Channel.INSIDE, EVERYWHERE, until)
        for what in (What.TEXT, What.CODED_DATA)
        for use in (Use.STORE, Use.CODE)
    ]
    if _said(answers, "quote_inside", "yes"):
        cells += [
            Cell(What.QUOTATION, use, Channel.INSIDE, EVERYWHERE, until)
            for use in (Use.STORE, Use.QUOTE_INTERNALLY)
        ]
    territory = (answers.get("countries") or [EVERYWHERE])[0]
    for name, what in LEAVING.items():
        like = Cell(what, Use.STORE, Channel.INSIDE, territory, until)
        cells += _leaving(answers.get(name, ()), answers, like)
    if _said(answers, "more", "training"):
        cells.append(Cell(What.TEXT, Use.TRAIN, Channel.PARTNER, territory, until))
    return cells


def _leaving(places: Sequence[str], answers: Answers, like: Cell) -> list[Cell]:
    if not places:
        return []
    cells = [
        like._replace(use=use, channel=channel) for use, channel in map(PLACES.__getitem__, places)
    ]
    published = [cell for cell in cells if cell.use is Use.PUBLISH]
    if _said(answers, "more", "promotion"):
        cells += [cell._replace(use=Use.PROMOTE) for cell in published]
    return [like._replace(territory=EVERYWHERE), *cells]


def _proxy(answers: Answers) -> Proxy | None:
    if not _said(answers, *SOMEBODY):
        return None
    return Proxy(Relation(answers["proxy"][0]), (answers.get("proof") or [""])[0])


def _said(answers: Answers, name: str, answer: str) -> bool:
    return answer in answers.get(name, ())


def _answered_day(answers: Answers, name: str) -> date | None:
    asked = {question.name for question in asked_with(answers)}
    words = answers.get(name) if name in asked else None
    return date.fromisoformat(words[0]) if words else None


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise ValueError("no_day") from None


def _countries(words: str) -> str:
    try:
        return clean_territory(words)
    except ValueError:
        raise ValueError("no_country") from None


def _minor_alone(answers: Answers) -> bool:
    return _said(answers, "age", Age.IS_MINOR) and _said(answers, "proxy_there", "no")


def _text_without_quotation(answers: Answers) -> bool:
    whole, quoted = (
        any(PLACES[place][0] is Use.PUBLISH for place in answers.get(name, ()))
        for name in ("whole_text", "quotation")
    )
    return whole and not quoted


def _limited_and_borderless(answers: Answers) -> bool:
    limited = answers.get("countries") not in ([], [EVERYWHERE], None)
    return limited and any(
        place in BORDERLESS for name in LEAVING for place in answers.get(name, ())
    )


def _wrong_day(answers: Answers, today: date, retention: date | None) -> str | None:
    until = date.fromisoformat(answers["until"][0])
    if until < today:
        return "past"
    return "retention" if retention is not None and until > retention else None


def _face_of_nobody(answers: Answers) -> bool:
    return bool(answers.get("face")) and _said(answers, "display", Display.NONE)


def _too_late(answers: Answers) -> bool:
    day, until = _answered_day(answers, "not_before"), _answered_day(answers, "until")
    return day is not None and until is not None and day > until


def _learned(answers: Answers) -> bool:
    return _said(answers, "outcome", Outcome.ERASE) and _said(answers, "more", "training")


def _past(answers: Answers, name: str, today: date) -> bool:
    day = _answered_day(answers, name)
    return day is not None and day <= today
