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
PARTS_SENSITIVITY = dict.fromkeys(ProtocolFacts._fields, Tier.WORKING)


class Study(models.Model):
    """One question asked of one body of accounts."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "slug": Tier.WORKING,
        "title": Tier.WORKING,
        "begun": Tier.WORKING,
        "limits": Tier.PUBLIC,
        "limits_revision": Tier.WORKING,
        "edition": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    slug = models.CharField(max_length=LONGEST_SLUG, unique=True)
    title = models.CharField(max_length=LONGEST_TITLE)
    begun = models.DateTimeField()
    limits = models.JSONField(default=list)
    limits_revision = models.PositiveIntegerField(default=1)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order in which they were begun."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref

    def protocol_facts(self) -> ProtocolFacts | None:
        """Return the protocol as plain values, or None where none holds for what is to come."""
        protocol = Protocol.objects.filter(study=self, lapsed=False).first()
        return protocol.as_facts() if protocol is not None else None


class Membership(models.Model):
    """One role of one member in one study."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "study": Tier.WORKING,
        "member": Tier.WORKING,
        "role": Tier.WORKING,
        "since": Tier.WORKING,
    }

    study = models.ForeignKey(Study, on_delete=models.PROTECT)
    member = models.ForeignKey(Member, on_delete=models.PROTECT)
    role = models.CharField(max_length=14, choices=ROLES)
    # Not known of those who were appointed before it was written down.
    since = models.DateTimeField(null=True)

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


class ProtocolParts(models.Model):
    """What was approved, on which basis, for how long, and who answers for it."""

    approval_reference = models.CharField(max_length=LONGEST_PARTS["approval_reference"])
    lawful_basis = models.CharField(max_length=LONGEST_PARTS["lawful_basis"])
    retention = models.DateField()
    access_contact = models.CharField(max_length=LONGEST_PARTS["access_contact"])
    breach_contact = models.CharField(max_length=LONGEST_PARTS["breach_contact"])
    holder_duties = models.CharField(max_length=LONGEST_PARTS["holder_duties"])

    class Meta:
        """Two tables have these parts: what holds now, and what was agreed when."""

        abstract = True

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


class Protocol(ProtocolParts):
    """What holds now."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "study": Tier.WORKING,
        "revision": Tier.WORKING,
        "lapsed": Tier.WORKING,
        **PARTS_SENSITIVITY,
    }

    study = models.OneToOneField(Study, on_delete=models.PROTECT, primary_key=True)
    revision = models.PositiveIntegerField(default=1)
    # Whoever agreed it has left: it binds, but whoever came after must agree it before more comes.
    lapsed = models.BooleanField(default=False)

    def __str__(self) -> str:
        """Return the study it belongs to."""
        return f"protocol of study {self.study_id}"


class ProtocolVersion(ProtocolParts):
    """One version of a protocol, as it was agreed; none is ever changed."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "study": Tier.WORKING,
        "number": Tier.WORKING,
        "agreed": Tier.WORKING,
        "agreed_by": Tier.WORKING,
        **PARTS_SENSITIVITY,
    }

    study = models.ForeignKey(Study, on_delete=models.PROTECT)
    number = models.PositiveIntegerField()
    # Not known of a protocol that was agreed before its versions were kept.
    agreed = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True)

    class Meta:
        """The latest first."""

        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["study", "number"], name="protocol_version_is_numbered_once"
            ),
        ]

    def __str__(self) -> str:
        """Return the study it belongs to, and its number."""
        return f"protocol of study {self.study_id}, version {self.number}"
