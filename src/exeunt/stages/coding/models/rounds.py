"""Who is to read what: rounds of coding, and what each coder is given in them."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from exeunt.ledger.references import new_reference
from exeunt.members.models import Member
from exeunt.methods.sensitivity import Tier
from exeunt.stages.coding.models.codebooks import CodebookVersion
from exeunt.stages.coding.models.sheets import about_exactly_one, once
from exeunt.stages.coding.states import Purpose, Sharing
from exeunt.stages.consent.models import DATA, Everything, Told
from exeunt.stages.narrators.models import Exit, Spell
from exeunt.stages.testimonies.models import Account


class Round(models.Model):
    """One giving out of work with one version of a codebook, and how it was drawn.

    A calibration round is read by all, compared and talked over, before the rest is given out.
    The seed lets anybody draw it again.
    """

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "version": Tier.WORKING,
        "number": Tier.WORKING,
        "purpose": Tier.WORKING,
        "sharing": Tier.WORKING,
        "overlap": Tier.WORKING,
        "seed": Tier.WORKING,
        "note": Tier.WORKING,
        "by": Tier.WORKING,
        "made": Tier.WORKING,
        "closed": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, db_index=False)
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=11, choices=[(p.value, p.value) for p in Purpose])
    sharing = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Sharing])
    overlap = models.PositiveSmallIntegerField(default=100)
    seed = models.PositiveBigIntegerField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT)
    made = models.DateTimeField()
    closed = models.DateTimeField(null=True)

    class Meta:
        """Rounds of a version are counted from 1; the overlap is a share in percent."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "number"], name="round_number_is_unique"),
            models.CheckConstraint(condition=Q(overlap__lte=100), name="round_overlap_is_a_share"),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref


class Assignment(models.Model):
    """One thing that one coder is to read with one version, and in which round it was given."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "round": Tier.WORKING,
        "version": Tier.WORKING,
        "coder": Tier.WORKING,
        "account": Tier.WORKING,
        "exit": Tier.WORKING,
        "spell": Tier.WORKING,
        "position": Tier.WORKING,
    }

    round = models.ForeignKey(Round, on_delete=models.PROTECT)
    version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, db_index=False)
    coder = models.ForeignKey(Member, on_delete=models.PROTECT)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, db_index=False)
    exit = models.ForeignKey(Exit, on_delete=models.PROTECT, null=True, db_index=False)
    spell = models.ForeignKey(Spell, on_delete=models.PROTECT, null=True, db_index=False)
    position = models.PositiveIntegerField()

    objects = Told("account__narrator", "exit__spell__narrator", "spell__narrator", until=(DATA,))
    everything = Everything()

    class Meta:
        """A coder is given a thing once a version."""

        constraints: ClassVar = [
            *once("version", "assignment_of_{}_stands_once", "coder"),
            about_exactly_one("assignment_is_about_one_thing"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["version", "coder", "position"], name="assignments_in_order"),
        ]

    def __str__(self) -> str:
        """Return the row's number."""
        return f"assignment {self.pk}"
