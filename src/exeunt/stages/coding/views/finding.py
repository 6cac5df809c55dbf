"""Finding again what was said: sought by an address, kept under a title."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exeunt.desk.asking import Asked, needs
from exeunt.desk.paging import leaf_number
from exeunt.stages.coding.actions.searches import forget_search, keep_search
from exeunt.stages.coding.forms.finding import KeepSearchForm, SeekForm
from exeunt.stages.coding.queries.finding.pages import found_in, may_ask
from exeunt.stages.coding.queries.finding.searches import search_called
from exeunt.stages.coding.rules.seeking import address_of
from exeunt.studies.roles import Act


@require_safe
@needs(Act.READ_ACCOUNTS)
def find(request: Asked) -> HttpResponse:
    """Show what is found of what the address seeks, and let something else be sought."""
    may = may_ask(request.study, request.GET.get("codebook", ""), by=request.member)
    form = SeekForm(request, may)
    leaf = leaf_number(request.GET.get("page"))
    found = form.carry_out(
        lambda: found_in(request.study, form.seeking(), leaf=leaf, by=request.member)
    )
    facts = {"form": form, "may": may, "found": found, "leaf": found.leaf if found else None}
    if found is not None:
        facts["keeping"] = KeepSearchForm(request, found.seeking)
    return render(request, "coding/find.html", facts, status=form.status)


@require_http_methods(["POST"])
@needs(Act.READ_ACCOUNTS)
def keep(request: Asked) -> HttpResponse:
    """Keep a search under a title."""
    form = KeepSearchForm(request)
    kept = form.carry_out(
        lambda: keep_search(study=request.study, **form.facts(), by=request.member)
    )
    if kept is None:
        return render(request, "coding/keep_search.html", {"form": form}, status=form.status)
    messages.success(request, _("The search “%(title)s” is kept.") % {"title": kept.title})
    return redirect("coding:search", study_ref=request.study.ref, ref=kept.ref)


@require_safe
@needs(Act.READ_ACCOUNTS)
def search(request: Asked, ref: str) -> HttpResponse:
    """Ask a kept search again."""
    kept = search_called(request.study, ref, by=request.member)
    response = redirect("coding:find", study_ref=request.study.ref)
    response["Location"] += f"?{address_of(kept.seeking)}"
    return response


@require_POST
@needs(Act.READ_ACCOUNTS)
def forget(request: Asked, ref: str) -> HttpResponse:
    """Forget a search that one has kept."""
    forget_search(
        search=search_called(request.study, ref, by=request.member).search, by=request.member
    )
    messages.success(request, _("The search is forgotten."))
    return redirect("coding:find", study_ref=request.study.ref)
