"""What somebody fills in to renew, narrow, withdraw, stop or vouch for consent."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from exeunt.desk.asking import Asked
from exeunt.desk.fields import LineField
from exeunt.desk.forms import HouseForm
from exeunt.desk.saying import sentence_said
from exeunt.errors import sentence_of
from exeunt.stages.consent.formats.words import Words, words_in
from exeunt.stages.consent.rules.events import LONGEST_PROOF, LONGEST_REASON, Chosen
from exeunt.stages.consent.rules.intake import (
    LANGUAGES,
    QUESTIONS,
    RIGHT,
    Kind,
    Question,
    given_by,
)
from exeunt.stages.consent.rules.scope import BEFORE, Cell, Given, Scope, clean_territory
from exeunt.stages.consent.states import (
    Age,
    Display,
    Interpreter,
    Outcome,
    State,
    Timing,
    Told,
)

# As long as a narrator's label may be.
LONGEST_LABEL = 80
LONGEST_WORD = 24
OUTCOMES: dict[str, Promise] = {
    Outcome.ERASE.value: _("Everything is erased; a custodian does it."),
    Outcome.SEAL_UNTIL.value: _("Everything is sealed until a day."),
    Outcome.DEIDENTIFY.value: _("The text is shut; coded data is kept and counted."),
    Outcome.KEEP_INTERNAL.value: _("The study goes on reading it; nothing of it ever leaves."),
}
TIMINGS: dict[str, Promise] = {
    Timing.AT_ONCE.value: pgettext_lazy("withdrawal", "At once"),
    Timing.NEXT_REBUILD.value: _("With the next rebuild of what was published"),
}


def _day(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"})
    return forms.DateField(label=label, widget=widget, **more)


class WithdrawForm(HouseForm):
    """A withdrawal: what becomes of everything, and when that shows outside."""

    outcome = forms.ChoiceField(
        label=_("What becomes of everything"), choices=OUTCOMES.items(), widget=forms.RadioSelect
    )
    seal_until = _day(_("Sealed until"), required=False)
    timing = forms.ChoiceField(
        label=_("When it shows outside"),
        help_text=_("A sudden gap can tell that somebody spoke; a rebuild hides it among others."),
        choices=TIMINGS.items(),
        widget=forms.RadioSelect,
    )

    def chosen(self) -> Chosen:
        """Return what was chosen."""
        facts = self.cleaned_data
        return Chosen(Outcome(facts["outcome"]), facts["seal_until"], Timing(facts["timing"]))


class RenewForm(HouseForm):
    """A renewal: the same, until a later day."""

    edits = True

    until = _day(_("Until which day everything lasts now"))
    understood = forms.BooleanField(
        label=_("The limits were read out again, and the narrator has said them in their words.")
    )


class NarrowForm(HouseForm):
    """A narrowing: what stays ticked is still agreed to."""

    edits = True

    kept = forms.MultipleChoiceField(
        label=_("What is still agreed to"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, request: Asked, *, scope: Scope, says: Iterable[str], revision: int) -> None:
        """Offer the cells that stand, each in a sentence."""
        self.cells = sorted(scope.cells)
        self.scope = scope
        names = [str(place) for place in range(len(self.cells))]
        super().__init__(request, initial={"kept": names}, revision=revision)
        field = self.fields["kept"]
        field.choices = list(zip(names, says, strict=True))  # type: ignore[attr-defined]

    def narrowed(self) -> Scope:
        """Return the scope that is left."""
        kept: list[Cell] = [self.cells[int(place)] for place in self.cleaned_data["kept"]]
        return self.scope._replace(cells=frozenset(kept))


class VouchForm(HouseForm):
    """Why consent that was given under legal process is free."""

    reason = LineField(
        "A reason",
        longest=LONGEST_REASON,
        label=_("Why free consent is certain"),
        help_text=_("Who asked, who was there, what was offered; never a name. It is kept."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class StopForm(HouseForm):
    """Whose telling is to be stopped."""

    label = LineField(
        "A label",
        longest=LONGEST_LABEL,
        label=_("The narrator's label"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "class": "middling", "autofocus": True}
        ),
    )


class LanguageForm(HouseForm):
    """In which language an intake is held."""

    language = forms.ChoiceField(
        label=_("In which language you speak with the narrator"),
        choices=[(one, words_in(one).name) for one in LANGUAGES],
        widget=forms.RadioSelect,
    )


class SignedForm(HouseForm):
    """What a signed paper says: the questions of an intake, but for those that were read out."""

    edits = True

    day = _day(_("The day on which it was signed"))
    language = LineField(
        "A language",
        longest=LONGEST_WORD,
        label=_("The language of the paper"),
        help_text=_("ar, en, fr or the like"),
        widget=forms.TextInput(attrs={"class": "short", "dir": "ltr"}),
    )

    def __init__(self, request: Asked, *, mark: str, revision: int) -> None:
        """Ask in the reader's language; nothing is answered that a paper may not say."""
        first = {**UNSAID, "proof": mark}
        super().__init__(request, initial=first, revision=revision)
        language = get_language() or ""
        words = words_in(language if language in LANGUAGES else LANGUAGES[0])
        for question in OF_A_PAPER:
            self.fields[question.name] = _field(question, words)

    def clean_countries(self) -> str:
        """Return countries as they are kept; refuse what is none."""
        try:
            return clean_territory(self.cleaned_data["countries"])
        except ValueError as fault:
            raise forms.ValidationError(sentence_said(sentence_of(fault))) from fault

    def given(self) -> Given:
        """Return the consent that the paper proves, read out to nobody by us."""
        typed = self.cleaned_data
        answers = {one.name: _answered(typed[one.name]) for one in OF_A_PAPER}
        answers |= {"inside": ["yes"], "proxy_there": ["yes" if typed["proxy"] else "no"]}
        given = given_by(answers, language=typed["language"], today=typed["day"])
        return given._replace(limits=BEFORE, understood=False)


