"""Codebooks: which there are, one version, two compared, and files of them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exeunt.desk.asking import Asked, needs
from exeunt.desk.uploads import drop, keep_upload, upload_called
from exeunt.stages.coding.actions.codebooks import keep_codebook
from exeunt.stages.coding.codebooks import ready_codebook
from exeunt.stages.coding.forms.codebooks import AdoptForm, CodebookFileForm, KeepForm
from exeunt.stages.coding.queries.codebook_files import codebook_file, codebook_sent
from exeunt.stages.coding.queries.codebook_pages import (
    codebook_page,
    compare_versions,
    times_given,
    times_given_at_once,
    with_counts,
)
from exeunt.stages.coding.queries.codebooks import codebooks_of
from exeunt.stages.coding.queries.waiting import progress_of
from exeunt.studies.roles import Act


@require_safe
def codebooks(request: Asked) -> HttpResponse:
    """List the study's codebooks."""
    lines = codebooks_of(request.study, by=request.member)
    return render(request, "coding/codebooks.html", {"lines": lines})


@require_safe
def version(request: Asked, codebook: str) -> HttpResponse:
    """Show one version: its codes as a tree, and how often each was given."""
    page = codebook_page(request.study, codebook, by=request.member)
    count = times_given if "count" in request.GET else times_given_at_once
    given = count(request.study, page.version, by=request.member)
    facts = {
        "page": with_counts(page, given),
        "progress": progress_of(request.study, page.version, by=request.member),
    }
    return render(request, "coding/codebook.html", facts)


@require_safe
def compare(request: Asked, codebook: str) -> HttpResponse:
    """Show in what one version differs from another, by default from the one before."""
    page = codebook_page(request.study, codebook, by=request.member)
    before = request.GET.get("with") or page.before
    changes = compare_versions(request.study, before, page.version.name, by=request.member)
    facts = {"page": page, "before": before, "changes": changes}
    return render(request, "coding/compare.html", facts)


@require_safe
def file(request: Asked, codebook: str, kind: str) -> HttpResponse:
    """Hand out one version as a file."""
    found = codebook_file(request.study, codebook, kind, by=request.member)
    headers = {"Content-Disposition": f'attachment; filename="{found.name}"'}
    return HttpResponse(found.data, content_type=found.content_type, headers=headers)


@require_http_methods(["GET", "POST"])
@needs(Act.EDIT_CODEBOOK)
def adopt(request: Asked) -> HttpResponse:
    """Take a ready codebook into the study."""
    form = AdoptForm(request)
    kept = form.carry_out(
        lambda: keep_codebook(
            study=request.study, codebook=ready_codebook(form.facts()["slug"]), by=request.member
        )
    )
    if kept is None:
        return render(request, "coding/adopt.html", {"form": form}, status=form.status)
    messages.success(request, _("The codebook is part of this study now."))
    return redirect("coding:codebook", study_ref=request.study.ref, codebook=kept.name)


@require_http_methods(["GET", "POST"])
@needs(Act.EDIT_CODEBOOK)
def bring_in(request: Asked) -> HttpResponse:
    """Take a codebook's file, and show next what it would make."""
    form = CodebookFileForm(request)
    upload = form.carry_out(
        lambda: keep_upload(form.facts()["file"], study=request.study, by=request.member)
    )
    if upload is None:
        return render(request, "coding/bring_in.html", {"form": form}, status=form.status)
    return redirect("coding:check-codebook", study_ref=request.study.ref, token=upload.token)


@require_http_methods(["GET", "POST"])
@needs(Act.EDIT_CODEBOOK)
def check(request: Asked, token: str) -> HttpResponse:
    """Show what a codebook that was sent would make, and keep it when that is confirmed."""
    upload = upload_called(token, study=request.study, by=request.member)
    sent = codebook_sent(request.study, upload.path, named=upload.name, by=request.member)
    form = KeepForm(request)
    kept = form.carry_out(
        lambda: keep_codebook(study=request.study, codebook=sent.codebook, by=request.member)
    )
    if kept is None:
        facts = {"form": form, "sent": sent}
        return render(request, "coding/check_codebook.html", facts, status=form.status)
    drop(upload)
    return redirect("coding:codebook", study_ref=request.study.ref, codebook=kept.name)
