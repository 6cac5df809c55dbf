"""What was agreed about a study, by whom and when; and what its numbers cannot show."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exeunt.desk.asking import Asked, needs
from exeunt.studies import actions
from exeunt.studies.queries import protocol_of, protocol_versions
from exeunt.studies.roles import Act
from exeunt.web.study.forms import LimitsForm, ProtocolForm
from exeunt.web.study.parts import parts_of, versions_told

FORM = ["GET", "POST"]


@require_safe
@needs(Act.SEE_FINDINGS)
def protocol(request: Asked) -> HttpResponse:
    """Show what holds, and every version before it."""
    now = protocol_of(request.study, by=request.member)
    versions = protocol_versions(request.study, by=request.member)
    facts = {
        "protocol": now,
        "parts": parts_of(now),
        "versions": versions_told(versions),
        "limits": request.study.limits,
    }
    return render(request, "studies/protocol.html", facts)


@require_http_methods(FORM)
@needs(Act.EDIT_PROTOCOL)
def agree(request: Asked) -> HttpResponse:
    """Agree a protocol, or another one in its place."""
    now = protocol_of(request.study, by=request.member)
    form = ProtocolForm(
        request,
        initial=now.as_facts()._asdict() if now is not None else None,
        revision=now.revision if now is not None else 0,
    )
    done = form.carry_out(
        lambda: actions.agree_protocol(study=request.study, by=request.member, **form.facts())
    )
    if done is None:
        return render(request, "studies/agree.html", {"form": form}, status=form.status)
    messages.success(request, _("The protocol is agreed, and this version of it is kept."))
    return redirect("studies:protocol", study_ref=request.study.ref)


@require_http_methods(FORM)
@needs(Act.EDIT_PROTOCOL)
def limits(request: Asked) -> HttpResponse:
    """Say what the study's numbers cannot show."""
    study = request.study
    form = LimitsForm(
        request, initial={"limits": "\n".join(study.limits)}, revision=study.limits_revision
    )
    done = form.carry_out(
        lambda: actions.state_limits(study=study, by=request.member, **form.facts())
    )
    if done is None:
        return render(request, "studies/limits.html", {"form": form}, status=form.status)
    messages.success(request, _("The limits are stated; every report prints them."))
    return redirect("studies:protocol", study_ref=study.ref)
