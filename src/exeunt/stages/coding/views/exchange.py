"""Whole projects of other programs coming in, and coded material going out to a colleague."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exeunt.desk.asking import Asked, needs
from exeunt.desk.uploads import keep_upload, upload_called
from exeunt.stages.coding.actions.exchange import export_coded
from exeunt.stages.coding.formats.project.manifest import packed
from exeunt.stages.coding.forms.codebooks import KeepForm
from exeunt.stages.coding.forms.exchange import ExportForm, ProjectFileForm, wishes_in
from exeunt.stages.coding.intake.project import PROJECT_READERS
from exeunt.stages.coding.queries.codebooks import version_names
from exeunt.stages.coding.queries.drawing import people_who_code
from exeunt.stages.coding.queries.exchange import colleagues_of, export_of
from exeunt.stages.coding.queries.project_page import project_sent
from exeunt.stages.coding.tasks import ask_to_take_project
from exeunt.stages.testimonies.forms.account import PROVENANCES
from exeunt.studies.roles import Act


@require_http_methods(["GET", "POST"])
@needs(Act.IMPORT_CODINGS)
def send(request: Asked) -> HttpResponse:
    """Take the file of a project, and show next what it would bring in."""
    form = ProjectFileForm(request)
    upload = form.carry_out(
        lambda: keep_upload(
            form.facts()["file"], study=request.study, kinds=PROJECT_READERS, by=request.member
        )
    )
    if upload is None:
        return render(request, "coding/import_project.html", {"form": form}, status=form.status)
    return redirect("coding:check-project", study_ref=request.study.ref, token=upload.token)


@require_http_methods(["GET", "POST"])
@needs(Act.IMPORT_CODINGS)
def check(request: Asked, token: str) -> HttpResponse:
    """Show what a project would bring in, as the address wishes it, and ask for it."""
    study, member = request.study, request.member
    upload = upload_called(token, study=study, by=member)
    wishes = wishes_in(request.GET)
    form = KeepForm(request)
    job = form.carry_out(
        lambda: ask_to_take_project(study=study, upload=upload, wishes=wishes, by=member)
    )
    if job is not None:
        return redirect("work", study_ref=study.ref, ref=job.ref)
    facts = {
        "form": form,
        "upload": upload,
        "wishes": wishes,
        "page": project_sent(study, upload, wishes, by=member),
        "versions": version_names(study, by=member),
        "coders": people_who_code(study),
        "provenances": PROVENANCES,
    }
    return render(request, "coding/check_project.html", facts, status=form.status)


@require_http_methods(["GET", "POST"])
@needs(Act.HAND_ON)
def export(request: Asked) -> HttpResponse:
    """Show what one may hand on, and hand it on with its manifest."""
    study, member = request.study, request.member
    versions = version_names(study, by=member)
    if not versions:
        return render(request, "coding/export.html", {"versions": versions})
    codebook = request.GET.get("codebook") or versions[0]
    form = ExportForm(request, colleagues_of(study, by=member))
    made = form.carry_out(
        lambda: export_coded(study=study, codebook=codebook, by=member, **form.facts())
    )
    if made is None:
        wanted = export_of(study, codebook, by=member)
        form.shows(wanted.counts.rows)
        facts = {"form": form, "export": wanted, "versions": versions}
        return render(request, "coding/export.html", facts, status=form.status)
    headers = {"Content-Disposition": f'attachment; filename="{study.slug}-{codebook}.zip"'}
    return HttpResponse(
        packed([made.file, made.manifest]), content_type="application/zip", headers=headers
    )
