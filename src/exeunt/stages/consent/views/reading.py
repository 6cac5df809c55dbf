"""What narrators agreed to: a list, one narrator, what ends when, and the record as a file."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from exeunt.desk.asking import Asked, needs
from exeunt.desk.paging import leaf_number
from exeunt.stages.consent.formats.dpv import record_of
from exeunt.stages.consent.formats.ics import Marked, calendar_of
from exeunt.stages.consent.forms import FindingForm
from exeunt.stages.consent.queries.facts import ending_in
from exeunt.stages.consent.queries.pages import consent_page, narrators_found, record_facts
from exeunt.stages.narrators.queries import narrator_called
from exeunt.studies.roles import Act

A_YEAR = timedelta(days=366)


@require_safe
@needs(Act.SEE_CONSENT)
def narrators(request: Asked) -> HttpResponse:
    """Show every narrator, and what consent is today."""
    finding = FindingForm(request.GET)
    asked = finding.cleaned_data if finding.is_valid() else {}
    leaf = narrators_found(
        request.study,
        words=asked.get("q", ""),
        state=asked.get("state", ""),
        leaf=leaf_number(request.GET.get("page")),
        by=request.member,
    )
    facts = {"finding": finding, "leaf": leaf, "asked": asked}
    return render(request, "consent/narrators.html", facts)


@require_safe
@needs(Act.SEE_CONSENT)
def narrator(request: Asked, ref: str) -> HttpResponse:
    """Show what one narrator agreed to, and everything that happened to it."""
    found = narrator_called(request.study, ref)
    page = consent_page(found, by=request.member)
    return render(request, "consent/narrator.html", {"page": page, "narrator": found})


@require_safe
@needs(Act.SEE_CONSENT)
def calendar(request: Asked) -> HttpResponse:
    """Show what ends within a year, day by day."""
    until = timezone.localdate() + A_YEAR
    ends = ending_in(request.study, until=until, by=request.member)
    return render(request, "consent/calendar.html", {"ends": ends, "until": until})


@require_safe
@needs(Act.SEE_CONSENT)
def calendar_file(request: Asked) -> HttpResponse:
    """Hand out the same days for a calendar, with references and nothing else."""
    until = timezone.localdate() + A_YEAR
    ends = ending_in(request.study, until=until, by=request.member)
    days = [Marked(one.day, one.narrator.ref) for one in ends]
    written = calendar_of(days, made=timezone.now())
    answer = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="dates.ics"'
    return answer


@require_safe
@needs(Act.SEE_CONSENT)
def export(request: Asked, ref: str) -> HttpResponse:
    """Hand out the record of consent as others' programs read it."""
    found = narrator_called(request.study, ref)
    facts = record_facts(found, by=request.member)
    answer = HttpResponse(record_of(facts), content_type="application/ld+json")
    answer["Content-Disposition"] = f'attachment; filename="consent-{found.ref}.jsonld"'
    return answer
