"""What may be asked, and of what a report is made."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from exeunt.desk.asking import Asked
from exeunt.desk.forms import HouseForm
from exeunt.stages.coding.states import IN_TEXTS, Target
from exeunt.stages.findings.formats import FORMATS
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.queries.posed import Posed
from exeunt.stages.findings.rules.asking import (
    BLANKS,
    DRAWS,
    LONGEST_VALUE,
    ONLY,
    READINGS,
    Asking,
    asked_in,
)
from exeunt.stages.findings.rules.asking import NAMES as NAMES_OF_PARTS
from exeunt.stages.findings.rules.claims import is_known_for_all
from exeunt.stages.testimonies.states import Setting

Choices = list[tuple[str, str | Promise]]

MOST_ADDRESS = 8 * LONGEST_VALUE
NAMES = {"period": _("Period"), "group": _("Group left"), "setting": _("Setting")}
BLANKS_IN_WORDS = {
    "missing": _("Blanks are missing"),
    "zero": _("Blanks count as not mentioned (0)"),
}
READINGS_IN_WORDS = {
    "": _("What every reader saw"),
    "any": _("What any reader saw"),
    "settled": _("What is agreed or settled"),
}
UNITS_IN_WORDS = {
    "": _("Accounts only"),
    "sentence": _("Accounts, and marks by sentence"),
    "turn": _("Accounts, and marks by turn"),
    "character": _("Accounts, and marks by character"),
}
FORMATS_IN_WORDS = {
    "html": _("Web page (HTML)"),
    "pdf": _("PDF, to print"),
    "docx": _("Word, to edit"),
}


PARTS = (*NAMES_OF_PARTS, *DRAWS)
# The values of an attribute that are words of ours; the last two stand for a missing date.
OURS = frozenset({*Setting, gettext_noop("undated"), gettext_noop("undated or earlier")})
COMPARE = _(
    "The odds of each reason among these accounts against all others. By choosing it you say that "
    "the attribute is complete and unwithheld."
)


class QuestionForm(HouseForm):
    """Chooses a question; sent by GET, so that the question stands in the address."""

    def __init__(self, request: Asked, posed: Posed, **how: Any) -> None:
        """Offer the codebooks that were used, and the values that accounts have."""
        asking = posed.asking
        super().__init__(request, initial=_as_typed(asking), **how)
        self.fields["codebook"] = _choice(
            _("Codebook"), [(version.name, version.name) for version in posed.versions]
        )
        self.fields["blanks"] = _choice(_("Blanks"), list(BLANKS_IN_WORDS.items()))
        self.fields["reading"] = _choice(_("What counts"), list(READINGS_IN_WORDS.items()))
        if any(Target(version.unit) in IN_TEXTS for version in posed.versions):
            self.fields["unit"] = _choice(_("Agreement on"), list(UNITS_IN_WORDS.items()))
        for name, words in NAMES.items():
            if values := _values(posed, name):
                self.fields[f"{ONLY}{name}"] = _choice(words, [("", _("All")), *values])
        self.fields |= _comparing(posed) | _draws(asking)

    def asking(self) -> Asking:
        """Return the question that was chosen."""
        parts = [(name, self.cleaned_data[name]) for name in PARTS if name in self.cleaned_data]
        return asked_in(
            (name, str(value))
            for name, given in parts
            for value in (given if isinstance(given, list) else [given])
        )


class ExploreForm(QuestionForm):
    """Chooses a question, and along which attribute the answer is shown."""

    def __init__(self, request: Asked, posed: Posed) -> None:
        """Offer the attributes too."""
        super().__init__(request, posed)
        if posed.facets:
            self.fields["by"] = _choice(_("Show by"), [("", _("All of them")), *NAMES.items()])


class CountForm(HouseForm):
    """Asks for a question to be counted now."""

    question = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=MOST_ADDRESS, strip=False
    )


class ReportForm(QuestionForm):
    """Asks for the report of a question."""

    creates = True

    def __init__(self, request: Asked, posed: Posed) -> None:
        """Offer the formats too."""
        super().__init__(request, posed)
        self.fields["formats"] = forms.MultipleChoiceField(
            label=_("Formats"),
            choices=[(name, FORMATS_IN_WORDS[name]) for name in FORMATS],
            initial=list(FORMATS),
            widget=forms.CheckboxSelectMultiple,
        )

    def facts(self) -> dict[str, Any]:
        """Return the question, the formats, and the reference that the report will get."""
        return {
            "asking": self.asking(),
            "formats": self.cleaned_data["formats"],
            "ref": self.cleaned_data["once"],
        }


def _choice(label: Any, choices: Sequence[tuple[Any, Any]], **how: Any) -> forms.Field:
    required = not any(value == "" for value, _words in choices)
    return forms.ChoiceField(label=label, choices=choices, required=required, **how)


def _values(posed: Posed, name: str) -> Choices:
    """Return an attribute's values with their numbers, and the value that is asked for now."""
    facets = posed.facets.get(name, ())
    known = {value: f"{_ours_in_words(value)} ({number})" for value, number in facets}
    now = posed.asking.question.only.get(name)
    return list((known | ({now: now} if now and now not in known else {})).items())


def _comparing(posed: Posed) -> dict[str, forms.Field]:
    """Offer comparisons over what is known of every account; several from an address stay."""
    now = [(f"{name}={value}", value) for name, value in posed.asking.question.complete]
    if len(now) > 1:
        hidden = forms.MultipleHiddenInput
        return {"compare": forms.MultipleChoiceField(choices=now, widget=hidden, required=False)}
    groups = [
        (words, [(f"{name}={value}", said) for value, said in _values(posed, name)])
        for name, words in NAMES.items()
        if is_known_for_all(value for value, _number in posed.facets.get(name, ()))
    ]
    offered = [pair for _words, pairs in groups for pair, _said in pairs]
    groups = [group for group in groups if group[1]]
    more = [pair for pair in now if pair[0] not in offered]
    if not (groups or more):
        return {}
    choices = [("", _("Nothing")), *more, *groups]
    return {"compare": _choice(_("Compare"), choices, help_text=COMPARE)}


def _ours_in_words(value: str) -> str:
    """Say a fixed word of ours in the reader's language; what people wrote stays as it is."""
    return gettext(value) if value in OURS else value


def _draws(asking: Asking) -> dict[str, forms.Field]:
    """Keep unusual draws of an address."""
    given = {name: getattr(asking.question, name) for name in DRAWS}
    return {
        name: forms.CharField(widget=forms.HiddenInput, required=False)
        for name, value in given.items()
        if value != getattr(Question, name)
    }


def _as_typed(asking: Asking) -> dict[str, Any]:
    """Return a question as the form shows it."""
    words = {blanks: word for word, blanks in BLANKS.items()}
    question = asking.question
    ways = {reading: word for word, reading in READINGS.items()} | {Question.reading: ""}
    return {
        "codebook": asking.codebook,
        "reading": ways[question.reading],
        "unit": question.unit.value if question.unit is not None else "",
        "blanks": words[question.blanks],
        "by": asking.by,
        "compare": _compared(question),
        "times": question.times,
        "seed": question.seed,
        **{f"{ONLY}{name}": value for name, value in question.only.items()},
    }


def _compared(question: Question) -> str | list[str]:
    pairs = [f"{name}={value}" for name, value in question.complete]
    return pairs if len(pairs) > 1 else "".join(pairs)
