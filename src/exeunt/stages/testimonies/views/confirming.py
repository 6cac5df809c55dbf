"""A text that was read from a file, beside its source: confirmed, corrected, read anew, or not."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exeunt.desk.asking import Asked, needs
from exeunt.desk.forms import HouseForm
from exeunt.stages.testimonies.actions.care import count_page_of
from exeunt.stages.testimonies.actions.confirming import confirm_text, read_anew, throw_away
from exeunt.stages.testimonies.forms.texts import (
    ENCODINGS,
    ConfirmForm,
    ReadAnewForm,
    ThrowAwayForm,
)
from exeunt.stages.testimonies.models import Account
from exeunt.stages.testimonies.queries.account import account_called
from exeunt.stages.testimonies.queries.confirming import Confirming, confirming, picture_of_page
from exeunt.studies.roles import Act


@require_http_methods(["GET", "POST"])
@needs(Act.EDIT_ACCOUNTS)
def confirm(request: Asked, ref: str) -> HttpResponse:
    """Show a text beside its source, and take a person's word on it."""
    waits = confirming(request.study, ref, by=request.member)
    if waits is None:
        return redirect("testimonies:account", study_ref=request.study.ref, ref=ref)
    version = waits.version
    form = ConfirmForm(request, initial={"text": version.text}, revision=version.number)
    done = form.carry_out(lambda: _confirmed(request, waits, form))
    if done is None:
        return _shown(request, waits, form)
    messages.success(request, _("The text of %(label)s was confirmed.") % {"label": done})
    return redirect("testimonies:to-confirm", study_ref=request.study.ref)


@require_POST
@needs(Act.EDIT_ACCOUNTS)
def anew(request: Asked, ref: str) -> HttpResponse:
    """Read a text from its file once more, as a person says."""
    account = account_called(request.study, ref, by=request.member)
    form = ReadAnewForm(request)
    done = form.carry_out(
        lambda: read_anew(
            account=account,
            number=form.cleaned_data["revision"],
            reading=form.reading(),
            by=request.member,
        )
    )
    if done is None:
        messages.error(request, _why_not(form))
    return redirect("testimonies:confirm", study_ref=request.study.ref, ref=ref)


@require_POST
@needs(Act.IMPORT_ACCOUNTS)
def away(request: Asked, ref: str) -> HttpResponse:
    """Throw a text away that nobody has confirmed."""
    account = account_called(request.study, ref, by=request.member)
    form = ThrowAwayForm(request)
    done = form.carry_out(lambda: _thrown_away(request, account, form))
    if not done:
        messages.error(request, _why_not(form))
        return redirect("testimonies:confirm", study_ref=request.study.ref, ref=ref)
    messages.success(
        request, _("The text of %(label)s was thrown away.") % {"label": account.label}
    )
    return redirect("testimonies:to-confirm", study_ref=request.study.ref)


@require_safe
@never_cache
@needs(Act.READ_ACCOUNTS)
def page(request: Asked, ref: str, number: int) -> HttpResponse:
    """Hand out the picture of one page of an account's source."""
    picture = picture_of_page(request.study, ref, number, by=request.member)
    return HttpResponse(picture, content_type="image/png")


def _confirmed(request: Asked, waits: Confirming, form: ConfirmForm) -> str:
    typed = form.cleaned_data
    confirm_text(
        account=waits.account, number=typed["revision"], text=typed["text"], by=request.member
    )
    return waits.account.label


def _thrown_away(request: Asked, account: Account, form: ThrowAwayForm) -> bool:
    throw_away(account=account, number=form.cleaned_data["revision"], by=request.member)
    return True


def _shown(request: Asked, waits: Confirming, form: ConfirmForm) -> HttpResponse:
    care = count_page_of(request.study, [waits.version.text], by=request.member)
    facts = {"form": form, "waits": waits, "care": care, "encodings": ENCODINGS}
    return render(request, "testimonies/text_confirm.html", facts, status=form.status)


def _why_not(form: HouseForm) -> str:
    return " ".join(str(says) for listed in form.errors.values() for says in listed)
