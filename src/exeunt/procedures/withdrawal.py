"""What a narrator's word to stop or withdraw touches, surface by surface, before it is carried out.

The surfaces are found, not listed: whatever model's rows are somebody's telling asks consent by its
manager, and is one. What publication adds later will be among them for the same reason.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exeunt.ledger.models import Entry
from exeunt.members.models import Member
from exeunt.stages.consent.models import Told
from exeunt.stages.findings.actions.erasing import reports_in
from exeunt.stages.findings.models import Answer
from exeunt.stages.narrators.models import Narrator
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

HANDED_ON = ("annotations.exported", "excerpts.exported", "project.exported")


class Surface(NamedTuple):
    """Something of a narrator that the study reads: what, how many, and how many are shown now."""

    what: str | Promise
    amount: int
    shown: int


class Left(NamedTuple):
    """Something that a withdrawal does not reach: how many (None: nobody knows), and why."""

    what: str | Promise
    amount: int | None
    why: str | Promise


class Touched(NamedTuple):
    """What a withdrawal touches, and what it leaves."""

    surfaces: tuple[Surface, ...]
    left: tuple[Left, ...]

    @property
    def shown(self) -> int:
        """How much of the narrator is read by the study now; 0 once everything is shut."""
        return sum(one.shown for one in self.surfaces)


WORDS: dict[str, str | Promise] = {
    "Account": _("accounts"),
    "Adjudication": _("settled codes, with their reasons"),
    "Assignment": _("things that were given out to be read"),
    "Coding": _("judgements of coders, with their notes"),
    "Difference": _("differences between readers"),
    "Example": _("examples in codebooks"),
    "Excerpt": _("excerpts"),
    "Mask": _("masks"),
    "Memo": _("memos"),
    "Passage": _("marks of hard passages"),
    "SearchPassage": _("passages of the search index"),
    "SearchWords": _("rows of the search index"),
    "SettledSpan": _("settled excerpts"),
    "Sheet": _("sheets, with their memos"),
    "SpanDifference": _("stretches that readers mark differently"),
    "SpanSettlement": _("settled stretches"),
    "Telling": _("tellings of exits"),
    "TextVersion": _("versions of texts"),
    "Turn": _("turns of speakers"),
}


def what_withdrawal_touches(*, narrator: Narrator, by: Member) -> Touched:
    """List what a withdrawal touches, and change nothing of it."""
    require(Act.SEE_CONSENT, study=narrator.study, by=by)
    surfaces = sorted(surfaces_of(narrator), key=lambda one: str(one.what))
    return Touched(tuple(one for one in surfaces if one.amount), tuple(_left(narrator)))


def surfaces_of(narrator: Narrator) -> Iterator[Surface]:
    """Return every surface, with what of a narrator stands there and what is shown today."""
    for model, told in told_models():
        whose = told.whose(narrator.pk)
        shown = model._default_manager.filter(whose).count()
        yield Surface(WORDS[model.__name__], model._base_manager.filter(whose).count(), shown)


def told_models() -> Iterator[tuple[type[Model], Told[Any]]]:
    """Return every model whose rows are somebody's telling, with the manager that asks consent."""
    for model in apps.get_models():
        if isinstance(model._default_manager, Told):
            yield model, model._default_manager


def _left(narrator: Narrator) -> Iterator[Left]:
    study = narrator.study
    yield Left(
        _("kept answers of the study"),
        Answer.objects.filter(study=study).count(),
        _("They hold counts of many, and say that the study has changed since."),
    )
    yield Left(
        _("reports that were written"),
        reports_in(study),
        _("They hold counts of many and were handed out as they are; delete and write them anew."),
    )
    yield Left(
        _("exports that were handed to colleagues"),
        Entry.objects.filter(concerns=study.ref, act__in=HANDED_ON).count(),
        _("Ask whoever has one to delete it; the ledger says who that is."),
    )
    yield Left(
        _("what is sealed in the vault"),
        None,
        _("It stays sealed. Where everything is to be erased, a custodian does that."),
    )
    yield Left(_("backups"), None, _("They hold everything as it was when they were made."))
