"""Where one arrives: the studies, and the overview of one."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from exeunt.desk.asking import Asked
from exeunt.studies.queries import studies_of
from exeunt.web.overview import overview_of


@require_safe
def studies(request: Asked) -> HttpResponse:
    """Show one's studies; with one only, go there."""
    mine = studies_of(request.member)
    if len(mine) == 1:
        return redirect("overview", study_ref=mine[0].ref)
    return render(request, "web/studies.html", {"studies": mine})


@require_safe
def overview(request: Asked) -> HttpResponse:
    """Show where everything stands in a study, and what waits for who asks."""
    return render(request, "web/overview.html", {"overview": overview_of(request)})
