"""In which passages a text is sought: what is said in one go, or a paragraph; long ones are cut."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from exeunt.methods.searching import in_order
from exeunt.methods.segmentation import Span, turns
from exeunt.stages.testimonies.rules.passages import stretches

# A passage without an end of a sentence is cut between words.
LONGEST = 4_000


class Speech(NamedTuple):
    """What somebody says in one go; nobody is named where it is not known who speaks."""

    start: int
    end: int
    speaker: str = ""


class Sought(NamedTuple):
    """A passage as it is sought in: where it stands, who speaks, and its folded words."""

    start: int
    end: int
    speaker: str
    folded: str


def passages_of(text: str, said: Sequence[Speech] = ()) -> list[Sought]:
    """Return the passages of a text that hold a word, in its order.

    ``said`` are its turns as its source names them; without any, those are taken that the text
    itself shows, as transcripts do.
    """
    known = said or [Speech(turn.start, turn.end, turn.speaker) for turn in turns(text)]
    return [
        Sought(part.start, part.end, speech.speaker, folded)
        for speech in _whole(text, known)
        for part in _parts(text, speech)
        if (folded := in_order(text[part.start : part.end]))
    ]


def _whole(text: str, said: Sequence[Speech]) -> Iterator[Speech]:
    """Return the turns, and what stands between them."""
    at = 0
    for speech in sorted(said):
        start = max(at, speech.start)
        if at < start:
            yield Speech(at, start)
        if start < speech.end:
            yield Speech(start, speech.end, speech.speaker)
            at = speech.end
    if at < len(text):
        yield Speech(at, len(text))


def _parts(text: str, speech: Speech) -> Iterator[Span]:
    for part in stretches(text[speech.start : speech.end]):
        start, end = speech.start + part.start, speech.start + part.end
        while end - start > LONGEST:
            # Where no sentence ends, as in a list of a thousand words.
            space = text.rfind(" ", start + 1, start + LONGEST)
            cut = space if space > 0 else start + LONGEST
            yield Span(start, cut)
            start = cut
        yield Span(start, end)
