"""Taking a text in, masking it, and lifting a mask."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exeunt.desk.forms import HouseForm
from exeunt.methods.identifiers import Kind
from exeunt.procedures.entrusting.lifting import Why
from exeunt.procedures.entrusting.taking_in import Received
from exeunt.stages.narrators.models import Narrator
from exeunt.stages.narrators.queries import Suggestions
from exeunt.stages.narrators.states import ExitKind
from exeunt.stages.sources.intake.texts import TEXT_ENDINGS
from exeunt.stages.testimonies.forms.account import LANGUAGES
from exeunt.stages.testimonies.forms.choices import choice, exit_fields, line, offering
from exeunt.stages.testimonies.states import AgeBand, Setting
from exeunt.web.custody.steps import Step
from exeunt.web.custody.words import KINDS, WHYS

_NUMBER = re.compile("[0-9]{1,9}")
APART = frozenset({"once", "narrator", "file", "text"})


class TakeInForm(HouseForm):
    """Takes one text in, with what everybody in the study may know of it."""

    creates = True

    narrator = forms.ChoiceField(label=_("Who tells it"))
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_(
            "TXT, MD, HTML, DOCX, ODT, RTF, PDF, SRT or VTT. It is sealed before anything is "
            "written down."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(TEXT_ENDINGS)}),
    )
    text = forms.CharField(
        label=_("Or the words themselves"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 6, "dir": "auto", "class": "words", "autocomplete": "off"}
        ),
    )
    account_id = line(_("Label of the account"))
    language = offering(
        line(_("Language"), help_text=_("ar, en, fr or the like"), dir="ltr"),
        LANGUAGES,
        name="languages",
    )
    setting = choice(_("Setting"), Setting)
    age_band = choice(_("Age when speaking"), AgeBand)
    period = line(_("Period"), help_text=_("as the study divides its time"))

    def __init__(
        self,
        *asked: Any,
        narrators: Sequence[Narrator],
        offered: Suggestions,
        label: str,
        chosen: str,
    ) -> None:
        """Offer the study's narrators by their labels, and the groups that are known."""
        super().__init__(*asked, initial={"narrator": chosen})
        known = [(one.ref, one.label) for one in narrators]
        self.fields["narrator"].choices = known  # type: ignore[attr-defined]
        self.fields["account_id"].help_text = _("Left empty, it is called %(label)s.") % {
            "label": label
        }
        self.fields |= exit_fields(ExitKind)
        for name in ("group_left", "group_joined"):
            offering(self.fields[name], offered.groups)  # type: ignore[arg-type]

    def clean(self) -> dict[str, Any]:
        """Refuse neither and both: a file, or words."""
        typed = super().clean() or {}
        given = [bool(typed.get("file")), bool((typed.get("text") or "").strip())]
        if "file" not in self.errors and not any(given):
            self.add_error("file", _("Choose a file, or type the words below."))
        if all(given):
            self.add_error("text", _("Send either a file or words, not both."))
        return typed

    def received(self) -> Received:
        """Return what was handed over; of a file nothing is laid down in clear."""
        file = self.cleaned_data["file"]
        if file:
            return Received(file.read(), file.name)
        return Received(self.cleaned_data["text"].replace("\r\n", "\n").encode())

    def words(self) -> dict[str, str]:
        """Return what everybody may know, by the names of a table's columns."""
        return {name: said for name, said in self.cleaned_data.items() if name not in APART}


class StepForm(HouseForm):
    """One step of masking; ``act`` is what the button said, such as “accept 12”."""

    edits = True

    act = forms.CharField(max_length=60)
    kind = forms.ChoiceField(required=False, choices=list(KINDS.items()))
    words = forms.CharField(required=False, max_length=2_000, strip=True)
    start = forms.IntegerField(required=False, min_value=0)
    end = forms.IntegerField(required=False, min_value=0)

    def step(self, page: int) -> Step:
        """Return what is asked for; what was not said is nothing, and a kind is a person."""
        typed = self.cleaned_data if self.is_bound and self.is_valid() else {}
        act, _, number = str(typed.get("act", "")).partition(" ")
        return Step(
            act=act,
            number=int(number) if _NUMBER.fullmatch(number) else 0,
            page=page,
            kind=Kind(typed.get("kind") or Kind.PERSON),
            words=typed.get("words", ""),
            start=typed.get("start") or 0,
            end=typed.get("end") or 0,
        )


class FinishForm(HouseForm):
    """Hands the masked text to the house."""

    edits = True


class LiftForm(HouseForm):
    """Lifts a mask, for a reason."""

    why = forms.ChoiceField(
        label=_("Why it is lifted"),
        choices=[(why.value, words) for why, words in WHYS.items()],
        widget=forms.RadioSelect,
    )

    def facts(self) -> dict[str, Any]:
        """Return the reason."""
        return {"why": Why(super().facts()["why"])}
