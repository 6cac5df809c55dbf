"""Where readers differ, side by side, and settling it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exeunt.desk.asking import Asked, needs
from exeunt.desk.paging import leaf_number
from exeunt.stages.coding.actions.settling import settle as settle_it
from exeunt.stages.coding.forms.sheets import SettleForm
from exeunt.stages.coding.queries.codebooks import version_called
from exeunt.stages.coding.queries.differences import (
    difference_of,
    differences_page,
    row_of,
)
from exeunt.stages.testimonies.actions.care import count_page_of
from exeunt.studies.roles import Act


@require_safe
@needs(Act.SETTLE)
def differences(request: Asked) -> HttpResponse:
    """List what complete readings differ about, as far as who asks may see them."""
    page = differences_page(
        request.study,
        request.GET.get("codebook") or None,
        number=leaf_number(request.GET.get("page")),
        settled="settled" in request.GET,
        by=request.member,
    )
    return render(request, "coding/differences.html", {"page": page, "leaf": page.leaf})


@require_safe
@needs(Act.SETTLE)
def difference(request: Asked, codebook: str, ref: str) -> HttpResponse:
    """Show the complete readings of one thing side by side."""
    version = version_called(codebook, study=request.study)
    shown = difference_of(request.study, version, ref, by=request.member)
    texts = [one.text for one in shown.accounts]
    facts = {"shown": shown, "care": count_page_of(request.study, texts, by=request.member)}
    return render(request, "coding/difference.html", facts)


@require_http_methods(["GET", "POST"])
@needs(Act.SETTLE)
def settle(request: Asked, codebook: str, ref: str, *, place: int) -> HttpResponse:
    """Settle one code of one thing, and say why."""
    version = version_called(codebook, study=request.study)
    shown = difference_of(request.study, version, ref, by=request.member)
    row = row_of(shown, place)
    form = SettleForm(request, row, shown.scale)
    done = form.carry_out(
        lambda: settle_it(
            study=request.study,
            version=version,
            ref=ref,
            code=row.code.key,
            by=request.member,
            **form.facts(),
        )
    )
    if done is None:
        facts = {"form": form, "shown": shown, "row": row}
        return render(request, "coding/settle.html", facts, status=form.status)
    messages.success(request, _("“%(code)s” is settled.") % {"code": row.code.key})
    return redirect("coding:difference", study_ref=request.study.ref, codebook=codebook, ref=ref)
