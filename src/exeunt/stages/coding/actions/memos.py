"""Writing down what one thinks of a code or of the study, changing it, taking it away."""

from django.db import transaction
from django.utils import timezone

from exeunt.errors import Changed, NotThere, Refusal, Word
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.stages.coding.models import Code, Memo
from exeunt.stages.coding.queries.memos import own_memo
from exeunt.stages.coding.rules.prose import clean_prose
from exeunt.stages.sources.intake.problems import at_field
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


@transaction.atomic
def write_memo(
    *, study: Study, words: str, code: str = "", ref: str | None = None, by: Member
) -> Memo:
    """Keep a memo on a code, given by its number, or on the study where none is given.

    With a ``ref`` under which this member has written one, that memo is returned.
    """
    require(Act.READ_ACCOUNTS, study=study, by=by)
    sent = Memo.objects.filter(study=study, ref=ref, by=by).first() if ref else None
    if sent is not None:
        return sent
    kept = _kept(words)
    now = timezone.now()
    memo = Memo.objects.create(
        study=study,
        by=by,
        code=_code(study, code) if code else None,
        words=kept,
        made=now,
        saved=now,
        **({"ref": ref} if ref else {}),
    )

    record("memo.written", subject=memo.ref, by=by.ref, study=study.ref, on_code=bool(code))
    return memo


@transaction.atomic
def change_memo(*, study: Study, ref: str, words: str, revision: int, by: Member) -> Memo:
    """Say something else in a memo of one's own; raises Changed where another tab did meanwhile."""
    memo = _taken(study, ref, by=by)
    kept = _kept(words)
    if memo.words == kept:
        return memo
    if memo.revision != revision:
        raise Changed(
            "You have changed this memo elsewhere since this page was opened. Both versions are "
            "shown; saving again keeps the one on this page.",
            revision=memo.revision,
            theirs={"words": memo.words},
        )
    memo.words, memo.saved = kept, timezone.now()
    memo.revision += 1
    memo.save(update_fields=["words", "saved", "revision"])

    record("memo.changed", subject=memo.ref, by=by.ref, study=study.ref, revision=memo.revision)
    return memo


@transaction.atomic
def drop_memo(*, study: Study, ref: str, by: Member) -> None:
    """Take a memo of one's own away."""
    memo = _taken(study, ref, by=by)
    memo.delete()

    record("memo.dropped", subject=ref, by=by.ref, study=study.ref)


def _taken(study: Study, ref: str, *, by: Member) -> Memo:
    memo = own_memo(study, ref, by=by)
    return Memo.objects.select_for_update().get(pk=memo.pk)


def _kept(words: str) -> str:
    with at_field("words"):
        kept = clean_prose(words, Word("A memo"))
        if not kept:
            raise Refusal("Write what you thought; an empty memo says nothing.")
    return kept


def _code(study: Study, number: str) -> Code:
    codes = Code.objects.filter(version__codebook__study=study)
    code = codes.filter(pk=int(number)).first() if number.isdecimal() else None
    if code is None:
        raise NotThere("There is nothing here.")
    return code
