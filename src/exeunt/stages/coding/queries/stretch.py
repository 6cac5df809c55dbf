"""One stretch on which readers differ: the words around it, and what each of them marked."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from exeunt.errors import Sentence
from exeunt.ledger.recording import record_alone
from exeunt.members.models import Member
from exeunt.methods.codebooks import Code as PlainCode
from exeunt.methods.codebooks import Scale
from exeunt.stages.coding.models import (
    Code,
    CodebookVersion,
    Coding,
    Memo,
    Reply,
    Sheet,
    SpanSettlement,
)
from exeunt.stages.coding.queries.codebooks import plain, scale_of
from exeunt.stages.coding.queries.dispute import (
    At,
    all_is_settled,
    code_at,
    dispute_at,
)
from exeunt.stages.coding.queries.things import thing_called
from exeunt.stages.coding.queries.visibility import readers_seen
from exeunt.stages.coding.rules.answers import Judgement
from exeunt.stages.coding.rules.marks import Place, Stretch
from exeunt.stages.coding.rules.spans import InDispute
from exeunt.stages.coding.rules.surroundings import Bit, bits_of
from exeunt.stages.coding.states import Outcome
from exeunt.stages.testimonies.models import Account, Passage, TextVersion
from exeunt.stages.testimonies.rules.passages import Part
from exeunt.stages.testimonies.states import Hardness
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


class ReaderMark(NamedTuple):
    """One span that a reader marked, with what they noted on it."""

    place: Place
    judgement: Judgement
    memos: tuple[str, ...]


class StretchReader(NamedTuple):
    """One of the readers: a letter, a name only when all of the account is settled, their marks."""

    letter: str
    name: str | None
    marks: tuple[ReaderMark, ...]
    bits: tuple[Bit, ...]


class ShownReply(NamedTuple):
    """What a reader answered, under their letter."""

    letter: str
    words: str


class SettledSpanShown(NamedTuple):
    """One span that was agreed on."""

    place: Place
    judgement: Judgement


class Settlement(NamedTuple):
    """What became of a stretch; who settled it is named when all of the account is settled."""

    about: Place
    outcome: Outcome
    spans: tuple[SettledSpanShown, ...]
    reason: str
    question: str
    by: str | None
    at: datetime
    revision: int

    @property
    def is_sent_back(self) -> bool:
        """Whether its readers are being asked."""
        return self.outcome is Outcome.SENT_BACK


class ShownStretch(NamedTuple):
    """A stretch in its surroundings, as every reader marked it; nobody is named before the end.

    ``warning`` says what is hard in the words around it, ``mine`` what who asks has answered,
    ``earlier`` what was settled nearby while the stretch had other bounds.
    """

    version: CodebookVersion
    account: Account
    code: PlainCode
    at: At
    stretch: Stretch
    readers: tuple[StretchReader, ...]
    sentences: tuple[Place, ...]
    words: str
    warning: Sentence | None
    settlement: Settlement | None
    earlier: tuple[Settlement, ...]
    replies: tuple[ShownReply, ...]
    is_reader: bool
    mine: str

    @property
    def scale(self) -> Scale:
        """The scale on which values are given."""
        return scale_of(self.version)

    @property
    def revision(self) -> int:
        """The number that settling must name; 0 where nothing was settled yet."""
        return self.settlement.revision if self.settlement is not None else 0

    @property
    def is_sent_back(self) -> bool:
        """Whether its readers are being asked."""
        return self.settlement is not None and self.settlement.is_sent_back


def stretch_of(
    study: Study, version: CodebookVersion, ref: str, *, at: At, by: Member
) -> ShownStretch:
    """Return one stretch as its readers marked it, and record the reading.

    Raises NotYet while who asks may not see it, or where the readers do not differ there.
    """
    require(Act.SETTLE, study=study, by=by)
    thing = thing_called(study, version, ref)
    sheets = readers_seen(study, version, thing, by=by).complete
    code = code_at(version, at.place)
    dispute = dispute_at(study, version, thing, code=code, sheets=sheets, at=at)
    record_alone(
        "readings.compared", subject=ref, by=by.ref, study=study.ref, codebook=version.name
    )
    text = TextVersion.objects.select_related("account").get(pk=dispute.text_version)
    named = all_is_settled(version, thing)
    return _shown(_Looked(version, code, text, dispute.case, sheets, named), at=at, by=by)


class _Looked(NamedTuple):
    """A stretch that may be shown: where it stands, who reads it, and whether they are named."""

    version: CodebookVersion
    code: Code
    text: TextVersion
    case: InDispute
    sheets: Sequence[Sheet]
    named: bool

    @property
    def around(self) -> Place:
        """All that is shown of the text."""
        sentences = self.case.sentences
        return Place(sentences[0].start, sentences[-1].end)


def _shown(looked: _Looked, *, at: At, by: Member) -> ShownStretch:
    code, text, stretch = looked.code, looked.text, looked.case.stretch
    here, earlier = _settlements(code, text, stretch, named=looked.named)
    replies = _replies(code, text, stretch)
    return ShownStretch(
        version=looked.version,
        account=text.account,
        code=next(one for one in plain(looked.version) if one.key == code.key),
        at=at,
        stretch=stretch,
        readers=tuple(_readers(looked)),
        sentences=tuple(looked.case.sentences),
        words=text.text[looked.around.start : looked.around.end],
        warning=_warning(text, looked.around),
        settlement=here,
        earlier=earlier,
        replies=tuple(sorted(_under_letters(looked, replies))),
        is_reader=any(sheet.reading.coder_id == by.pk for sheet in looked.sheets),
        mine=replies.get(by.pk, ""),
    )


def _readers(looked: _Looked) -> Iterator[StretchReader]:
    text, case = looked.text, looked.case
    notes = _notes(looked.code, text, case.stretch)
    memos = _memos(looked.version, text, case.stretch)
    for letter, sheet in zip(case.letters, looked.sheets, strict=True):
        coder, marks = sheet.reading.coder, case.stretch.by(sheet.reading_id)
        yield StretchReader(
            letter=letter,
            name=coder.name if looked.named else None,
            marks=tuple(
                ReaderMark(
                    mark.place,
                    Judgement(*mark.said, notes.get((mark.reader, mark.place), "")),
                    tuple(memos.get((coder.pk, mark.place), ())),
                )
                for mark in marks
            ),
            bits=tuple(bits_of(text.text, case.sentences, [mark.place for mark in marks])),
        )


def _under_letters(looked: _Looked, replies: Mapping[int, str]) -> Iterator[ShownReply]:
    """Return the answers of those who still are readers, without their names."""
    for letter, sheet in zip(looked.case.letters, looked.sheets, strict=True):
        words = replies.get(sheet.reading.coder_id)
        if words is not None:
            yield ShownReply(letter, words)


def _notes(code: Code, text: TextVersion, stretch: Stretch) -> dict[tuple[int, Place], str]:
    there = Coding.objects.filter(
        code=code,
        excerpt__text_version=text,
        excerpt__start__gte=stretch.start,
        excerpt__end__lte=stretch.end,
    ).exclude(note="")
    rows = there.values_list("reading", "excerpt__start", "excerpt__end", "note")
    return {(reading, Place(start, end)): note for reading, start, end, note in rows}


def _memos(
    version: CodebookVersion, text: TextVersion, stretch: Stretch
) -> dict[tuple[int, Place], list[str]]:
    """Return what was noted on excerpts while reading; it belongs to the readings."""
    there = Memo.objects.filter(
        version=version,
        excerpt__text_version=text,
        excerpt__start__gte=stretch.start,
        excerpt__end__lte=stretch.end,
    )
    found: dict[tuple[int, Place], list[str]] = {}
    for who, start, end, words in there.values_list(
        "by", "excerpt__start", "excerpt__end", "words"
    ):
        found.setdefault((who, Place(start, end)), []).append(words)
    return found


def _settlements(
    code: Code, text: TextVersion, stretch: Stretch, *, named: bool
) -> tuple[Settlement | None, tuple[Settlement, ...]]:
    """Return what became of a stretch, and of what it was before its bounds changed."""
    near = SpanSettlement.objects.filter(
        code=code,
        about__text_version=text,
        about__start__lt=stretch.end,
        about__end__gt=stretch.start,
    )
    stored = near.select_related("about", "by").prefetch_related("settledspan_set__excerpt")
    every = [_settlement(one, named=named) for one in stored.order_by("about__start", "pk")]
    here = next((one for one in every if one.about == stretch.place), None)
    return here, tuple(one for one in every if one is not here and one.outcome is Outcome.SETTLED)


def _settlement(stored: SpanSettlement, *, named: bool) -> Settlement:
    return Settlement(
        about=Place(stored.about.start, stored.about.end),
        outcome=Outcome(stored.outcome),
        spans=tuple(
            sorted(
                SettledSpanShown(
                    Place(one.excerpt.start, one.excerpt.end), Judgement(one.value, one.gap)
                )
                for one in stored.settledspan_set.all()
            )
        ),
        reason=stored.reason,
        question=stored.question,
        by=stored.by.name if named else None,
        at=stored.at,
        revision=stored.revision,
    )


def _replies(code: Code, text: TextVersion, stretch: Stretch) -> Mapping[int, str]:
    """Return what readers answered, by who they are."""
    given = Reply.objects.filter(
        settlement__code=code,
        settlement__about__text_version=text,
        settlement__about__start=stretch.start,
        settlement__about__end=stretch.end,
    )
    return dict(given.values_list("by", "words"))


def _warning(text: TextVersion, around: Place) -> Sentence | None:
    """Say what is hard in the words that are shown; with a passage lost, it may be anything."""
    kinds = {
        kind
        for version, start, end, kind in Passage.objects.filter(
            version__account=text.account
        ).values_list("version", "start", "end", "kind")
        if version != text.pk or (start < around.end and around.start < end)
    }
    if not kinds:
        return None
    words = len(text.text[around.start : around.end].split())
    ordered = tuple(kind for kind in Hardness if kind in kinds)
    return Part(around.start, around.end, words, ordered).warning