# Left out: what was read out, what a paper answers by being there, and what is asked by another.
OF_A_PAPER = tuple(
    one
    for one in QUESTIONS
    if one.kind is not Kind.READ and one.name not in {*RIGHT, "inside", "proxy_there"}
)
UNSAID = {
    "custody": Told.UNKNOWN.value,
    "payment": Told.UNKNOWN.value,
    "official_present": Told.UNKNOWN.value,
    "pending_case": Told.UNKNOWN.value,
    "interpreter": Interpreter.NONE.value,
    "age": Age.UNKNOWN.value,
    "witnessed": "no",
    "quote_inside": "no",
    "display": Display.NONE.value,
    "conditions": ["first", "risk"],
    "outcome": Outcome.ERASE.value,
    "timing": Timing.AT_ONCE.value,
}


def _field(question: Question, words: Words) -> forms.Field:
    label = words.of(question.name)["title"]
    required = not (question.may_be_empty or question.name in {"proxy", "proof", "seal_until"})
    if question.kind is Kind.DAY:
        return _day(label, required=required)
    if not question.offers:
        return LineField(label, longest=LONGEST_PROOF, label=label, required=required)
    choices = list(words.answers_to(question.name, question.offers).items())
    if question.kind is Kind.SOME:
        widget = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(
            label=label, choices=choices, required=required, widget=widget
        )
    if not required:
        choices = [("", "–"), *choices]
    return forms.ChoiceField(label=label, choices=choices, required=required)


def _answered(value: Any) -> list[str]:
    if isinstance(value, date):
        return [value.isoformat()]
    return list(value) if isinstance(value, list) else [value] if value else []


class FindingForm(forms.Form):
    """A part of a label, and what consent is."""

    q = forms.CharField(label=_("Label"), required=False, max_length=LONGEST_LABEL)
    state = forms.ChoiceField(label=_("Consent is"), required=False)

    def __init__(self, data: Any) -> None:
        """Offer every state."""
        super().__init__(data)
        every = [("", _("anything")), ("not asked for", _("not asked for"))]
        field = self.fields["state"]
        field.choices = [*every, *((one.value, _(one.value)) for one in State)]  # type: ignore[attr-defined]


def later(scope: Scope, until: date) -> Scope:
    """Return the same scope with another last day."""
    return scope._replace(cells=frozenset(cell._replace(until=until) for cell in scope.cells))
