"""Erasing somebody: first what it touches, then the label typed once more, then the proof."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from exeunt.desk.asking import needs
from exeunt.desk.fresh import fresh
from exeunt.procedures.erasure import erase_narrator, what_erasure_touches
from exeunt.stages.narrators.models import Narrator
from exeunt.studies.roles import Act
from exeunt.web.custody.asking import Unlocked, unlocked, with_narrator
from exeunt.web.custody.forms.people import EraseForm
from exeunt.web.custody.standing import opening_of


@require_http_methods(["GET", "POST"])
@needs(Act.ERASE)
@with_narrator
@fresh
@unlocked
def erase(request: Unlocked, there: Narrator) -> HttpResponse:
    """Show what erasing a narrator touches, and do it when their label is typed."""
    touched = what_erasure_touches(narrator=there, keys=request.keys, by=request.member)
    label = there.label
    form = EraseForm(request, label=label)
    erased = form.carry_out(
        lambda: erase_narrator(narrator=there, keys=request.keys, by=request.member)
    )
    if erased is not None:
        return render(request, "custody/erased.html", {"erased": erased, "label": label})
    facts = {
        "form": form,
        "narrator": there,
        "touched": touched,
        "opening": opening_of(request.keys),
    }
    return render(request, "custody/erase.html", facts, status=form.status)
