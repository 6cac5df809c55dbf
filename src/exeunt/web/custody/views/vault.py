"""The vault: how it stands, opening it, shutting it, and what was done in it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exeunt.desk.asking import Asked
from exeunt.desk.fresh import fresh
from exeunt.vault import room
from exeunt.web.custody.asking import for_keepers, forget, keep, own_path, session_of
from exeunt.web.custody.entries import told
from exeunt.web.custody.forms.opening import OpenForm
from exeunt.web.custody.standing import at_vault

FORM = ["GET", "POST"]


@require_safe
def vault(request: Asked) -> HttpResponse:
    """Show how the vault stands, and to custodians who keeps it and whether it is open for them."""
    return render(request, "custody/vault.html", {"vault": at_vault(request)})


@require_http_methods(FORM)
@for_keepers
@fresh
def open_(request: Asked) -> HttpResponse:
    """Open the vault with one's own passphrase and a reason, and go back to where one was."""
    form = OpenForm(request, initial={"next": request.GET.get("next", "")})
    word = form.carry_out(
        lambda: room.open_vault(session=session_of(request), by=request.member, **form.facts())
    )
    if word is None:
        return render(request, "custody/open.html", {"form": form}, status=form.status)
    response = redirect(own_path(form.cleaned_data["next"], request))
    keep(word, response)
    return response


@require_POST
@for_keepers
def shut(request: Asked) -> HttpResponse:
    """Shut the vault for oneself."""
    room.shut_vault(by=request.member)
    messages.success(request, _("The vault is shut."))
    response = redirect("custody:vault")
    forget(response)
    return response


@require_safe
@for_keepers
def ledger(request: Asked) -> HttpResponse:
    """Show what was done in the vault; to whom, nobody can tell from it."""
    entries = room.latest_entries(by=request.member)
    return render(request, "custody/ledger.html", {"lines": told(entries)})
