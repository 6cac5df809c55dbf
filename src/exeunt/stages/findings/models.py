"""Findings as they were reported, and the reports that they stand in."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from exeunt.ledger.references import new_reference
from exeunt.methods.sensitivity import Tier
from exeunt.stages.coding.models import CodebookVersion
from exeunt.studies.models import Study


class Report(models.Model):
    """One report that was written out, and what its files hashed to."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "study": Tier.WORKING,
        "version": Tier.WORKING,
        "made": Tier.WORKING,
        "files": Tier.WORKING,
        "software": Tier.PUBLIC,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    study = models.ForeignKey(Study, on_delete=models.PROTECT)
    version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT)
    made = models.DateTimeField()
    files = models.JSONField()
    software = models.CharField(max_length=40)

    class Meta:
        """The latest report last."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref


class Finding(models.Model):
    """A number or table with all it takes to reproduce it."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "report": Tier.WORKING,
        "figure": Tier.WORKING,
        "title": Tier.WORKING,
        "query": Tier.WORKING,
        "window": Tier.WORKING,
        "blanks": Tier.WORKING,
        "rows": Tier.WORKING,
        "data_hash": Tier.WORKING,
    }

    report = models.ForeignKey(Report, on_delete=models.PROTECT)
    figure = models.CharField(max_length=60)
    title = models.TextField()
    query = models.TextField()
    window = models.TextField()
    blanks = models.CharField(max_length=60)
    rows = models.JSONField()
    data_hash = models.CharField(max_length=64)

    class Meta:
        """A figure stands once in a report."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "figure"], name="finding_stands_once"),
        ]

    def __str__(self) -> str:
        """Return the figure's number in its report."""
        return f"finding {self.figure} of report {self.report_id}"
