"""Masking a text that the vault holds: proposed by rules, decided by a person, step by step."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from exeunt.errors import Changed, Refusal
from exeunt.members.models import Member
from exeunt.methods.folding import fold
from exeunt.methods.identifiers import Kind, find_identifiers
from exeunt.methods.masking import Mask, remains, settled
from exeunt.methods.pseudonyms import Book, entity_of, replacement_for
from exeunt.procedures.entrusting import reviewing
from exeunt.procedures.entrusting.proposing import together
from exeunt.procedures.entrusting.reviewing import (
    Mark,
    MarkState,
    Page,
    Review,
    added,
    among,
    check_replacement,
    decided,
    moved,
    pages_of,
    proposed,
    read_page,
    undone,
    wider,
)
from exeunt.stages.narrators.models import Narrator
from exeunt.stages.testimonies.models import Account
from exeunt.studies.queries import require
from exeunt.studies.roles import Act
from exeunt.vault import door, room
from exeunt.vault.room import Keys, RawText

KNOWN_NAME, BY_HAND = "known name", "person"


class Desk(NamedTuple):
    """Who masks, with which keys."""

    keys: Keys
    by: Member


class Sheet(NamedTuple):
    """A raw text on a custodian's desk, and how far its masking is."""

    account: Account
    text: str
    language: str
    left_out: tuple[str, ...]
    review: Review
    revision: int
    desk: Desk

    @property
    def pages(self) -> list[Page]:
        """The pages on which the text is read."""
        return pages_of(self.text)

    def surface(self, mark: Mark) -> str:
        """Return the words that a mark covers."""
        return self.text[mark.start : mark.end]

    def alike(self, mark: Mark) -> list[Mark]:
        """Return the marks of the same kind that cover the same words, this one included."""
        words = fold(self.surface(mark)).text
        return [
            one
            for one in self.review.marks
            if one.kind == mark.kind and fold(self.surface(one)).text == words
        ]


def open_sheet(*, account: Account, keys: Keys, by: Member) -> Sheet:
    """Open a raw text; the first time, propose what may have to be masked."""
    require(Act.TAKE_IN, study=account.study, by=by)
    raw = room.open_text(source=account.source.ref, narrator=account.narrator.ref, keys=keys, by=by)
    sheet = _sheet(account, raw, Desk(keys, by))
    if raw.review:
        return sheet
    found = together(_known(sheet), _by_rules(sheet), text=sheet.text)
    return _kept(sheet, proposed(sheet.review, found))


def look_again(*, account: Account, keys: Keys, by: Member) -> Sheet:
    """Look at a text that was opened a moment ago."""
    require(Act.TAKE_IN, study=account.study, by=by)
    return _sheet(account, _taken_up(account, keys, by), Desk(keys, by))


def go_on(*, account: Account, revision: int, keys: Keys, by: Member) -> Sheet:
    """Take a text up for its next step; raises Changed where it is not as it was shown."""
    require(Act.TAKE_IN, study=account.study, by=by)
    raw = _taken_up(account, keys, by)
    if raw.revision != revision:
        raise Changed(
            "Another custodian, or another page of yours, has gone on with this text since. Here "
            "it is as it stands now; nothing is lost, but do this step again.",
            revision=raw.revision,
            theirs={},
        )
    return _sheet(account, raw, Desk(keys, by))


def accept(sheet: Sheet, numbers: Iterable[int]) -> Sheet:
    """Accept marks; each gets the replacement that its entity has in this study."""
    chosen = [sheet.review.marked(number) for number in dict.fromkeys(numbers)]
    words = dict(zip((one.number for one in chosen), _replacements(sheet, chosen), strict=True))
    review = decided(
        sheet.review, words.keys(), MarkState.ACCEPTED, replacement=lambda one: words[one.number]
    )
    return _kept(sheet, review)


def refuse(sheet: Sheet, numbers: Collection[int]) -> Sheet:
    """Refuse marks: these words stay in the text as they are."""
    return _kept(sheet, decided(sheet.review, frozenset(numbers), MarkState.REFUSED))


