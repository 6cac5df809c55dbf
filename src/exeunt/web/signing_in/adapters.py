"""Where allauth asks the house: who may come in, what is said, what is sealed, what is recorded."""

import hashlib
import hmac
import unicodedata
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exeunt.archive.key import derived
from exeunt.desk.fresh import is_fresh
from exeunt.members.models import Member
from exeunt.web.custody.shutting import shut_behind
from exeunt.web.signing_in.actions import came_in, was_closed, went_out
from exeunt.web.signing_in.sealing import seal, unseal
from exeunt.web.signing_in.sessions import begin

SITE = "Exeunt"
FACTORS = "exeunt second factors v1"
CLOSED_FOR = 15 * 60
WRONG = _("The name or the passphrase is wrong.")
CLOSED = _(
    "Too many attempts have failed, so signing in is closed for a while. "
    "Try again in 15 minutes, or use a passkey."
)
WRONG_CODE = _("This is not right. Wait for the next code, or try again.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in by name and passphrase, without sign-up and without mail."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "incorrect_password": _("This is not your passphrase."),
        "too_many_login_attempts": CLOSED,
        "rate_limited": CLOSED,
        "incorrect_code": WRONG_CODE,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody comes in but by a link that a lead has drawn for them."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return what stands for the address from which failures are counted."""
        return opaque(super().get_client_ip(request))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse after five failures, and write once that it came to this."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            _closed(str(credentials.get("username", "")))
            raise

    def login(self, request: HttpRequest, user: Member) -> None:
        """Begin a session."""
        super().login(request, user)
        begin(request.session)
        records = get_authentication_records(request, user)
        way = "+".join(str(one.get("type") or one["method"]) for one in records)
        came_in(user, way=way or "unknown")

    def logout(self, request: HttpRequest) -> None:
        """End a session."""
        if isinstance(request.user, Member):
            shut_behind(request)
            went_out(request.user)
        super().logout(request)

    def respond_user_inactive(self, request: HttpRequest, user: Member) -> HttpResponse:  # noqa: ARG002
        """Answer a machine as one whom nobody knows."""
        return redirect("account_login")

    def add_message(self, *args: Any, message: Any = None, **options: Any) -> None:
        """Say what a page of ours says; allauth's own messages are about mail and passwords."""
        if message:
            super().add_message(*args, message=message, **options)

    def send_notification_mail(self, *args: Any, **options: Any) -> None:
        """Send nothing: there is no mail here."""

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:  # noqa: ARG002
        """Ask again when signing in lies more than ten minutes back."""
        return not is_fresh(context.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Name the ways in our words."""
        words = {
            "reauthenticate": _("With the passphrase"),
            "mfa_reauthenticate": _("With a code from the app, or a recovery code"),
            "mfa_reauthenticate:webauthn": _("With a passkey"),
        }
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": words[method["id"]]} for method in methods]

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ARG002
        return opaque(as_typed(str(credentials.get("username", ""))))


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors, sealed.

    The hooks that seal are not told whose secret it is, so that this is not part of the seal.
    Whoever could put one member's secret in another's row could as well put a passkey there.
    """

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored."""
        return seal(text, purpose=FACTORS)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret that was stored."""
        return unseal(encrypted_text, purpose=FACTORS)

    def generate_authenticator_name(self, user: Member, type: str) -> str:
        """Propose a name for a passkey."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey {number}").format(number=count + 1)

    def _get_site_name(self) -> str:
        return SITE


def as_typed(name: str) -> str:
    """Return a name in the one form by which attempts are counted.

    >>> as_typed("  AMINA  Two")
    'amina two'
    """
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()


def opaque(words: str) -> str:
    """Return what stands for words that must not be read in the cache or the ledger."""
    key = derived(settings.EXEUNT_SERVER_KEY, "exeunt counted failures v1")
    return hmac.new(key, words.encode(), hashlib.sha256).hexdigest()[:16]


def _closed(name: str) -> None:
    """Write down once that a name was closed; a name that nobody has is treated alike."""
    key = opaque(as_typed(name))
    if cache.add(f"closed:{key}", 1, timeout=CLOSED_FOR):
        member = Member.objects.filter(name__iexact=" ".join(name.split())).first()
        was_closed(member.ref if member is not None else key)
