"""Who works in a study: inviting, appointing, dismissing, letting in again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exeunt.desk.asking import Asked, needs
from exeunt.desk.forms import HouseForm
from exeunt.desk.fresh import fresh
from exeunt.members.models import Member
from exeunt.studies import actions
from exeunt.studies.actions import Invited
from exeunt.studies.queries import colleague_called, colleagues_in, roles_of
from exeunt.studies.roles import Act, Role
from exeunt.studies.rules import roles_open_to
from exeunt.web.study.forms import InviteForm, RoleForm

FORM = ["GET", "POST"]


@require_safe
@needs(Act.SEE_FINDINGS)
def members(request: Asked) -> HttpResponse:
    """Show who works here, as what, since when, and whether they have come in yet."""
    colleagues = colleagues_in(request.study, by=request.member)
    return render(request, "studies/members.html", {"colleagues": colleagues})


@require_http_methods(FORM)
@needs(Act.APPOINT)
@fresh
def invite(request: Asked) -> HttpResponse:
    """Give somebody a role; who is new gets a link, shown this once."""
    form = InviteForm(request)
    invited = form.carry_out(
        lambda: actions.invite_in(study=request.study, by=request.member, **form.facts())
    )
    if invited is None:
        return render(request, "studies/invite.html", {"form": form}, status=form.status)
    return _shown_once(request, invited)


@require_http_methods(FORM)
@needs(Act.APPOINT)
@fresh
def appoint(request: Asked, ref: str) -> HttpResponse:
    """Give a member one more role."""
    member = colleague_called(ref, study=request.study, by=request.member)
    held = roles_of(member, request.study)
    form = RoleForm(request, offered=roles_open_to(held, is_machine=member.is_machine))
    done = form.carry_out(
        lambda: actions.appoint(
            study=request.study, member=member, by=request.member, **form.facts()
        )
    )
    if done is None:
        facts = {"form": form, "member": member}
        return render(request, "studies/appoint.html", facts, status=form.status)
    messages.success(request, _("The role is given."))
    return redirect("studies:members", study_ref=request.study.ref)


@require_http_methods(FORM)
@needs(Act.APPOINT)
@fresh
def dismiss(request: Asked, ref: str) -> HttpResponse:
    """Take a role away from a member."""
    member = colleague_called(ref, study=request.study, by=request.member)
    held = [role for role in Role if role in roles_of(member, request.study)]
    form = RoleForm(request, offered=held, initial={"role": held[0]})
    done = form.carry_out(lambda: _dismissed(request, member, form))
    if done is None:
        facts = {"form": form, "member": member}
        return render(request, "studies/dismiss.html", facts, status=form.status)
    messages.success(request, _("The role is taken away. What they did stays theirs."))
    return redirect(done)


@require_http_methods(FORM)
@needs(Act.APPOINT)
@fresh
def link(request: Asked, ref: str) -> HttpResponse:
    """Draw a new link for somebody who lost theirs, or their passphrase."""
    member = colleague_called(ref, study=request.study, by=request.member)
    form = HouseForm(request)
    invited = form.carry_out(
        lambda: actions.let_in_again(study=request.study, member=member, by=request.member)
    )
    if invited is None:
        facts = {"form": form, "member": member}
        return render(request, "studies/link.html", facts, status=form.status)
    return _shown_once(request, invited)


def _dismissed(request: Asked, member: Member, form: RoleForm) -> str:
    """Take the role away, and tell where to go: whoever has no role left is not let in here."""
    actions.dismiss(study=request.study, member=member, by=request.member, **form.facts())
    stays = roles_of(request.member, request.study)
    here = {"study_ref": request.study.ref}
    return reverse("studies:members", kwargs=here) if stays else reverse("home")


def _shown_once(request: Asked, invited: Invited) -> HttpResponse:
    """Show a link, which nobody can look up afterwards; without one, say what was done."""
    if not invited.token:
        messages.success(
            request, _("%(name)s is a member of this study.") % {"name": invited.member.name}
        )
        return redirect("studies:members", study_ref=request.study.ref)
    place = request.build_absolute_uri(reverse("welcome", kwargs={"token": invited.token}))
    return render(request, "studies/link_drawn.html", {"member": invited.member, "link": place})
