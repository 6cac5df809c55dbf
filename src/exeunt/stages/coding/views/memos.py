"""Memos: all that one may see, a new one, and changing one's own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from exeunt.desk.asking import Asked, needs
from exeunt.stages.coding.actions import memos as acts
from exeunt.stages.coding.forms.memos import ChangeMemoForm, MemoForm
from exeunt.stages.coding.queries.memos import memos_page, own_memo
from exeunt.studies.roles import Act


@require_http_methods(["GET", "POST"])
@needs(Act.READ_ACCOUNTS)
def memos(request: Asked) -> HttpResponse:
    """List the memos that one may see, and write a new one."""
    study, by = request.study, request.member
    form = MemoForm(request)
    if form.carry_out(lambda: acts.write_memo(study=study, by=by, **form.facts())) is not None:
        messages.success(request, _("The memo is kept."))
        return redirect("coding:memos", study_ref=study.ref)
    page = memos_page(study, words=request.GET.get("q", ""), by=by)
    return render(request, "coding/memos.html", {"form": form, "page": page}, status=form.status)


@require_http_methods(["GET", "POST"])
@needs(Act.READ_ACCOUNTS)
def memo(request: Asked, ref: str) -> HttpResponse:
    """Change a memo of one's own."""
    study, by = request.study, request.member
    mine = own_memo(study, ref, by=by)
    form = ChangeMemoForm(request, mine)
    done = form.carry_out(lambda: acts.change_memo(study=study, ref=ref, by=by, **form.facts()))
    if done is None:
        facts = {"form": form, "memo": mine}
        return render(request, "coding/memo.html", facts, status=form.status)
    return redirect("coding:memos", study_ref=study.ref)


@require_POST
@needs(Act.READ_ACCOUNTS)
def drop(request: Asked, ref: str) -> HttpResponse:
    """Take a memo of one's own away."""
    acts.drop_memo(study=request.study, ref=ref, by=request.member)
    messages.success(request, _("The memo is taken away."))
    return redirect("coding:memos", study_ref=request.study.ref)
