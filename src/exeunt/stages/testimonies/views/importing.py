"""A table of accounts: sent, looked at, and taken in beside the pages."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from exeunt.desk.asking import Asked, needs
from exeunt.desk.uploads import keep_upload, upload_called
from exeunt.stages.testimonies.forms.importing import SendForm, TakeInForm
from exeunt.stages.testimonies.queries.preview import preview_of
from exeunt.stages.testimonies.tasks import ask_to_take_in
from exeunt.studies.roles import Act


@require_http_methods(["GET", "POST"])
@needs(Act.IMPORT_ACCOUNTS)
def send(request: Asked) -> HttpResponse:
    """Send a table; nothing of it is taken in yet."""
    form = SendForm(request)
    upload = form.carry_out(
        lambda: keep_upload(form.cleaned_data["file"], study=request.study, by=request.member)
    )
    if upload is None:
        return render(request, "testimonies/import.html", {"form": form}, status=form.status)
    where = {"study_ref": request.study.ref, "token": upload.token}
    asked = urlencode({"provenance": form.cleaned_data["provenance"]})
    return redirect(f"{reverse('testimonies:preview', kwargs=where)}?{asked}")


@require_http_methods(["GET", "POST"])
@needs(Act.IMPORT_ACCOUNTS)
def look(request: Asked, token: str) -> HttpResponse:
    """Show what an import would do, and do it when that is decided."""
    upload = upload_called(token, study=request.study, by=request.member)
    provenance = request.GET.get("provenance", "")
    form = TakeInForm(request)
    job = form.carry_out(
        lambda: ask_to_take_in(
            study=request.study, upload=upload, provenance=provenance, by=request.member
        )
    )
    if job is not None:
        return redirect("work", study_ref=request.study.ref, ref=job.ref)
    preview = preview_of(request.study, upload, provenance=provenance or None, by=request.member)
    facts = {
        "form": form,
        "upload": upload,
        "preview": preview,
        "problems": preview.problems if preview is not None else (),
    }
    return render(request, "testimonies/preview.html", facts, status=form.status)
