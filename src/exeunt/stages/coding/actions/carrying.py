"""Moving excerpts along when the text that they stand in is corrected."""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.methods.anchoring import moved
from exeunt.stages.coding.models import Coding, Example, Excerpt, Memo, SettledSpan, SpanSettlement
from exeunt.stages.testimonies.models import TextVersion

Place = tuple[int, int]


def carry_excerpts(*, version: TextVersion, by: Member) -> None:
    """Move the excerpts of an account to its new version, inside the transaction that makes it.

    One that is not found there stays in the version in which it stood, and is listed until
    somebody gives it a new place or takes it away; its codings stay with it.
    """
    excerpts = list(
        Excerpt.everything.filter(text_version__account=version.account_id)
        .exclude(text_version=version)
        .select_related("text_version")
        .order_by("pk")
    )
    if not excerpts:
        return
    found = _move(excerpts, _places(excerpts, version), version)

    record(
        "excerpts.carried",
        subject=version.account.ref,
        by=by.ref,
        study=version.account.study.ref,
        found=found,
        lost=len(excerpts) - found,
    )


def _places(excerpts: Sequence[Excerpt], version: TextVersion) -> list[Place | None]:
    """Find each excerpt in the new version, text by text in which they stood."""
    places: dict[int, Place | None] = {}
    by_text = attrgetter("text_version_id")
    for _, group in groupby(sorted(excerpts, key=by_text), key=by_text):
        ones = list(group)
        before = ones[0].text_version.text
        found = moved(before, version.text, [(one.start, one.end) for one in ones])
        places |= {one.pk: now.span for one, now in zip(ones, found, strict=True)}
    return [places[one.pk] for one in excerpts]


def _move(excerpts: Sequence[Excerpt], places: Sequence[Place | None], version: TextVersion) -> int:
    """Move each that has a place; return how many were moved."""
    alone: dict[Place, Excerpt] = {}
    joined = 0
    for one, place in zip(excerpts, places, strict=True):
        if place is None:
            continue
        if place not in alone:
            alone[place] = one
            one.text_version, (one.start, one.end) = version, place
            continue
        joined += _joined(one, alone[place])
    Excerpt.everything.bulk_update(alone.values(), ["text_version", "start", "end"], batch_size=500)
    return len(alone) + joined


def _joined(gone: Excerpt, kept: Excerpt) -> bool:
    """Let what stands on one excerpt stand on another, if nobody has coded both alike."""
    there = set(Coding.everything.filter(excerpt=kept).values_list("reading", "code"))
    mine = Coding.everything.filter(excerpt=gone)
    settled = set(SpanSettlement.everything.filter(about=kept).values_list("code", flat=True))
    if not there.isdisjoint(mine.values_list("reading", "code")):
        return False
    if SpanSettlement.everything.filter(about=gone, code__in=settled).exists():
        return False
    agreed = SettledSpan.everything.filter(excerpt=kept).values_list("settlement", flat=True)
    if SettledSpan.everything.filter(excerpt=gone, settlement__in=list(agreed)).exists():
        return False
    mine.update(excerpt=kept)
    Memo.everything.filter(excerpt=gone).update(excerpt=kept)
    shown = Example.everything.filter(excerpt=kept).values_list("code", flat=True)
    Example.everything.filter(excerpt=gone, code__in=list(shown)).delete()
    Example.everything.filter(excerpt=gone).update(excerpt=kept)
    SpanSettlement.everything.filter(about=gone).update(about=kept)
    SettledSpan.everything.filter(excerpt=gone).update(excerpt=kept)
    gone.delete()
    return True
