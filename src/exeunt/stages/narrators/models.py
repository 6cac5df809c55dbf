"""Narrators by reference and in bands; their groups, spells and exits."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from exeunt.ledger.references import new_reference
from exeunt.members.models import Member
from exeunt.methods.sensitivity import Tier
from exeunt.stages.narrators.rules import LONGEST_REFERENCE
from exeunt.stages.narrators.states import ExitKind, Gap, Gender
from exeunt.studies.models import Study

LONGEST_DATE = 64
GAPS = [(gap.value, gap.value) for gap in Gap]


class Narrator(models.Model):
    """A person who left and speaks: a reference and bands, never an identity."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "study": Tier.WORKING,
        "label": Tier.WORKING,
        "gender": Tier.WORKING,
        "revision": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    study = models.ForeignKey(Study, on_delete=models.PROTECT)
    label = models.CharField(max_length=80)
    gender = models.CharField(
        max_length=8, choices=[(g.value, g.value) for g in Gender], default=Gender.UNKNOWN
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """A label names one narrator of a study."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "label"], name="narrator_label_is_unique"),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref


class Group(models.Model):
    """A group that people join and leave, or a band of several."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "study": Tier.WORKING,
        "name": Tier.WORKING,
    }

    study = models.ForeignKey(Study, on_delete=models.PROTECT)
    name = models.CharField(max_length=80)

    class Meta:
        """A name stands for one group of a study."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "name"], name="group_name_is_unique"),
        ]

    def __str__(self) -> str:
        """Return the group's number."""
        return f"group {self.pk}"


class Spell(models.Model):
    """One membership of one group; a spell and its exit are edited together, as one revision."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "narrator": Tier.WORKING,
        "group": Tier.WORKING,
        "group_gap": Tier.WORKING,
        "began": Tier.WORKING,
        "revision": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    narrator = models.ForeignKey(Narrator, on_delete=models.PROTECT)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, db_index=False)
    group_gap = models.CharField(max_length=8, choices=GAPS, blank=True)
    began = models.CharField(max_length=LONGEST_DATE, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """A group, or the reason why none is named."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(group__isnull=False, group_gap="")
                | models.Q(group__isnull=True) & ~models.Q(group_gap=""),
                name="spell_names_a_group_or_why_not",
            ),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref


class Exit(models.Model):
    """How a spell ended: *from* its spell's group, *to* another one or to none."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "spell": Tier.WORKING,
        "kind": Tier.WORKING,
        "ended": Tier.WORKING,
        "to_group": Tier.WORKING,
        "to_gap": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    spell = models.OneToOneField(Spell, on_delete=models.PROTECT)
    kind = models.CharField(
        max_length=21, choices=[(k.value, k.value) for k in ExitKind], default=ExitKind.UNKNOWN
    )
    ended = models.CharField(max_length=LONGEST_DATE, blank=True)
    to_group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, db_index=False)
    to_gap = models.CharField(max_length=8, choices=GAPS, blank=True)

    class Meta:
        """A next group is named or not, never both."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(to_group__isnull=True) | models.Q(to_gap=""),
                name="exit_names_a_next_group_or_why_not",
            ),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref


class LegalHold(models.Model):
    """An order that nothing of a narrator, or of a whole study, is erased until it is lifted."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "study": Tier.WORKING,
        "narrator": Tier.WORKING,
        "reference": Tier.WORKING,
        "placed": Tier.WORKING,
        "placed_by": Tier.WORKING,
        "lifted": Tier.WORKING,
        "lifted_by": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    study = models.ForeignKey(Study, on_delete=models.PROTECT)
    # Nobody in particular: the whole study.
    narrator = models.ForeignKey(Narrator, on_delete=models.PROTECT, null=True)
    reference = models.CharField(max_length=LONGEST_REFERENCE)
    placed = models.DateTimeField()
    placed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    lifted = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        """The latest first; a hold that was lifted says by whom."""

        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(lifted__isnull=True, lifted_by__isnull=True)
                | models.Q(lifted__isnull=False, lifted_by__isnull=False),
                name="hold_is_lifted_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(reference=""), name="hold_names_what_orders_it"
            ),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref


class Erasure(models.Model):
    """Somebody whose rows are gone, and whether the disk has been cleaned of them since."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "ref": Tier.WORKING,
        "study": Tier.WORKING,
        "erased": Tier.WORKING,
        "cleaned": Tier.WORKING,
    }

    # The reference that the narrator had; it stands in the ledger, too.
    ref = models.CharField(max_length=16, primary_key=True)
    study = models.ForeignKey(Study, on_delete=models.PROTECT)
    erased = models.DateTimeField()
    cleaned = models.DateTimeField(null=True)

    class Meta:
        """In the order in which they were erased."""

        ordering: ClassVar = ["erased", "ref"]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref
