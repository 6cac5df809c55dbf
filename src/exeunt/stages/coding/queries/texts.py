"""A text as its coder marks it: the words, what is marked in them, and what others marked."""

from datetime import datetime
from typing import Any, NamedTuple

from exeunt.errors import ExeuntError, NotThere, why_not
from exeunt.ledger.recording import record_alone
from exeunt.members.models import Member
from exeunt.methods.codebooks import Code as PlainCode
from exeunt.methods.codebooks import Codebook
from exeunt.stages.coding.models import Code, CodebookVersion, Coding, Memo, Pass, Sheet
from exeunt.stages.coding.queries.codebooks import plain
from exeunt.stages.coding.queries.giving import check_given
from exeunt.stages.coding.queries.sheets import sheet_of
from exeunt.stages.coding.queries.things import Thing, thing_called
from exeunt.stages.coding.queries.visibility import Readers, readers_of
from exeunt.stages.coding.rules.marking import check_is_confirmed
from exeunt.stages.coding.rules.sheets import (
    check_codes_by_hand,
    check_may_reopen,
    check_reads_texts,
)
from exeunt.stages.coding.states import SheetState, Target
from exeunt.stages.testimonies.models import Account, TextVersion, Turn
from exeunt.stages.testimonies.queries.passages import ShownText, shown_versions
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LONGEST_SHOWN = 200


class Mark(NamedTuple):
    """What one coder said of one stretch: where, with which code, and what on its scale."""

    start: int
    end: int
    code: str
    value: int | None
    gap: str
    note: str = ""


class SpanMemo(NamedTuple):
    """What a coder noted on a stretch."""

    start: int
    end: int
    words: str
    ref: str


class OthersMark(NamedTuple):
    """What another reader marked, who is a letter."""

    reader: str
    start: int
    end: int
    code: str
    value: int | None
    gap: str
    note: str


class LostMark(NamedTuple):
    """What a coder marked in words that the text does not hold any more."""

    words: str
    code: str
    excerpt: str
    version: int


class Marks(NamedTuple):
    """What is marked in one text, for the coder who asks."""

    text: int
    revision: int
    state: SheetState
    saved: datetime | None
    marks: tuple[Mark, ...]
    memos: tuple[SpanMemo, ...]
    others: tuple[OthersMark, ...]
    lost: tuple[LostMark, ...]

    def as_plain(self) -> dict[str, Any]:
        """Hand it out for a page's script."""
        return {
            "text": self.text,
            "revision": self.revision,
            "state": self.state.value,
            "saved": self.saved.isoformat() if self.saved is not None else None,
            "marks": self.marks,
            "memos": self.memos,
            "others": self.others,
            "lost": self.lost,
        }


class OwnText(NamedTuple):
    """One account's text before its coder: what is to be read, and how far they have come."""

    version: CodebookVersion
    codebook: Codebook
    proposed: tuple[PlainCode, ...]
    thing: Thing
    account: Account
    text: TextVersion
    shown: ShownText
    turns: tuple[Turn, ...]
    sheet: Sheet | None
    readers: Readers
    marks: Marks

    @property
    def state(self) -> SheetState:
        """How far the reading has come; one that was never saved is open."""
        return self.marks.state

    @property
    def others_complete(self) -> int:
        """How many others have completed this account."""
        mine = self.sheet.pk if self.sheet is not None else None
        return sum(sheet.pk != mine for sheet in self.readers.complete)

    @property
    def may_compare(self) -> bool:
        """Whether the readings may be seen side by side."""
        return self.readers.standing.may_compare

    @property
    def why_not_reopen(self) -> ExeuntError | None:
        """The refusal that opening it again would meet, or None."""
        return why_not(lambda: check_may_reopen(self.state, others_complete=self.others_complete))

    @property
    def finishes_here(self) -> bool:
        """Whether the reading is completed in the text, and not on a sheet."""
        return self.version.unit == Target.EXCERPT


def own_text(study: Study, version: CodebookVersion, ref: str, *, by: Member) -> OwnText:
    """Return a text as who asks marks it, and write down that it was read."""
    thing, sheet, readers = _place(study, version, ref, by=by)
    account = Account.objects.select_related("source").get(pk=thing.number)
    texts = list(TextVersion.objects.filter(account=account).order_by("-number"))
    if not texts:
        raise NotThere("This account has no text yet, so nothing in it can be marked.")
    check_is_confirmed(confirmed=texts[0].confirmed is not None)
    record_alone("text.read", subject=ref, by=by.ref, study=study.ref, codebook=version.name)
    marks = _marks(texts[0], sheet, readers, version=version, by=by)
    _record_compared(marks, ref, version, study=study, by=by)
    return OwnText(
        version=version,
        codebook=plain(version),
        proposed=_proposed(version, by=by),
        thing=thing,
        account=account,
        text=texts[0],
        shown=shown_versions(texts)[0],
        turns=tuple(texts[0].turns.all()),
        sheet=sheet,
        readers=readers,
        marks=marks,
    )


