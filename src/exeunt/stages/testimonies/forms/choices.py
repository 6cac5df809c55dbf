"""Fields that several forms of this stage share."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

# A string, or the promise of one in the reader's language.
Words = Any
UNKNOWN = "unknown"

AN_EXIT = {
    "group_left": _("Group left"),
    "joined": _("Joined"),
    "left": _("Left"),
    "exit_kind": _("How it ended"),
    "group_joined": _("Group joined next"),
}
DATES_LIKE = _("2014-06-15, 2014-06, 2014~ for about")
NO_GROUP = _("“withheld” if it must not be named")


def line(label: Words, *, help_text: Words = "", **attributes: str | bool) -> forms.CharField:
    """Make a field for a line that may be left empty; how long it may be, the action says."""
    widget = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", **attributes})
    return forms.CharField(label=label, required=False, help_text=help_text, widget=widget)


def offering(
    field: forms.CharField, suggestions: Sequence[str], *, name: str = "groups"
) -> forms.CharField:
    """Let a field offer what is known; anything else may be typed."""
    field.widget.attrs["list"] = name
    field.suggestions = suggestions  # type: ignore[attr-defined]
    return field


def choice(label: Words, choices: Iterable[StrEnum], **how: Any) -> forms.ChoiceField:
    """Make a field for one of a few fixed answers; not known is the first of them."""
    known = [(one.value, _(one.value)) for one in choices if one != UNKNOWN]
    return forms.ChoiceField(
        label=label, required=False, choices=[("", _("not known")), *known], **how
    )


def exit_fields(kinds: Iterable[StrEnum], prefix: str = "") -> dict[str, forms.Field]:
    """Make the fields of one exit, named like a table's columns."""
    return {
        f"{prefix}group_left": line(AN_EXIT["group_left"], help_text=NO_GROUP),
        f"{prefix}joined": line(AN_EXIT["joined"], help_text=DATES_LIKE, dir="ltr"),
        f"{prefix}left": line(AN_EXIT["left"], help_text=DATES_LIKE, dir="ltr"),
        f"{prefix}exit_kind": choice(AN_EXIT["exit_kind"], kinds),
        f"{prefix}group_joined": line(AN_EXIT["group_joined"]),
    }


def numbered(label: Words, number: int) -> Words:
    """Tell the fields of a further exit from those of the first."""
    return format_lazy("{label} ({number})", label=label, number=number)
