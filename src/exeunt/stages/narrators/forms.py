"""What somebody fills in to place a legal hold."""

from django import forms
from django.utils.translation import gettext_lazy as _

from exeunt.desk.fields import LineField
from exeunt.desk.forms import HouseForm
from exeunt.stages.narrators.rules import LONGEST_REFERENCE

# As long as a narrator's label may be.
LONGEST_LABEL = 80


class HoldForm(HouseForm):
    """A hold on one narrator, or on the whole study."""

    creates = True

    reference = LineField(
        "What orders a hold",
        longest=LONGEST_REFERENCE,
        label=_("What orders it"),
        help_text=_("A court and its file number, say; never a name or what the matter is about."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
    label = LineField(
        "A label",
        longest=LONGEST_LABEL,
        required=False,
        label=_("The narrator's label"),
        help_text=_("Empty for the whole study."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "middling"}),
    )
