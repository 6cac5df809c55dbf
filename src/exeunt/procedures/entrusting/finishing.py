"""Handing a masked text to the house, when everything was read, decided, and nothing shows."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from exeunt.errors import Refusal
from exeunt.methods.folding import fold
from exeunt.methods.identifiers import Kind
from exeunt.methods.masking import Mask, Masked, Placed, Remaining, mask, remains, settled
from exeunt.procedures.entrusting.masking import Sheet, have_finished
from exeunt.procedures.entrusting.reviewing import Mark, MarkState, check_may_finish, page_at
from exeunt.stages.testimonies.actions.entrusted import PlacedMask, keep_masked
from exeunt.stages.testimonies.models import TextVersion
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

LONG_ENOUGH = 4
_WORD = re.compile(r"\w+")
# What is said more widely, such as an age, may share a word with what it was.
SAID_WIDELY = frozenset({Kind.AGE.value, Kind.DATE.value})


class Legible(NamedTuple):
    """Words that are masked in one place and can still be read in another, and on which page."""

    words: str
    start: int
    page: int


class Outlook(NamedTuple):
    """A text as the house would see it now, and what is still to be done before it does.

    ``parts`` are words of masked names that stand alone elsewhere; they may be nobody's name.
    """

    masked: Masked
    masks: list[PlacedMask]
    unread: list[int]
    undecided: list[Mark]
    legible: list[Legible]
    parts: list[Legible]

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands against handing it over."""
        return not (self.unread or self.undecided or self.legible)


def outlook(sheet: Sheet) -> Outlook:
    """Look at what the house would see, and at what is still in the way."""
    masked = masked_text(sheet)
    legible = legible_in(sheet, masked, _whole_originals(sheet))
    return Outlook(
        masked=masked,
        masks=_placed(sheet, masked),
        unread=[page.number for page in sheet.pages if page.number not in sheet.review.read],
        undecided=sheet.review.in_state(MarkState.PROPOSED),
        legible=legible,
        parts=legible_in(sheet, masked, _parts_of_names(sheet)),
    )


def finish(sheet: Sheet) -> TextVersion:
    """Hand the masked text to the house; refuses while anything is unread, undecided or legible."""
    require(Act.TAKE_IN, study=sheet.account.study, by=sheet.desk.by)
    check_may_finish(sheet.review, sheet.pages)
    masked = masked_text(sheet)
    left = legible_in(sheet, masked, _whole_originals(sheet))
    if left:
        raise Refusal(
            "“{words}” is masked in one place and can be read on page {page}; {count} places are "
            "like that. Mask it everywhere, or refuse the mark where it hides nothing.",
            words=left[0].words,
            page=left[0].page,
            count=len(left),
        )
    masks = _placed(sheet, masked)
    version = keep_masked(account=sheet.account, text=masked.text, masks=masks, by=sheet.desk.by)
    have_finished(sheet)
    return version


def masked_text(sheet: Sheet) -> Masked:
    """Return the text as the house would see it now."""
    accepted = sheet.review.in_state(MarkState.ACCEPTED)
    masks = [Mask(one.start, one.end, one.replacement) for one in accepted]
    return mask(sheet.text, settled(sheet.text, masks))


def legible_in(sheet: Sheet, masked: Masked, words: Iterable[str]) -> list[Legible]:
    """Return which words can still be read in the masked text, by their places in the raw one."""
    pages, ends = sheet.pages, [put.end for put in masked.placed]
    places = [
        (one.original, masked.original_place(one.start))
        for one in remains(masked.text, words)
        if not _touches(one, masked.placed[bisect_right(ends, one.start) :])
    ]
    return [Legible(said, start, page_at(pages, start)) for said, start in places]


def _touches(one: Remaining, after: Sequence[Placed]) -> bool:
    """Tell whether the first replacement that ends after a place begins before the place ends."""
    return bool(after) and after[0].start < one.end


def _whole_originals(sheet: Sheet) -> list[str]:
    """Return what is masked somewhere; what a person refused to mask, they left legible."""
    sought = (
        sheet.surface(one)
        for one in sheet.review.in_state(MarkState.ACCEPTED)
        if one.kind not in SAID_WIDELY
    )
    left = _left_legible(sheet)
    return [words for words in sought if fold(words).text not in left]


def _parts_of_names(sheet: Sheet) -> list[str]:
    """Return the words of masked names, but for small ones, which names and sentences share."""
    left = _left_legible(sheet)
    names = (
        sheet.surface(one)
        for one in sheet.review.in_state(MarkState.ACCEPTED)
        if one.kind == Kind.PERSON
    )
    parts = {part for name in names for part in _WORD.findall(name) if len(part) >= LONG_ENOUGH}
    return sorted(part for part in parts if not part.islower() and fold(part).text not in left)


def _left_legible(sheet: Sheet) -> set[str]:
    return {fold(sheet.surface(one)).text for one in sheet.review.in_state(MarkState.REFUSED)}


def _placed(sheet: Sheet, masked: Masked) -> list[PlacedMask]:
    """Return the masks as they stand in the masked text, each with the kind of what it hides."""
    accepted = sheet.review.in_state(MarkState.ACCEPTED)
    return [
        PlacedMask(put.start, put.end, _kind_within(one, accepted), put.replacement)
        for put, one in zip(masked.placed, masked.masks, strict=True)
    ]


def _kind_within(one: Mask, accepted: list[Mark]) -> str:
    there = bisect_right(accepted, one.start, key=lambda mark: mark.end)
    within = accepted[there : there + 1]
    return next((mark.kind for mark in within if mark.start < one.end), Kind.PERSON.value)
