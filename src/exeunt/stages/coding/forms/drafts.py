"""Rewriting a codebook: one code at a time, several merged, one split, and all of it kept."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exeunt.desk.asking import Asked
from exeunt.desk.fields import LineField
from exeunt.desk.forms import HouseForm
from exeunt.errors import Word
from exeunt.methods.codebooks import LONGEST, Code
from exeunt.stages.coding.rules.origins import LEFT_OUT, NEW, SAME, parts_from
from exeunt.stages.coding.rules.prose import LONGEST_PROSE

PROSE: dict[str, tuple[Any, Any]] = {
    "definition": (_("Definition"), _("What the code means, in a sentence or two.")),
    "use_when": (_("When to use"), _("What must be said for the code to be given.")),
    "not_when": (_("When not to use"), _("What looks alike and is another code.")),
    "note": (_("Note"), ""),
}


class KeepDraftForm(HouseForm):
    """Confirms a draft, with the version it was begun from, and says whether readings go along."""

    edits = True

    def __init__(self, request: Asked, *, revision: int, readings: int) -> None:
        """Ask about readings where there are any."""
        super().__init__(request, revision=revision)
        if readings:
            self.fields["carry"] = forms.BooleanField(
                label=_("Carry the readings over to the new version"),
                help_text=_("They are copied. The version before stays as it is."),
                required=False,
                initial=True,
            )

    def facts(self) -> dict[str, Any]:
        """Return what was decided, by the names that the action knows."""
        facts = super().facts()
        return {"from_version": facts["revision"], "carry": facts.get("carry", False)}


class MergeForm(HouseForm):
    """Which codes become one, and which of them stays."""

    def __init__(self, request: Asked, codes: Sequence[Code]) -> None:
        """Offer every code of the draft."""
        super().__init__(request)
        named = [(code.key, f"{code.key} {code.label}") for code in codes]
        self.fields["keys"] = forms.MultipleChoiceField(
            label=_("Merge these"), choices=named, widget=forms.CheckboxSelectMultiple
        )
        self.fields["into"] = forms.ChoiceField(
            label=_("Into"),
            help_text=_(
                "This one stays, with its key, and takes over what was judged of the others. "
                "Change its label and definition afterwards."
            ),
            choices=named,
        )


class SplitForm(HouseForm):
    """The new codes that a code's meaning is shared out to."""

    parts = forms.CharField(
        label=_("New codes below it"),
        help_text=_("A line each: a key, then a label, as in “F1 Fear of reprisal”."),
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
        max_length=LONGEST_PROSE,
    )

    def codes(self) -> tuple[Code, ...]:
        """Return what was typed as codes."""
        return parts_from(self.cleaned_data["parts"])


class ProposalForm(HouseForm):
    """What becomes of something that readers proposed."""

    def __init__(self, request: Asked, codes: Sequence[Code], *, label: str) -> None:
        """Offer to take it in, as a code of its own or as one that is there, or to leave it out."""
        super().__init__(request, initial={"do": NEW, "label": label})
        self.fields["do"] = forms.ChoiceField(
            label=_("What becomes of it"),
            choices=[
                (NEW, _("a new code")),
                (SAME, _("the same as a code that is there")),
                (LEFT_OUT, _("left out: its marks stay with the version before")),
            ],
            widget=forms.RadioSelect,
        )
        self.fields["key"] = _line(
            "key", _("Key of the new code"), _("Short, and never changed later."), required=False
        )
        self.fields["label"] = _line("label", _("Label of the new code"), "", required=False)
        self.fields["same"] = forms.ChoiceField(
            label=_("The code that is there"),
            choices=[("", _("choose")), *((c.key, f"{c.key} {c.label}") for c in codes)],
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """Ask for what the decision needs."""
        typed = super().clean() or self.cleaned_data
        needs = {NEW: ("key", "label"), SAME: ("same",)}.get(typed.get("do", ""), ())
        for name in needs:
            if not typed.get(name) and name not in self.errors:
                self.add_error(name, _("Fill this in for what you have chosen."))
        return typed


class CodeForm(HouseForm):
    """One code of a draft."""

    edits = True

    def __init__(
        self,
        request: Asked,
        codes: Sequence[Code],
        *,
        code: Code | None = None,
        revision: int | None = None,
    ) -> None:
        """Ask for a new code, or show the one that is to say something else."""
        initial = {name: getattr(code, name) or "" for name in FIELDS} if code else {}
        super().__init__(request, initial=initial, revision=revision)
        self.code = code
        if code is None:
            self.fields["key"] = _line("key", _("Key"), _("Short, and never changed later."))
        self.fields["label"] = _line("label", _("Label"), "")
        self.fields["dimension"] = _line("dimension", _("Dimension"), "", required=False)
        others = [one for one in codes if code is None or one.key != code.key]
        self.fields["parent"] = forms.ChoiceField(
            label=_("Narrows"),
            choices=[("", _("none: it stands at the top"))]
            + [(one.key, f"{one.key} {one.label}") for one in others],
            required=False,
        )
        for name, (label, hint) in PROSE.items():
            self.fields[name] = forms.CharField(
                label=label,
                help_text=hint,
                widget=forms.Textarea(attrs={"rows": 3}),
                max_length=LONGEST_PROSE,
                required=False,
            )

    def as_code(self) -> Code:
        """Return what was typed as a code; what the form does not ask for stays."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "revision"}
        typed["parent"] = typed["parent"] or None
        known = {"key": self.code.key, "guid": self.code.guid} if self.code is not None else {}
        return Code(**{**typed, **known})


FIELDS = ("label", "dimension", "parent", *PROSE)


def _line(name: str, label: Any, hint: Any, *, required: bool = True) -> LineField:
    says = {"key": "A key", "label": "A label", "dimension": "A dimension"}
    return LineField(
        Word(says[name]), longest=LONGEST[name], label=label, help_text=hint, required=required
    )
