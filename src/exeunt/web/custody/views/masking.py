"""Reading a raw text page by page, deciding what is masked, and handing the masked text over."""

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exeunt.desk.asking import needs
from exeunt.procedures.entrusting import finishing
from exeunt.procedures.entrusting.masking import Sheet, go_on, look_again, open_sheet
from exeunt.procedures.entrusting.reviewing import page_at
from exeunt.stages.narrators.models import Narrator
from exeunt.stages.testimonies.actions.care import count_page
from exeunt.stages.testimonies.models import Account, TextVersion
from exeunt.stages.testimonies.queries.masked import pieces_of
from exeunt.studies.roles import Act
from exeunt.web.custody.asking import Unlocked, unlocked, with_account
from exeunt.web.custody.forms.texts import FinishForm, StepForm
from exeunt.web.custody.leaves import Leaf
from exeunt.web.custody.standing import opening_of
from exeunt.web.custody.steps import Step, take
from exeunt.web.custody.words import KINDS

FORM = ["GET", "POST"]
DECIDES = frozenset({"accept", "refuse", "accept-alike", "refuse-alike", "replace"})
MAKES = frozenset({"add", "kind", "everywhere"})
LONGEST_NUMBER = 10
# A page that is read asks for its changing part alone by this header.
PART = "X-Part"


@require_http_methods(FORM)
@needs(Act.TAKE_IN)
@with_account
@unlocked
def page(request: Unlocked, account: Account, number: int) -> HttpResponse:
    """Show one page of a raw text with its marks, and do the next step of masking."""
    form = StepForm(request)
    done = form.carry_out(lambda: take(_as_shown(request, account, form), form.step(number)))
    if done is not None:
        return _after(request, done, form.step(number))
    leaf = Leaf(
        _opened(request, account), number, chosen=_chosen(request, form), labels=_labels(account)
    )
    return _drawn(request, leaf, form)


@require_http_methods(FORM)
@needs(Act.TAKE_IN)
@with_account
@unlocked
def finish(request: Unlocked, account: Account) -> HttpResponse:
    """Show the text as the house will see it, and what is still in the way; then hand it over."""
    form = FinishForm(request)
    version = form.carry_out(lambda: _handed_over(request, account, form))
    if version is not None:
        messages.success(request, _("The masked text is what the study reads from now on."))
        return redirect("custody:text", study_ref=request.study.ref, ref=account.ref)
    sheet = _opened(request, account)
    outlook, pages = finishing.outlook(sheet), sheet.pages
    facts = {
        "form": FinishForm(request, revision=sheet.revision) if not form.errors else form,
        "account": account,
        "outlook": outlook,
        "undecided": sorted(
            Counter(page_at(pages, one.start) for one in outlook.undecided).items()
        ),
        "pieces": pieces_of(outlook.masked.text, outlook.masks),
        "opening": opening_of(request.keys),
    }
    return render(request, "custody/finish.html", facts, status=form.status)


def _as_shown(request: Unlocked, account: Account, form: StepForm | FinishForm) -> Sheet:
    """Take the text up as it was shown; refuses where somebody has gone on with it since."""
    revision = form.cleaned_data["revision"]
    return go_on(account=account, revision=revision, keys=request.keys, by=request.member)


def _opened(request: Unlocked, account: Account) -> Sheet:
    """Open the text; a page that asks for a part of itself has opened it already."""
    look = look_again if PART in request.headers else open_sheet
    return look(account=account, keys=request.keys, by=request.member)


def _handed_over(request: Unlocked, account: Account, form: FinishForm) -> TextVersion:
    return finishing.finish(_as_shown(request, account, form))


def _after(request: Unlocked, sheet: Sheet, step: Step) -> HttpResponse:
    """Go on to where the next decision is."""
    leaf = Leaf(sheet, step.page, labels=_labels(sheet.account))
    study, ref = request.study.ref, sheet.account.ref
    if step.act == "read" and step.page == leaf.pages:
        return redirect("custody:finish", study_ref=study, ref=ref)
    if step.act == "read":
        return redirect("custody:page", study_ref=study, ref=ref, number=step.page + 1)
    at = _next(leaf, step)
    if PART in request.headers:
        return _drawn(request, leaf.choosing(at), StepForm(request))
    where = {"study_ref": study, "ref": ref, "number": step.page}
    place = reverse("custody:page", kwargs=where)
    return redirect(f"{place}?mark={at}#m{at}" if at else f"{place}#leaf")


def _next(leaf: Leaf, step: Step) -> int:
    if step.act in DECIDES:
        return leaf.after(step.number)
    if step.act in MAKES:
        return max((mark.number for mark in leaf.marks), default=0)
    return step.number


def _drawn(request: Unlocked, leaf: Leaf, form: StepForm) -> HttpResponse:
    facts = {
        "leaf": leaf,
        "form": form,
        "account": leaf.sheet.account,
        "kinds": KINDS.items(),
        "opening": opening_of(request.keys),
        "care": count_page(leaf.sheet.account.study, by=request.member),
    }
    template = "custody/leaf.html" if PART in request.headers else "custody/page.html"
    return render(request, template, facts, status=form.status)


def _chosen(request: Unlocked, form: StepForm) -> int:
    if form.is_bound:
        return form.step(0).number
    asked = request.GET.get("mark", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < LONGEST_NUMBER else 0


def _labels(account: Account) -> dict[str, str]:
    return dict(Narrator.objects.filter(study=account.study).values_list("ref", "label"))
