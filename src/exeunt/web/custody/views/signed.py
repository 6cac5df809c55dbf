"""Signed papers from before: sealing a scan, and opening it again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exeunt.desk.asking import Asked, needs
from exeunt.procedures.entrusting.signed import form_called, open_signed, seal_signed
from exeunt.stages.consent.models import Form
from exeunt.stages.narrators.models import Narrator
from exeunt.studies.roles import Act
from exeunt.web.custody.asking import Unlocked, unlocked, with_narrator
from exeunt.web.custody.forms.signed import SignedScanForm
from exeunt.web.custody.standing import opening_of


@require_http_methods(["GET", "POST"])
@needs(Act.TAKE_IN)
@with_narrator
@unlocked
def seal(request: Unlocked, there: Narrator) -> HttpResponse:
    """Seal the scan of a paper: consent from before, or what lets somebody speak for a narrator."""
    form = SignedScanForm(request)
    paper = form.carry_out(lambda: _sealed(request, there, form))
    if paper is None:
        facts = {"form": form, "narrator": there, "opening": opening_of(request.keys)}
        return render(request, "custody/seal_form.html", facts, status=form.status)
    messages.success(
        request, _("The paper is sealed; its mark is %(mark)s.") % {"mark": paper.mark}
    )
    return redirect("consent:narrator", study_ref=request.study.ref, ref=there.ref)


@require_safe
@needs(Act.TAKE_IN)
@with_narrator
def scan(request: Asked, there: Narrator, form: str) -> HttpResponse:
    """Hand the scan of a signed paper out, under a name that tells nothing of it."""
    return _scan(request, form_called(there, form, by=request.member))


@unlocked
def _scan(request: Unlocked, paper: Form) -> HttpResponse:
    opened = open_signed(form=paper, keys=request.keys, by=request.member)
    answer = HttpResponse(opened.content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{paper.mark}{opened.ending}"'
    return answer


def _sealed(request: Unlocked, there: Narrator, form: SignedScanForm) -> Form:
    return seal_signed(
        narrator=there,
        content=form.content(),
        ref=form.cleaned_data["once"],
        keys=request.keys,
        by=request.member,
    )
