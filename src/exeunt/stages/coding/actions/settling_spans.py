"""Settling a stretch on which readers mark differently, or asking them about it."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from exeunt.errors import Changed, Word
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.stages.coding.models import (
    Code,
    CodebookVersion,
    Excerpt,
    Reply,
    SettledSpan,
    SpanDifference,
    SpanSettlement,
)
from exeunt.stages.coding.queries.codebooks import scale_of
from exeunt.stages.coding.queries.dispute import At, Dispute, code_at, dispute_at
from exeunt.stages.coding.queries.things import thing_called
from exeunt.stages.coding.queries.visibility import readers_seen
from exeunt.stages.coding.rules.answers import Judgement
from exeunt.stages.coding.rules.marks import Place
from exeunt.stages.coding.rules.prose import clean_prose
from exeunt.stages.coding.rules.settling import check_reason
from exeunt.stages.coding.rules.spans import (
    Agreed,
    Choice,
    agreed_spans,
    check_may_reply,
    check_question,
    check_reply,
)
from exeunt.stages.coding.states import Outcome, Take
from exeunt.stages.sources.intake.problems import at_field
from exeunt.studies.actions import moved_on
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


class Taken(NamedTuple):
    """A stretch that was found in dispute: its code, who reads it, and what was settled before."""

    account: int
    code: Code
    dispute: Dispute
    stored: SpanSettlement | None
    readers: frozenset[int]


@transaction.atomic
def settle_span(
    *,
    study: Study,
    version: CodebookVersion,
    ref: str,
    at: At,
    choice: Choice,
    reason: str,
    revision: int,
    by: Member,
) -> SpanSettlement:
    """Say which spans are agreed on one stretch of the account of this reference, and why.

    ``revision`` is 0 where nothing was settled yet. Saying the same again changes nothing;
    raises Changed where somebody has settled it otherwise since the page was opened.
    """
    taken = _taken(study, version, ref, at=at, by=by)
    spans = agreed_spans(choice, taken.dispute.case, scale_of(version))
    with at_field("reason"):
        reason = clean_prose(reason, Word("A reason"))
        check_reason(reason)
    stored = taken.stored
    if stored is not None and _says(stored) == (Outcome.SETTLED, reason, frozenset(spans)):
        return stored
    _check_fresh(stored, revision=revision)
    stored = _rewrite(taken, at, Outcome.SETTLED, reason=reason, by=by)
    _keep_spans(stored, taken.dispute.text_version, spans)
    _record("span.settled", stored, ref, study=study, by=by)
    return stored


@transaction.atomic
def send_back(
    *,
    study: Study,
    version: CodebookVersion,
    ref: str,
    at: At,
    question: str,
    revision: int,
    by: Member,
) -> SpanSettlement:
    """Ask those who read a stretch about it; what was settled of it before no longer is."""
    taken = _taken(study, version, ref, at=at, by=by)
    with at_field("question"):
        question = clean_prose(question, Word("A question"))
        check_question(question)
    stored = taken.stored
    if stored is not None and _asks(stored) == (Outcome.SENT_BACK, question):
        return stored
    _check_fresh(stored, revision=revision)
    stored = _rewrite(taken, at, Outcome.SENT_BACK, question=question, by=by)
    stored.settledspan_set.all().delete()
    _record("span.sent-back", stored, ref, study=study, by=by)
    return stored


@transaction.atomic
def reply(
    *, study: Study, version: CodebookVersion, ref: str, at: At, words: str, by: Member
) -> Reply:
    """Answer what was asked about a stretch, as one of its readers; one's answer may be changed."""
    taken = _taken(study, version, ref, at=at, by=by)
    stored = taken.stored
    asked = stored is not None and stored.outcome == Outcome.SENT_BACK
    check_may_reply(was_asked=asked, is_reader=by.pk in taken.readers)
    with at_field("words"):
        words = clean_prose(words, Word("An answer"))
        check_reply(words)
    known = Reply.objects.filter(settlement=stored, by=by).first()
    if known is not None and known.words == words:
        return known
    given, _ = Reply.objects.update_or_create(
        settlement=stored, by=by, defaults={"words": words, "at": timezone.now()}
    )
    if stored is not None:
        _record("span.answered", stored, ref, study=study, by=by)
    return given


def _taken(study: Study, version: CodebookVersion, ref: str, *, at: At, by: Member) -> Taken:
    """Check who asks, and find the stretch as it stands now."""
    require(Act.SETTLE, study=study, by=by)
    thing = thing_called(study, version, ref)
    moved_on(study)  # first, so that what others complete or settle meanwhile is waited for
    sheets = readers_seen(study, version, thing, by=by).complete
    code = code_at(version, at.place)
    dispute = dispute_at(study, version, thing, code=code, sheets=sheets, at=at)
    stored = SpanSettlement.objects.select_for_update().filter(
        code=code,
        about__text_version=dispute.text_version,
        about__start=at.start,
        about__end=at.end,
    )
    readers = frozenset(sheet.reading.coder_id for sheet in sheets)
    return Taken(thing.number, code, dispute, stored.first(), readers)


def _rewrite(
    taken: Taken, at: At, outcome: Outcome, *, reason: str = "", question: str = "", by: Member
) -> SpanSettlement:
    """Keep what became of a stretch; a question that was asked stays when it is settled."""
    text = taken.dispute.text_version
    about, _ = Excerpt.objects.get_or_create(text_version_id=text, start=at.start, end=at.end)
    stored = taken.stored or SpanSettlement(
        account_id=taken.account, code=taken.code, about=about, revision=0
    )
    stored.outcome, stored.reason = outcome, reason
    stored.question = question or stored.question
    stored.by, stored.at = by, timezone.now()
    stored.revision += 1
    stored.save()
    differing = SpanDifference.objects.filter(
        code=taken.code, text_version=text, start=at.start, end=at.end
    )
    differing.update(outcome=outcome)
    return stored


def _keep_spans(stored: SpanSettlement, text: int, spans: Sequence[Agreed]) -> None:
    stored.settledspan_set.all().delete()
    for span in spans:
        excerpt, _ = Excerpt.objects.get_or_create(
            text_version_id=text, start=span.start, end=span.end
        )
        SettledSpan.objects.create(
            settlement=stored, excerpt=excerpt, value=span.value, gap=span.gap
        )


def _spans(stored: SpanSettlement) -> frozenset[Agreed]:
    kept = stored.settledspan_set.values_list("excerpt__start", "excerpt__end", "value", "gap")
    return frozenset(Agreed(*row) for row in kept)


def _says(stored: SpanSettlement) -> tuple[str, str, frozenset[Agreed]]:
    return stored.outcome, stored.reason, _spans(stored)


def _asks(stored: SpanSettlement) -> tuple[str, str]:
    return stored.outcome, stored.question


def _check_fresh(stored: SpanSettlement | None, *, revision: int) -> None:
    now = stored.revision if stored is not None else 0
    if stored is None or now == revision:
        return
    raise Changed(
        "Somebody has settled this otherwise, or sent it back, since the page was opened. Both are "
        "shown; saving again keeps yours.",
        revision=now,
        theirs=_in_words(stored),
    )


def _in_words(stored: SpanSettlement) -> dict[str, str]:
    """Say what stands now by the fields in which it would be typed."""
    if stored.outcome == Outcome.SENT_BACK:
        return {"question": stored.question}
    spans = sorted(_spans(stored), key=lambda span: Place(span.start, span.end))
    cells = {Judgement(span.value, span.gap).cell for span in spans}
    return {
        "take": (Take.OWN if spans else Take.NOTHING).value,
        "places": ", ".join(f"{span.start}-{span.end}" for span in spans),
        "cell": ", ".join(sorted(cells)),
        "reason": stored.reason,
    }


def _record(act: str, stored: SpanSettlement, ref: str, *, study: Study, by: Member) -> None:
    record(
        act,
        subject=stored.ref,
        by=by.ref,
        study=study.ref,
        of=ref,
        revision=stored.revision,
    )
