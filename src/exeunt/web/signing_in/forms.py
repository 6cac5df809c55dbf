"""What a person fills in to come in, and to be known by more than a passphrase."""

import unicodedata
from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from exeunt.desk.forms import HouseForm
from exeunt.members.passphrases import LONGEST
from exeunt.members.rules import LONGEST_NAME
from exeunt.web.signing_in.adapters import WRONG_CODE

LONGEST_CODE = 32
# What a browser of ours never sends, and what fido2 may trip over.
ODD = (AttributeError, KeyError, TypeError, ValueError, IndexError)


def plainly(field: forms.Field, label: Any, *, longest: int) -> None:
    """Give a field of allauth's our label, no words inside it, and an end."""
    field.label = label
    field.help_text = ""
    field.widget.attrs.pop("placeholder", None)
    field.validators.append(MaxLengthValidator(longest))


def passphrase_field(label: Any, *, known: str, **options: Any) -> forms.CharField:
    """Return a field for a passphrase; ``known`` tells a browser which one to offer."""
    widget = forms.PasswordInput(attrs={"autocomplete": known})
    return forms.CharField(label=label, strip=False, max_length=LONGEST, widget=widget, **options)


class SignInForm(LoginForm):  # type: ignore[misc]
    """A name and a passphrase."""

    def __init__(self, *words: Any, **options: Any) -> None:
        """Take the request."""
        super().__init__(*words, **options)
        plainly(self.fields["login"], _("Name"), longest=LONGEST_NAME)
        plainly(self.fields["password"], _("Passphrase"), longest=LONGEST)

    def clean_login(self) -> str:
        """Return the name in the form in which names are kept."""
        name: str = super().clean_login()
        return unicodedata.normalize("NFC", " ".join(name.split()))


class PassphraseAgainForm(ReauthenticateForm):  # type: ignore[misc]
    """The passphrase once more."""

    def __init__(self, *words: Any, **options: Any) -> None:
        """Take the member."""
        super().__init__(*words, **options)
        plainly(self.fields["password"], _("Passphrase"), longest=LONGEST)


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """A code from the app, or a recovery code."""

    def __init__(self, *words: Any, **options: Any) -> None:
        """Take the member."""
        super().__init__(*words, **options)
        plainly(self.fields["code"], _("Code"), longest=LONGEST_CODE)


class CodeAgainForm(ReauthenticateByCodeForm):  # type: ignore[misc]
    """A code, to show once more that it is them."""

    def __init__(self, *words: Any, **options: Any) -> None:
        """Take the member."""
        super().__init__(*words, **options)
        plainly(self.fields["code"], _("Code"), longest=LONGEST_CODE)


class AppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app that is being added."""

    def __init__(self, *words: Any, **options: Any) -> None:
        """Take the member."""
        super().__init__(*words, **options)
        plainly(self.fields["code"], _("Code that the app shows"), longest=LONGEST_CODE)


class NewPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey that is being added."""

    def __init__(self, *words: Any, **options: Any) -> None:
        """Take the member."""
        super().__init__(*words, **options)
        plainly(self.fields["name"], _("Name of the passkey"), longest=LONGEST_NAME)
        alone = self.fields["passwordless"]
        alone.label = _("Sign in with this passkey alone")
        alone.help_text = _(
            "The device then asks for its own PIN, fingerprint or face, and you need no passphrase."
        )
        alone.initial = True

    def clean(self) -> Any:
        """Refuse what no browser would send, in a sentence."""
        return _in_a_sentence(super().clean)


class PasskeyNameForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *words: Any, **options: Any) -> None:
        """Take the passkey."""
        super().__init__(*words, **options)
        plainly(self.fields["name"], _("Name of the passkey"), longest=LONGEST_NAME)


class PasskeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]
    """What a passkey answers, after the passphrase."""

    def clean_credential(self) -> Any:
        """Refuse what no browser would send, in a sentence."""
        return _in_a_sentence(super().clean_credential)


class PasskeyAloneForm(LoginWebAuthnForm):  # type: ignore[misc]
    """What a passkey answers, instead of name and passphrase."""

    def clean_credential(self) -> Any:
        """Refuse what no browser would send, in a sentence."""
        return _in_a_sentence(super().clean_credential)


class PasskeyAgainForm(ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """What a passkey answers, to show once more that it is them."""

    def clean_credential(self) -> Any:
        """Refuse what no browser would send, in a sentence."""
        return _in_a_sentence(super().clean_credential)


class TwiceTyped(HouseForm):
    """A new passphrase, typed twice."""

    passphrase = passphrase_field(
        _("New passphrase"),
        known="new-password",
        help_text=_("At least 12 characters. Several words in a row are easiest to remember."),
    )
    again = passphrase_field(_("New passphrase once more"), known="new-password")

    def clean(self) -> dict[str, Any]:
        """Refuse two that differ."""
        facts = super().clean() or {}
        if {"passphrase", "again"} <= facts.keys() and facts["passphrase"] != facts["again"]:
            self.add_error("again", _("The two are not the same."))
        return facts


class WelcomeForm(TwiceTyped):
    """The first passphrase."""


class PassphraseForm(TwiceTyped):
    """Another passphrase in place of the one there is."""

    now = passphrase_field(_("Your passphrase as it is now"), known="current-password")
    field_order = ("now", "passphrase", "again")


def _in_a_sentence(clean: Any) -> Any:
    try:
        return clean()
    except ODD as odd:
        raise ValidationError(WRONG_CODE, code="incorrect_code") from odd
