"""What is agreed for those who read, what each chooses, and what is hard in a text."""

from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from exeunt.desk.asking import Asked
from exeunt.desk.fields import LineField
from exeunt.desk.forms import HouseForm
from exeunt.stages.testimonies.queries.passages import HardPage, MarkedParagraph
from exeunt.stages.testimonies.rules.care import (
    LONGEST_CONTACT,
    MOST_DAY,
    MOST_PAUSE,
    Terms,
)
from exeunt.stages.testimonies.states import Hardness

FOLDED, OPEN = "folded", "open"
MINUTES = {"inputmode": "numeric", "class": "short"}


class TermsForm(HouseForm):
    """The limits of a study, and to whom those who read can talk."""

    edits = True

    pause_after = forms.IntegerField(
        label=_("A pause is suggested after"),
        help_text=_("Minutes of reading in a row, 10 to 120."),
        max_value=10 * MOST_PAUSE,
        widget=forms.TextInput(attrs=MINUTES),
    )
    day_limit = forms.IntegerField(
        label=_("Limit of a day"),
        help_text=_("Minutes, 15 to 480. Nobody is stopped: text is folded, and a press goes on."),
        max_value=10 * MOST_DAY,
        widget=forms.TextInput(attrs=MINUTES),
    )
    support_contact = LineField(
        "The support contact",
        longest=LONGEST_CONTACT,
        required=False,
        label=_("Who can be talked to"),
        help_text=_("A person or a service, and how they are reached."),
    )

    def facts(self) -> dict[str, Any]:
        """Return the limits together, the contact, and which version was read."""
        facts = super().facts()
        terms = Terms(facts.pop("pause_after"), facts.pop("day_limit"))
        return {**facts, "terms": terms}


class ChoiceForm(HouseForm):
    """What somebody chooses for themselves."""

    hard = forms.ChoiceField(
        label=_("Hard passages"),
        widget=forms.RadioSelect,
        choices=[
            (FOLDED, _("folded, with a word on what is in them")),
            (OPEN, _("always open")),
        ],
    )
    day_limit = forms.IntegerField(
        label=_("A limit of your own"),
        required=False,
        help_text=_("Minutes a day. The lower limit holds: the study's, or yours."),
        max_value=10 * MOST_DAY,
        widget=forms.TextInput(attrs=MINUTES),
    )

    def facts(self) -> dict[str, Any]:
        """Return what was chosen."""
        facts = super().facts()
        return {"opens": facts["hard"] == OPEN, "day_limit": facts["day_limit"]}


class ParagraphBox(NamedTuple):
    """A paragraph, and whether it was chosen when the form was sent."""

    paragraph: MarkedParagraph
    chosen: bool


class HardForm(HouseForm):
    """Chooses paragraphs that are hard to read, and marks that are to be taken away."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    paragraphs = forms.MultipleChoiceField(label=_("Paragraphs"), required=False)
    kind = forms.ChoiceField(
        label=_("What makes them hard"),
        required=False,
        widget=forms.RadioSelect,
        choices=[(kind.value, _(kind.value)) for kind in Hardness],
    )
    taken = forms.MultipleChoiceField(
        label=_("Marks to take away"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, request: Asked, page: HardPage) -> None:
        """Offer the paragraphs of the text that stands, and the marks that are there."""
        number = page.version.number if page.version else 0
        super().__init__(request, initial={"number": number})
        self.page = page
        self.fields["paragraphs"].choices = [  # type: ignore[attr-defined]
            (str(one.number), str(one.number)) for one in page.paragraphs
        ]
        self.fields["taken"].choices = [(one.ref, one.ref) for one in page.passages]  # type: ignore[attr-defined]

    @property
    def boxes(self) -> list[ParagraphBox]:
        """Every paragraph with its box, ticked as it was sent."""
        sent = set(self["paragraphs"].value() or [])
        return [ParagraphBox(one, str(one.number) in sent) for one in self.page.paragraphs]

    def facts(self) -> dict[str, Any]:
        """Return what was chosen, as the action knows it."""
        facts = super().facts()
        facts["paragraphs"] = [int(number) for number in facts["paragraphs"]]
        facts["kind"] = Hardness(facts["kind"]) if facts["kind"] else None
        return facts
