"""Choosing an excerpt that shows what a code means."""

from django import forms
from django.utils.translation import gettext_lazy as _

from exeunt.desk.forms import HouseForm


class ExampleForm(HouseForm):
    """An excerpt, and in a word why it shows what the code means."""

    excerpt = forms.CharField(max_length=16, widget=forms.HiddenInput)
    why = forms.CharField(label=_("What it shows"), max_length=2_000, required=False)
