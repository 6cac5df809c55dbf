"""A memo on a code or on the study, and changing one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from exeunt.desk.asking import Asked
from exeunt.desk.forms import HouseForm
from exeunt.stages.coding.models import Memo
from exeunt.stages.coding.queries.memos import codes_to_note_on
from exeunt.stages.coding.rules.prose import LONGEST_PROSE


def _words() -> forms.CharField:
    return forms.CharField(
        label=_("What you think"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_PROSE,
    )


class MemoForm(HouseForm):
    """A new memo: what it is about, and its words."""

    creates = True

    def __init__(self, request: Asked) -> None:
        """Offer the study and every code of the codebooks as they stand."""
        super().__init__(request)
        groups = [
            (version.name, [(str(code.pk), f"{code.key} {code.label}") for code in codes])
            for version, codes in codes_to_note_on(request.study)
        ]
        self.fields["code"] = forms.ChoiceField(
            label=_("About"), choices=[("", _("the study")), *groups], required=False
        )
        self.fields["words"] = _words()


class ChangeMemoForm(HouseForm):
    """Other words for a memo of one's own."""

    edits = True

    def __init__(self, request: Asked, memo: Memo) -> None:
        """Show what it says."""
        super().__init__(request, initial={"words": memo.words}, revision=memo.revision)
        self.fields["words"] = _words()
