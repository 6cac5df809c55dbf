"""Single figures: their lasting address, their drawing, and their files."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exeunt.desk.asking import Asked
from exeunt.stages.findings.queries.answers import (
    Download,
    answer_called,
    drawing_of,
    figure_file,
    figure_of,
    figures_together,
    read_answer,
)

# An answer never changes, so a browser may keep its drawings for a while; nobody else may.
KEPT_A_WHILE = "private, max-age=3600"


@require_safe
def figure(request: Asked, ref: str, figure: str) -> HttpResponse:
    """Show one figure at its lasting address."""
    answer = answer_called(ref, study=request.study, by=request.member)
    found = figure_of(answer, figure)
    read_answer(answer, by=request.member)
    return render(request, "findings/figure_page.html", {"answer": answer, "found": found})


@require_safe
def drawing(request: Asked, ref: str, figure: str) -> HttpResponse:
    """Hand a page the drawing of one of its figures."""
    answer = answer_called(ref, study=request.study, by=request.member)
    response = HttpResponse(drawing_of(answer, figure), content_type="image/svg+xml")
    response.headers["Cache-Control"] = KEPT_A_WHILE
    return response


@require_safe
def file(request: Asked, *, ref: str, figure: str, kind: str) -> HttpResponse:
    """Hand out a figure as a file."""
    answer = answer_called(ref, study=request.study, by=request.member)
    return attached(figure_file(answer, figure, kind, by=request.member))


@require_safe
def together(request: Asked, ref: str) -> HttpResponse:
    """Hand out all figures of an answer in one archive."""
    answer = answer_called(ref, study=request.study, by=request.member)
    return attached(figures_together(answer, by=request.member))


def attached(handed: Download) -> HttpResponse:
    """Hand out a file to be kept, never to be opened among our pages."""
    return HttpResponse(
        handed.content,
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{handed.name}"'},
    )
