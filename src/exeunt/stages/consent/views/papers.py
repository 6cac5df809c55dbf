"""Entering what a signed paper says."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exeunt.desk.asking import Asked, needs
from exeunt.stages.consent.actions.forms import enter_form
from exeunt.stages.consent.forms import SignedForm
from exeunt.stages.consent.models import Event
from exeunt.stages.consent.queries.facts import number_of
from exeunt.stages.consent.queries.pages import not_entered, paper_called
from exeunt.stages.narrators.queries import narrator_called
from exeunt.studies.roles import Act


@require_http_methods(["GET", "POST"])
@needs(Act.RECORD_CONSENT)
def paper(request: Asked, ref: str, form: str) -> HttpResponse:
    """Enter the consent that a signed paper proves."""
    found = narrator_called(request.study, ref)
    there = paper_called(found, form, by=request.member)
    typed = SignedForm(request, mark=there.mark, revision=number_of(found))

    def act() -> Event:
        seen = typed.cleaned_data["revision"]
        return enter_form(form=there, given=typed.given(), seen=seen, by=request.member)

    if typed.carry_out(act) is None:
        facts = {"form": typed, "narrator": found, "paper": there, "why": not_entered(there)}
        return render(request, "consent/paper.html", facts, status=typed.status)
    messages.success(request, _("What the paper says is written down."))
    return redirect("consent:narrator", study_ref=request.study.ref, ref=found.ref)
