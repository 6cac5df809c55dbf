"""Studies, their protocol, and who has which role in them."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from exeunt.ledger.references import new_reference
from exeunt.members.models import Member
from exeunt.methods.sensitivity import Tier
from exeunt.studies.roles import Role
from exeunt.studies.rules import LONGEST_PARTS, LONGEST_SLUG, LONGEST_TITLE, ProtocolFacts

ROLES = [(role.value, role.value) for role in Role]


class Study(models.Model):
    """One question asked of one body of accounts."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "slug": Tier.WORKING,
        "title": Tier.WORKING,
        "begun": Tier.WORKING,
        "limits": Tier.PUBLIC,
        "edition": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    slug = models.CharField(max_length=LONGEST_SLUG, unique=True)
    title = models.CharField(max_length=LONGEST_TITLE)
    begun = models.DateTimeField()
    limits = models.JSONField(default=list)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order in which they were begun."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref

    def protocol_facts(self) -> ProtocolFacts | None:
        """Return the protocol as plain values, or None where there is none yet."""
        protocol = Protocol.objects.filter(study=self).first()
        return protocol.as_facts() if protocol is not None else None


class Membership(models.Model):
    """One role of one member in one study."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "study": Tier.WORKING,
        "member": Tier.WORKING,
        "role": Tier.WORKING,
    }

    study = models.ForeignKey(Study, on_delete=models.PROTECT)
    member = models.ForeignKey(Member, on_delete=models.PROTECT)
    role = models.CharField(max_length=14, choices=ROLES)

    class Meta:
        """The same role twice would say nothing more."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["study", "member", "role"], name="membership_says_a_role_once"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]),
                name="membership_role_is_known",
            ),
        ]

    def __str__(self) -> str:
        """Return the references of both, and the role."""
        return f"{self.member_id} is {self.role} in {self.study_id}"


class Protocol(models.Model):
    """What was approved, on which basis, for how long, and who answers for it."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "study": Tier.WORKING,
        "revision": Tier.WORKING,
        "approval_reference": Tier.WORKING,
        "lawful_basis": Tier.WORKING,
        "retention": Tier.WORKING,
        "access_contact": Tier.WORKING,
        "breach_contact": Tier.WORKING,
        "holder_duties": Tier.WORKING,
    }

    study = models.OneToOneField(Study, on_delete=models.PROTECT, primary_key=True)
    revision = models.PositiveIntegerField(default=1)
    approval_reference = models.CharField(max_length=LONGEST_PARTS["approval_reference"])
    lawful_basis = models.CharField(max_length=LONGEST_PARTS["lawful_basis"])
    retention = models.DateField()
    access_contact = models.CharField(max_length=LONGEST_PARTS["access_contact"])
    breach_contact = models.CharField(max_length=LONGEST_PARTS["breach_contact"])
    holder_duties = models.CharField(max_length=LONGEST_PARTS["holder_duties"])

    def __str__(self) -> str:
        """Return the study it belongs to."""
        return f"protocol of study {self.study_id}"

    def as_facts(self) -> ProtocolFacts:
        """Hand the protocol to the rules as plain values."""
        return ProtocolFacts(
            approval_reference=self.approval_reference,
            lawful_basis=self.lawful_basis,
            retention=self.retention.isoformat(),
            access_contact=self.access_contact,
            breach_contact=self.breach_contact,
            holder_duties=self.holder_duties,
        )
