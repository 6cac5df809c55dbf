"""Rounds of coding: which there are, a new one, how far one is, and moving what is left."""

import secrets

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exeunt.desk.asking import Asked, needs
from exeunt.stages.coding.actions import rounds as acts
from exeunt.stages.coding.forms.rounds import GiveForm, HandOnForm, RoundForm
from exeunt.stages.coding.models import CodebookVersion
from exeunt.stages.coding.queries.codebooks import version_called, version_names
from exeunt.stages.coding.queries.drawing import (
    Drawing,
    drawn,
    left_to_give,
    people_who_code,
)
from exeunt.stages.coding.queries.rounds import (
    coder_in,
    round_called,
    round_page,
    rounds_of,
    thing_labelled,
)
from exeunt.studies.roles import Act


@require_safe
@needs(Act.SEE_FINDINGS)
def rounds(request: Asked) -> HttpResponse:
    """List the rounds of the study, and how far each is."""
    facts = {
        "lines": rounds_of(request.study, by=request.member),
        "names": version_names(request.study, by=request.member),
    }
    return render(request, "coding/rounds.html", facts)


@require_http_methods(["GET", "POST"])
@needs(Act.GIVE_OUT)
def new(request: Asked, codebook: str) -> HttpResponse:
    """Show who would be given how much, and open the round when that is confirmed."""
    version = version_called(codebook, study=request.study)
    form = RoundForm(request, people_who_code(request.study), seed=secrets.choice(acts.SEEDS))
    if form.opens:
        return _opened(request, version, form)
    drawing = form.carry_out(lambda: drawn(request.study, version, form.plan(), by=request.member))
    return _drawing(request, version, form, drawing=drawing)


@require_safe
@needs(Act.SEE_FINDINGS)
def round_(request: Asked, ref: str) -> HttpResponse:
    """Show one round: how far each coder is, what is left, and what a calibration says."""
    page = round_page(request.study, ref, by=request.member)
    return render(request, "coding/round.html", {"page": page})


@require_POST
@needs(Act.GIVE_OUT)
def close(request: Asked, ref: str) -> HttpResponse:
    """Close a round, and take back what nobody has begun."""
    found = round_called(request.study, ref, by=request.member)
    taken = acts.close_round(study=request.study, round_=found, by=request.member)
    said = _("The round is closed; %(taken)s that nobody had begun were taken back.")
    messages.success(request, said % {"taken": taken})
    return _to_round(request, ref)


@require_http_methods(["GET", "POST"])
@needs(Act.GIVE_OUT)
def hand_on(request: Asked, ref: str, *, member: str) -> HttpResponse:
    """Give another coder what one has not begun, or take it back."""
    found = round_called(request.study, ref, by=request.member)
    line = coder_in(request.study, found, member, by=request.member)
    others = [one for one in people_who_code(request.study) if one != line.coder]
    form = HandOnForm(request, others)
    moved = form.carry_out(
        lambda: acts.hand_on(
            study=request.study,
            round_=found,
            coder=line.coder,
            to=form.to(),
            by=request.member,
        )
    )
    if moved is None:
        facts = {"form": form, "round": found, "line": line}
        return render(request, "coding/hand_on.html", facts, status=form.status)
    messages.success(request, _("%(moved)s were moved.") % {"moved": moved})
    return _to_round(request, ref)


@require_http_methods(["GET", "POST"])
@needs(Act.GIVE_OUT)
def give(request: Asked, ref: str) -> HttpResponse:
    """Give one account to one coder."""
    found = round_called(request.study, ref, by=request.member)
    form = GiveForm(request, people_who_code(request.study))
    given = form.carry_out(
        lambda: acts.give(
            study=request.study,
            round_=found,
            ref=thing_labelled(request.study, found.version, form.facts()["thing"]),
            to=form.to(),
            by=request.member,
        )
    )
    if given is None:
        facts = {"form": form, "round": found}
        return render(request, "coding/give.html", facts, status=form.status)
    messages.success(request, _("It is given."))
    return _to_round(request, ref)


def _opened(request: Asked, version: CodebookVersion, form: RoundForm) -> HttpResponse:
    opened = form.carry_out(
        lambda: acts.open_round(
            study=request.study, version=version, plan=form.plan(), by=request.member
        )
    )
    if opened is None:
        return _drawing(request, version, form, drawing=None)
    messages.success(request, _("The round is open; what was given out waits for coders."))
    return _to_round(request, opened.ref)


def _drawing(
    request: Asked, version: CodebookVersion, form: RoundForm, *, drawing: Drawing | None
) -> HttpResponse:
    left = len(left_to_give(request.study, version))
    facts = {"form": form, "version": version, "drawing": drawing, "left": left}
    return render(request, "coding/new_round.html", facts, status=form.status)


def _to_round(request: Asked, ref: str) -> HttpResponse:
    return redirect("coding:round", study_ref=request.study.ref, ref=ref)
