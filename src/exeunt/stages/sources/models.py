"""Sources and their captures."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from exeunt.ledger.references import new_reference
from exeunt.methods.sensitivity import Tier
from exeunt.stages.sources.states import Provenance, SourceKind
from exeunt.studies.models import Study

PROVENANCES = [(p.value, p.value) for p in Provenance]
KINDS = [(kind.value, kind.value) for kind in SourceKind]


class Source(models.Model):
    """What we received, or where an account can be found by others."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "study": Tier.WORKING,
        "kind": Tier.WORKING,
        "provenance": Tier.WORKING,
        "citation": Tier.WORKING,
        "address": Tier.WORKING,
        "received": Tier.WORKING,
        "received_in": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    study = models.ForeignKey(Study, on_delete=models.PROTECT)
    kind = models.CharField(max_length=8, choices=KINDS)
    provenance = models.CharField(max_length=13, choices=PROVENANCES)
    citation = models.CharField(max_length=2000, blank=True)
    address = models.CharField(max_length=2000, blank=True)
    received = models.DateTimeField()
    received_in = models.ForeignKey("self", on_delete=models.PROTECT, null=True)

    class Meta:
        """The database itself refuses entrusted material in a table, or as somebody types it."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(
                    provenance=Provenance.ENTRUSTED.value, kind=SourceKind.TEXT.value
                )
                | models.Q(
                    provenance__in=[Provenance.INVENTED.value, Provenance.PUBLIC_RECORD.value]
                )
                & ~models.Q(kind=SourceKind.TEXT.value),
                name="source_is_entrusted_by_the_vault_only",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in SourceKind]),
                name="source_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref


class Capture(models.Model):
    """One preserved copy of a source, byte for byte, in ``captures/`` under its digest."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "source": Tier.WORKING,
        "ending": Tier.WORKING,
        "digest": Tier.WORKING,
        "size": Tier.WORKING,
        "taken": Tier.WORKING,
        "taken_by": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    ending = models.CharField(max_length=6, blank=True)
    digest = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    taken = models.DateTimeField()
    taken_by = models.CharField(max_length=16)

    class Meta:
        """A copy of nothing is no copy."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="capture_is_not_empty"),
        ]

    def __str__(self) -> str:
        """Return where it lies."""
        return f"capture {self.digest[:12]}"

    @property
    def name(self) -> str:
        """The name under which a copy is handed out: the reference, and never a title."""
        return f"capture-{self.ref}{self.ending}"
