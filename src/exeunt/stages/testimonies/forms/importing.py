"""Sending a table of accounts, and taking it in once it was looked at."""

from django import forms
from django.utils.translation import gettext_lazy as _

from exeunt.desk.forms import HouseForm
from exeunt.stages.sources.intake.tables import TABLE_ENDINGS
from exeunt.stages.testimonies.forms.account import PROVENANCES

IN_THE_TABLE = ("", _("the table says it, in a column “provenance”"))


class SendForm(HouseForm):
    """Sends a table to be looked at; nothing is taken in yet."""

    file = forms.FileField(
        label=_("Table"),
        help_text=_("CSV, XLSX or JSON Lines; one row for each account"),
        widget=forms.FileInput(attrs={"accept": ",".join(TABLE_ENDINGS)}),
    )
    provenance = forms.ChoiceField(
        label=_("Where its accounts come from"),
        required=False,
        choices=[IN_THE_TABLE, *((one.value, _(one.value)) for one in PROVENANCES)],
        widget=forms.RadioSelect,
    )


class TakeInForm(HouseForm):
    """Takes the table in that was looked at."""