def text_called(study: Study, ref: str) -> TextVersion:
    """Return the latest text of an account, without its words, however many these are.

    Raises NotThere where there is none, and NotYet where nobody has confirmed it.
    """
    of_account = TextVersion.objects.filter(account__ref=ref, account__study=study)
    text = of_account.select_related("account").defer("text").order_by("-number").first()
    if text is None:
        raise NotThere("This account has no text yet, so nothing in it can be marked.")
    check_is_confirmed(confirmed=text.confirmed is not None)
    return text


def marks_in(study: Study, version: CodebookVersion, ref: str, *, by: Member) -> Marks:
    """Return what is marked in a text, as far as who asks may see it.

    Where that is what others marked too, it is written down.
    """
    _, sheet, readers = _place(study, version, ref, by=by)
    text = text_called(study, ref)
    marks = _marks(text, sheet, readers, version=version, by=by)
    _record_compared(marks, ref, version, study=study, by=by)
    return marks


def _record_compared(
    marks: Marks, ref: str, version: CodebookVersion, *, study: Study, by: Member
) -> None:
    """Write down that a coder saw what others marked, where there is anything of theirs."""
    if marks.others:
        record_alone(
            "readings.compared", subject=ref, by=by.ref, study=study.ref, codebook=version.name
        )


def _place(
    study: Study, version: CodebookVersion, ref: str, *, by: Member
) -> tuple[Thing, Sheet | None, Readers]:
    require(Act.CODE, study=study, by=by)
    check_codes_by_hand(is_machine=by.is_machine)
    check_reads_texts(Target(version.unit), version.name)
    thing = thing_called(study, version, ref)
    sheet = sheet_of(study, version, thing, by=by)
    check_given(version, thing.number, begun=sheet is not None, by=by)
    return thing, sheet, readers_of(study, version, thing, by=by)


def _proposed(version: CodebookVersion, *, by: Member) -> tuple[PlainCode, ...]:
    """Return the codes that who asks has proposed; those of others are not theirs to see."""
    codes = Code.every.filter(version=version, proposed_by=by).order_by("position")
    return tuple(PlainCode(key=code.key, label=code.label) for code in codes)


def _marks(
    text: TextVersion,
    sheet: Sheet | None,
    readers: Readers,
    *,
    version: CodebookVersion,
    by: Member,
) -> Marks:
    mine = Pass.objects.filter(pk=sheet.reading_id).first() if sheet is not None else None
    return Marks(
        text=text.number,
        revision=sheet.revision if sheet is not None else 0,
        state=SheetState(sheet.state) if sheet is not None else SheetState.OPEN,
        saved=sheet.saved if sheet is not None else None,
        marks=_mine(text, mine) if mine is not None else (),
        memos=_memos(text, version, by=by),
        others=_others(text, sheet, readers),
        lost=_lost(text, mine) if mine is not None else (),
    )


def _mine(text: TextVersion, reading: Pass) -> tuple[Mark, ...]:
    given = Coding.objects.filter(excerpt__text_version=text.pk, reading=reading)
    rows = given.order_by("excerpt__start", "excerpt__end", "code__position").values_list(
        "excerpt__start", "excerpt__end", "code__key", "value", "gap", "note"
    )
    return tuple(Mark(*row) for row in rows)


def _memos(text: TextVersion, version: CodebookVersion, *, by: Member) -> tuple[SpanMemo, ...]:
    written = Memo.objects.filter(excerpt__text_version=text.pk, version=version, by=by)
    rows = written.values_list("excerpt__start", "excerpt__end", "words", "ref")
    return tuple(SpanMemo(*row) for row in rows.order_by("excerpt__start", "pk"))


def _others(text: TextVersion, sheet: Sheet | None, readers: Readers) -> tuple[OthersMark, ...]:
    """Return what others marked, nameless, where it may be seen."""
    if not readers.standing.may_compare:
        return ()
    letters = {
        one.reading_id: LETTERS[place % len(LETTERS)]
        for place, one in enumerate(readers.complete)
        if sheet is None or one.pk != sheet.pk
    }
    given = Coding.objects.filter(
        excerpt__text_version=text.pk, reading__in=list(letters), code__proposed_by__isnull=True
    )
    rows = given.order_by("excerpt__start", "excerpt__end", "code__position").values_list(
        "reading", "excerpt__start", "excerpt__end", "code__key", "value", "gap", "note"
    )
    return tuple(OthersMark(letters[row[0]], *row[1:]) for row in rows)


def _lost(text: TextVersion, reading: Pass) -> tuple[LostMark, ...]:
    given = Coding.objects.filter(
        excerpt__text_version__account=text.account_id, reading=reading
    ).exclude(excerpt__text_version=text.pk)
    rows = given.select_related("excerpt__text_version", "code").order_by("excerpt", "pk")
    return tuple(
        LostMark(
            words=coding.excerpt.text_version.text[coding.excerpt.start : coding.excerpt.end][
                :LONGEST_SHOWN
            ],
            code=coding.code.key,
            excerpt=coding.excerpt.ref,
            version=coding.excerpt.text_version.number,
        )
        for coding in rows
        if coding.excerpt is not None
    )
