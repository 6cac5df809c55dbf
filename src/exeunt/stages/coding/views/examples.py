"""Examples of one code: shown, chosen among its excerpts, taken away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from exeunt.desk.asking import Asked, needs
from exeunt.stages.coding.actions.examples import drop_example, show_example
from exeunt.stages.coding.forms.examples import ExampleForm
from exeunt.stages.coding.queries.codebooks import version_called
from exeunt.stages.coding.queries.examples import example_called, examples_page
from exeunt.studies.roles import Act


@require_http_methods(["GET", "POST"])
@needs(Act.EDIT_CODEBOOK)
def examples(request: Asked, codebook: str, key: str) -> HttpResponse:
    """Show a code's examples, and let an excerpt become one."""
    study, member = request.study, request.member
    version = version_called(codebook, study=study)
    page = examples_page(study, version, key, by=member)
    form = ExampleForm(request)
    shown = form.carry_out(
        lambda: show_example(study=study, version=version, key=key, by=member, **form.facts())
    )
    if shown is None:
        return render(
            request, "coding/examples.html", {"page": page, "form": form}, status=form.status
        )
    messages.success(request, _("The excerpt is an example now."))
    return redirect("coding:examples", study_ref=study.ref, codebook=version.name, key=key)


@require_POST
@needs(Act.EDIT_CODEBOOK)
def drop(request: Asked, ref: str) -> HttpResponse:
    """Take an example away."""
    example = example_called(request.study, ref, by=request.member)
    version, key = example.code.version, example.code.key
    drop_example(study=request.study, example=example, by=request.member)
    messages.success(request, _("The excerpt is no example any more."))
    return redirect("coding:examples", study_ref=request.study.ref, codebook=version.name, key=key)
