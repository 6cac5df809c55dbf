"""A text before its coder: read, marked act by act, and completed."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exeunt.desk.asking import Asked, needs
from exeunt.stages.coding.actions.marking import do_in_text
from exeunt.stages.coding.actions.texts import complete_text, propose_code
from exeunt.stages.coding.forms.marking import batch_in, label_in
from exeunt.stages.coding.forms.sentences import SentencesForm
from exeunt.stages.coding.queries.codebooks import version_called
from exeunt.stages.coding.queries.examples import examples_of
from exeunt.stages.coding.queries.texts import marks_in, own_text, text_called
from exeunt.stages.coding.queries.waiting import next_to_code
from exeunt.stages.coding.views.pages import facts_of_plain, facts_of_text, values_of
from exeunt.stages.testimonies.actions.care import count_page_of
from exeunt.studies.roles import Act


@require_safe
@needs(Act.CODE)
def text(request: Asked, codebook: str, ref: str) -> HttpResponse:
    """Show an account's text to be marked by who asks."""
    version = version_called(codebook, study=request.study)
    own = own_text(request.study, version, ref, by=request.member)
    care = count_page_of(request.study, [own.text.text], by=request.member)
    examples = examples_of(request.study, version, by=request.member)
    return render(request, "coding/text.html", facts_of_text(own, care, examples))


@require_http_methods(["GET", "POST"])
@needs(Act.CODE)
def plain(request: Asked, codebook: str, ref: str) -> HttpResponse:
    """Show a text with numbered sentences, and mark it by their numbers: without a script."""
    version = version_called(codebook, study=request.study)
    own = own_text(request.study, version, ref, by=request.member)
    form = SentencesForm(request, own, values=values_of(own))
    do = partial(do_in_text, study=request.study, version=version, text=own.text, by=request.member)
    if form.carry_out(lambda: do(batch=form.batch())) is None:
        care = count_page_of(request.study, [own.text.text], by=request.member)
        return render(
            request, "coding/plain.html", facts_of_plain(own, care, form), status=form.status
        )
    messages.success(request, _("It is saved."))
    first = form.cleaned_data["first"]
    return redirect(f"{request.path}#s{first}")


@require_safe
@needs(Act.CODE)
def marks(request: Asked, codebook: str, ref: str) -> HttpResponse:
    """Hand out what is marked in a text, for the page's script."""
    version = version_called(codebook, study=request.study)
    return JsonResponse(marks_in(request.study, version, ref, by=request.member).as_plain())


@require_POST
@needs(Act.CODE)
def act(request: Asked, codebook: str, ref: str) -> HttpResponse:
    """Do what a coder did in a text, at once."""
    version = version_called(codebook, study=request.study)
    there = text_called(request.study, ref)
    batch = batch_in(request)
    saved = do_in_text(
        study=request.study, version=version, text=there, batch=batch, by=request.member
    )
    return JsonResponse(saved._asdict())


@require_POST
@needs(Act.CODE)
def propose(request: Asked, codebook: str) -> HttpResponse:
    """Add a code that a coder found missing."""
    version = version_called(codebook, study=request.study)
    label = label_in(request)
    code = propose_code(study=request.study, version=version, label=label, by=request.member)
    return JsonResponse({"code": code.key, "label": code.label})


@require_POST
@needs(Act.CODE)
def finish(request: Asked, codebook: str, ref: str) -> HttpResponse:
    """Complete the reading of a text, and go to the next."""
    version = version_called(codebook, study=request.study)
    complete_text(study=request.study, version=version, ref=ref, by=request.member)
    messages.success(request, _("The reading is complete. Here is the next one."))
    following = next_to_code(request.study, version, after=ref, by=request.member)
    study = request.study.ref
    if following is None:
        return redirect("coding:next", study_ref=study)
    return redirect("coding:text", study_ref=study, codebook=version.name, ref=following)
