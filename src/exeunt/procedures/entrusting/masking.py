"""Masking a text that the vault holds: proposed by rules, decided by a person, kept when done."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from exeunt.errors import Refusal
from exeunt.members.models import Member
from exeunt.methods.folding import fold
from exeunt.methods.identifiers import find_identifiers
from exeunt.methods.masking import Mask, Masked, mask, remains, settled
from exeunt.methods.pseudonyms import Book, replacement_for
from exeunt.procedures.entrusting.reviewing import (
    Mark,
    MarkState,
    Page,
    Review,
    added,
    as_plain,
    check_may_finish,
    check_replacement,
    decided,
    from_plain,
    moved,
    pages_of,
    proposed,
    read_page,
    undone,
    wider,
)
from exeunt.stages.narrators.models import Narrator
from exeunt.stages.testimonies.actions.entrusted import PlacedMask, keep_masked
from exeunt.stages.testimonies.models import Account, TextVersion
from exeunt.studies.queries import require
from exeunt.studies.roles import Act
from exeunt.vault import door, room
from exeunt.vault.room import Keys

PERSON = "person"


class Sheet(NamedTuple):
    """A raw text on the custodian's desk, and how far its masking is."""

    account: Account
    text: str
    language: str
    left_out: tuple[str, ...]
    review: Review
    revision: int

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
    sheet = Sheet(
        account=account,
        text=raw.content["text"],
        language=raw.content.get("language", ""),
        left_out=tuple(raw.content.get("left_out", ())),
        review=from_plain(raw.review),
        revision=raw.revision,
    )
    if raw.review:
        return sheet
    found = [*_known(sheet, keys=keys, by=by), *_by_rules(sheet)]
    return _kept(sheet, proposed(sheet.review, found), keys=keys)


def accept(sheet: Sheet, numbers: Iterable[int], *, keys: Keys) -> Sheet:
    """Accept marks; each gets the replacement that its entity has in this study."""
    chosen = frozenset(numbers)
    words = _replacements(sheet, [sheet.review.marked(number) for number in chosen], keys=keys)
    review = decided(
        sheet.review, chosen, MarkState.ACCEPTED, replacement=lambda one: words[one.number]
    )
    return _kept(sheet, review, keys=keys)


def refuse(sheet: Sheet, numbers: Iterable[int], *, keys: Keys) -> Sheet:
    """Refuse marks: these words stay in the text as they are."""
    review = decided(sheet.review, frozenset(numbers), MarkState.REFUSED)
    return _kept(sheet, review, keys=keys)


def add(sheet: Sheet, start: int, end: int, *, kind: str, keys: Keys) -> Sheet:
    """Mask a place that nothing proposed."""
    if not 0 <= start < end <= len(sheet.text):
        raise Refusal("Choose the words that are to be masked; nothing was chosen.")
    mark = Mark(0, start, end, kind, PERSON)
    words = _replacements(sheet, [mark], keys=keys)[0]
    return _kept(sheet, added(sheet.review, mark._replace(replacement=words)), keys=keys)


def add_everywhere(sheet: Sheet, words: str, *, kind: str, keys: Keys) -> Sheet:
    """Mask words wherever they stand, however they are written there."""
    places = list(_places_of(words, sheet.text))
    if not places:
        raise Refusal("“{words}” does not stand in this text.", words=words)
    for start, end in places:
        sheet = add(sheet, start, end, kind=kind, keys=keys)
    return sheet


def stretch(sheet: Sheet, number: int, *, by_words: tuple[int, int], keys: Keys) -> Sheet:
    """Make a mark wider or narrower by words at its start and end."""
    start, end = wider(sheet.text, sheet.review.marked(number), by_words=by_words)
    return _kept(sheet, moved(sheet.review, number, start=start, end=end), keys=keys)


def replace(sheet: Sheet, number: int, *, words: str, keys: Keys) -> Sheet:
    """Say what stands in place of a mark and of all that cover the same words."""
    cleaned = check_replacement(words)
    numbers = {one.number for one in sheet.alike(sheet.review.marked(number))}
    study = sheet.account.study.ref
    book, revision = _book(study, keys=keys)
    surface = sheet.surface(sheet.review.marked(number))
    mark = sheet.review.marked(number)
    book = book.with_replacement(mark.kind, surface, cleaned, document=sheet.account.source.ref)
    room.keep_book(study=study, content=book.as_plain(), revision=revision, keys=keys)
    review = decided(sheet.review, numbers, MarkState.ACCEPTED, replacement=lambda _: cleaned)
    return _kept(sheet, review, keys=keys)


