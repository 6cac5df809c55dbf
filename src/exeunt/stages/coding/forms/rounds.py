"""Giving out what is to be read."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exeunt.desk.asking import Asked
from exeunt.desk.forms import HouseForm
from exeunt.members.models import Member
from exeunt.methods.sharing import ALL
from exeunt.stages.coding.rules.rounds import LARGEST_SEED, Plan
from exeunt.stages.coding.states import Purpose, Sharing

PURPOSES: dict[str, Promise] = {
    Purpose.CALIBRATION.value: _("to calibrate: all read the same few, and compare"),
    Purpose.MAIN.value: _("the reading itself"),
}
SHARINGS: dict[str, Promise] = {
    Sharing.EVERYBODY.value: _("everybody reads all"),
    Sharing.RANDOM.value: _("by lot, to each about as many"),
    Sharing.BALANCED.value: _("by lot, and even in length, language and period"),
}
OPEN = "open"
NOBODY = "nobody"
MOST = 10**6
USUAL_OVERLAP = 20


class RoundForm(HouseForm):
    """A round to be drawn: first looked at, then opened with the same seed."""

    purpose = forms.ChoiceField(
        label=_("What for"),
        choices=PURPOSES.items(),
        widget=forms.RadioSelect,
        initial=Purpose.MAIN.value,
    )
    coders = forms.MultipleChoiceField(label=_("Who reads"), widget=forms.CheckboxSelectMultiple)
    sharing = forms.ChoiceField(
        label=_("How it is shared out"),
        choices=SHARINGS.items(),
        widget=forms.RadioSelect,
        initial=Sharing.BALANCED.value,
    )
    overlap = forms.IntegerField(
        label=_("How much of it two read, in percent"),
        help_text=_("Agreement is measured on these. Where everybody reads all, it is all."),
        min_value=0,
        max_value=ALL,
        initial=USUAL_OVERLAP,
    )
    most = forms.IntegerField(
        label=_("How many at most"),
        help_text=_("They are chosen by lot. Empty: all that is left."),
        min_value=1,
        max_value=MOST,
        required=False,
    )
    begun = forms.BooleanField(
        label=_("Also what somebody has begun or completed without being given it"),
        required=False,
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        help_text=_("With it anybody can draw the same again."),
        min_value=0,
        max_value=LARGEST_SEED,
    )
    note = forms.CharField(
        label=_("Note"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )

    def __init__(self, request: Asked, people: Sequence[Member], *, seed: int) -> None:
        """Offer everybody who codes here; ``seed`` is drawn for a form that is shown first."""
        super().__init__(request, initial={"coders": [one.ref for one in people], "seed": seed})
        coders: Any = self.fields["coders"]
        coders.choices = [(one.ref, one.name) for one in people]

    @property
    def opens(self) -> bool:
        """Whether the round is to be opened, not only looked at."""
        return self.request.POST.get("do") == OPEN

    def plan(self) -> Plan:
        """Return what was typed as a plan."""
        typed = self.cleaned_data
        return Plan(
            purpose=Purpose(typed["purpose"]),
            sharing=Sharing(typed["sharing"]),
            coders=tuple(typed["coders"]),
            overlap=typed["overlap"],
            most=typed["most"],
            seed=typed["seed"],
            begun=typed["begun"],
            note=typed["note"],
        )


class HandOnForm(HouseForm):
    """Who is given what a coder has not begun; nobody takes it back."""

    def __init__(self, request: Asked, people: Sequence[Member]) -> None:
        """Offer the others who code here."""
        super().__init__(request)
        self.people = people
        self.fields["to"] = forms.ChoiceField(
            label=_("Who reads it instead"),
            choices=[
                *((one.ref, one.name) for one in people),
                (NOBODY, _("nobody: it is taken back, and can be given out in another round")),
            ],
            widget=forms.RadioSelect,
        )

    def to(self) -> Member | None:
        """Return who was chosen, or nobody."""
        chosen = self.cleaned_data["to"]
        return next((one for one in self.people if one.ref == chosen), None)


class GiveForm(HouseForm):
    """One account to be given to one coder."""

    def __init__(self, request: Asked, people: Sequence[Member]) -> None:
        """Offer everybody who codes here."""
        super().__init__(request)
        self.people = people
        self.fields["thing"] = forms.CharField(
            label=_("Account"), help_text=_("Its label."), max_length=80
        )
        self.fields["to"] = forms.ChoiceField(
            label=_("Who reads it"),
            choices=[(one.ref, one.name) for one in people],
            widget=forms.RadioSelect,
        )

    def to(self) -> Member:
        """Return who was chosen."""
        return next(one for one in self.people if one.ref == self.cleaned_data["to"])
