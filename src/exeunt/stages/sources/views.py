"""Handing out preserved copies; none is ever shown as a page."""

from django.http import FileResponse
from django.views.decorators.http import require_safe

from exeunt.desk.asking import Asked, needs
from exeunt.stages.sources.queries import capture_of
from exeunt.studies.roles import Act


@require_safe
@needs(Act.READ_ACCOUNTS)
def capture(request: Asked, ref: str) -> FileResponse:
    """Hand a preserved copy out as bytes, under a name that tells nothing of it."""
    kept = capture_of(request.study, ref, by=request.member)
    return FileResponse(
        kept.path.open("rb"),
        as_attachment=True,
        filename=kept.name,
        content_type="application/octet-stream",
    )
