"""Sending the scan of a signed paper."""

from django import forms
from django.utils.translation import gettext_lazy as _

from exeunt.desk.forms import HouseForm
from exeunt.procedures.entrusting.signed import KINDS


class SignedScanForm(HouseForm):
    """Seals one scan."""

    creates = True

    file = forms.FileField(
        label=_("The scan"),
        help_text=_(
            "A PDF, or a JPEG, PNG or TIFF picture, of at most 20 MB. It is sealed byte for byte, "
            "and nobody but a custodian opens it."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join((*KINDS, ".jpeg", ".tif"))}),
    )

    def content(self) -> bytes:
        """Return the file; nothing of it is laid down in clear."""
        return bytes(self.cleaned_data["file"].read())
