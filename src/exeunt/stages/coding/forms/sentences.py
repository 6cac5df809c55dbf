"""Marking a text by the numbers of its sentences, as it is done without a script."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exeunt.desk.asking import Asked
from exeunt.desk.forms import HouseForm
from exeunt.methods.segmentation import Span
from exeunt.stages.coding.queries.paragraphs import sentence_spans
from exeunt.stages.coding.queries.texts import OwnText
from exeunt.stages.coding.rules.marking import Act, Batch
from exeunt.stages.coding.rules.prose import LONGEST_PROSE
from exeunt.stages.coding.states import Do

TAKE_OFF = "off"
FIRST = 1


class SentencesForm(HouseForm):
    """From which sentence to which, with which code and value; or a memo, or both."""

    def __init__(self, request: Asked, own: OwnText, *, values: list[tuple[str, Any]]) -> None:
        """Offer the codes of the codebook and those that who asks has proposed."""
        super().__init__(request, initial={"text": own.text.number})
        self.spans = sentence_spans(own.text.text)
        self.revision = own.marks.revision
        most = len(self.spans)
        self.fields["text"] = forms.IntegerField(widget=forms.HiddenInput)
        self.fields["first"] = forms.IntegerField(
            label=_("From sentence"), min_value=FIRST, max_value=most
        )
        self.fields["last"] = forms.IntegerField(
            label=_("To sentence"),
            required=False,
            help_text=_("Empty: that one alone."),
            min_value=FIRST,
            max_value=most,
        )
        self._ask_for_code(own, values)
        if own.marks.lost:
            self._ask_for_lost(own)

    def _ask_for_code(self, own: OwnText, values: list[tuple[str, Any]]) -> None:
        codes = [(code.key, f"{code.key} {code.label}") for code in (*own.codebook, *own.proposed)]
        self.fields["code"] = forms.ChoiceField(
            label=_("Code"), choices=[("", "–"), *codes], required=False
        )
        self.fields["value"] = forms.ChoiceField(
            label=_("Value"), choices=[("", "–"), *values], required=False
        )
        self.fields["memo"] = forms.CharField(
            label=_("Memo on these sentences"),
            widget=forms.Textarea(attrs={"rows": 2}),
            max_length=LONGEST_PROSE,
            required=False,
        )

    def _ask_for_lost(self, own: OwnText) -> None:
        lost = [(one.excerpt, f"{one.code} “{one.words}”") for one in own.marks.lost]
        self.fields["lost"] = forms.ChoiceField(
            label=_("An excerpt that lost its place, to be put here"),
            choices=[("", "–"), *lost],
            required=False,
        )

    @property
    def takes_off(self) -> bool:
        """Whether the code is to be taken off."""
        return self.request.POST.get("do") == TAKE_OFF

    def clean(self) -> dict[str, Any]:
        """Refuse sentences the wrong way round, and nothing to be done."""
        typed = super().clean() or {}
        first, last = typed.get("first"), typed.get("last")
        if first and last and last < first:
            self.add_error("last", _("This sentence stands before the first one."))
        if not any(typed.get(name) for name in ("code", "memo", "lost")):
            self.add_error("code", _("Choose a code, or write a memo."))
        return typed

    def batch(self) -> Batch:
        """Return what is to be done in the text."""
        typed = self.cleaned_data
        return Batch(typed["text"], self.revision, tuple(self._acts()))

    @property
    def span(self) -> Span:
        """The stretch from the first sentence to the last."""
        first = self.cleaned_data["first"]
        last = self.cleaned_data["last"] or first
        return Span(self.spans[first - FIRST].start, self.spans[last - FIRST].end)

    def _acts(self) -> list[Act]:
        typed, span = self.cleaned_data, self.span
        acts = []
        if typed.get("lost"):
            acts.append(
                Act(Do.MOVE, 0, 0, to_start=span.start, to_end=span.end, lost=typed["lost"])
            )
        if typed["code"] and self.takes_off:
            acts.append(Act(Do.UNMARK, *span, typed["code"]))
        elif typed["code"]:
            acts.append(Act(Do.MARK, *span, typed["code"], typed["value"]))
        if typed["memo"]:
            acts.append(Act(Do.MEMO, *span, words=typed["memo"]))
        return acts
