"""A narrator and their spells, corrected from the page of one of their accounts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exeunt.desk.asking import Asked, needs
from exeunt.stages.narrators.actions import by_hand
from exeunt.stages.narrators.queries import suggestions_for
from exeunt.stages.testimonies.actions.narrators import describe_narrator
from exeunt.stages.testimonies.actions.narrators import edit_spell as correct_spell
from exeunt.stages.testimonies.forms.narrators import AddSpellForm, EditSpellForm, NarratorForm
from exeunt.stages.testimonies.models import Account
from exeunt.stages.testimonies.queries.account import account_to_edit, narrator_words, spell_of
from exeunt.studies.roles import Act


@require_http_methods(["GET", "POST"])
@needs(Act.EDIT_ACCOUNTS)
def describe(request: Asked, ref: str) -> HttpResponse:
    """Correct the narrator of an account."""
    account, _words = account_to_edit(request.study, ref, by=request.member)
    narrator = account.narrator
    form = NarratorForm(request, initial=narrator_words(narrator), revision=narrator.revision)
    done = form.carry_out(
        lambda: describe_narrator(narrator=narrator, by=request.member, **form.facts())
    )
    if done is None:
        facts = {"form": form, "account": account}
        return render(request, "testimonies/narrator.html", facts, status=form.status)
    return _back(request, account, _("The narrator was saved."))


@require_http_methods(["GET", "POST"])
@needs(Act.ADD_ACCOUNTS)
def add_spell(request: Asked, ref: str) -> HttpResponse:
    """Add a spell of the narrator, and how it ended."""
    account, _words = account_to_edit(request.study, ref, by=request.member)
    form = AddSpellForm(request, offered=suggestions_for(request.study))
    done = form.carry_out(
        lambda: by_hand.add_spell(
            narrator=account.narrator,
            words=form.words(),
            ref=form.cleaned_data["once"],
            by=request.member,
        )
    )
    if done is None:
        facts = {"form": form, "account": account}
        return render(request, "testimonies/spell.html", facts, status=form.status)
    return _back(request, account, _("The spell was added."))


@require_http_methods(["GET", "POST"])
@needs(Act.EDIT_ACCOUNTS)
def edit_spell(request: Asked, ref: str, spell: str) -> HttpResponse:
    """Correct a spell of the narrator, and how it ended."""
    account, _words = account_to_edit(request.study, ref, by=request.member)
    there = spell_of(account, spell)
    form = EditSpellForm(
        request,
        offered=suggestions_for(request.study),
        initial=by_hand.words_of(there),
        revision=there.revision,
    )
    done = form.carry_out(
        lambda: correct_spell(
            spell=there,
            revision=form.cleaned_data["revision"],
            words=form.words(),
            by=request.member,
        )
    )
    if done is None:
        facts = {"form": form, "account": account, "spell": there}
        return render(request, "testimonies/spell.html", facts, status=form.status)
    return _back(request, account, _("The spell was saved."))


def _back(request: Asked, account: Account, says: str) -> HttpResponse:
    messages.success(request, says)
    return redirect("testimonies:account", study_ref=request.study.ref, ref=account.ref)