def reopen(sheet: Sheet, numbers: Collection[int]) -> Sheet:
    """Open the question again, whether these words are to be masked."""
    return _kept(sheet, decided(sheet.review, frozenset(numbers), MarkState.PROPOSED))


def add(sheet: Sheet, start: int, end: int, *, kind: Kind) -> Sheet:
    """Mask a place that nothing proposed, or one that was taken for something else."""
    chosen = sheet.text[start:end] if 0 <= start < end <= len(sheet.text) else ""
    if not chosen.strip():
        raise Refusal("Choose the words that are to be masked; nothing was chosen.")
    end -= len(chosen) - len(chosen.rstrip())
    start += len(chosen) - len(chosen.lstrip())
    mark = Mark(0, *_whole(sheet.text, start, end), kind.value, BY_HAND)
    return _kept(sheet, added(sheet.review, _with_replacements(sheet, [mark])))


def add_everywhere(sheet: Sheet, words: str, *, kind: Kind) -> Sheet:
    """Mask words wherever they stand, however they are written there."""
    there = [one for one in sheet.review.marks if one.state is MarkState.ACCEPTED]
    marks = [
        Mark(0, *_whole(sheet.text, found.start, found.end), kind.value, BY_HAND)
        for found in remains(sheet.text, [words])
    ]
    new = [mark for mark in marks if not any(_covers(one, mark) for one in among(there, mark))]
    if not marks:
        raise Refusal("“{words}” does not stand in this text.", words=words)
    if not new:
        raise Refusal("“{words}” is masked already wherever it stands.", words=words)
    return _kept(sheet, added(sheet.review, _with_replacements(sheet, new)))


def stretch(sheet: Sheet, number: int, *, by_words: tuple[int, int]) -> Sheet:
    """Make a mark wider or narrower by words at its start and end."""
    before = sheet.review.marked(number)
    start, end = _whole(sheet.text, *wider(sheet.text, before, by_words=by_words))
    review = moved(sheet.review, number, start=start, end=end)
    if before.state is not MarkState.ACCEPTED:
        return _kept(sheet, review)
    (words,) = _replacements(sheet, [review.marked(number)])
    return _kept(sheet, reviewing.replaced(review, number, words))


def replace(sheet: Sheet, number: int, *, words: str) -> Sheet:
    """Say what stands in place of a mark and of all that cover the same words."""
    mark = sheet.review.marked(number)
    surface, cleaned = sheet.surface(mark), check_replacement(words)
    if remains(cleaned, [surface]):
        raise Refusal("The replacement still shows what it is to hide; choose other words.")
    book, revision = _book(sheet)
    book = book.with_replacement(Kind(mark.kind), surface, cleaned, document=_document(sheet))
    _keep_book(sheet, book, revision)
    numbers = {one.number for one in sheet.alike(mark)}
    review = decided(sheet.review, numbers, MarkState.ACCEPTED, replacement=lambda _: cleaned)
    return _kept(sheet, review)


def have_read(sheet: Sheet, page: int) -> Sheet:
    """Note that a person has read a page."""
    return _kept(sheet, read_page(sheet.review, page, of=len(sheet.pages)))


def undo(sheet: Sheet) -> Sheet:
    """Take the last decision back."""
    return _kept(sheet, undone(sheet.review))


def have_finished(sheet: Sheet) -> Sheet:
    """Note that the masked text was handed over as it stands."""
    return _kept(sheet, sheet.review._replace(finished=True))


def _sheet(account: Account, raw: RawText, desk: Desk) -> Sheet:
    return Sheet(
        account=account,
        text=raw.content["text"],
        language=raw.content.get("language", ""),
        left_out=tuple(raw.content.get("left_out", ())),
        review=reviewing.from_plain(raw.review),
        revision=raw.revision,
        desk=desk,
    )


