"""Care for those who read: limits, one's own minutes, and what is hard in a text."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from exeunt.desk.asking import Asked, needs
from exeunt.stages.testimonies.actions.care import (
    agree_care,
    care_words,
    choose_care,
    count_away,
    count_beat,
    count_page_of,
    go_on,
)
from exeunt.stages.testimonies.actions.passages import mark_hard
from exeunt.stages.testimonies.forms.care import FOLDED, OPEN, ChoiceForm, HardForm, TermsForm
from exeunt.stages.testimonies.queries.care import Care, care_for, care_terms
from exeunt.stages.testimonies.queries.passages import hard_page
from exeunt.studies.roles import Act


@require_http_methods(["GET", "POST"])
@needs(Act.SEE_FINDINGS)
def care(request: Asked) -> HttpResponse:
    """Show what there is for those who read, and keep what one chooses for oneself."""
    now = care_for(request.study, by=request.member)
    chosen = {"hard": OPEN if now.opens else FOLDED, "day_limit": now.choice.day_limit}
    form = ChoiceForm(request, initial=chosen)
    if form.carry_out(lambda: choose_care(by=request.member, **form.facts())) is None:
        facts = {"form": form, "care": now}
        return render(request, "testimonies/care.html", facts, status=form.status)
    messages.success(request, _("Your choice was saved. It holds in all your studies."))
    return redirect("testimonies:care", study_ref=request.study.ref)


@require_http_methods(["GET", "POST"])
@needs(Act.EDIT_PROTOCOL)
def terms(request: Asked) -> HttpResponse:
    """Agree how long people read in this study, and to whom they can talk."""
    agreed = care_terms(request.study, by=request.member)
    form = TermsForm(request, initial=care_words(agreed), revision=agreed.revision)
    done = form.carry_out(
        lambda: agree_care(study=request.study, by=request.member, **form.facts())
    )
    if done is None:
        return render(request, "testimonies/care_terms.html", {"form": form}, status=form.status)
    messages.success(request, _("The limits were saved."))
    return redirect("testimonies:care", study_ref=request.study.ref)


@require_POST
@needs(Act.SEE_FINDINGS)
def beat(request: Asked) -> HttpResponse:
    """Count that a page is looked at, or was until now; answer what its reader should know."""
    count = count_away if "away" in request.GET else count_beat
    return JsonResponse({"says": _says(count(request.study, by=request.member))})


@require_POST
@needs(Act.SEE_FINDINGS)
def further(request: Asked) -> HttpResponse:
    """Go on for a quarter of an hour beyond the limit, where one was."""
    go_on(study=request.study, by=request.member)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, None) or not back.startswith("/"):
        back = reverse("testimonies:care", kwargs={"study_ref": request.study.ref})
    return HttpResponseRedirect(back)


@require_http_methods(["GET", "POST"])
@needs(Act.MARK_HARD)
def hard(request: Asked, ref: str) -> HttpResponse:
    """Mark the paragraphs of a text that are hard to read."""
    page = hard_page(request.study, ref, by=request.member)
    texts = [one.words for one in page.paragraphs]
    form = HardForm(request, page)
    done = form.carry_out(
        lambda: mark_hard(account=page.account, by=request.member, **form.facts())
    )
    if done is None:
        care = count_page_of(request.study, texts, by=request.member)
        facts = {"form": form, "page": page, "account": page.account, "care": care}
        return render(request, "testimonies/care_hard.html", facts, status=form.status)
    messages.success(request, _("The marks were saved."))
    return redirect("testimonies:hard", study_ref=request.study.ref, ref=ref)


def _says(now: Care) -> str:
    """Say on an open page what is due; it is never folded while somebody works on it."""
    if now.held:
        says = _(
            "You have read for %(minutes)d minutes today, which is the limit. This page stays "
            "open; the next text is folded."
        )
        return says % {"minutes": now.minutes}
    if now.pause:
        says = _("You have read for %(minutes)d minutes in a row. Ten minutes away help.")
        return says % {"minutes": now.in_a_row}
    return ""
