"""Members: whoever signs an act or a reading."""

from collections.abc import Mapping
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models

from exeunt.ledger.references import new_reference
from exeunt.methods.sensitivity import Tier


class Kind(models.TextChoices):
    """Whether a reading was made by a person; every figure that rests on machines says so."""

    PERSON = "person"
    MACHINE = "machine"


class Members(BaseUserManager["Member"]):
    """All members; nobody becomes one but by the actions."""


class Member(AbstractBaseUser):
    """Somebody who acts in this archive, known in the ledger by reference only.

    A person signs in by name and passphrase, or by passkey; a machine reader never does.
    """

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "name": Tier.WORKING,
        "kind": Tier.WORKING,
        "since": Tier.WORKING,
        "password": Tier.WORKING,
        "last_login": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.PERSON)
    since = models.DateTimeField()
    # Nobody has a passphrase before they have set one themselves.
    password = models.CharField(max_length=128, default=UNUSABLE_PASSWORD_PREFIX)

    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[Members] = Members()

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

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether this member may sign in at all; nobody could hold a machine to account."""
        return not self.is_machine


class Invitation(models.Model):
    """A link by which one member sets a passphrase, once; kept as a digest, shown when drawn.

    The link itself is nowhere in the archive: whoever copies the database cannot use it.
    """

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "member": Tier.WORKING,
        "digest": Tier.WORKING,
        "made": Tier.WORKING,
        "expires": Tier.WORKING,
        "used": Tier.WORKING,
        "made_by": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """The latest last."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(expires__gte=models.F("made")),
                name="invitation_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref
