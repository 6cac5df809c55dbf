"""Marking a text: each act is saved at once, and says what should stand.

What makes it quick however long the text is: nothing here reads the text.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from exeunt.errors import Refusal, Word
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.methods.codebooks import Scale
from exeunt.stages.coding.actions.emptied import forget_empty
from exeunt.stages.coding.models import (
    Code,
    CodebookVersion,
    Coding,
    Excerpt,
    Memo,
    Pass,
    Sheet,
)
from exeunt.stages.coding.queries.codebooks import scale_of
from exeunt.stages.coding.queries.giving import check_given
from exeunt.stages.coding.rules.marking import (
    Act,
    Batch,
    Span,
    check_inside,
    check_same_text,
    judged_by,
)
from exeunt.stages.coding.rules.prose import clean_prose
from exeunt.stages.coding.rules.sheets import (
    check_codes_by_hand,
    check_may_change,
    check_reads_texts,
)
from exeunt.stages.coding.states import Do, SheetState, Target
from exeunt.stages.testimonies.models import TextVersion
from exeunt.studies.actions import moved_on
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act as Right


class Saved(NamedTuple):
    """How a reading stands after acts were saved: ``behind`` when others had come between."""

    revision: int
    saved: datetime
    behind: bool


@transaction.atomic
def do_in_text(
    *, study: Study, version: CodebookVersion, text: TextVersion, batch: Batch, by: Member
) -> Saved:
    """Do some acts of one coder in the latest text of an account of the study, all or none.

    Acts that say what stands already change nothing, so that a batch may be sent again after
    the network dropped. Raises NotYet where the text is another by now, or the reading complete.
    """
    require(Right.CODE, study=study, by=by)
    check_codes_by_hand(is_machine=by.is_machine)
    check_reads_texts(Target(version.unit), version.name)
    check_same_text(read=batch.text, now=text.number)
    desk = _Desk(version, text, sheet=_taken(study, version, text, by=by), study=study, by=by)
    for act in batch.acts:
        DONE_BY[act.do](desk, act)
    behind = desk.sheet.revision != batch.revision
    desk.close(of=text.account.ref)
    return Saved(desk.sheet.revision, desk.sheet.saved, behind)


def _taken(study: Study, version: CodebookVersion, text: TextVersion, *, by: Member) -> Sheet:
    """Take a coder's sheet fresh, so that two of their tabs wait for each other."""
    mine = Sheet.objects.filter(account=text.account_id, reading__coder=by)
    mine = mine.filter(reading__version=version).select_related("reading")
    sheet = mine.select_for_update(of=["self"]).first()
    if sheet is None:
        # Two first acts wait for each other at the reading, and the later one finds the sheet.
        reading = _reading_of(study, version, by=by)
        fresh = Sheet(reading=reading, account_id=text.account_id, revision=0, saved=timezone.now())
        sheet = mine.first() or fresh
        check_given(version, text.account_id, begun=sheet.pk is not None, by=by)
    check_may_change(SheetState(sheet.state))
    return sheet


def _reading_of(study: Study, version: CodebookVersion, *, by: Member) -> Pass:
    begun, _ = Pass.objects.get_or_create(
        study=study, version=version, coder=by, defaults={"began": timezone.now()}
    )
    return Pass.objects.select_for_update().get(pk=begun.pk)


