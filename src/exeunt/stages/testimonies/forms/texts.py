"""Sending files of texts, and saying of one that was read whether it is so."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from exeunt.desk.asking import Asked
from exeunt.desk.forms import HouseForm
from exeunt.stages.sources.intake.texts.codepages import CODEPAGES
from exeunt.stages.sources.intake.texts.finding import PROJECTS, TAKEN
from exeunt.stages.sources.states import Provenance
from exeunt.stages.testimonies.actions.texts import Reading
from exeunt.stages.testimonies.forms.account import LANGUAGES, PROVENANCES
from exeunt.stages.testimonies.forms.choices import line, offering

ENCODINGS = [("", _("as the file says, or as it looks")), *CODEPAGES.items()]


class ManyFilesInput(forms.FileInput):
    """A field into which many files are chosen or dropped."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Files, each checked as one would be."""

    widget = ManyFilesInput

    def clean(
        self,
        data: Any,
        initial: Any = None,  # noqa: ARG002 - as Django calls it
    ) -> list[UploadedFile[Any]]:
        """Return the files, in the order in which they were chosen."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        # An empty one is told of in the table of what became of all.
        if not given and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(given)


class ReadingForm(HouseForm):
    """How a text is read, where a person knows it."""

    encoding = forms.ChoiceField(
        label=_("How its letters are written"), required=False, choices=ENCODINGS
    )
    turns = forms.BooleanField(
        label=_("Take speakers and times out of lines that are laid out as a transcript"),
        required=False,
        initial=True,
    )

    def reading(self) -> Reading:
        """Return what was said of the reading."""
        said = self.cleaned_data
        return Reading(said.get("language", ""), said["encoding"], said["turns"])


class SendTextsForm(ReadingForm):
    """Sends files of texts, which are taken in beside the pages."""

    sent = ManyFilesField(
        label=_("Files"),
        help_text=_(
            "TXT, MD, HTML, DOCX, ODT, RTF, PDF, SRT or VTT: an account each. CSV, TSV, XLSX or "
            "JSON Lines: an account a row. ZIP of all these."
        ),
        widget=ManyFilesInput(
            attrs={"accept": ",".join((*TAKEN, *PROJECTS)), "data-drop": "", "autofocus": True}
        ),
    )
    provenance = forms.ChoiceField(
        label=_("Where these texts come from"),
        choices=[(one.value, _(one.value)) for one in PROVENANCES],
        widget=forms.RadioSelect,
    )
    language = offering(
        line(
            _("Language of all of them"),
            help_text=_("Left empty, it is found out for each; ar, en, fr or the like."),
            dir="ltr",
        ),
        LANGUAGES,
        name="languages",
    )
    field_order = ("sent", "provenance", "language", "encoding", "turns")

    def __init__(self, request: Asked, *, provenances: Sequence[Provenance]) -> None:
        """Ask where the texts come from only where the study has not said it yet."""
        super().__init__(request)
        if provenances:
            del self.fields["provenance"]


class ConfirmForm(HouseForm):
    """Says that a text is so, or how it should be."""

    edits = True

    text = forms.CharField(
        label=_("Text"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "dir": "auto", "class": "words"}),
    )


class ReadAnewForm(ReadingForm):
    """Reads a text from its file once more."""

    edits = True


class ThrowAwayForm(HouseForm):
    """Takes a text away that was never confirmed."""

    edits = True
