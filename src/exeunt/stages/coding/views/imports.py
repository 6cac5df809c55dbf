"""Taking in a table of codings: send it, see what it would do, then let it be done."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exeunt.desk.asking import Asked, needs
from exeunt.desk.uploads import keep_upload, upload_called
from exeunt.stages.coding.forms.codebooks import CodingsFileForm, KeepForm
from exeunt.stages.coding.queries.codebooks import version_names
from exeunt.stages.coding.queries.preview import preview_codings
from exeunt.stages.coding.tasks import ask_to_take_in
from exeunt.studies.roles import Act


@require_http_methods(["GET", "POST"])
@needs(Act.IMPORT_CODINGS)
def send(request: Asked) -> HttpResponse:
    """Take a table of codings, and show next what it would do."""
    form = CodingsFileForm(request, version_names(request.study, by=request.member))
    upload = form.carry_out(
        lambda: keep_upload(form.facts()["file"], study=request.study, by=request.member)
    )
    if upload is None:
        return render(request, "coding/import.html", {"form": form}, status=form.status)
    codebook = form.facts()["codebook"]
    study = request.study.ref
    return redirect("coding:check-import", study_ref=study, codebook=codebook, token=upload.token)


@require_http_methods(["GET", "POST"])
@needs(Act.IMPORT_CODINGS)
def check(request: Asked, codebook: str, token: str) -> HttpResponse:
    """Show what taking in a table would do, and ask for it when that is decided."""
    upload = upload_called(token, study=request.study, by=request.member)
    form = KeepForm(request)
    job = form.carry_out(
        lambda: ask_to_take_in(
            study=request.study, upload=upload, codebook=codebook, by=request.member
        )
    )
    if job is not None:
        return redirect("work", study_ref=request.study.ref, ref=job.ref)
    preview = preview_codings(request.study, upload, codebook=codebook, by=request.member)
    facts = {
        "form": form,
        "upload": upload,
        "codebook": codebook,
        "preview": preview,
        "problems": preview.problems if preview is not None else (),
    }
    return render(request, "coding/check_import.html", facts, status=form.status)
