"""Where readers mark texts differently: the list, one stretch, settling it, and asking them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exeunt.desk.asking import Asked, needs
from exeunt.desk.paging import leaf_number
from exeunt.stages.coding.actions.settling_spans import reply as reply_to
from exeunt.stages.coding.actions.settling_spans import send_back, settle_span
from exeunt.stages.coding.forms.spans import ReplyForm, SettleSpanForm
from exeunt.stages.coding.models import CodebookVersion
from exeunt.stages.coding.queries.codebooks import version_called
from exeunt.stages.coding.queries.dispute import At, at_called
from exeunt.stages.coding.queries.questions import questions_to
from exeunt.stages.coding.queries.stretch import ShownStretch, stretch_of
from exeunt.stages.coding.queries.stretches import (
    StretchLine,
    stretch_beside,
    stretches_page,
    wanted_from,
)
from exeunt.stages.testimonies.actions.care import count_page_of
from exeunt.studies.roles import Act


@require_safe
@needs(Act.SETTLE)
def stretches(request: Asked) -> HttpResponse:
    """List where complete readers mark differently, the heaviest first."""
    page = stretches_page(
        request.study,
        request.GET.get("codebook") or None,
        wanted_from(request.GET.dict()),
        number=leaf_number(request.GET.get("page")),
        by=request.member,
    )
    facts = {"page": page, "leaf": page.leaf, "kept": urlencode(page.wanted.parts)}
    return render(request, "coding/stretches.html", facts)


@require_http_methods(["GET", "POST"])
@needs(Act.SETTLE)
def stretch(request: Asked, codebook: str, ref: str, *, word: str) -> HttpResponse:
    """Show one stretch as each reader marked it, and settle it or ask those who read it."""
    version, at = version_called(codebook, study=request.study), at_called(word)
    shown = stretch_of(request.study, version, ref, at=at, by=request.member)
    form = SettleSpanForm(request, shown)
    act = send_back if form.sends_back else settle_span
    done = form.carry_out(
        lambda: act(
            study=request.study, version=version, ref=ref, at=at, by=request.member, **form.facts()
        )
    )
    if done is None:
        facts = _around(request, shown) | {"form": form}
        return render(request, "coding/stretch.html", facts, status=form.status)
    return _on(request, version, ref, at=at, asked=form.sends_back)


@require_safe
@needs(Act.SETTLE)
def following(request: Asked, codebook: str) -> HttpResponse:
    """Go to the heaviest stretch that is to be settled."""
    version = version_called(codebook, study=request.study)
    wanted = wanted_from(request.GET.dict())
    found = stretch_beside(request.study, version, wanted, by=request.member)
    return redirect(_address(request, version, found))


@require_safe
@needs(Act.CODE)
def questions(request: Asked) -> HttpResponse:
    """List what was sent back to who asks, as one of its readers."""
    asked = questions_to(request.study, by=request.member)
    return render(request, "coding/questions.html", {"asked": asked})


@require_http_methods(["GET", "POST"])
@needs(Act.CODE)
def reply(request: Asked, codebook: str, ref: str, *, word: str) -> HttpResponse:
    """Answer what was asked about a stretch, as one of its readers."""
    version, at = version_called(codebook, study=request.study), at_called(word)
    shown = stretch_of(request.study, version, ref, at=at, by=request.member)
    form = ReplyForm(request, shown)
    done = form.carry_out(
        lambda: reply_to(
            study=request.study, version=version, ref=ref, at=at, by=request.member, **form.facts()
        )
    )
    if done is None:
        facts = _around(request, shown) | {"form": form}
        return render(request, "coding/reply.html", facts, status=form.status)
    messages.success(request, _("Your answer is kept."))
    return redirect("coding:questions", study_ref=request.study.ref)


def _around(request: Asked, shown: ShownStretch) -> dict[str, object]:
    """Return what stands around the form: the stretch, care, and its neighbours in the list."""
    wanted = wanted_from(request.GET.dict())
    here = shown.account.ref, shown.at
    beside = {
        name: stretch_beside(
            request.study, shown.version, wanted, here=here, back=back, by=request.member
        )
        for name, back in (("before", True), ("after", False))
    }
    return {
        "shown": shown,
        "care": count_page_of(request.study, [shown.words], by=request.member),
        "kept": urlencode(wanted.parts),
        **beside,
    }


def _on(request: Asked, version: CodebookVersion, ref: str, *, at: At, asked: bool) -> HttpResponse:
    """Say what was done, and go to the next stretch of the list."""
    wanted = wanted_from(request.GET.dict())
    found = stretch_beside(request.study, version, wanted, here=(ref, at), by=request.member)
    done = _("The readers are asked.") if asked else _("It is settled.")
    more = _("Here is the next one.") if found else _("There is no further one in this list.")
    messages.success(request, f"{done} {more}")
    return redirect(_address(request, version, found))


def _address(request: Asked, version: CodebookVersion, found: StretchLine | None) -> str:
    """Return the address of a stretch, or of the list where there is none."""
    kept = wanted_from(request.GET.dict()).parts
    study = {"study_ref": request.study.ref}
    if found is None:
        place = reverse("coding:stretches", kwargs=study)
        return f"{place}?{urlencode({'codebook': version.name} | kept)}"
    where = {"codebook": version.name, "ref": found.ref, "word": found.at.word}
    place = reverse("coding:stretch", kwargs=study | where)
    return f"{place}?{urlencode(kept)}" if kept else place
