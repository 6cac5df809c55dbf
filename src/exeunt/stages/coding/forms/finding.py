"""What is sought: sent by GET, so that a search has an address."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exeunt.desk.asking import Asked
from exeunt.desk.fields import LineField
from exeunt.desk.forms import UNTOUCHED, BothVersions, HouseForm
from exeunt.errors import Word
from exeunt.methods.concordance import Order
from exeunt.stages.coding.queries.finding.pages import MayAsk
from exeunt.stages.coding.rules.seeking import (
    BY,
    LONGEST,
    NAMES,
    SIDES,
    USUAL_APART,
    Seeking,
    parts_of,
    seeking_in,
)
from exeunt.stages.coding.states import Gap, Of, Whose

Words = str | Promise
Choices = Iterable[tuple[str, Words]]
LONGEST_TITLE = 200
ANY: tuple[str, Words] = ("", _("any"))
NONE: tuple[str, Words] = ("", _("none"))
GIVEN: tuple[str, Words] = ("", _("given at all"))
NEARNESS = {
    "sentences": _("so many sentences away at most"),
    "turns": _("so many turns away at most"),
    "overlapping": _("overlapping"),
    "same": _("the same excerpt"),
}
ON_SIDE = {"either": _("before or after it"), "after": _("after it"), "before": _("before it")}
OF = {Of.PLACE: _("of just these words"), Of.ACCOUNT: _("of the whole account")}
WHOSE = {
    Whose.ALL: _("all that I may see"),
    Whose.MINE: _("mine"),
    Whose.SETTLED: _("what was settled"),
}
ORDERS = {
    Order.TEXT: _("as the texts came in"),
    Order.BEFORE: _("by the words before"),
    Order.AFTER: _("by the words after"),
}
MORE = ("code", "value", "of", "without", "beside", "near", "most", "side", "whose", "coder")


class SeekForm(HouseForm):
    """Seeks words, and what was judged of them; nothing is required but something to seek."""

    nothing_required = True

    def __init__(self, request: Asked, may: MayAsk) -> None:
        """Offer what the study holds, and take what stands in the address."""
        self.request = request
        self.status = UNTOUCHED
        self.theirs: list[BothVersions] = []
        asked = any(request.GET.get(name) for name in NAMES)
        forms.Form.__init__(self, data=request.GET if asked else None)
        self.fields["q"] = forms.CharField(
            label=_("Words"),
            required=False,
            help_text=_(
                "All of them in one passage. “in this order”, begin*, one OR other, -without."
            ),
            widget=forms.TextInput(attrs={"type": "search", "dir": "auto", "autocomplete": "off"}),
        )
        self._narrow(may)
        if may.codes:
            self._ask_codes(may)
        self._choose("order", _("In the order"), ORDERS.items())

    def words(self) -> list[forms.BoundField]:
        """The fields of the first row."""
        return [self[name] for name in ("q", "order")]

    def codes(self) -> list[forms.BoundField]:
        """The fields about codes."""
        names = ("codebook", *MORE)
        return [self[name] for name in names if name in self.fields]

    def accounts(self) -> list[forms.BoundField]:
        """The fields about accounts and who speaks."""
        names = ("speaker", "group", "period", "language", "setting")
        return [self[name] for name in names if name in self.fields]

    def uses(self, fields: Iterable[forms.BoundField]) -> bool:
        """Tell whether any of these fields narrows the search, or is wrong."""
        usual = {"codebook", "whose", "near", "most", "side", "of"}
        return any(field.errors or (field.name not in usual and field.value()) for field in fields)

    @property
    def uses_codes(self) -> bool:
        """Whether something is sought by codes."""
        return self.uses(self.codes())

    @property
    def narrows(self) -> bool:
        """Whether it is sought among some accounts only."""
        return self.uses(self.accounts())

    def seeking(self) -> Seeking:
        """Return what is sought."""
        return seeking_in({name: str(word or "") for name, word in self.cleaned_data.items()})

    def _narrow(self, may: MayAsk) -> None:
        self.fields["speaker"] = forms.CharField(
            label=_("Who speaks"), required=False, max_length=LONGEST
        )
        offered = may.accounts
        self._choose("group", _("Group left"), _same(offered.groups), first=ANY)
        self._choose("period", _("Period"), _same(offered.periods), first=ANY)
        self._choose("language", _("Language"), _same(offered.languages), first=ANY)
        self._choose("setting", _("Setting"), _ours(offered.settings), first=ANY)

    def _ask_codes(self, may: MayAsk) -> None:
        codes = [(key, f"{key} {label}") for key, label in may.codes]
        values = [(value, f"{value} {meaning}") for value, meaning in may.values]
        gaps = _ours(gap for gap in Gap if gap is not Gap.NOT_MENTIONED)
        self._choose("codebook", _("Codebook"), _same(may.versions))
        self._choose("code", _("Coded with"), codes, first=ANY)
        self._choose("value", _("Value"), [*values, *gaps], first=GIVEN)
        self._choose("of", _("Which was said"), OF.items())
        self._choose("without", _("Not coded with"), codes, first=NONE)
        self._choose("beside", _("Near what is coded with"), codes, first=NONE)
        self._choose("near", _("Near means"), [(name, NEARNESS[name]) for name in BY])
        self.fields["most"] = forms.CharField(
            label=_("So many"),
            required=False,
            max_length=LONGEST,
            widget=forms.NumberInput(attrs={"min": 0, "placeholder": USUAL_APART}),
        )
        self._choose("side", _("Where that stands"), [(name, ON_SIDE[name]) for name in SIDES])
        self._choose("whose", _("By whose reading"), [(who, WHOSE[who]) for who in may.whose])
        if may.coders:
            self._choose("coder", _("Reader"), may.coders, first=ANY)

    def _choose(
        self, name: str, label: Any, choices: Choices, *, first: tuple[str, Words] | None = None
    ) -> None:
        every = [*([first] if first else []), *choices]
        asked = self.data.get(name)
        if len(every) > 1 or asked:
            self.fields[name] = forms.ChoiceField(
                label=label, required=False, choices=[(str(value), word) for value, word in every]
            )


class KeepSearchForm(HouseForm):
    """Keeps a search under a title."""

    creates = True

    title = LineField(Word("A title"), longest=LONGEST_TITLE, label=_("Title"))

    def __init__(self, request: Asked, seeking: Seeking | None = None) -> None:
        """Carry along what is sought."""
        super().__init__(request)
        parts = parts_of(seeking) if seeking is not None else {}
        for name in NAMES:
            self.fields[name] = forms.CharField(
                required=False, strip=False, widget=forms.HiddenInput, initial=parts.get(name, "")
            )

    def facts(self) -> dict[str, Any]:
        """Return the title, what is sought, and the reference that the search will have."""
        facts = super().facts()
        return {
            "title": facts["title"],
            "seeking": seeking_in({name: facts[name] for name in NAMES}),
            "ref": facts["ref"],
        }


def _same(values: Iterable[str]) -> list[tuple[str, Words]]:
    return [(value, value) for value in values]


def _ours(values: Iterable[str]) -> list[tuple[str, Words]]:
    return [(str(value), _(str(value))) for value in values]
