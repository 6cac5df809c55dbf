"""What protects a member beside the passphrase: passkeys, an app, recovery codes."""

from typing import Any, ClassVar

from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exeunt.desk.asking import Asked
from exeunt.desk.fresh import fresh
from exeunt.web.signing_in.actions import gained_factor, keep_codes, lost_factor, renewed_codes
from exeunt.web.signing_in.forms import AppForm, NewPasskeyForm, PasskeyNameForm
from exeunt.web.signing_in.views.entering import ShownAgain

PASSKEY, APP, CODES = (
    Authenticator.Type.WEBAUTHN,
    Authenticator.Type.TOTP,
    Authenticator.Type.RECOVERY_CODES,
)


class Factors(IndexView):  # type: ignore[misc]
    """See what protects you, and change it."""

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """Count the recovery codes that are left, without opening what is sealed."""
        facts = super().get_context_data(**named)
        codes = facts["authenticators"].get(CODES)
        used = codes.instance.data.get("used_mask", 0).bit_count() if codes else 0
        return {
            **facts,
            "codes": codes,
            "codes_left": settings.MFA_RECOVERY_CODE_COUNT - used,
            "passkeys": facts["authenticators"].get(PASSKEY, []),
            "app": facts["authenticators"].get(APP),
        }


@method_decorator(transaction.atomic, name="form_valid")
class AddPasskey(ShownAgain, AddWebAuthnView):  # type: ignore[misc]
    """Add a passkey."""

    form_class = NewPasskeyForm

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """Keep the form that was sent, which allauth would replace."""
        return {**super().get_context_data(**named), **named}

    def form_valid(self, form: Any) -> HttpResponse:
        """Add it, and write down that there is one more."""
        response: HttpResponse = super().form_valid(form)
        gained_factor(self.request.user, kind=PASSKEY.value)
        messages.success(self.request, _("The passkey is added."))
        return response


class RenamePasskey(ShownAgain, EditWebAuthnView):  # type: ignore[misc]
    """Give a passkey another name."""

    form_class = PasskeyNameForm
    success_url = reverse_lazy("mfa_index")


@method_decorator(transaction.atomic, name="form_valid")
class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]
    """Remove a passkey."""

    # allauth also removes on DELETE, past what is written down here.
    http_method_names: ClassVar = ["get", "head", "post", "options"]

    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, and write down that there is one less."""
        response: HttpResponse = super().form_valid(form)
        lost_factor(self.request.user, kind=PASSKEY.value)
        messages.success(self.request, _("The passkey is removed."))
        return response


@method_decorator(transaction.atomic, name="form_valid")
class AddApp(ShownAgain, ActivateTOTPView):  # type: ignore[misc]
    """Add an app that shows codes."""

    form_class = AppForm

    def form_valid(self, form: Any) -> HttpResponse:
        """Add it, and write down that there is one more."""
        response: HttpResponse = super().form_valid(form)
        gained_factor(self.request.user, kind=APP.value)
        messages.success(self.request, _("The app is added."))
        return response


@method_decorator(transaction.atomic, name="form_valid")
class RemoveApp(DeactivateTOTPView):  # type: ignore[misc]
    """Remove the app that shows codes."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, and write down that there is one less."""
        response: HttpResponse = super().form_valid(form)
        lost_factor(self.request.user, kind=APP.value)
        messages.success(self.request, _("The app is removed."))
        return response


@method_decorator(transaction.atomic, name="form_valid")
class RenewCodes(ShownAgain, GenerateRecoveryCodesView):  # type: ignore[misc]
    """Draw new recovery codes; the old ones work no more."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Draw them, and write it down."""
        response: HttpResponse = super().form_valid(form)
        renewed_codes(self.request.user)
        return response


@require_http_methods(["GET", "POST"])
@fresh
def codes(request: Asked) -> HttpResponse:
    """Show recovery codes until their owner says that they are kept, and then never again."""
    held = codes_of(request)
    if request.method == "POST":
        keep_codes(codes=held, by=request.member)
        return redirect("home")
    wrapped = held.wrap()
    left = [] if wrapped.did_view else wrapped.get_unused_codes()
    return render(request, "mfa/recovery_codes/index.html", {"codes": left})


def codes_of(request: HttpRequest) -> Authenticator:
    """Return the recovery codes of who asks; without a second factor there are none."""
    held = Authenticator.objects.filter(user=request.user, type=CODES).first()
    if held is None:
        raise Http404
    return held