def have_read(sheet: Sheet, page: int, *, keys: Keys) -> Sheet:
    """Note that a person has read a page."""
    return _kept(sheet, read_page(sheet.review, page), keys=keys)


def undo(sheet: Sheet, *, keys: Keys) -> Sheet:
    """Take the last decision back."""
    return _kept(sheet, undone(sheet.review), keys=keys)


def finish(sheet: Sheet, *, keys: Keys, by: Member) -> TextVersion:
    """Hand the masked text to the house; refuses while anything is unread, undecided or legible."""
    require(Act.TAKE_IN, study=sheet.account.study, by=by)
    check_may_finish(sheet.review, sheet.pages)
    masked = masked_text(sheet)
    _check_nothing_remains(sheet, masked)
    version = keep_masked(
        account=sheet.account, text=masked.text, masks=_placed(sheet, masked), by=by
    )
    _kept(sheet, sheet.review._replace(finished=True), keys=keys)
    return version


def masked_text(sheet: Sheet) -> Masked:
    """Return the text as the house would see it now."""
    accepted = sheet.review.in_state(MarkState.ACCEPTED)
    masks = [Mask(one.start, one.end, one.replacement) for one in accepted]
    return mask(sheet.text, settled(sheet.text, masks))


def _known(sheet: Sheet, *, keys: Keys, by: Member) -> Iterator[Mark]:
    account = sheet.account
    narrators = Narrator.objects.filter(study=account.study).values_list("ref", flat=True)
    found = door.find_known_names(
        source=account.source.ref,
        narrator=account.narrator.ref,
        among=list(narrators),
        keys=keys,
        by=by,
    )
    for one in found:
        yield Mark(0, one.start, one.end, PERSON, "known name", narrator=one.narrator)


def _by_rules(sheet: Sheet) -> Iterator[Mark]:
    for one in find_identifiers(sheet.text, language=sheet.language):
        yield Mark(0, one.start, one.end, one.kind.value, one.rule)


def _kept(sheet: Sheet, review: Review, *, keys: Keys) -> Sheet:
    revision = room.keep_review(
        source=sheet.account.source.ref,
        narrator=sheet.account.narrator.ref,
        review=as_plain(review),
        revision=sheet.revision,
        keys=keys,
    )
    return sheet._replace(review=review, revision=revision)


def _replacements(sheet: Sheet, marks: Iterable[Mark], *, keys: Keys) -> dict[int, str]:
    study = sheet.account.study.ref
    book, revision = _book(study, keys=keys)
    before, words = book, {}
    for one in marks:
        words[one.number], book = replacement_for(
            one.kind,
            sheet.surface(one),
            language=sheet.language,
            document=sheet.account.source.ref,
            book=book,
        )
    if book != before:
        room.keep_book(study=study, content=book.as_plain(), revision=revision, keys=keys)
    return words


def _book(study: str, *, keys: Keys) -> tuple[Book, int]:
    opened = room.open_book(study=study, keys=keys)
    return Book.from_plain(opened.content), opened.revision


def _check_nothing_remains(sheet: Sheet, masked: Masked) -> None:
    """Refuse a text in which a masked name is still legible somewhere else."""
    accepted = sheet.review.in_state(MarkState.ACCEPTED)
    kept = {fold(sheet.surface(one)).text for one in sheet.review.in_state(MarkState.REFUSED)}
    originals = {sheet.surface(one) for one in accepted if one.kind != "age"}
    sought = [words for words in originals if fold(words).text not in kept]
    left = remains(masked.text, sought)
    if left:
        raise Refusal(
            "Something that is masked in one place still stands in clear in {count} others. Mask "
            "it everywhere, or refuse the mark where it hides nothing.",
            count=len(left),
        )


def _placed(sheet: Sheet, masked: Masked) -> list[PlacedMask]:
    kinds = {one.start: one.kind for one in sheet.review.in_state(MarkState.ACCEPTED)}
    return [
        PlacedMask(
            placed.start,
            placed.end,
            kinds.get(masked.original_place(placed.start), PERSON),
            placed.replacement,
        )
        for placed in masked.placed
    ]


def _places_of(words: str, text: str) -> Iterator[tuple[int, int]]:
    sought, whole = fold(words).text.strip(), fold(text)
    at = whole.text.find(sought) if sought else -1
    while at >= 0:
        if _stands_alone(whole.text, at, at + len(sought)):
            yield whole.span(at, at + len(sought))
        at = whole.text.find(sought, at + len(sought))


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not before.isalnum() and not after.isalnum()


Step = Callable[[Sheet], Sheet]
