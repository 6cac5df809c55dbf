"""Coming in, showing once more that it is you, and going out."""

import ipaddress
from typing import Any

from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import split_domain_port
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator

from exeunt.errors import Refusal
from exeunt.web.custody.asking import forget
from exeunt.web.signing_in.forms import (
    CodeAgainForm,
    CodeForm,
    PasskeyAgainForm,
    PasskeyAloneForm,
    PasskeyForm,
    PassphraseAgainForm,
    SignInForm,
)
from exeunt.web.signing_in.sessions import ENDED
from exeunt.web.views.refusals import NOT_UNDERSTOOD, refused

TOO_MANY = 429


class ShownAgain:
    """A form that is not sound is shown again as what it is: not understood."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form with what stands against it."""
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        response.status_code = NOT_UNDERSTOOD
        return response


class SignIn(ShownAgain, LoginView):  # type: ignore[misc]
    """Come in by name and passphrase, or by a passkey alone."""

    form_class = SignInForm

    @method_decorator(login_not_required)
    def dispatch(self, request: HttpRequest, *places: Any, **named: Any) -> HttpResponseBase:
        """Answer at the machine's name: no browser lets a passkey be used at a bare number."""
        if request.method == "GET" and (name := _name_of_this_machine(request)):
            return redirect(f"{request.scheme}://{name}{request.get_full_path()}")
        response: HttpResponseBase = super().dispatch(request, *places, **named)
        return response

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """Say why one has to sign in again."""
        return {**super().get_context_data(**named), "ended": self.request.session.pop(ENDED, "")}


class SecondFactor(AuthenticateView):  # type: ignore[misc]
    """Show a second factor after the passphrase."""

    form_class = CodeForm
    webauthn_form_class = PasskeyForm

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the page with what stands against the form."""
        response: HttpResponse = super().form_invalid(form)
        response.status_code = NOT_UNDERSTOOD
        return response

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """Show which factors there are, and what stands against the passkey's answer."""
        facts = super().get_context_data(**named)
        kinds = set(self.stage.login.user.authenticator_set.values_list("type", flat=True))
        forms = [facts["form"], facts["webauthn_form"]]
        return {**facts, "kinds": kinds, "forms": [one for one in forms if one.is_bound]}


class PasskeyAlone(LoginWebAuthnView):  # type: ignore[misc]
    """Come in by a passkey, without a name."""

    form_class = PasskeyAloneForm


class SignOut(LogoutView):  # type: ignore[misc]
    """Go out; the vault is shut behind who goes."""

    def post(self, request: HttpRequest, *places: Any, **named: Any) -> HttpResponse:
        """Go out, and take the browser's half of the vault's key along."""
        response: HttpResponse = super().post(request, *places, **named)
        forget(response)
        return response


class PassphraseAgain(ShownAgain, ReauthenticateView):  # type: ignore[misc]
    """Show by the passphrase that it is you."""

    form_class = PassphraseAgainForm


class CodeAgain(ShownAgain, ReauthenticateByCodeView):  # type: ignore[misc]
    """Show by a code that it is you."""

    form_class = CodeAgainForm


class PasskeyAgain(ReauthenticateWebAuthnView):  # type: ignore[misc]
    """Show by a passkey that it is you."""

    form_class = PasskeyAgainForm

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the page with what stands against the passkey's answer."""
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        response.status_code = NOT_UNDERSTOOD
        return response

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """Keep the form that was sent, which allauth would replace."""
        return {**super().get_context_data(**named), **named}


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer who tries too often."""
    often = Refusal("This was tried too often from where you are. Wait a minute, then try again.")
    return refused(request, often, status=TOO_MANY)


def way_in() -> str:
    """Return the address at which one signs in."""
    return reverse("account_login")


def _name_of_this_machine(request: HttpRequest) -> str | None:
    """Return this machine's name and port, where it was asked by its own number."""
    asked, port = split_domain_port(request.get_host())
    try:
        here = ipaddress.ip_address(asked.strip("[]")).is_loopback
    except ValueError:
        return None
    return f"localhost:{port}" if here else None
