"""Saying a refusal in the reader's language."""

from collections.abc import Mapping
from enum import Enum

from django.utils.translation import gettext

from exeunt.errors import BadInput, ExeuntError, Listed, Problem, Sentence, Word


def said(refusal: ExeuntError) -> str:
    """Return a refusal's sentence, translated where there is a translation, its places filled."""
    if isinstance(refusal, BadInput):
        return "\n".join(problems_said(refusal))
    if not refusal.says:
        return str(refusal)
    return _filled(refusal.says, refusal.facts)


def problems_said(refused: BadInput) -> list[str]:
    """Return what is wrong with a file, fault by fault, each after its place."""
    lines = [said_with_place(problem) for problem in refused.problems]
    if refused.unlisted:
        lines.append(gettext("… and {count} more like these.").format(count=refused.unlisted))
    return lines


def said_with_place(problem: Problem) -> str:
    """Return one fault after the file, row and column in which it is."""
    row = gettext("row {row}").format(row=problem.row) if problem.row is not None else ""
    column = gettext("column “{column}”").format(column=problem.column) if problem.column else ""
    place = gettext(", ").join(part for part in (problem.file, row, column) if part)
    says = sentence_said(problem.says)
    return gettext("{place}: {says}").format(place=place, says=says) if place else says


def sentence_said(sentence: str) -> str:
    """Return a sentence of ours, translated where there is a translation."""
    if isinstance(sentence, Sentence):
        return _filled(sentence.says, sentence.facts)
    return gettext(sentence) if sentence else ""


def _filled(says: str, facts: Mapping[str, object]) -> str:
    if not facts:
        return gettext(says)
    spoken = {name: _spoken(fact) for name, fact in facts.items()}
    return gettext(says).format(**spoken)


def _spoken(fact: object) -> object:
    """Translate what is a word of ours, such as a role; never what people have typed."""
    if isinstance(fact, Listed):
        return gettext(fact.between).join(gettext(word) for word in fact)
    if isinstance(fact, Sentence):
        return sentence_said(fact)
    return gettext(str(fact)) if isinstance(fact, Word | Enum) and fact else fact
