"""A question, before anything is counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from exeunt.methods.proportions import Reading
from exeunt.methods.readings import Blanks
from exeunt.methods.span_agreement import Unitised


@dataclass(frozen=True)
class Question:
    """What was asked: which accounts, and how blanks, chance and comparisons are handled.

    ``only`` keeps the accounts whose attributes have these values. ``complete`` names the
    attributes and values to compare over, which the caller says are known for everybody.
    ``reading`` says how several readers' judgements become the one that leads; ``unit`` what
    texts are cut into to measure agreement on marks, which is not measured otherwise.
    """

    blanks: Blanks = Blanks.MISSING
    only: Mapping[str, str] = field(default_factory=dict)
    complete: tuple[tuple[str, str], ...] = ()
    times: int = 10_000
    seed: int = 2015
    reading: Reading = Reading.BY_ALL
    unit: Unitised | None = None

    def __str__(self) -> str:
        """Write the question as one line that repeats it."""
        parts = [f"{name}={value}" for name, value in self.only.items()]
        parts += [f"compare {name}={value}" for name, value in self.complete]
        parts += [f"blanks={self.blanks}", f"resampled={self.times}", f"seed={self.seed}"]
        if self.reading is not Question.reading:
            parts.append(f"reading={self.reading}")
        if self.unit is not None:
            parts.append(f"unit={self.unit}")
        return "; ".join(parts)

    @property
    def otherwise(self) -> Blanks:
        """Return the other treatment of blanks, which a reader will want to compare with."""
        return Blanks.NOT_MENTIONED if self.blanks is Blanks.MISSING else Blanks.MISSING
