"""Searches that somebody keeps, to be asked again and counted."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from exeunt.ledger.references import new_reference
from exeunt.members.models import Member
from exeunt.methods.sensitivity import Tier
from exeunt.studies.models import Study


class Search(models.Model):
    """What was sought, under a title; the answer is found anew each time."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "study": Tier.WORKING,
        "by": Tier.WORKING,
        "title": Tier.WORKING,
        "question": Tier.WORKING,
        "made": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    study = models.ForeignKey(Study, on_delete=models.PROTECT)
    by = models.ForeignKey(Member, on_delete=models.PROTECT)
    title = models.CharField(max_length=200)
    question = models.JSONField()
    made = models.DateTimeField()

    class Meta:
        """A search has a title."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="search_has_a_title"),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref
