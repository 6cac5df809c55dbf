"""Where one arrives: the studies, beginning one, and the overview of one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exeunt.desk.asking import Asked
from exeunt.studies.actions import begin_study
from exeunt.studies.queries import roles_in_studies, studies_of
from exeunt.web.overview import overview_of
from exeunt.web.study.forms import BeginForm


@require_safe
def home(request: Asked) -> HttpResponse:
    """Go to one's study, or to the list of them where there is not exactly one."""
    mine = studies_of(request.member)
    if len(mine) == 1:
        return redirect("overview", study_ref=mine[0].ref)
    return redirect("studies")


@require_safe
def studies(request: Asked) -> HttpResponse:
    """Show one's studies, and what one is in each."""
    mine = roles_in_studies(by=request.member)
    return render(request, "web/studies.html", {"studies": mine})


@require_http_methods(["GET", "POST"])
def begin(request: Asked) -> HttpResponse:
    """Begin a study, which one leads then."""
    form = BeginForm(request)
    study = form.carry_out(lambda: begin_study(by=request.member, **form.facts()))
    if study is None:
        return render(request, "web/begin.html", {"form": form}, status=form.status)
    messages.success(request, _("The study is begun, and you lead it."))
    return redirect("overview", study_ref=study.ref)


@require_safe
def overview(request: Asked) -> HttpResponse:
    """Show where everything stands in a study, and what waits for who asks."""
    return render(request, "web/overview.html", {"overview": overview_of(request)})
