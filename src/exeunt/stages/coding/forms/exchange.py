"""Sending a whole project, saying who is who in it, and handing coded material to a colleague."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from exeunt.desk.asking import Asked
from exeunt.desk.forms import HouseForm
from exeunt.members.models import Member
from exeunt.stages.coding.intake.project import PROJECT_READERS
from exeunt.stages.coding.queries.projects import Wishes

CODER, COUNT = "coder:", "count:"
KINDS = {
    "csv": _("Excerpts as a table: CSV"),
    "jsonl": _("Excerpts line by line: JSON Lines"),
    "qdpx": _("The whole project for other coding programs: QDPX"),
    "jsonld": _("Annotations for the web: JSON-LD"),
}


def wishes_in(query: QueryDict) -> Wishes:
    """Read from an address what somebody says of a project; what is empty is not said."""
    said = {name: str(value) for name, value in query.items() if value}
    return Wishes(
        provenance=said.get("provenance", ""),
        codebook=said.get("codebook", ""),
        coders=_named(said, CODER),
        countings=_named(said, COUNT),
    )


def _named(said: dict[str, str], what: str) -> dict[str, str]:
    return {name.removeprefix(what): value for name, value in said.items() if name.startswith(what)}


class ProjectFileForm(HouseForm):
    """Takes the project of another program."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "QDPX, as NVivo, ATLAS.ti, MAXQDA and QualCoder export it, or the SQLite3 of Taguette."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(PROJECT_READERS)}),
    )


class ExportForm(HouseForm):
    """What is handed over, to whom, and how much it was said to be."""

    kind = forms.ChoiceField(
        label=_("What it is to be"), choices=KINDS.items(), widget=forms.RadioSelect, initial="csv"
    )

    def __init__(self, request: Asked, people: Sequence[Member]) -> None:
        """Offer everybody who works in the study."""
        super().__init__(request)
        self.fields["recipient"] = forms.ChoiceField(
            label=_("For whom"),
            help_text=_("A colleague of this study; the ledger keeps that it was for them."),
            choices=[("", _("choose")), *((one.name, one.name) for one in people)],
        )
        self.fields["rows"] = forms.IntegerField(widget=forms.HiddenInput)

    def shows(self, rows: int) -> None:
        """Say how much it is now, also in place of an earlier count that was sent and refused."""
        self.fields["rows"].initial = rows
        if self.is_bound:
            self.data = {**dict(self.data.items()), "rows": rows}
