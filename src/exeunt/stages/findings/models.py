"""Answers as they were given, the findings in them, and the reports that were written of them."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from exeunt.ledger.references import new_reference
from exeunt.members.models import Member
from exeunt.methods.sensitivity import Tier
from exeunt.stages.coding.models import CodebookVersion
from exeunt.stages.findings.formats.document import Figure, Provenance, Table
from exeunt.stages.findings.formats.drawn import Chart
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.formats.stored import rows_from, table_from
from exeunt.stages.findings.rules.asking import question_from
from exeunt.studies.models import Study

# Under this name the question of an answer holds a search that was counted.
SOUGHT = "sought"
WIDE = 420
"""Pixels from which a chart is looked at piece by piece on a phone."""


class Answer(models.Model):
    """What one question found, once and for all; only ``edition`` moves on.

    ``edition`` is the latest edition of the study at which counting gave this very answer.
    ``digest`` is the question's, ``fingerprint`` that of all that is said. An answer from before
    answers were kept has neither, and its figures have tables only.
    """

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "study": Tier.WORKING,
        "version": Tier.WORKING,
        "question": Tier.WORKING,
        "digest": Tier.WORKING,
        "edition": Tier.WORKING,
        "data_hash": Tier.WORKING,
        "fingerprint": Tier.WORKING,
        "software": Tier.PUBLIC,
        "made": Tier.WORKING,
        "asked_by": Tier.WORKING,
        "agreements": Tier.WORKING,
        "reasons": Tier.WORKING,
        "facets": Tier.WORKING,
        "document": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    study = models.ForeignKey(Study, on_delete=models.PROTECT, db_index=False)
    version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT)
    question = models.JSONField()
    digest = models.CharField(max_length=64, blank=True)
    edition = models.PositiveIntegerField()
    data_hash = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    software = models.CharField(max_length=40)
    made = models.DateTimeField()
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True)
    agreements = models.JSONField(default=list)
    reasons = models.JSONField(default=dict)
    facets = models.JSONField(default=dict)
    document = models.JSONField(default=dict)

    class Meta:
        """The same question over the same data has the same answer, and it is kept once."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["study", "version", "digest", "fingerprint"], name="answer_is_kept_once"
            ),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref

    @property
    def is_search(self) -> bool:
        """Whether a search was counted, and not the codes of a whole study."""
        return SOUGHT in self.question

    def asked(self) -> Question:
        """Return the question."""
        return question_from(self.question)


class Finding(models.Model):
    """A figure of an answer: its table and drawing, with all it takes to reproduce it."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "answer": Tier.WORKING,
        "place": Tier.WORKING,
        "figure": Tier.WORKING,
        "title": Tier.WORKING,
        "alt": Tier.WORKING,
        "note": Tier.WORKING,
        "query": Tier.WORKING,
        "window": Tier.WORKING,
        "blanks": Tier.WORKING,
        "counted": Tier.WORKING,
        "data_hash": Tier.WORKING,
        "table": Tier.WORKING,
        "drawn": Tier.WORKING,
        "spec": Tier.WORKING,
        "svg": Tier.WORKING,
        "width": Tier.WORKING,
        "height": Tier.WORKING,
    }

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, db_index=False)
    place = models.PositiveIntegerField(default=0)
    figure = models.CharField(max_length=60)
    title = models.TextField()
    alt = models.TextField(blank=True)
    note = models.TextField(blank=True)
    query = models.TextField()
    window = models.TextField()
    blanks = models.CharField(max_length=60)
    counted = models.TextField(blank=True)
    data_hash = models.CharField(max_length=64)
    table = models.JSONField()
    drawn = models.JSONField(default=dict)
    spec = models.JSONField(default=dict)
    svg = models.TextField(blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)

    kind: ClassVar[str] = Figure.kind

    class Meta:
        """A figure stands once in an answer."""

        ordering: ClassVar = ["answer", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answer", "figure"], name="finding_stands_once"),
        ]

    def __str__(self) -> str:
        """Return the figure's number in its answer."""
        return f"finding {self.figure} of answer {self.answer_id}"

    @property
    def is_wide(self) -> bool:
        """Whether the drawing would be too small to read if it had to fit a phone."""
        return self.width > WIDE

    def shown_table(self) -> Table:
        """Return the table as it is to be shown."""
        return table_from(self.table)

    def provenance(self) -> Provenance:
        """Return all that is needed to compute the figure again."""
        return Provenance(
            figure_id=self.figure,
            query=self.query,
            window=self.window,
            codebook=self.answer.version.name,
            blanks=self.blanks,
            software=self.answer.software,
            data_hash=self.data_hash,
            counted=self.counted,
        )

    def as_figure(self) -> Figure:
        """Return the figure, its chart as it was drawn."""
        return Figure(
            id=self.figure,
            title=self.title,
            alt=self.alt,
            chart=Chart.kept(self.spec, rows_from(self.drawn), self.svg),
            table=self.shown_table(),
            provenance=self.provenance(),
            note=self.note,
        )


class Report(models.Model):
    """One report that was written of an answer, and what its files hashed to.

    ``folder`` is where it lies among the archive's reports, or empty where it was written
    elsewhere.
    """

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "study": Tier.WORKING,
        "version": Tier.WORKING,
        "answer": Tier.WORKING,
        "made": Tier.WORKING,
        "made_by": Tier.WORKING,
        "folder": Tier.WORKING,
        "files": Tier.WORKING,
        "software": Tier.PUBLIC,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    study = models.ForeignKey(Study, on_delete=models.PROTECT)
    version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT)
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT)
    made = models.DateTimeField()
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True)
    folder = models.CharField(max_length=120, blank=True)
    files = models.JSONField()
    software = models.CharField(max_length=40)

    class Meta:
        """The latest report last."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref
