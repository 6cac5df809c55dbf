"""Marking what is hard to read, and keeping the marks when the text changes."""

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from exeunt.errors import BadInput, NotThere, NotYet, Problem, Sentence
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.stages.testimonies.models import Account, Passage, TextVersion
from exeunt.stages.testimonies.rules.passages import (
    HardMark,
    check_same_text,
    check_something_chosen,
    moved_marks,
    stretches,
)
from exeunt.stages.testimonies.states import Hardness
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


@transaction.atomic
def mark_hard(
    *,
    account: Account,
    number: int,
    paragraphs: Collection[int],
    kind: Hardness | None,
    taken: Collection[str] = (),
    by: Member,
) -> list[Passage]:
    """Mark paragraphs of version ``number`` as hard, and take marks away; returns those that stand.

    Paragraphs are counted from 1, marks to be taken away are named by reference. A mark that is
    there already, or gone already, is as it should be.
    """
    study = account.study
    require(Act.MARK_HARD, study=study, by=by)
    check_something_chosen(chosen=len(paragraphs), taken=len(taken))
    account = Account.objects.select_for_update(of=["self"]).get(pk=account.pk)
    version = TextVersion.everything.filter(account=account).order_by("-number").first()
    if version is None:
        raise NotYet("This account has no text yet, so nothing in it can be marked.")
    check_same_text(read=number, now=version.number)
    hard = Passage.everything.filter(version__account=account)
    gone, _ = hard.filter(ref__in=taken).delete()
    marked = _marked(version, paragraphs, kind, by=by)

    record(
        "passages.marked",
        subject=account.ref,
        by=by.ref,
        study=study.ref,
        marked=marked,
        taken=gone,
    )
    return list(hard)


def carry_passages(*, version: TextVersion, by: Member) -> None:
    """Move the marks of an account to its new version, inside the transaction that makes it.

    What is not found there stays with the version in which it was: lost, and shown as lost.
    """
    hard = Passage.everything.filter(version__account=version.account_id).exclude(version=version)
    found = lost = 0
    for passage, mark in _moved_to(version, hard.select_related("version")):
        if mark is None:
            lost += 1
            continue
        found += 1
        place = {"version": version, "start": mark.start, "end": mark.end, "kind": mark.kind}
        if Passage.everything.filter(**place).exists():
            passage.delete()
        else:
            Passage.everything.filter(pk=passage.pk).update(**place)
    if found or lost:
        account = version.account
        record(
            "passages.carried",
            subject=account.ref,
            by=by.ref,
            study=account.study.ref,
            found=found,
            lost=lost,
        )


def _moved_to(
    version: TextVersion, hard: Iterable[Passage]
) -> Iterator[tuple[Passage, HardMark | None]]:
    """Find passages in a version, those of one earlier version at once."""
    ordered = sorted(hard, key=lambda passage: (passage.version_id, passage.pk))
    for _, group in groupby(ordered, key=lambda passage: passage.version_id):
        theirs = list(group)
        marks = [passage.as_mark() for passage in theirs]
        yield from zip(
            theirs, moved_marks(theirs[0].version.text, marks, version.text), strict=True
        )


def _marked(
    version: TextVersion, paragraphs: Collection[int], kind: Hardness | None, *, by: Member
) -> int:
    """Mark paragraphs, and return how many were not marked yet."""
    if not paragraphs:
        return 0
    if kind is None:
        says = Sentence("Say what makes these paragraphs hard to read.")
        raise BadInput(Problem(says, column="kind"))
    spans = dict(enumerate(stretches(version.text), 1))
    if not spans.keys() >= set(paragraphs):
        raise NotThere("There is nothing here.")
    now = timezone.now()
    made = [
        Passage.everything.get_or_create(
            version=version,
            start=spans[number].start,
            end=spans[number].end,
            kind=kind,
            defaults={"made": now, "made_by": by.ref},
        )
        for number in sorted(set(paragraphs))
    ]
    return sum(is_new for _, is_new in made)
