"""Settling one stretch of a text, asking its readers, and answering as one of them."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exeunt.desk.asking import Asked
from exeunt.desk.forms import HouseForm
from exeunt.stages.coding.forms.sheets import answers_on
from exeunt.stages.coding.queries.stretch import Settlement, ShownStretch
from exeunt.stages.coding.rules.prose import LONGEST_PROSE
from exeunt.stages.coding.rules.spans import Choice
from exeunt.stages.coding.states import Gap, Take

LONGEST_PLACES = 300
SEND_BACK = "back"
TAKES: dict[str, Promise] = {
    Take.UNION.value: _("Everything that anybody marked here"),
    Take.INTERSECTION.value: _("What all of them marked"),
    Take.OWN.value: _("Other bounds, as written below"),
    Take.NOTHING.value: _("Nothing is marked here"),
}


class SettleSpanForm(HouseForm):
    """Which spans are agreed and why; or a question to those who read."""

    edits = True

    def __init__(self, request: Asked, shown: ShownStretch) -> None:
        """Offer each reading, the scale, and what was settled before."""
        super().__init__(request, initial=_as_typed(shown.settlement), revision=shown.revision)
        self.fields["take"] = forms.ChoiceField(
            label=_("What is agreed"),
            choices=[*_by_reader(shown), *TAKES.items()],
            widget=forms.RadioSelect,
            required=not self.sends_back,
            error_messages={"required": _("Choose what is agreed.")},
        )
        self.fields |= _bounds(shown)
        self.fields["cell"] = forms.ChoiceField(
            label=_("Value"),
            choices=[("", _("As the readers said")), *_values(shown)],
            widget=forms.Select,
            required=False,
        )
        self.fields["reason"] = _prose(
            _("Why"),
            _("What in the text decides it; the readings stay as they are."),
            required=not self.sends_back,
        )
        self.fields["question"] = _prose(
            _("Question to those who read"),
            _("They see it among what waits for them; you see their answers without their names."),
        )

    @property
    def sends_back(self) -> bool:
        """Whether the readers are asked, instead of settling."""
        return self.request.POST.get("do") == SEND_BACK

    def facts(self) -> dict[str, Any]:
        """Return what was chosen, by the names of the act that is done."""
        typed = self.cleaned_data
        if self.sends_back:
            return {"question": typed["question"], "revision": typed["revision"]}
        chosen = Choice(*(typed[name] for name in Choice._fields))
        return {"choice": chosen, "reason": typed["reason"], "revision": typed["revision"]}


class ReplyForm(HouseForm):
    """A reader's answer to what was asked about a stretch."""

    def __init__(self, request: Asked, shown: ShownStretch) -> None:
        """Show what was answered before."""
        super().__init__(request, initial={"words": shown.mine})
        self.fields["words"] = _prose(
            _("Your answer"), _("Whoever settles it reads it without your name.")
        )


def _bounds(shown: ShownStretch) -> dict[str, forms.Field]:
    """Offer the two ways to write bounds of one's own."""
    return {
        "sentences": forms.CharField(
            label=_("Sentences, by their numbers"),
            help_text=_("Such as 2, or 2-3; for other bounds than the readers'."),
            max_length=LONGEST_PLACES,
            required=False,
        ),
        "places": forms.CharField(
            label=_("Places in the text"),
            help_text=_("From and to, counted in characters: %(start)s-%(end)s is all of it.")
            % {"start": shown.at.start, "end": shown.at.end},
            max_length=LONGEST_PLACES,
            required=False,
        ),
    }


def _prose(label: Any, help_text: Any, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_PROSE,
        required=required,
        error_messages={"required": _("Say why, so that others can weigh it.")},
    )


def _by_reader(shown: ShownStretch) -> list[tuple[str, Any]]:
    return [
        (reader.letter, _("What reader %(letter)s marked") % {"letter": reader.letter})
        for reader in shown.readers
    ]


def _values(shown: ShownStretch) -> list[tuple[str, Any]]:
    """Offer the scale; what is marked cannot be what was not mentioned."""
    return [pair for pair in answers_on(shown.scale) if pair[0] != Gap.NOT_MENTIONED]


def _as_typed(settled: Settlement | None) -> dict[str, Any]:
    """Return what was settled as it would be typed."""
    if settled is None:
        return {}
    if settled.is_sent_back:
        return {"question": settled.question}
    cells = {span.judgement.cell for span in settled.spans}
    return {
        "take": (Take.OWN if settled.spans else Take.NOTHING).value,
        "places": ", ".join(f"{one.place.start}-{one.place.end}" for one in settled.spans),
        "cell": cells.pop() if len(cells) == 1 else "",
        "reason": settled.reason,
    }
