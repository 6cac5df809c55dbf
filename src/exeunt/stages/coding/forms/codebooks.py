"""Codebooks: adopting, and bringing in."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from exeunt.desk.asking import Asked
from exeunt.desk.forms import HouseForm
from exeunt.stages.coding.codebooks import ready_codebook, ready_codebooks


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
