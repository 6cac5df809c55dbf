"""What was done in a study, entry by entry, in words."""

from datetime import datetime, time, timedelta

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from exeunt.desk.asking import Asked, needs
from exeunt.ledger.queries import Sought
from exeunt.studies.queries import colleagues_in, ledger_of, witness_for
from exeunt.studies.roles import Act
from exeunt.web.study.entries import acts_offered, told
from exeunt.web.study.forms import EntriesForm, Offered

WRONG = 422


@require_safe
@needs(Act.READ_LEDGER)
def ledger(request: Asked) -> HttpResponse:
    """Show a leaf of the entries that concern this study; that it was read is an entry too."""
    form = EntriesForm(request.GET, offered=_offered(request))
    if not form.is_valid():
        return render(request, "studies/ledger.html", {"form": form}, status=WRONG)
    named = ledger_of(
        request.study,
        _sought(form),
        older_than=form.cleaned_data["older_than"],
        newer_than=form.cleaned_data["newer_than"],
        by=request.member,
    )
    facts = {"form": form, "leaf": named.leaf, "lines": told(named, study=request.study)}
    return render(request, "studies/ledger.html", facts)


@require_safe
@needs(Act.READ_LEDGER)
def witness(request: Asked) -> HttpResponse:
    """Hand out what somebody outside can keep, by which every later change is found out."""
    seen = witness_for(request.study, by=request.member)
    facts = {
        "witness": str(seen) if seen else None,
        "size": seen.size if seen else None,
        "root": seen.root if seen else None,
        "at": timezone.now().isoformat(timespec="seconds"),
        "check": f"exeunt check ARCHIVE --witness {seen}",
    }
    response = JsonResponse(facts, json_dumps_params={"indent": 2})
    response.headers["Content-Disposition"] = 'attachment; filename="witness.json"'
    return response


def _offered(request: Asked) -> Offered:
    colleagues = colleagues_in(request.study, by=request.member)
    return Offered(
        members=[(one.member.ref, one.member.name) for one in colleagues], acts=acts_offered()
    )


def _sought(form: EntriesForm) -> Sought:
    """Read what was asked for; a day is the reader's own, from midnight to midnight."""
    wanted = form.cleaned_data
    if wanted["day"] is None:
        return Sought(by=wanted["by"], act=wanted["act"])
    since = timezone.make_aware(datetime.combine(wanted["day"], time.min))
    return Sought(by=wanted["by"], act=wanted["act"], since=since, until=since + timedelta(days=1))
