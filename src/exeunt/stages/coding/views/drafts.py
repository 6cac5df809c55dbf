"""Rewriting a codebook: one code at a time, then all of it kept as one version."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from exeunt.desk.asking import Asked, needs
from exeunt.stages.coding.actions.drafts import (
    add_code,
    begin_draft,
    change_code,
    discard_draft,
    keep_draft,
    move_code,
    remove_code,
)
from exeunt.stages.coding.forms.codebooks import CodeForm, KeepDraftForm
from exeunt.stages.coding.queries.drafts import code_in, codes_of, draft_called, draft_page
from exeunt.studies.roles import Act

STEPS = {"up": -1, "down": 1}


@require_POST
@needs(Act.EDIT_CODEBOOK)
def begin(request: Asked, slug: str) -> HttpResponse:
    """Begin to rewrite a codebook, or go on."""
    begin_draft(study=request.study, slug=slug, by=request.member)
    return _to_draft(request, slug)


@require_http_methods(["GET", "POST"])
@needs(Act.EDIT_CODEBOOK)
def draft(request: Asked, slug: str) -> HttpResponse:
    """Show the draft beside what it changes, and keep it when that is confirmed."""
    page = draft_page(request.study, slug, by=request.member)
    form = KeepDraftForm(request, revision=page.draft.base)
    kept = form.carry_out(
        lambda: keep_draft(
            draft=page.draft, from_version=form.facts()["revision"], by=request.member
        )
    )
    if kept is None:
        return render(
            request, "coding/draft.html", {"form": form, "page": page}, status=form.status
        )
    messages.success(request, _("Version %(number)s is kept.") % {"number": kept.number})
    return redirect("coding:codebook", study_ref=request.study.ref, codebook=kept.name)


@require_http_methods(["GET", "POST"])
@needs(Act.EDIT_CODEBOOK)
def add(request: Asked, slug: str) -> HttpResponse:
    """Add a code to the draft."""
    found = draft_called(request.study, slug, by=request.member)
    form = CodeForm(request, codes_of(found), revision=found.revision)
    done = form.carry_out(lambda: add_code(draft=found, code=form.as_code(), by=request.member))
    if done is None:
        facts = {"form": form, "slug": slug}
        return render(request, "coding/code.html", facts, status=form.status)
    return _to_draft(request, slug)


@require_http_methods(["GET", "POST"])
@needs(Act.EDIT_CODEBOOK)
def change(request: Asked, slug: str, place: int) -> HttpResponse:
    """Let one code of the draft say something else."""
    found = draft_called(request.study, slug, by=request.member)
    code = code_in(found, place)
    form = CodeForm(request, codes_of(found), code=code, revision=found.revision)
    done = form.carry_out(
        lambda: change_code(
            draft=found,
            code=form.as_code(),
            revision=form.facts()["revision"],
            by=request.member,
        )
    )
    if done is None:
        facts = {"form": form, "slug": slug, "code": code}
        return render(request, "coding/code.html", facts, status=form.status)
    return _to_draft(request, slug)


@require_POST
@needs(Act.EDIT_CODEBOOK)
def move(request: Asked, slug: str) -> HttpResponse:
    """Move one code up or down by one."""
    found = draft_called(request.study, slug, by=request.member)
    steps = STEPS.get(request.POST.get("to", ""), 0)
    move_code(draft=found, key=request.POST.get("key", ""), steps=steps, by=request.member)
    return _to_draft(request, slug)


@require_POST
@needs(Act.EDIT_CODEBOOK)
def remove(request: Asked, slug: str) -> HttpResponse:
    """Take one code out of the draft."""
    found = draft_called(request.study, slug, by=request.member)
    remove_code(draft=found, key=request.POST.get("key", ""), by=request.member)
    return _to_draft(request, slug)


@require_POST
@needs(Act.EDIT_CODEBOOK)
def discard(request: Asked, slug: str) -> HttpResponse:
    """Give the draft up."""
    found = draft_called(request.study, slug, by=request.member)
    discard_draft(draft=found, by=request.member)
    messages.success(request, _("The draft is given up; the codebook is as it was."))
    return redirect("coding:codebook", study_ref=request.study.ref, codebook=slug)


def _to_draft(request: Asked, slug: str) -> HttpResponse:
    return redirect("coding:draft", study_ref=request.study.ref, slug=slug)
