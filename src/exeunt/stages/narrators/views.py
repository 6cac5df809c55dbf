"""Legal holds: which stand, placing one, lifting one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exeunt.desk.asking import Asked, needs
from exeunt.desk.forms import HouseForm
from exeunt.stages.narrators.actions.holds import lift_hold, place_hold_on
from exeunt.stages.narrators.forms import HoldForm
from exeunt.stages.narrators.queries import hold_called, holds_in, uncleaned_in
from exeunt.studies.roles import Act

FORM = ["GET", "POST"]


@require_safe
@needs(Act.SEE_HOLDS)
def holds(request: Asked) -> HttpResponse:
    """Show every hold of the study, and whether an erasure is still to be finished."""
    facts = {
        "holds": holds_in(request.study, by=request.member),
        "uncleaned": uncleaned_in(request.study, by=request.member),
    }
    return render(request, "narrators/holds.html", facts)


@require_http_methods(FORM)
@needs(Act.HOLD)
def place(request: Asked) -> HttpResponse:
    """Place a hold."""
    form = HoldForm(request)
    done = form.carry_out(
        lambda: place_hold_on(study=request.study, by=request.member, **form.facts())
    )
    if done is None:
        return render(request, "narrators/place_hold.html", {"form": form}, status=form.status)
    messages.success(request, _("The hold stands. Nobody whom it covers can be erased."))
    return redirect("narrators:holds", study_ref=request.study.ref)


@require_http_methods(FORM)
@needs(Act.HOLD)
def lift(request: Asked, ref: str) -> HttpResponse:
    """Lift a hold."""
    hold = hold_called(request.study, ref, by=request.member)
    form = HouseForm(request)
    done = form.carry_out(lambda: lift_hold(hold=hold, by=request.member))
    if done is None:
        facts = {"form": form, "hold": hold}
        return render(request, "narrators/lift_hold.html", facts, status=form.status)
    messages.success(request, _("The hold is lifted."))
    return redirect("narrators:holds", study_ref=request.study.ref)
