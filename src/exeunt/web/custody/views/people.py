"""Who somebody is: registering them, and opening one record of them at a time."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exeunt.desk.asking import Asked, needs
from exeunt.errors import Changed, NotThere
from exeunt.procedures.entrusting.registering import register as register_narrator
from exeunt.stages.consent.queries.facts import forms_of
from exeunt.stages.narrators.models import Narrator
from exeunt.stages.testimonies.queries.entrusted import entrusted_in
from exeunt.stages.testimonies.rules.entering import label_after
from exeunt.studies.roles import Act
from exeunt.vault import door, room
from exeunt.vault.room import Opened, Record
from exeunt.web.custody.asking import Unlocked, open_keys, unlocked, with_narrator
from exeunt.web.custody.entries import told
from exeunt.web.custody.forms.people import FORMS, RecordForm, RegisterForm
from exeunt.web.custody.standing import opening_of
from exeunt.web.custody.words import HOLDS, RECORDS

FORM = ["GET", "POST"]
FIRST_LABEL = "N-1"


@require_http_methods(FORM)
@needs(Act.TAKE_IN)
@unlocked
def register(request: Unlocked) -> HttpResponse:
    """Register somebody who entrusts a testimony."""
    form = RegisterForm(request, label=_next_label(request))
    narrator = form.carry_out(lambda: _registered(request, form))
    if narrator is None:
        facts = {"form": form, "opening": opening_of(request.keys)}
        return render(request, "custody/register.html", facts, status=form.status)
    messages.success(request, _("%(label)s is registered.") % {"label": narrator.label})
    return redirect("custody:narrator", study_ref=request.study.ref, ref=narrator.ref)


@require_safe
@needs(Act.TAKE_IN)
@with_narrator
def narrator(request: Asked, there: Narrator) -> HttpResponse:
    """List what is kept of a narrator, without opening any of it."""
    return render(request, "custody/narrator.html", _about(request, there))


@require_http_methods(FORM)
@needs(Act.TAKE_IN)
@with_narrator
@unlocked
def record(request: Unlocked, there: Narrator, record: str) -> HttpResponse:
    """Open one record, which is counted and written down, and correct it."""
    which = _record_called(record)
    opened = room.open_record(
        narrator=there.ref, record=which, keys=request.keys, by=request.member
    )
    facts = {"narrator": there, "title": RECORDS[which], "opening": opening_of(request.keys)}
    if which is Record.FILES:
        return render(request, "custody/files.html", {**facts, **_files(request, there, opened)})
    form = FORMS[which](request, content=opened.content, revision=opened.revision)
    done = form.carry_out(lambda: _edited(request, there, which, form=form))
    if done is None:
        return render(request, "custody/record.html", {**facts, "form": form}, status=form.status)
    messages.success(request, _("The record is saved."))
    return redirect("custody:narrator", study_ref=request.study.ref, ref=there.ref)


@require_POST
@needs(Act.TAKE_IN)
@with_narrator
@unlocked
def contact(request: Unlocked, there: Narrator) -> HttpResponse:
    """Answer whether a narrator may be contacted, with yes or no and nothing else."""
    answer = door.may_be_contacted(narrator=there.ref, keys=request.keys, by=request.member)
    return render(request, "custody/narrator.html", {**_about(request, there), "answer": answer})


@require_safe
@needs(Act.TAKE_IN)
@with_narrator
@unlocked
def ledger(request: Unlocked, there: Narrator) -> HttpResponse:
    """Show what was done in the vault with one narrator."""
    entries = room.entries_of(there.ref, keys=request.keys, by=request.member)
    facts = {"narrator": there, "lines": told(entries), "opening": opening_of(request.keys)}
    return render(request, "custody/ledger.html", facts)


def _registered(request: Unlocked, form: RegisterForm) -> Narrator:
    return register_narrator(
        study=request.study,
        label=form.cleaned_data["label"],
        gender=form.gender(),
        identity=form.identity(),
        ref=form.cleaned_data["once"],
        keys=request.keys,
        by=request.member,
    )


def _edited(request: Unlocked, there: Narrator, record: Record, *, form: RecordForm) -> Opened:
    """Correct a record; where another custodian was quicker, say in the form's words what stands.

    The refusal of the vault says so in the words of the record as it is kept.
    """
    try:
        return room.edit_record(
            narrator=there.ref,
            record=record,
            content=form.content(),
            revision=form.cleaned_data["revision"],
            keys=request.keys,
            by=request.member,
        )
    except Changed as changed:
        now = room.open_record(
            narrator=there.ref, record=record, keys=request.keys, by=request.member
        )
        theirs = {name: str(said) for name, said in form.in_fields(now.content).items()}
        raise Changed(changed.says, revision=now.revision, theirs=theirs) from changed


def _about(request: Asked, there: Narrator) -> dict[str, object]:
    known = entrusted_in(request.study, by=request.member)
    return {
        "narrator": there,
        "accounts": next(one.accounts for one in known if one.narrator.pk == there.pk),
        "papers": forms_of(there, by=request.member),
        "records": [(one.value, words, HOLDS[one]) for one, words in RECORDS.items()],
        "opening": opening_of(open_keys(request)),
    }


def _files(request: Asked, there: Narrator, opened: Opened) -> dict[str, object]:
    accounts = _about(request, there)["accounts"]
    return {"accounts": accounts, "originals": len(opened.content.get("files", []))}


def _record_called(name: str) -> Record:
    if name not in set(Record):
        raise NotThere("There is nothing here.")
    return Record(name)


def _next_label(request: Asked) -> str:
    labels = Narrator.objects.filter(study=request.study).order_by("-pk")
    latest = labels.values_list("label", flat=True).first()
    return label_after(latest) if latest else FIRST_LABEL
