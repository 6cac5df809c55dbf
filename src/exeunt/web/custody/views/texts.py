"""Texts that were entrusted: taking one in, what the house sees of it, lifting a mask of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exeunt.desk.asking import Asked, needs
from exeunt.procedures.entrusting.lifting import latest_mask
from exeunt.procedures.entrusting.lifting import lift as lift_mask
from exeunt.procedures.entrusting.taking_in import take_in
from exeunt.stages.narrators.queries import suggestions_for
from exeunt.stages.testimonies.actions.care import count_page
from exeunt.stages.testimonies.models import Account
from exeunt.stages.testimonies.queries.account import next_label
from exeunt.stages.testimonies.queries.entrusted import (
    entrusted_in,
    masked_text_of,
    narrator_entrusted,
)
from exeunt.stages.testimonies.queries.passages import shown_latest
from exeunt.studies.roles import Act
from exeunt.web.custody.asking import Unlocked, open_keys, unlocked, with_account
from exeunt.web.custody.forms.texts import LiftForm, TakeInForm
from exeunt.web.custody.standing import opening_of
from exeunt.web.custody.words import kind_words

FORM = ["GET", "POST"]


@require_http_methods(FORM)
@needs(Act.TAKE_IN)
@unlocked
def receive(request: Unlocked) -> HttpResponse:
    """Take a text in: it is sealed before a word of it is written anywhere else."""
    study = request.study
    form = TakeInForm(
        request,
        narrators=[one.narrator for one in entrusted_in(study, by=request.member)],
        offered=suggestions_for(study),
        label=next_label(study),
        chosen=request.GET.get("narrator", ""),
    )
    account = form.carry_out(lambda: _taken_in(request, form))
    if account is None:
        facts = {"form": form, "opening": opening_of(request.keys)}
        return render(request, "custody/receive.html", facts, status=form.status)
    messages.success(request, _("The text is sealed. Read it now, and say what is to be masked."))
    return redirect("custody:page", study_ref=study.ref, ref=account.ref, number=1)


@require_safe
@needs(Act.TAKE_IN)
@with_account
def text(request: Asked, account: Account) -> HttpResponse:
    """Show what the house reads of an entrusted account, and its masks; the vault may be shut."""
    masked = masked_text_of(account, by=request.member)
    facts: dict[str, object] = {
        "account": account,
        "masked": masked,
        "masks": [(one, kind_words(one.kind)) for one in masked.masks] if masked else [],
        "opening": opening_of(open_keys(request)),
    }
    if masked:
        facts["shown"] = shown_latest([account])[account.pk]
        facts["care"] = count_page(request.study, by=request.member)
    return render(request, "custody/text.html", facts)


@require_http_methods(FORM)
@needs(Act.TAKE_IN)
@with_account
@unlocked
def lift(request: Unlocked, account: Account, mask: str) -> HttpResponse:
    """Lift a mask of the working text, for a reason."""
    there = latest_mask(account, mask)
    form = LiftForm(request)
    version = form.carry_out(
        lambda: lift_mask(
            account=account, mask=mask, keys=request.keys, by=request.member, **form.facts()
        )
    )
    if version is None:
        facts = {
            "form": form,
            "account": account,
            "mask": there,
            "kind": kind_words(there.kind),
            "opening": opening_of(request.keys),
        }
        return render(request, "custody/lift.html", facts, status=form.status)
    messages.success(request, _("The mask is lifted; the working text has a new version."))
    return redirect("custody:text", study_ref=request.study.ref, ref=account.ref)


def _taken_in(request: Unlocked, form: TakeInForm) -> Account:
    chosen = form.cleaned_data["narrator"]
    return take_in(
        narrator=narrator_entrusted(request.study, chosen, by=request.member),
        received=form.received(),
        words=form.words(),
        ref=form.cleaned_data["once"],
        keys=request.keys,
        by=request.member,
    )
