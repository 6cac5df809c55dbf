"""An intake that is under way, in the narrator's words."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from exeunt.errors import NotThere
from exeunt.members.models import Member
from exeunt.stages.consent.formats.words import Words, words_in
from exeunt.stages.consent.models import Intake
from exeunt.stages.consent.rules.intake import BY_NAME, RIGHT, Kind, Question, asked_with
from exeunt.stages.consent.rules.scope import EVERYWHERE
from exeunt.stages.narrators.models import Narrator
from exeunt.studies.queries import kept_until, require
from exeunt.studies.roles import Act


def intake_of(narrator: Narrator, *, by: Member) -> Intake:
    """Return the intake that a member has under way with a narrator, or refuse as if none were."""
    require(Act.RECORD_CONSENT, study=narrator.study, by=by)
    intake = Intake.objects.filter(narrator=narrator, by=by).first()
    if intake is None:
        raise NotThere("There is nothing here.")
    return intake


class Offered(NamedTuple):
    """An answer that is offered, in words, and whether it is chosen."""

    name: str
    says: str
    chosen: bool


class AskedPage(NamedTuple):
    """One page of an intake as it is drawn, in the narrator's words."""

    question: Question
    words: Mapping[str, Any]
    offered: list[Offered]
    typed: str
    fault: str
    progress: str
    number: int
    of: int
    back: str | None


class Summed(NamedTuple):
    """One answer as it stands before anything is written down."""

    name: str
    title: str
    answers: list[str]


def question_page(
    intake: Intake, name: str, *, fault: str = "", sent: list[str] | None = None
) -> AskedPage:
    """Return a question with what was answered before, or with what was just sent and is wrong."""
    words, question = words_in(intake.language), BY_NAME[name]
    answered = sent if sent is not None else intake.answers.get(name, [])
    names = [one.name for one in asked_with(intake.answers)]
    place = names.index(name) if name in names else 0
    offers = words.answers_to(name, question.offers) if question.offers else {}
    retention = kept_until(intake.narrator.study)
    numbers = {"number": place + 1, "of": len(names)}
    return AskedPage(
        question=question,
        words=words.of(name),
        offered=[Offered(one, says, one in answered) for one, says in offers.items()],
        typed=answered[0] if answered and not question.offers else "",
        fault=words.fault(fault, day=retention) if fault else "",
        progress=str(words.said["page"]["progress"]).format(**numbers),
        back=names[place - 1] if place else None,
        **numbers,
    )


def summary_of(intake: Intake) -> list[Summed]:
    """Return every question that was asked with its answer, in the narrator's words."""
    words = words_in(intake.language)
    return [
        Summed(one.name, str(words.of(one.name)["title"]), _in_words(one, intake, words))
        for one in asked_with(intake.answers)
        if one.kind is not Kind.READ and one.name not in RIGHT
    ]


def _in_words(question: Question, intake: Intake, words: Words) -> list[str]:
    answered = intake.answers.get(question.name, [])
    if question.offers:
        offers = words.answers_to(question.name, question.offers)
        return [offers[one] for one in answered] or [str(words.said["page"]["nothing"])]
    if question.name == "countries":
        anywhere = not answered or answered == [EVERYWHERE]
        return [str(words.said["page"]["everywhere"])] if anywhere else answered
    return answered or [str(words.said["page"]["any_day"])]
