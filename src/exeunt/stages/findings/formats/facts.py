"""All that a narrative report is written from, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from exeunt.methods.consistency import MessageConsistency
from exeunt.methods.cooccurrence import Intersection
from exeunt.methods.narratives import CodeAgreement, Compared, Narrative, Sliced
from exeunt.methods.pathways import Crossing
from exeunt.methods.readings import Readings
from exeunt.methods.span_agreement import SpanAgreements
from exeunt.stages.findings.formats.question import Question


@dataclass(frozen=True)
class Quote:
    """A coded excerpt, verbatim."""

    code: str
    label: str
    text: str
    language: str
    account: str


@dataclass(frozen=True)
class Spans:
    """Agreement on what was marked in texts, and the hash of the marks that it rests on."""

    found: SpanAgreements
    data_hash: str


@dataclass(frozen=True)
class Body:
    """Which body of accounts this is, and what has to be said of it."""

    study: str
    title: str
    codebook: str
    software: str
    made: str
    accounts: int
    narrators: int
    invented: bool
    machines: bool
    fewest_units: int
    protocol: Mapping[str, str] = field(default_factory=dict)
    limits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """The findings of one question, and the readings that they rest on."""

    body: Body
    question: Question
    readings: Readings
    agreements: tuple[CodeAgreement, ...]
    agreements_otherwise: tuple[CodeAgreement, ...]
    stating: tuple[CodeAgreement, ...]
    narratives: tuple[Narrative, ...]
    ranked: frozenset[str]
    way: str
    slices: Mapping[str, tuple[Sliced, ...]]
    comparisons: tuple[Compared, ...]
    crossings: tuple[Crossing, ...]
    combinations: tuple[Intersection, ...]
    consistency: MessageConsistency | None
    quotes: tuple[Quote, ...] = ()
    spans: Spans | None = None

    def of_dimension(self, dimension: str) -> tuple[Narrative, ...]:
        """Return the narratives of one dimension, in the codebook's order."""
        return tuple(row for row in self.narratives if row.dimension == dimension)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Return the dimensions of the narratives, in the codebook's order."""
        return tuple(dict.fromkeys(row.dimension for row in self.narratives))

    @property
    def main_dimension(self) -> str:
        """Return the dimension that the report leads with: leaving, or the first there is."""
        known = [row.dimension for row in self.narratives]
        preferred = [d for d in ("leaving", "push") if d in known]
        return (preferred or known or [""])[0]
