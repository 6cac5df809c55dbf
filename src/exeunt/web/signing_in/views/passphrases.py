"""Setting a passphrase: by a one-time link, and later by oneself."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from exeunt.desk.asking import Asked
from exeunt.members.actions import accept, change_passphrase
from exeunt.members.models import Member
from exeunt.members.queries import invitation_with
from exeunt.web.signing_in.forms import PassphraseForm, WelcomeForm


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def welcome(request: Asked, token: str) -> HttpResponse:
    """Let somebody set their passphrase by a one-time link; looking at it does not use it up."""
    invited = invitation_with(token).member
    form = WelcomeForm(request)
    member = form.carry_out(lambda: accept(token=token, passphrase=form.cleaned_data["passphrase"]))
    if member is not None:
        _let_in(request, member)
        return redirect("mfa_index")
    return render(
        request, "welcome/welcome.html", {"form": form, "name": invited.name}, status=form.status
    )


@sensitive_post_parameters()
@rate_limit(action="change_password")  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "POST"])
def passphrase(request: Asked) -> HttpResponse:
    """Set another passphrase; whoever else is signed in by the old one is out."""
    form = PassphraseForm(request)
    member = form.carry_out(
        lambda: change_passphrase(
            now=form.cleaned_data["now"],
            passphrase=form.cleaned_data["passphrase"],
            by=request.member,
        )
    )
    if member is not None:
        update_session_auth_hash(request, member)
        messages.success(request, _("The passphrase is changed. Every other session has ended."))
        return redirect("mfa_index")
    return render(request, "account/password_change.html", {"form": form}, status=form.status)


def _let_in(request: HttpRequest, member: Member) -> None:
    """Sign in who came by a link, and nobody who was signed in here before."""
    door = get_adapter()
    if request.user.is_authenticated:
        door.logout(request)
    record_authentication(request, member, "link")
    door.login(request, member)