def _taken_up(account: Account, keys: Keys, by: Member) -> RawText:
    return room.go_on_with_text(
        source=account.source.ref, narrator=account.narrator.ref, keys=keys, by=by
    )


def _known(sheet: Sheet) -> Iterator[Mark]:
    account = sheet.account
    narrators = Narrator.objects.filter(study=account.study).values_list("ref", flat=True)
    found = door.find_known_names(
        source=account.source.ref,
        narrator=account.narrator.ref,
        among=list(narrators),
        keys=sheet.desk.keys,
        by=sheet.desk.by,
    )
    for one in found:
        start, end = _whole(sheet.text, one.start, one.end)
        yield Mark(0, start, end, Kind.PERSON.value, KNOWN_NAME, narrator=one.narrator)


def _by_rules(sheet: Sheet) -> Iterator[Mark]:
    for one in find_identifiers(sheet.text, language=sheet.language):
        yield Mark(0, *_whole(sheet.text, one.start, one.end), one.kind.value, one.rule)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a place as it will really be masked: whole letters and names, without clitics."""
    (one,) = settled(text, [Mask(start, end, "")])
    return one.start, one.end


def _covers(one: Mark, other: Mark) -> bool:
    return one.start <= other.start and other.end <= one.end


def _kept(sheet: Sheet, review: Review) -> Sheet:
    revision = room.keep_review(
        source=sheet.account.source.ref,
        narrator=sheet.account.narrator.ref,
        review=reviewing.as_plain(review),
        revision=sheet.revision,
        keys=sheet.desk.keys,
    )
    return sheet._replace(review=review, revision=revision)


def _with_replacements(sheet: Sheet, marks: Sequence[Mark]) -> list[Mark]:
    words = _replacements(sheet, marks)
    return [mark._replace(replacement=said) for mark, said in zip(marks, words, strict=True)]


def _replacements(sheet: Sheet, marks: Sequence[Mark]) -> list[str]:
    """Return what stands for each mark in this study, and keep what the book learned by it."""
    book, revision = _book(sheet)
    before, said = book, dict[tuple[str, str, str], str]()
    asked = [(one.kind, sheet.surface(one), one.narrator) for one in marks]
    for words, mark in zip(asked, marks, strict=True):
        if words not in said:
            said[words], book = _replacement(sheet, mark, book)
    if book != before:
        _keep_book(sheet, book, revision)
    return [said[words] for words in asked]


def _replacement(sheet: Sheet, mark: Mark, book: Book) -> tuple[str, Book]:
    surface, document = sheet.surface(mark), _document(sheet)
    if mark.narrator:
        book = _knowing(mark.narrator, surface, book=book, document=document)
    try:
        return replacement_for(
            Kind(mark.kind), surface, language=sheet.language, document=document, book=book
        )
    except ValueError:
        raise Refusal("Nothing of “{words}” can be masked.", words=surface) from None


def _knowing(narrator: str, surface: str, *, book: Book, document: str) -> Book:
    """Return the book in which a name of a narrator's means the same as all their other names."""
    known = entity_of(Kind.PERSON, narrator, book=book)
    if known is not None:
        return book.also_known_as(known.key, surface, document=document)
    _, book = replacement_for(Kind.PERSON, surface, language="", document=document, book=book)
    found = entity_of(Kind.PERSON, surface, book=book, document=document)
    return book.also_known_as(found.key, narrator, document=document) if found else book


def _book(sheet: Sheet) -> tuple[Book, int]:
    opened = room.open_book(study=sheet.account.study.ref, keys=sheet.desk.keys)
    return (Book.from_plain(opened.content) if opened.content else Book()), opened.revision


def _keep_book(sheet: Sheet, book: Book, revision: int) -> None:
    room.keep_book(
        study=sheet.account.study.ref,
        content=book.as_plain(),
        revision=revision,
        keys=sheet.desk.keys,
    )


def _document(sheet: Sheet) -> str:
    return str(sheet.account.source.ref)
