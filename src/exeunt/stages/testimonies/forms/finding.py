"""What a list of accounts is narrowed by; sent by GET, so that the list has an address."""

from collections.abc import Iterable, Mapping

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from exeunt.desk.paging import leaf_number
from exeunt.stages.testimonies.forms.choices import Words
from exeunt.stages.testimonies.queries.finding import ORDERS, Offered, Wanted

LONGEST_ASKED = 400
NEWEST_FIRST = "-added"
NAMES = {
    "language": "language",
    "setting": "setting",
    "group": "group",
    "exit_kind": "exit",
    "year": "year",
    "period": "period",
    "text": "text",
    "provenance": "provenance",
}
ANY: tuple[str, Words] = ("", _("any"))


class FindingForm(forms.Form):
    """Chooses accounts by what they are."""

    def __init__(self, asked: QueryDict, offered: Offered) -> None:
        """Offer what the study's accounts hold, and nothing where there is no choice."""
        super().__init__(data=asked)
        self.fields["q"] = forms.CharField(
            label=_("Words"),
            required=False,
            widget=forms.TextInput(attrs={"type": "search", "dir": "auto", "autocomplete": "off"}),
        )
        texts = [("yes", _("with text")), ("no", _("without text"))]
        for name, label, choices in (
            ("language", _("Language"), _same(offered.languages)),
            ("setting", _("Setting"), _ours(offered.settings)),
            ("group", _("Group left"), _same(offered.groups)),
            ("exit", _("Exit"), _ours(offered.exit_kinds)),
            ("year", _("Published in"), _same(offered.years)),
            ("period", _("Period"), _same(offered.periods)),
            ("text", _("Text"), texts),
            ("provenance", _("Provenance"), _ours(offered.provenances)),
        ):
            if len(choices) > 1 or self.data.get(name):
                self.fields[name] = forms.ChoiceField(
                    label=label, required=False, choices=[ANY, *choices]
                )
        self.fields["order"] = forms.CharField(required=False, widget=forms.HiddenInput)


def wanted_in(asked: Mapping[str, str]) -> Wanted:
    """Read from an address which accounts are wanted; what makes no sense is left out."""
    order = asked.get("order") or NEWEST_FIRST
    name = order.removeprefix("-")
    filters = {ours: asked.get(theirs, "")[:LONGEST_ASKED] for ours, theirs in NAMES.items()}
    return Wanted(
        words=asked.get("q", "")[:LONGEST_ASKED],
        order=name if name in ORDERS else "added",
        descending=order.startswith("-") or name not in ORDERS,
        **{ours: value.replace("\x00", "") for ours, value in filters.items()},
    )


def order_of(wanted: Wanted) -> str:
    """Return how an address says in which order the accounts stand."""
    return f"-{wanted.order}" if wanted.descending else wanted.order


def leaf_in(asked: Mapping[str, str]) -> int:
    """Read from an address which leaf is wanted."""
    return leaf_number(asked.get("page"))


def _same(values: Iterable[str]) -> list[tuple[str, Words]]:
    return [(value, value) for value in values]


def _ours(values: Iterable[str]) -> list[tuple[str, Words]]:
    return [(str(value), _(str(value))) for value in values]
