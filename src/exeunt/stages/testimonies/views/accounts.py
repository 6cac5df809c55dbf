"""The list of accounts, one account, and its being added and corrected by hand."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exeunt.desk.asking import Asked, needs
from exeunt.stages.narrators.queries import suggestions_for
from exeunt.stages.sources.queries import provenances_in
from exeunt.stages.testimonies.actions.by_hand import add_account, edit_account
from exeunt.stages.testimonies.actions.care import count_page_of
from exeunt.stages.testimonies.forms.account import AddForm, EditForm
from exeunt.stages.testimonies.forms.finding import FindingForm, leaf_in, order_of, wanted_in
from exeunt.stages.testimonies.models import Account
from exeunt.stages.testimonies.queries.account import account_page, account_to_edit, next_label
from exeunt.stages.testimonies.queries.finding import accounts_found, offered_in
from exeunt.stages.testimonies.queries.passages import shown_latest
from exeunt.studies.roles import Act


@require_safe
@needs(Act.READ_ACCOUNTS)
def accounts(request: Asked) -> HttpResponse:
    """Show the accounts that are asked for; while somebody types, the rows alone."""
    wanted = wanted_in(request.GET)
    facts = {
        "leaf": accounts_found(request.study, wanted, leaf=leaf_in(request.GET), by=request.member),
        "wanted": wanted,
        "order": order_of(wanted),
    }
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "testimonies/found.html", facts)
    facts["finding"] = FindingForm(request.GET, offered_in(request.study, by=request.member))
    return render(request, "testimonies/accounts.html", facts)


@require_safe
@needs(Act.READ_ACCOUNTS)
def account(request: Asked, ref: str) -> HttpResponse:
    """Show one account with everything that is known of it."""
    page = account_page(request.study, ref, by=request.member)
    care = count_page_of(request.study, [one.text for one in page.texts], by=request.member)
    facts = {"page": page, "account": page.account, "care": care}
    return render(request, "testimonies/account.html", facts)


@require_http_methods(["GET", "POST"])
@needs(Act.ADD_ACCOUNTS)
def add(request: Asked) -> HttpResponse:
    """Add one account by hand."""
    form = AddForm(
        request,
        offered=suggestions_for(request.study),
        label=next_label(request.study),
        provenances=provenances_in(request.study),
    )
    added = form.carry_out(lambda: _added(request, form))
    if added is None:
        return render(request, "testimonies/add.html", {"form": form}, status=form.status)
    messages.success(request, _("Account %(label)s was added.") % {"label": added.label})
    return _onward(request, added)


@require_http_methods(["GET", "POST"])
@needs(Act.EDIT_ACCOUNTS)
def edit(request: Asked, ref: str) -> HttpResponse:
    """Correct one account."""
    there, words = account_to_edit(request.study, ref, by=request.member)
    offered = suggestions_for(request.study)
    form = EditForm(request, offered=offered, initial=words, revision=there.revision)
    edited = form.carry_out(lambda: _edited(request, there, form))
    if edited is None:
        shown = shown_latest([there]).get(there.pk)
        care = count_page_of(request.study, [words["text"]], by=request.member)
        facts = {"form": form, "account": there, "shown": shown, "care": care}
        return render(request, "testimonies/edit.html", facts, status=form.status)
    messages.success(request, _("Account %(label)s was saved.") % {"label": edited.label})
    return redirect("testimonies:account", study_ref=request.study.ref, ref=edited.ref)


def _added(request: Asked, form: AddForm) -> Account:
    ref = form.cleaned_data["once"]
    with form.copy() as copy:
        return add_account(
            study=request.study, words=form.words(), copy=copy, ref=ref, by=request.member
        )


def _edited(request: Asked, there: Account, form: EditForm) -> Account:
    revision = form.cleaned_data["revision"]
    with form.copy() as copy:
        return edit_account(
            account=there, revision=revision, words=form.words(), copy=copy, by=request.member
        )


def _onward(request: Asked, added: Account) -> HttpResponse:
    """Go on to what the button that was pressed says."""
    study = request.study.ref
    pressed = request.POST.get("then", "")
    if pressed == "another":
        return redirect("testimonies:add", study_ref=study)
    page = "coding:code" if pressed == "code" else "testimonies:account"
    return redirect(page, study_ref=study, ref=added.ref)
