"""Settling one stretch: which spans are agreed, with what value, and when that may be said."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from exeunt.errors import NotYet, Refusal
from exeunt.methods.codebooks import Scale
from exeunt.stages.coding.rules.answers import judgement_from
from exeunt.stages.coding.rules.marks import Mark, Place, Stretch, intersection_of, union_of
from exeunt.stages.coding.states import Gap, Take
from exeunt.stages.sources.intake.problems import at_field

_BETWEEN = re.compile(r"[\s,;،]+")
_RANGE = re.compile(r"(\d{1,9})(?:[-–:](\d{1,9}))?")
_LOOSE = re.compile(r"\s*[-–:]\s*")


class Choice(NamedTuple):
    """What is taken of a stretch, as somebody chose and typed it.

    ``take`` is a reader's letter or one of ``Take``. An empty ``cell`` keeps what the readers
    said. ``sentences`` (by their numbers) and ``places`` (from, to) are for bounds of one's own.
    """

    take: str
    cell: str = ""
    sentences: str = ""
    places: str = ""


class Agreed(NamedTuple):
    """One span that is agreed on: on the scale, or why there is no value."""

    start: int
    end: int
    value: int | None
    gap: str = ""


class InDispute(NamedTuple):
    """A stretch with all that choosing needs to know.

    ``letters`` says which reader is which, ``sentences`` are those shown, and ``beyond`` is what
    readers marked elsewhere in the text.
    """

    stretch: Stretch
    letters: Mapping[str, int]
    sentences: Sequence[Place]
    length: int
    beyond: Sequence[Place] = ()


def agreed_spans(choice: Choice, dispute: InDispute, scale: Scale) -> tuple[Agreed, ...]:
    """Return the spans that are agreed by a choice; none where it is agreed that nothing is."""
    said = _said(choice.cell, scale)
    if choice.take == Take.NOTHING:
        return ()
    if choice.take in dispute.letters:
        marks = dispute.stretch.by(dispute.letters[choice.take])
        return tuple(Agreed(*mark.place, *(said or mark.said)) for mark in marks)
    places = _places(choice, dispute)
    value = said or _what_all_say(dispute.stretch.marks)
    return tuple(Agreed(*place, *value) for place in places)


def check_differ_here(stretch: Stretch | None) -> Stretch:
    """Return a stretch on which readers differ; refuse where they do not, or not any more."""
    if stretch is None or stretch.unlike is None:
        raise NotYet(
            "The readers do not differ here, or the text or a reading has changed since. See the "
            "list of what they differ about again."
        )
    return stretch


def check_question(question: str) -> None:
    """Refuse to send a stretch back without a question."""
    if not question:
        raise Refusal("Say what you want to know; the readers are asked nothing otherwise.")


def check_reply(words: str) -> None:
    """Refuse an empty answer."""
    if not words:
        raise Refusal("Write your answer first.")


def check_may_reply(*, was_asked: bool, is_reader: bool) -> None:
    """Refuse an answer to what was not asked, and by somebody who was not."""
    if not is_reader:
        raise NotYet("Only those who have completed this account are asked about it.")
    if not was_asked:
        raise NotYet("This is not, or no longer, sent back to its readers; nothing is asked here.")


def _said(cell: str, scale: Scale) -> tuple[int | None, str] | None:
    if not cell:
        return None
    with at_field("cell"):
        judged = judgement_from(cell, scale)
        if judged.gap == Gap.NOT_MENTIONED:
            raise Refusal(
                "What is marked is mentioned. If nothing here is to be marked, take nothing."
            )
    return judged.said


def _what_all_say(marks: Sequence[Mark]) -> tuple[int | None, str]:
    said = {mark.said for mark in marks}
    if len(said) > 1:
        with at_field("cell"):
            raise Refusal("The readers gave different values here; choose the one that is agreed.")
    return said.pop()


def _places(choice: Choice, dispute: InDispute) -> list[Place]:
    if choice.take == Take.UNION:
        return union_of(dispute.stretch)
    if choice.take == Take.INTERSECTION:
        return _shared(dispute)
    if choice.take == Take.OWN:
        return _own(choice, dispute)
    known = ", ".join([*dispute.letters, *Take])
    with at_field("take"):
        raise Refusal("Choose what is taken: one of {known}.", known=known)


def _shared(dispute: InDispute) -> list[Place]:
    shared = intersection_of(dispute.stretch, tuple(dispute.letters.values()))
    if not shared:
        with at_field("take"):
            raise Refusal(
                "There is nothing that all readers marked here. Take one reader's, or nothing."
            )
    return shared


def _own(choice: Choice, dispute: InDispute) -> list[Place]:
    with at_field("sentences"):
        found = list(_by_sentence(choice.sentences, dispute.sentences))
    with at_field("places"):
        found += _by_place(choice.places, dispute.length)
        if not found:
            raise Refusal(
                "Say where: the numbers of sentences, as in 2 or 2-3, or places in the text, as "
                "in {start}-{end}.",
                start=dispute.stretch.start,
                end=dispute.stretch.end,
            )
        _check_own(sorted(found), dispute)
    return sorted(found)


def _by_sentence(typed: str, sentences: Sequence[Place]) -> Iterator[Place]:
    for first, last in _ranges(typed):
        if not 1 <= first <= last <= len(sentences):
            raise Refusal(
                "Sentences are numbered from 1 to {last} here; “{first}-{to}” is not among them.",
                last=len(sentences),
                first=first,
                to=last,
            )
        yield Place(sentences[first - 1].start, sentences[last - 1].end)


def _by_place(typed: str, length: int) -> Iterator[Place]:
    for start, end in _ranges(typed):
        if not start < end <= length:
            raise Refusal(
                "{start}-{end} is not inside the text, which has {length} characters; the end is "
                "behind the last one.",
                start=start,
                end=end,
                length=length,
            )
        yield Place(start, end)


def _ranges(typed: str) -> Iterator[tuple[int, int]]:
    """Read what was typed, such as ``2, 4-5``; a number alone is a range of one."""
    joined = _LOOSE.sub("-", typed.strip())
    for word in filter(None, _BETWEEN.split(joined)):
        found = _RANGE.fullmatch(word)
        if found is None:
            raise Refusal("“{word}” is no number and no range; write 2 or 2-3.", word=word)
        first = int(found[1])
        yield first, int(found[2]) if found[2] else first


def _check_own(places: Sequence[Place], dispute: InDispute) -> None:
    for one, other in pairwise(places):
        if other.start < one.end:
            raise Refusal(
                "{one} and {other} overlap; write them as one.",
                one=_words(one),
                other=_words(other),
            )
    for place in places:
        if not _overlaps(place, dispute.stretch.place):
            raise Refusal(
                "{place} lies outside of what is settled here, {stretch}.",
                place=_words(place),
                stretch=_words(dispute.stretch.place),
            )
        for other in dispute.beyond:
            if _overlaps(place, other):
                raise Refusal(
                    "{place} reaches into {other}, which readers marked apart from this; settle "
                    "that by itself.",
                    place=_words(place),
                    other=_words(other),
                )


def _overlaps(one: Place, other: Place) -> bool:
    return one.start < other.end and other.start < one.end


def _words(place: Place) -> str:
    return f"{place.start}-{place.end}"
