"""Opening the vault, and making a key to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exeunt.desk.forms import HouseForm
from exeunt.members.passphrases import LONGEST
from exeunt.vault.room import Reason
from exeunt.web.custody.words import REASONS


def secret_field(label: Any, **how: Any) -> forms.CharField:
    """Make a field for a passphrase that no browser keeps."""
    widget = forms.PasswordInput(
        attrs={"autocomplete": "off", "class": "middling", "dir": "auto", "data-1p-ignore": ""}
    )
    return forms.CharField(label=label, strip=False, max_length=LONGEST, widget=widget, **how)


class OpenForm(HouseForm):
    """Opens the vault, for a reason."""

    reason = forms.ChoiceField(
        label=_("Why you open it"),
        choices=[(one.value, words) for one, words in REASONS.items()],
        widget=forms.RadioSelect,
    )
    passphrase = secret_field(
        _("Passphrase of your key"), help_text=_("Not the one with which you sign in.")
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput, max_length=400)

    def facts(self) -> dict[str, Any]:
        """Return the passphrase and the reason."""
        typed = super().facts()
        return {"passphrase": typed["passphrase"], "reason": Reason(typed["reason"])}


class AdmitForm(HouseForm):
    """Lets somebody in, by the custodian's own passphrase, typed again."""

    passphrase = secret_field(
        _("Passphrase of your key"), help_text=_("Asked again, even while the vault stands open.")
    )


class PrepareForm(HouseForm):
    """Makes one's own key."""

    passphrase = secret_field(
        _("A passphrase for this key"),
        help_text=_(
            "Five words or more that you use nowhere else. Nobody can tell it to you if you "
            "forget it."
        ),
    )
    again = secret_field(_("The same once more"))

    def clean(self) -> dict[str, Any]:
        """Refuse two passphrases that differ."""
        typed = super().clean() or {}
        if "passphrase" in typed and "again" in typed and typed["passphrase"] != typed["again"]:
            self.add_error("again", _("This is another passphrase than the one above."))
        return typed
