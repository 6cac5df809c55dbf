"""Excerpts that show what a code means."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from exeunt.ledger.references import new_reference
from exeunt.members.models import Member
from exeunt.methods.sensitivity import Tier
from exeunt.stages.coding.models.codebooks import Code
from exeunt.stages.coding.models.codings import Excerpt
from exeunt.stages.consent.models import Everything, Told


class Example(models.Model):
    """An excerpt that whoever leads has chosen to show what a code means, and why."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "code": Tier.WORKING,
        "excerpt": Tier.WORKING,
        "why": Tier.WORKING,
        "by": Tier.WORKING,
        "at": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    code = models.ForeignKey(Code, on_delete=models.PROTECT, db_index=False)
    excerpt = models.ForeignKey(Excerpt, on_delete=models.PROTECT)
    why = models.TextField(blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT)
    at = models.DateTimeField()

    objects = Told("excerpt__text_version__account__narrator")
    everything = Everything()

    class Meta:
        """An excerpt is an example of a code once."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "excerpt"], name="example_stands_once"),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref
