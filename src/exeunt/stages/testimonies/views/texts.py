"""Files of texts: sent, taken in beside the pages, and what became of each."""

import csv

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exeunt.desk.asking import Asked, needs
from exeunt.desk.models import Job
from exeunt.desk.uploads import keep_upload
from exeunt.stages.sources.queries import provenances_in
from exeunt.stages.testimonies.forms.texts import SendTextsForm
from exeunt.stages.testimonies.queries.confirming import how_many_to_confirm, texts_to_confirm
from exeunt.stages.testimonies.queries.imports import outcomes_of
from exeunt.stages.testimonies.tasks import ask_to_take_texts
from exeunt.studies.roles import Act


@require_http_methods(["GET", "POST"])
@needs(Act.IMPORT_ACCOUNTS)
def send(request: Asked) -> HttpResponse:
    """Send files of texts, and have them taken in one after another."""
    form = SendTextsForm(request, provenances=provenances_in(request.study))
    job = form.carry_out(lambda: _asked(request, form))
    if job is not None:
        return redirect("work", study_ref=request.study.ref, ref=job.ref)
    facts = {"form": form, "waiting": how_many_to_confirm(request.study)}
    return render(request, "testimonies/texts_send.html", facts, status=form.status)


@require_safe
@needs(Act.IMPORT_ACCOUNTS)
def taken(request: Asked, job: str) -> HttpResponse:
    """Show what became of each file that was sent."""
    facts = {"outcomes": outcomes_of(request.study, job, by=request.member), "job": job}
    return render(request, "testimonies/texts_taken.html", facts)


@require_safe
@needs(Act.IMPORT_ACCOUNTS)
def taken_table(request: Asked, job: str) -> HttpResponse:
    """Hand out what became of each file as a table."""
    outcomes = outcomes_of(request.study, job, by=request.member)
    answer = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="texts-{job}.csv"'},
    )
    answer.write("\ufeff")
    csv.writer(answer).writerows(outcomes.rows())
    return answer


@require_safe
@needs(Act.READ_ACCOUNTS)
def waiting(request: Asked) -> HttpResponse:
    """List the texts that wait for a person."""
    accounts = texts_to_confirm(request.study, by=request.member)
    return render(request, "testimonies/texts_waiting.html", {"accounts": accounts})


def _asked(request: Asked, form: SendTextsForm) -> Job:
    study, by = request.study, request.member
    uploads = [
        keep_upload(file, study=study, by=by, kinds=None) for file in form.cleaned_data["sent"]
    ]
    return ask_to_take_texts(
        study=study,
        uploads=uploads,
        provenance=form.cleaned_data.get("provenance", ""),
        reading=form.reading(),
        by=by,
    )
