"""Coding by hand: what waits, one sheet, and its place on the page of an account."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exeunt.desk.asking import Asked, needs
from exeunt.stages.coding.actions.sheets import complete_sheet, reopen_sheet, save_sheet
from exeunt.stages.coding.forms.sheets import SheetForm
from exeunt.stages.coding.models import CodebookVersion, Sheet
from exeunt.stages.coding.queries.codebooks import version_called
from exeunt.stages.coding.queries.sheets import own_sheet, sheets_of_account
from exeunt.stages.coding.queries.waiting import next_to_code, waiting_for
from exeunt.stages.coding.states import SheetState, Target
from exeunt.stages.testimonies.actions.care import count_page_of
from exeunt.studies.roles import Act


@require_safe
@needs(Act.CODE)
def waiting(request: Asked) -> HttpResponse:
    """Show what waits for who asks, and where to go on."""
    lines = waiting_for(request.study, by=request.member)
    return render(request, "coding/waiting.html", {"lines": lines})


@require_safe
@needs(Act.CODE)
def following(request: Asked, codebook: str) -> HttpResponse:
    """Go to what should be read next with one version of a codebook."""
    return _to_next(request, version_called(codebook, study=request.study), after=None)


@require_safe
@needs(Act.CODE)
def code(request: Asked, ref: str) -> HttpResponse:
    """Go from an account to one's own sheet, the first that is not complete."""
    lines = sheets_of_account(request.study, ref, by=request.member)
    if not lines:
        messages.warning(request, _("There is no codebook yet with which this could be coded."))
        return redirect("testimonies:account", study_ref=request.study.ref, ref=ref)
    line = min(lines, key=lambda line: line.state == SheetState.COMPLETE)
    study = request.study.ref
    return redirect("coding:sheet", study_ref=study, codebook=line.codebook, ref=line.thing)


@require_http_methods(["GET", "POST"])
@needs(Act.CODE)
def sheet(request: Asked, codebook: str, ref: str) -> HttpResponse:
    """Show a coder's own sheet, and save or complete it."""
    version = version_called(codebook, study=request.study)
    if version.unit == Target.EXCERPT:
        return redirect("coding:text", study_ref=request.study.ref, codebook=codebook, ref=ref)
    own = own_sheet(request.study, version, ref, by=request.member)
    form = SheetForm(request, own)
    act = complete_sheet if form.completes else save_sheet
    done = form.carry_out(
        lambda: act(
            study=request.study, version=version, ref=ref, by=request.member, **form.facts()
        )
    )
    if done is None:
        care = count_page_of(request.study, own.texts, by=request.member)
        facts = {"form": form, "own": own, "care": care}
        return render(request, "coding/sheet.html", facts, status=form.status)
    return _after(request, version, ref, done=done)


@require_POST
@needs(Act.CODE)
def reopen(request: Asked, codebook: str, ref: str) -> HttpResponse:
    """Open a complete reading again."""
    version = version_called(codebook, study=request.study)
    reopen_sheet(study=request.study, version=version, ref=ref, by=request.member)
    return _to_sheet(request, version, ref)


@require_safe
@needs(Act.READ_ACCOUNTS)
def panel(request: Asked, ref: str) -> HttpResponse:
    """Draw, for the page of an account, how far who asks has read it."""
    lines = sheets_of_account(request.study, ref, by=request.member)
    template = "coding/panel.html" if request.htmx else "coding/panel_page.html"
    return render(request, template, {"lines": lines, "ref": ref})


def _after(request: Asked, version: CodebookVersion, ref: str, *, done: Sheet) -> HttpResponse:
    if done.state == SheetState.COMPLETE:
        messages.success(request, _("The reading is complete. Here is the next one."))
        return _to_next(request, version, after=ref)
    return _to_sheet(request, version, ref)


def _to_sheet(request: Asked, version: CodebookVersion, ref: str) -> HttpResponse:
    return redirect("coding:sheet", study_ref=request.study.ref, codebook=version.name, ref=ref)


def _to_next(request: Asked, version: CodebookVersion, *, after: str | None) -> HttpResponse:
    ref = next_to_code(request.study, version, after=after, by=request.member)
    if ref is None:
        return redirect("coding:next", study_ref=request.study.ref)
    return _to_sheet(request, version, ref)
