"""Members: whoever signs an act or a reading."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from exeunt.ledger.references import new_reference
from exeunt.methods.sensitivity import Tier


class Kind(models.TextChoices):
    """Whether a reading was made by a person; every figure that rests on machines says so."""

    PERSON = "person"
    MACHINE = "machine"


class Member(models.Model):
    """Somebody who acts in this archive, known in the ledger by reference only."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "name": Tier.WORKING,
        "kind": Tier.WORKING,
        "since": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.PERSON)
    since = models.DateTimeField()

    class Meta:
        """A member without a name could not be told from another."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(name=""), name="member_has_a_name"),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref

    @property
    def is_machine(self) -> bool:
        """Whether this reader is a machine."""
        return self.kind == Kind.MACHINE
