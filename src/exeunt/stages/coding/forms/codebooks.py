"""Codebooks: adopting, bringing in, rewriting."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exeunt.desk.asking import Asked
from exeunt.desk.fields import LineField
from exeunt.desk.forms import HouseForm
from exeunt.errors import Word
from exeunt.methods.codebooks import LONGEST, Code
from exeunt.stages.coding.codebooks import ready_codebook, ready_codebooks
from exeunt.stages.coding.rules.prose import LONGEST_PROSE

PROSE: dict[str, tuple[Any, Any]] = {
    "definition": (_("Definition"), _("What the code means, in a sentence or two.")),
    "use_when": (_("When to use"), _("What must be said for the code to be given.")),
    "not_when": (_("When not to use"), _("What looks alike and is another code.")),
    "note": (_("Note"), ""),
}


class AdoptForm(HouseForm):
    """Takes one of the ready codebooks into a study."""

    def __init__(self, request: Asked) -> None:
        """Offer every ready codebook by its title."""
        super().__init__(request)
        self.fields["slug"] = forms.ChoiceField(
            label=_("Ready codebook"),
            choices=[(slug, ready_codebook(slug).title) for slug in ready_codebooks()],
            widget=forms.RadioSelect,
        )


class CodebookFileForm(HouseForm):
    """Takes a codebook's file."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("YAML, CSV, XLSX, or QDC as other coding programs write it."),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,.csv,.xlsx,.qdc"}),
    )


class CodingsFileForm(HouseForm):
    """Takes a table of codings, and says with which codebook they were made."""

    def __init__(self, request: Asked, versions: Sequence[str]) -> None:
        """Offer every version of every codebook, the newest first."""
        super().__init__(request)
        self.fields["codebook"] = forms.ChoiceField(
            label=_("Coded with"), choices=[(name, name) for name in versions]
        )
        self.fields["file"] = forms.FileField(
            label=_("File"),
            help_text=_(
                "CSV, XLSX or JSON Lines with the columns account_id, coder, code and value."
            ),
            widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.jsonl"}),
        )


class KeepForm(HouseForm):
    """Confirms what was shown."""


class KeepDraftForm(HouseForm):
    """Confirms a draft; carries the version that it was begun from."""

    edits = True


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
