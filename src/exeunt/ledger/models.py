"""The ledger's two tables: its entries, and the peaks of the tree over them."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from exeunt.methods.sensitivity import Tier


class Entry(models.Model):
    """One act. Triggers in the database refuse to change or delete it."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "position": Tier.WORKING,
        "at": Tier.WORKING,
        "by": Tier.WORKING,
        "act": Tier.WORKING,
        "subject": Tier.WORKING,
        "facts": Tier.WORKING,
        "leaf": Tier.WORKING,
        "concerns": Tier.WORKING,
    }

    position = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=16)
    act = models.CharField(max_length=60)
    subject = models.CharField(max_length=16)
    facts = models.JSONField()
    leaf = models.CharField(max_length=64)
    # The study that the facts name, or else the subject; the database works it out by itself.
    concerns = models.GeneratedField(
        expression=Coalesce(KeyTextTransform("study", "facts"), "subject"),
        output_field=models.CharField(max_length=80),
        db_persist=True,
    )

    class Meta:
        """Entries stand in the order in which they happened."""

        ordering: ClassVar = ["position"]
        indexes: ClassVar = [
            models.Index(fields=["concerns", "position"], name="ledger_entry_concerns"),
        ]

    def __str__(self) -> str:
        """Return the entry's place."""
        return f"entry {self.position}"


class Head(models.Model):
    """The tree as it stands: how many entries, and its peaks; one row only."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "size": Tier.WORKING,
        "peaks": Tier.WORKING,
    }

    id = models.SmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)
    peaks = models.JSONField(default=list)

    class Meta:
        """A second head would be a second history."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="ledger_has_one_head"),
        ]

    def __str__(self) -> str:
        """Return the ledger's length."""
        return f"head of {self.size}"
