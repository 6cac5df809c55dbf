"""Stopping, withdrawing, renewing, narrowing, calling invalid, and vouching for consent."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from exeunt.desk.asking import Asked, needs
from exeunt.desk.forms import HouseForm
from exeunt.desk.saying import sentence_said
from exeunt.stages.consent.actions.events import (
    invalidate_consent,
    narrow_consent,
    renew_consent,
    review_freedom,
    suspend_called,
    suspend_consent,
    withdraw_consent,
)
from exeunt.stages.consent.forms import (
    NarrowForm,
    RenewForm,
    StopForm,
    VouchForm,
    WithdrawForm,
    later,
)
from exeunt.stages.consent.queries.facts import facts_of, number_of
from exeunt.stages.consent.queries.pages import given_of, said_of
from exeunt.stages.consent.rules.intake import LIMITS
from exeunt.stages.narrators.models import Narrator
from exeunt.stages.narrators.queries import narrator_called
from exeunt.studies.roles import MAY, Act

FORM = ["GET", "POST"]


@require_http_methods(FORM)
@needs(Act.SUSPEND)
def stop(request: Asked) -> HttpResponse:
    """Stop everything of whoever has a label."""
    form = StopForm(request)
    done = form.carry_out(
        lambda: suspend_called(
            study=request.study, label=form.cleaned_data["label"], by=request.member
        )
    )
    if done is None:
        return render(request, "consent/stop.html", {"form": form}, status=form.status)
    messages.success(request, STOPPED)
    return redirect("overview", study_ref=request.study.ref)


@require_http_methods(FORM)
@needs(Act.SUSPEND)
def suspend(request: Asked, ref: str) -> HttpResponse:
    """Stop everything of a narrator."""
    found = narrator_called(request.study, ref)
    form = HouseForm(request)

    def act() -> bool:
        suspend_consent(narrator=found, by=request.member)
        return True

    return _done(request, form, act, narrator=found, page="suspend", says=STOPPED)


@require_http_methods(FORM)
@needs(Act.RECORD_CONSENT)
def withdraw(request: Asked, ref: str) -> HttpResponse:
    """Write a withdrawal down."""
    found = narrator_called(request.study, ref)
    scope = facts_of(found).scope
    chosen = {"outcome": scope.outcome, "seal_until": scope.seal_until, "timing": scope.timing}
    form = WithdrawForm(request, initial=chosen)

    def act() -> object:
        return withdraw_consent(narrator=found, chosen=form.chosen(), by=request.member)

    says = _("The withdrawal is written down; nothing of it is read any more but what was chosen.")
    return _done(request, form, act, narrator=found, page="withdraw", says=says)


@require_http_methods(FORM)
@needs(Act.RECORD_CONSENT)
def renew(request: Asked, ref: str) -> HttpResponse:
    """Let the same last longer."""
    found = narrator_called(request.study, ref)
    given = given_of(found)
    form = RenewForm(request, revision=number_of(found))

    def act() -> object:
        scope = later(given.scope, form.cleaned_data["until"])
        today = timezone.localdate()
        told = given._replace(scope=scope, day=today, limits=LIMITS, understood=True)
        seen = form.cleaned_data["revision"]
        return renew_consent(narrator=found, given=told, seen=seen, by=request.member)

    return _done(request, form, act, narrator=found, page="renew", says=_("Consent is renewed."))


@require_http_methods(FORM)
@needs(Act.RECORD_CONSENT)
def narrow(request: Asked, ref: str) -> HttpResponse:
    """Take a part of what was agreed to away."""
    found = narrator_called(request.study, ref)
    given = given_of(found)
    says = [sentence_said(one) for one in said_of(given.scope)]
    form = NarrowForm(request, scope=given.scope, says=says, revision=number_of(found))

    def act() -> object:
        seen = form.cleaned_data["revision"]
        return narrow_consent(narrator=found, scope=form.narrowed(), seen=seen, by=request.member)

    return _done(request, form, act, narrator=found, page="narrow", says=_("Consent is narrower."))


@require_http_methods(FORM)
@needs(Act.RECORD_CONSENT)
def invalidate(request: Asked, ref: str) -> HttpResponse:
    """Note that consent was never valid."""
    found = narrator_called(request.study, ref)
    form = HouseForm(request)
    seen = number_of(found)

    def act() -> object:
        return invalidate_consent(narrator=found, seen=seen, by=request.member)

    says = _("This consent counts as never given.")
    return _done(request, form, act, narrator=found, page="invalidate", says=says)


@require_http_methods(FORM)
@needs(Act.REVIEW_FREEDOM)
def vouch(request: Asked, ref: str) -> HttpResponse:
    """Say by name why consent under legal process is free."""
    found = narrator_called(request.study, ref)
    form = VouchForm(request)

    def act() -> object:
        reason = form.cleaned_data["reason"]
        return review_freedom(narrator=found, reason=reason, by=request.member)

    return _done(request, form, act, narrator=found, page="vouch", says=_("Your reason is kept."))


STOPPED = _("Everything of this narrator is stopped. Nobody of the study reads it any more.")


def _done(
    request: Asked,
    form: HouseForm,
    act: Callable[[], Any],
    *,
    narrator: Narrator,
    page: str,
    says: str | Promise,
) -> HttpResponse:
    if form.carry_out(act) is None:
        facts = {"form": form, "narrator": narrator}
        return render(request, f"consent/{page}.html", facts, status=form.status)
    messages.success(request, str(says))
    # Whoever may only stop may not look.
    if MAY[Act.SEE_CONSENT].isdisjoint(request.roles):
        return redirect("overview", study_ref=request.study.ref)
    return redirect("consent:narrator", study_ref=request.study.ref, ref=narrator.ref)
