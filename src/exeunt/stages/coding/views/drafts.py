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
    merge_codes,
    move_code,
    remove_code,
    split_code,
    undo_step,
)
from exeunt.stages.coding.actions.proposals import decide_proposal
from exeunt.stages.coding.forms.drafts import (
    CodeForm,
    KeepDraftForm,
    MergeForm,
    ProposalForm,
    SplitForm,
)
from exeunt.stages.coding.queries.drafts import code_in, codes_of, draft_called, draft_page
from exeunt.stages.coding.queries.rewriting import effects_of, proposal_called, proposals_for
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
    study, member = request.study, request.member
    page = draft_page(study, slug, by=member)
    effects = effects_of(study, page.draft, by=member)
    form = KeepDraftForm(request, revision=page.draft.base, readings=effects.passes)
    kept = form.carry_out(lambda: keep_draft(draft=page.draft, by=member, **form.facts()))
    if kept is None:
        proposals = proposals_for(study, page.draft, by=member)
        facts = {"form": form, "page": page, "effects": effects, "proposals": proposals}
        return render(request, "coding/draft.html", facts, status=form.status)
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


@require_http_methods(["GET", "POST"])
@needs(Act.EDIT_CODEBOOK)
def merge(request: Asked, slug: str) -> HttpResponse:
    """Make one code of several."""
    found = draft_called(request.study, slug, by=request.member)
    form = MergeForm(request, codes_of(found))
    done = form.carry_out(lambda: merge_codes(draft=found, by=request.member, **form.facts()))
    if done is None:
        return render(
            request, "coding/merge.html", {"form": form, "slug": slug}, status=form.status
        )
    return _to_draft(request, slug)


@require_http_methods(["GET", "POST"])
@needs(Act.EDIT_CODEBOOK)
def split(request: Asked, slug: str, place: int) -> HttpResponse:
    """Share the meaning of one code out to new ones below it."""
    found = draft_called(request.study, slug, by=request.member)
    code = code_in(found, place)
    form = SplitForm(request)
    done = form.carry_out(
        lambda: split_code(draft=found, key=code.key, parts=form.codes(), by=request.member)
    )
    if done is None:
        facts = {"form": form, "slug": slug, "code": code}
        return render(request, "coding/split.html", facts, status=form.status)
    return _to_draft(request, slug)


@require_http_methods(["GET", "POST"])
@needs(Act.EDIT_CODEBOOK)
def decide(request: Asked, slug: str, key: str) -> HttpResponse:
    """Take in what readers proposed, or leave it out."""
    found = draft_called(request.study, slug, by=request.member)
    proposal = proposal_called(request.study, found, key, by=request.member)
    form = ProposalForm(request, codes_of(found), label=proposal.label)
    done = form.carry_out(
        lambda: decide_proposal(
            draft=found, proposals=proposal.keys, by=request.member, **form.facts()
        )
    )
    if done is None:
        facts = {"form": form, "slug": slug, "proposal": proposal}
        return render(request, "coding/proposal.html", facts, status=form.status)
    return _to_draft(request, slug)


@require_POST
@needs(Act.EDIT_CODEBOOK)
def undo(request: Asked, slug: str) -> HttpResponse:
    """Go back to how the draft stood before its last step."""
    found = draft_called(request.study, slug, by=request.member)
    undo_step(draft=found, by=request.member)
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
