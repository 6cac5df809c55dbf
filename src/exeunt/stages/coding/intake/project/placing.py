"""The selections of a project placed in its texts, each text as its program counted."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from exeunt.errors import Sentence
from exeunt.methods.offsets import (
    NO_FIT,
    USUAL,
    Choice,
    CountedText,
    Counting,
    Fit,
    Place,
    Weighed,
    chosen,
    counting_from,
    weighed,
)
from exeunt.methods.projects import Text
from exeunt.stages.coding.intake.project.assembly import Assembly
from exeunt.stages.coding.intake.project.raw import RawSelection, RawText, key_of
from exeunt.stages.coding.intake.project.telling import Counted, Unplaced
from exeunt.stages.sources.intake.cells import faults_of_text
from exeunt.stages.sources.intake.problems import ProblemList

EVERY = "*"
OURS = "Exeunt"
MOST_WORDS = 300


class _Tried(NamedTuple):
    raw: RawText
    counted: CountedText
    marks: tuple[RawSelection, ...]
    places: list[Place]
    tried: list[Weighed]


class Placing:
    """Reads the texts of a project and finds out how their places were counted."""

    def __init__(self, assembly: Assembly, wanted: Mapping[str, str]) -> None:
        """Take a project, and the ways of counting that a person wants, by text."""
        self.assembly = assembly
        self.problems: ProblemList = assembly.problems
        self.wanted = {
            name.casefold(): _read(counting, self.problems) for name, counting in wanted.items()
        }
        self.ours = assembly.raw.origin.startswith(OURS)

    def texts(self) -> Iterator[tuple[Text, Counted]]:
        """Return every text with its selections in place, or refuse the file with every fault."""
        tried = list(self._tried())
        everywhere = _everywhere(tried)
        made = [self._text(one, everywhere) for one in tried]
        self.problems.refuse_if_any()
        return iter(made)

    def _tried(self) -> Iterator[_Tried]:
        for raw in self.assembly.raw.texts:
            stored = self.assembly.words_of(raw)
            self.assembly.left["rich texts" if stored is not None else "rich texts alone"] += bool(
                raw.rich
            )
            if stored is None:
                self.assembly.left["empty texts"] += not raw.rich
                continue
            counted = CountedText(stored)
            for fault in faults_of_text(counted.text):
                self.problems.add(Sentence("{name}: {fault}", name=raw.name[:200], fault=fault))
            if not counted.text.strip():
                self.assembly.left["empty texts"] += 1
                continue
            marks = self.assembly.marks_of(raw)
            places = [Place(mark.start, mark.end, mark.words[:MOST_WORDS]) for mark in marks]
            tried = weighed(counted, places) if places else []
            yield _Tried(raw, counted, marks, places, tried)

    def _text(self, one: _Tried, everywhere: Mapping[Counting, Fit]) -> tuple[Text, Counted]:
        choice = self._choice(one, everywhere)
        spans = one.counted.spans(one.places, choice.counting)
        paired = list(zip(one.marks, spans, strict=True))
        unplaced = tuple(
            Unplaced(mark.guid, mark.start, mark.end, mark.words[:MOST_WORDS])
            for mark, span in paired
            if span is None
        )
        if unplaced and self._wants(one.raw) is None:
            self._refuse_outside(one, unplaced)
        selections = (self.assembly.selection(mark, span) for mark, span in paired if span)
        raw = one.raw
        text = Text(
            raw.guid,
            raw.name,
            one.counted.text,
            raw.by,
            raw.when,
            tuple(selection for selection in selections if selection is not None),
            self.assembly.judgements(raw.codings),
            self.assembly.memos_on(raw),
        )
        return text, Counted(len(one.places), choice, unplaced)

    def _choice(self, one: _Tried, everywhere: Mapping[Counting, Fit]) -> Choice:
        if not one.tried:
            return Choice(USUAL, NO_FIT, None, NO_FIT)
        wanted = self._wants(one.raw)
        if wanted is None and self.ours and _fits(one):
            wanted = USUAL
        return chosen(one.tried, everywhere, wanted=wanted)

    def _wants(self, raw: RawText) -> Counting | None:
        names = (key_of(raw.guid), raw.name.casefold(), EVERY)
        return next((self.wanted[name] for name in names if name in self.wanted), None)

    def _refuse_outside(self, one: _Tried, unplaced: tuple[Unplaced, ...]) -> None:
        says = (
            "In “{name}” {count} of {all} selections lie outside the text, however their places "
            "are counted; the first goes from {start} to {end}, and the text has {length} "
            "characters. Export the project anew; or say how they are counted, as in "
            "“{name}={counting}”, and those that lie outside are left out."
        )
        first = unplaced[0]
        facts = {
            "name": one.raw.name[:200],
            "count": len(unplaced),
            "all": len(one.places),
            "start": first.start,
            "end": first.end,
            "length": len(one.counted.text),
            "counting": str(USUAL),
        }
        self.problems.add(Sentence(says, **facts))


def _read(written: str, problems: ProblemList) -> Counting:
    try:
        return counting_from(written)
    except ValueError:
        says = (
            "“{written}” is no way of counting; write it as in “{example}”, with first=0 or 1, "
            "breaks=one, as-written or two, units=code-points or utf-16, end=exclusive or "
            "inclusive."
        )
        problems.add(Sentence(says, written=written[:80], example=str(USUAL)))
        problems.refuse_if_any()
        raise


def _fits(one: _Tried) -> bool:
    usual = next(group for group in one.tried if USUAL in group.countings)
    return usual.fit.inside == len(one.places)


def _everywhere(tried: list[_Tried]) -> Mapping[Counting, Fit]:
    """Add up over all texts how well each way of counting fits."""
    total: dict[Counting, Fit] = {}
    for one in tried:
        for group in one.tried:
            for counting in group.countings:
                total[counting] = total.get(counting, NO_FIT).plus(group.fit)
    return total
