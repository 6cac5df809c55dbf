"""Custodians: making one's key, letting somebody in, taking a key away."""

import base64

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exeunt.desk.asking import Asked
from exeunt.desk.forms import HouseForm
from exeunt.desk.fresh import fresh
from exeunt.errors import NotThere, NotYours
from exeunt.members.models import Member
from exeunt.vault import room
from exeunt.web.custody.asking import Unlocked, for_keepers, may_keep_a_key, unlocked
from exeunt.web.custody.forms.opening import AdmitForm, PrepareForm
from exeunt.web.custody.standing import Keeper, at_vault

FORM = ["GET", "POST"]


@require_http_methods(FORM)
@fresh
def prepare(request: Asked) -> HttpResponse:
    """Make one's own key, and hand its file out this once; it opens nothing before it is let in."""
    room.the_vault()
    if not may_keep_a_key(request):
        raise NotYours("Only a custodian of a study makes a key to the vault.")
    form = PrepareForm(request)
    prepared = form.carry_out(
        lambda: room.prepare_custodian(
            passphrase=form.cleaned_data["passphrase"], by=request.member
        )
    )
    if prepared is None:
        return render(request, "custody/prepare.html", {"form": form}, status=form.status)
    identity = prepared.identity
    facts = {"identity": identity.decode(), "encoded": base64.b64encode(identity).decode()}
    return render(request, "custody/prepared.html", facts)


@require_http_methods(FORM)
@for_keepers
@fresh
def admit(request: Asked, ref: str) -> HttpResponse:
    """Let somebody in who has made a key: every key is wrapped to theirs."""
    keeper = _keeper(request, ref)
    form = AdmitForm(request)
    done = form.carry_out(lambda: _admitted(request, keeper, form.cleaned_data["passphrase"]))
    if done is None:
        facts = {"form": form, "keeper": keeper}
        return render(request, "custody/admit.html", facts, status=form.status)
    messages.success(request, _("%(name)s is a custodian of the vault.") % {"name": keeper.name})
    return redirect("custody:vault")


@require_http_methods(FORM)
@for_keepers
@fresh
@unlocked
def remove(request: Unlocked, ref: str) -> HttpResponse:
    """Take a custodian's key away, at once."""
    keeper = _keeper(request, ref)
    form = HouseForm(request)
    done = form.carry_out(lambda: _removed(ref, by=request.member))
    if done is None:
        facts = {"form": form, "keeper": keeper}
        return render(request, "custody/remove.html", facts, status=form.status)
    messages.success(request, _("The key of %(name)s opens nothing more.") % {"name": keeper.name})
    return redirect("custody:vault")


def _admitted(request: Asked, keeper: Keeper, passphrase: str) -> room.Custodian:
    keys = room.keys_with(passphrase=passphrase, by=request.member)
    return room.admit_custodian(
        custodian=_custodian(keeper.ref), name=keeper.name, keys=keys, by=request.member
    )


def _removed(ref: str, *, by: Member) -> bool:
    room.remove_custodian(custodian=_custodian(ref), by=by)
    return True


def _custodian(ref: str) -> room.Custodian:
    found = next((one for one in room.custodians() if one.ref == ref), None)
    if found is None:
        raise NotThere("There is nothing here.")
    return found


def _keeper(request: Asked, ref: str) -> Keeper:
    found = next((one for one in at_vault(request).keepers if one.ref == ref), None)
    if found is None:
        raise NotThere("There is nothing here.")
    return found
