"""Texts that two have read and marked differently, and what is then settled."""

from typing import NamedTuple

from exeunt.members.models import Member
from exeunt.stages.coding.actions.settling_spans import reply, send_back, settle_span
from exeunt.stages.coding.models import CodebookVersion, Reply, SpanSettlement
from exeunt.stages.coding.queries.dispute import At
from exeunt.stages.coding.queries.stretch import ShownStretch, stretch_of
from exeunt.stages.coding.rules.spans import Choice
from exeunt.studies.models import Study
from tests.making.marking import Reading, a_reading
from tests.people import Cast

PAID = "They told us the money was for the widows."
SAW = "Then I saw the cars."
LEFT = "That night I left with my brother."
SAID = f"{PAID} {SAW} {LEFT}"
J1, L1, L2 = 0, 1, 2


class Disputed(NamedTuple):
    """One account that Boris and Chidi have read, and what is done about where they differ."""

    reading: Reading

    @property
    def study(self) -> Study:
        """The study."""
        return self.reading.study

    @property
    def version(self) -> CodebookVersion:
        """What it was read with."""
        return self.reading.version

    @property
    def ref(self) -> str:
        """The account's reference."""
        return self.reading.account.ref

    def at(self, words: str, place: int = L1) -> At:
        """Say where a stretch is, by its words and the place of its code."""
        return At(place, *self.reading.place(words))

    def shown(self, words: str, place: int = L1, *, by: Member) -> ShownStretch:
        """Look at a stretch."""
        return stretch_of(self.study, self.version, self.ref, at=self.at(words, place), by=by)

    def settle(
        self, words: str, take: str, *, by: Member, place: int = L1, **more: object
    ) -> SpanSettlement:
        """Settle a stretch by what is taken of it."""
        chosen = {name: more.pop(name, "") for name in ("cell", "sentences", "places")}
        return settle_span(
            study=self.study,
            version=self.version,
            ref=self.ref,
            at=self.at(words, place),
            choice=Choice(take, **chosen),
            by=by,
            **({"reason": "He names them.", "revision": 0} | more),
        )

    def send_back(
        self, words: str, question: str, *, by: Member, place: int = L1, revision: int = 0
    ) -> SpanSettlement:
        """Ask the readers about a stretch."""
        return send_back(
            study=self.study,
            version=self.version,
            ref=self.ref,
            at=self.at(words, place),
            question=question,
            revision=revision,
            by=by,
        )

    def reply(self, words: str, says: str, *, by: Member, place: int = L1) -> Reply:
        """Answer as a reader."""
        return reply(
            study=self.study,
            version=self.version,
            ref=self.ref,
            at=self.at(words, place),
            words=says,
            by=by,
        )


def a_disputed_text(study: Study, cast: Cast) -> Disputed:
    """Let Boris and Chidi read one text.

    With L1 both marked the first sentence, Chidi without its stop (bounds only), and Boris alone
    the second. With L2 both marked the third alike.
    """
    reading = a_reading(study, cast, text=SAID)
    reading.mark(PAID, "L1", by=cast.boris, note="For whom?")
    reading.mark(PAID[:-1], "L1", by=cast.chidi)
    reading.mark(SAW, "L1", by=cast.boris)
    for coder in (cast.boris, cast.chidi):
        reading.mark(LEFT, "L2", by=coder)
    reading.note(PAID[:-1], "Chidi was not sure.", by=cast.chidi)
    reading.complete(by=cast.boris)
    reading.complete(by=cast.chidi)
    return Disputed(reading)