class _Desk:
    """One coder at one text, inside one transaction."""

    def __init__(
        self, version: CodebookVersion, text: TextVersion, *, sheet: Sheet, study: Study, by: Member
    ) -> None:
        self.version = version
        self.text = text
        self.sheet = sheet
        self.reading = sheet.reading
        self.study = study
        self.by = by
        self.done: Counter[str] = Counter()
        self.left: set[int] = set()

    @cached_property
    def scale(self) -> Scale:
        return scale_of(self.version)

    def code(self, key: str) -> Code:
        """Return a code of the codebook, or one that this coder has proposed."""
        mine = Q(proposed_by__isnull=True) | Q(proposed_by=self.by)
        code = Code.every.filter(mine, version=self.version, key=key).only("pk", "key").first()
        if code is None:
            raise Refusal(
                "There is no code “{code}” in {codebook}.", code=key, codebook=self.version.name
            )
        return code

    def excerpt(self, span: Span) -> Excerpt:
        """Return the excerpt at a place, made where nobody has marked it before."""
        check_inside(span, self.text.length)
        place = Excerpt(text_version_id=self.text.pk, start=span.start, end=span.end)
        # One statement for a place that is new and for one that another coder is marking now.
        (excerpt,) = Excerpt.objects.bulk_create(
            [place],
            update_conflicts=True,
            update_fields=["end"],
            unique_fields=["text_version", "start", "end"],
        )
        return excerpt

    def named(self, act: Act) -> Excerpt | None:
        """Return the excerpt that an act is about: at its place, or one that lost its place."""
        if not act.lost:
            return self.there(act.at)
        of_account = Excerpt.objects.filter(text_version__account=self.text.account_id)
        return of_account.filter(ref=act.lost).first()

    def there(self, span: Span) -> Excerpt | None:
        """Return the excerpt at a place, or None where nothing was marked there."""
        return Excerpt.objects.filter(
            text_version_id=self.text.pk, start=span.start, end=span.end
        ).first()

    def mine(self, excerpt: Excerpt) -> Mapping[int, Coding]:
        """Return what this coder has given an excerpt, by the number of the code."""
        given = Coding.objects.filter(excerpt=excerpt, reading=self.reading)
        return {coding.code_id: coding for coding in given}

    def memos(self, excerpt: Excerpt) -> list[Memo]:
        """Return what this coder has noted on an excerpt."""
        return list(Memo.objects.filter(excerpt=excerpt, version=self.version, by=self.by))

    def close(self, *, of: str) -> None:
        """Keep that something was done, take away excerpts that say nothing any more, record."""
        if not self.done:
            return
        forget_empty(self.left)
        begun = self.sheet.revision == 0
        self.sheet.revision += 1
        self.sheet.saved = timezone.now()
        self.sheet.save(update_fields=None if begun else ["revision", "saved"])
        if begun:
            moved_on(self.study)
        record(
            "text.marked",
            subject=self.sheet.ref,
            by=self.by.ref,
            study=self.study.ref,
            of=of,
            revision=self.sheet.revision,
            marked=self.done["marked"],
            taken_off=self.done["taken_off"],
            moved=self.done["moved"],
            noted=self.done["noted"],
        )


def _mark(desk: _Desk, act: Act) -> None:
    said = judged_by(act, desk.scale)
    code, excerpt = desk.code(act.code), desk.excerpt(act.at)
    given = Coding.objects.filter(excerpt=excerpt, code=code, reading=desk.reading).first()
    if given is None:
        Coding.objects.create(reading=desk.reading, code=code, excerpt=excerpt, **said._asdict())
    elif (given.value, given.gap, given.note) != said:
        given.value, given.gap, given.note = said
        given.save(update_fields=["value", "gap", "note"])
    else:
        return
    desk.done["marked"] += 1


def _unmark(desk: _Desk, act: Act) -> None:
    excerpt = desk.named(act)
    given = desk.mine(excerpt).get(desk.code(act.code).pk) if excerpt is not None else None
    if excerpt is None or given is None:
        return
    given.delete()
    desk.left.add(excerpt.pk)
    desk.done["taken_off"] += 1


def _move(desk: _Desk, act: Act) -> None:
    """Move all that this coder has put on a stretch; what stands there already stays."""
    before = desk.named(act)
    if before is None or before == desk.there(act.to):
        return
    given, memos = desk.mine(before), desk.memos(before)
    if not given and not memos:
        return
    after = desk.excerpt(act.to)
    there = desk.mine(after)
    for code, coding in given.items():
        if code in there:
            coding.delete()
            continue
        coding.excerpt = after
        coding.save(update_fields=["excerpt"])
    for memo in memos:
        memo.excerpt = after
        memo.save(update_fields=["excerpt"])
    desk.left.add(before.pk)
    desk.done["moved"] += 1


def _note(desk: _Desk, act: Act) -> None:
    """Keep a memo on a stretch; without words it is taken away."""
    words = clean_prose(act.words, Word("A memo"))
    before = desk.named(act)
    written = desk.memos(before) if before is not None else []
    if words == "\n\n".join(memo.words for memo in written):
        return
    excerpt = before or desk.excerpt(act.at)
    now = timezone.now()
    for memo in written[1:] if words else written:
        memo.delete()
    if words and written:
        first = written[0]
        first.words, first.saved = words, now
        first.revision += 1
        first.save(update_fields=["words", "saved", "revision"])
    elif words:
        Memo.objects.create(
            study=desk.study,
            by=desk.by,
            version=desk.version,
            excerpt=excerpt,
            words=words,
            made=now,
            saved=now,
        )
    desk.left.add(excerpt.pk)
    desk.done["noted"] += 1


DONE_BY: Mapping[Do, Callable[[_Desk, Act], None]] = MappingProxyType(
    {Do.MARK: _mark, Do.UNMARK: _unmark, Do.MOVE: _move, Do.MEMO: _note}
)
