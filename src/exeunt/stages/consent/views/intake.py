"""The intake, a question a page, in the narrator's language."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exeunt.desk.asking import Asked, needs
from exeunt.errors import NotThere
from exeunt.stages.consent.actions.intake import answer, begin_intake, finish_intake, stop_intake
from exeunt.stages.consent.formats.words import Words, words_in
from exeunt.stages.consent.forms import LanguageForm
from exeunt.stages.consent.models import Intake
from exeunt.stages.consent.queries.intakes import intake_of, question_page, summary_of
from exeunt.stages.consent.rules.intake import (
    BY_NAME,
    LANGUAGES,
    first_unanswered,
    forgets,
    next_after,
    says_no,
)
from exeunt.stages.narrators.queries import narrator_called
from exeunt.studies.roles import Act

FORM = ["GET", "POST"]
FIRST = "limits"
AGAIN = "again"


@require_http_methods(FORM)
@needs(Act.RECORD_CONSENT)
def begin(request: Asked, ref: str) -> HttpResponse:
    """Choose the language; from then on the narrator reads along."""
    found = narrator_called(request.study, ref)
    form = LanguageForm(request, initial={"language": LANGUAGES[0]})
    begun = form.carry_out(
        lambda: begin_intake(
            narrator=found, language=form.cleaned_data["language"], by=request.member
        )
    )
    if begun is None:
        facts = {"form": form, "narrator": found}
        return render(request, "consent/begin.html", facts, status=form.status)
    return _to(request, begun, FIRST)


@require_http_methods(FORM)
@needs(Act.RECORD_CONSENT)
def question(request: Asked, ref: str, name: str) -> HttpResponse:
    """Ask one question, and keep its answer."""
    intake = _under_way(request, ref)
    if name not in BY_NAME:
        raise NotThere("There is nothing here.")
    if request.method != "POST":
        return _ask(request, intake, name)
    sent = request.POST.getlist("answer")
    fault = answer(intake=intake, name=name, sent=sent, by=request.member)
    intake.refresh_from_db()
    if fault is not None:
        return _ask(request, intake, name, fault=fault, sent=sent)
    if forgets(BY_NAME[name], intake.answers):
        return redirect(f"{_to(request, intake, FIRST).url}?{AGAIN}")
    return _to(request, intake, _follows(intake, name))


@require_http_methods(FORM)
@needs(Act.RECORD_CONSENT)
def check(request: Asked, ref: str) -> HttpResponse:
    """Show every answer before anything is written down, then write it down."""
    intake = _under_way(request, ref)
    left = first_unanswered(intake.answers)
    no = says_no(intake.answers)
    if left is not None and not no:
        return _to(request, intake, left)
    if request.method == "POST":
        language = intake.language
        finish_intake(intake=intake, by=request.member)
        how = "refused" if no else "given"
        return _over(request, ref, language=language, how=how)
    words = words_in(intake.language)
    shown = summary_of(intake)
    return _spoken(request, "consent/check.html", words, summary=shown, no=no, ref=ref)


@require_POST
@needs(Act.RECORD_CONSENT)
def halt(request: Asked, ref: str) -> HttpResponse:
    """Stop an intake; nothing is written down."""
    intake = _under_way(request, ref)
    stop_intake(intake=intake, by=request.member)
    return _over(request, ref, language=intake.language, how="stopped")


@require_safe
@needs(Act.RECORD_CONSENT)
def over(request: Asked, ref: str, how: str) -> HttpResponse:
    """Say that it is over, and what follows."""
    found = narrator_called(request.study, ref)
    if how not in ("given", "refused", "stopped"):
        raise NotThere("There is nothing here.")
    words = _words(request)
    return _spoken(request, "consent/over.html", words, narrator=found, how=how, ref=ref)


@require_safe
@needs(Act.RECORD_CONSENT)
def slip(request: Asked, ref: str) -> HttpResponse:
    """Show a slip to print that says nothing of what was agreed to, nor to whom."""
    narrator_called(request.study, ref)
    words, day = _words(request), timezone.localdate()
    says = words.slip(ref=ref[:6], day=day)
    return _spoken(request, "consent/slip.html", words, says=says)


def _under_way(request: Asked, ref: str) -> Intake:
    return intake_of(narrator_called(request.study, ref), by=request.member)


def _words(request: Asked) -> Words:
    language = request.GET.get("in", LANGUAGES[0])
    if language not in LANGUAGES:
        raise NotThere("There is nothing here.")
    return words_in(language)


def _ask(
    request: Asked, intake: Intake, name: str, *, fault: str = "", sent: list[str] | None = None
) -> HttpResponse:
    words = words_in(intake.language)
    page = question_page(intake, name, fault=fault, sent=sent)
    return _spoken(
        request,
        "consent/question.html",
        words,
        status=422 if fault else 200,
        asked=page,
        again=AGAIN in request.GET,
        ref=intake.narrator.ref,
    )


def _spoken(
    request: Asked, template: str, words: Words, *, status: int = 200, **facts: object
) -> HttpResponse:
    """Draw a page that the narrator reads: its language and direction are theirs."""
    facts |= {
        "words": words.said,
        "LANGUAGE_CODE": words.language,
        "LANGUAGE_BIDI": words.is_right_to_left,
    }
    return render(request, template, facts, status=status)


def _follows(intake: Intake, name: str) -> str:
    """Return the name of the page that follows: at once the check where somebody says no."""
    if says_no(intake.answers):
        return "check"
    following = next_after(name, intake.answers)
    return following if following is not None else "check"


def _to(request: Asked, intake: Intake, name: str) -> HttpResponseRedirect:
    study, ref = request.study.ref, intake.narrator.ref
    if name == "check":
        return redirect("consent:check", study_ref=study, ref=ref)
    return redirect("consent:question", study_ref=study, ref=ref, name=name)


def _over(request: Asked, ref: str, *, language: str, how: str) -> HttpResponse:
    place = reverse("consent:over", kwargs={"study_ref": request.study.ref, "ref": ref, "how": how})
    return redirect(f"{place}?in={language}")
