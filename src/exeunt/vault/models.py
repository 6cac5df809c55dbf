"""The vault's tables: sealed bytes, and keys wrapped to custodians.

Rows are numbered by lot, and no row says when it was made: neither order nor time may join a
person to a narrator. What names a person here is a keyed hash of the archive's reference.
"""

import secrets
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from exeunt.ledger.references import new_reference
from exeunt.methods.sensitivity import Tier
from exeunt.vault.states import CustodianState, HolderKind, Purpose, Reason, Record

# No hexadecimal digit, so that no person's hash begins with it.
TEXT_MARK = "t"


def drawn_number() -> int:
    """Return a row's number by lot, so that the order of rows says nothing."""
    return secrets.randbits(62)


class NumberByLot(models.BigIntegerField[int, int]):
    """A number under which SQLite really keeps the row.

    A ``bigint`` key would leave it a hidden number of its own, which counts up.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """Return the one type that SQLite takes for its row's own number."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


class Numbered(models.Model):
    """A row whose number says nothing."""

    id = NumberByLot(primary_key=True, default=drawn_number, editable=False)

    class Meta:
        """No table of its own."""

        abstract = True


class Vault(models.Model):
    """The vault itself: which archive it belongs to, and what it signs erasures with."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "archive": Tier.WORKING,
        "signs_with": Tier.WORKING,
        "erasures": Tier.WORKING,
        "link_version": Tier.WORKING,
        "packed": Tier.WORKING,
    }

    id = models.SmallIntegerField(primary_key=True, default=1)
    ref = models.CharField(max_length=16, default=new_reference, editable=False)
    archive = models.CharField(max_length=32)
    signs_with = models.BinaryField()
    # Where the erasure list lies, outside the archive.
    erasures = models.CharField(max_length=4096)
    link_version = models.PositiveIntegerField(default=1)
    # How long the vault's ledger was when its rows were laid anew.
    packed = models.BigIntegerField(default=0)

    class Meta:
        """An archive has one vault."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="vault_is_one"),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref


class Custodian(Numbered):
    """Somebody to whom every key is wrapped, or the paper in the safe."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "member": Tier.WORKING,
        "kind": Tier.WORKING,
        "state": Tier.WORKING,
        "public_key": Tier.WORKING,
        "recipient": Tier.WORKING,
        "salt": Tier.SEALED,
        "cost": Tier.WORKING,
        "locked": Tier.SEALED,
        "failures": Tier.WORKING,
        "closed_until": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    member = models.CharField(max_length=16, blank=True)
    kind = models.CharField(max_length=9, choices=[(k.value, k.value) for k in HolderKind])
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in CustodianState])
    public_key = models.BinaryField()
    recipient = models.CharField(max_length=120)
    salt = models.BinaryField(default=bytes)
    cost = models.CharField(max_length=40, blank=True)
    locked = models.BinaryField(default=bytes)
    failures = models.PositiveIntegerField(default=0)
    closed_until = models.DateTimeField(null=True)

    class Meta:
        """A member keeps one pair at a time, and the paper none under a passphrase."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member"],
                condition=~models.Q(state=CustodianState.REMOVED.value)
                & models.Q(kind=HolderKind.CUSTODIAN.value),
                name="custodian_keeps_one_pair",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=HolderKind.PAPER.value, member="")
                | models.Q(kind=HolderKind.CUSTODIAN.value) & ~models.Q(member=""),
                name="custodian_is_a_member_or_paper",
            ),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref


class Person(Numbered):
    """Somebody whose identity is sealed; found by a keyed hash of the narrator's reference."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "handle": Tier.WORKING,
        "tie": Tier.WORKING,
        "key_version": Tier.WORKING,
    }

    handle = models.CharField(max_length=64, unique=True)
    # Ties the handle to this row: one that was moved to another row is found out.
    tie = models.CharField(max_length=64, default="")
    key_version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        """Return the number, which says nothing."""
        return f"person {self.pk}"


class Wrap(Numbered):
    """A key, wrapped to one holder."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "holder": Tier.WORKING,
        "purpose": Tier.WORKING,
        "owner": Tier.WORKING,
        "version": Tier.WORKING,
        "wrapped": Tier.SEALED,
    }

    holder = models.ForeignKey(Custodian, on_delete=models.PROTECT, related_name="wraps")
    purpose = models.CharField(max_length=7, choices=[(p.value, p.value) for p in Purpose])
    owner = models.BigIntegerField()
    version = models.PositiveIntegerField(default=1)
    wrapped = models.BinaryField()

    class Meta:
        """A key is wrapped to a holder once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "purpose", "holder", "version"], name="wrap_is_one"
            ),
        ]

    def __str__(self) -> str:
        """Return the numbers of what it opens and of whom."""
        return f"wrap of {self.owner} to {self.holder_id}"


class Sealed(Numbered):
    """One record of a person, under that person's key.

    How often it was changed is sealed too: it would tell how many texts somebody has.
    """

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "person": Tier.WORKING,
        "record": Tier.WORKING,
        "content": Tier.IDENTITY,
    }

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="records")
    record = models.CharField(max_length=8, choices=[(r.value, r.value) for r in Record])
    content = models.BinaryField()

    class Meta:
        """A person has each record once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "record"], name="sealed_record_is_one"),
        ]

    def __str__(self) -> str:
        """Return the number."""
        return f"record {self.pk}"


class Text(Numbered):
    """A raw text and how far its masking is, under its narrator's key.

    No row says whose it is: as many texts as a narrator has accounts would join them.
    """

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "handle": Tier.WORKING,
        "tie": Tier.WORKING,
        "key_version": Tier.WORKING,
        "content": Tier.SEALED,
        "review": Tier.SEALED,
        "revision": Tier.WORKING,
    }

    # A keyed hash of the archive's reference of the source.
    handle = models.CharField(max_length=64, unique=True)
    # Ties the handle to this row: one that was moved to another row is found out.
    tie = models.CharField(max_length=64, default="")
    key_version = models.PositiveIntegerField(default=1)
    content = models.BinaryField()
    review = models.BinaryField()
    revision = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        """Return the number."""
        return f"text {self.pk}"


class Book(Numbered):
    """Which replacement each masked entity of a study has, under a key of its own."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "handle": Tier.WORKING,
        "tie": Tier.WORKING,
        "key_version": Tier.WORKING,
        "revision": Tier.WORKING,
        "content": Tier.IDENTITY,
    }

    handle = models.CharField(max_length=64, unique=True)
    # Ties the handle to this row: one that was moved to another row is found out.
    tie = models.CharField(max_length=64, default="")
    key_version = models.PositiveIntegerField(default=1)
    revision = models.PositiveIntegerField(default=1)
    content = models.BinaryField()

    def __str__(self) -> str:
        """Return the number."""
        return f"book {self.pk}"


class Unlocking(Numbered):
    """A vault that stands open for one custodian: half of the key; their browser has the other."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "custodian": Tier.WORKING,
        "half": Tier.SEALED,
        "reason": Tier.WORKING,
        "began": Tier.WORKING,
        "ends": Tier.WORKING,
        "running": Tier.WORKING,
        "budget": Tier.WORKING,
        "opened": Tier.SEALED,
    }

    custodian = models.ForeignKey(Custodian, on_delete=models.CASCADE)
    half = models.BinaryField()
    reason = models.CharField(max_length=14, choices=[(r.value, r.value) for r in Reason])
    began = models.DateTimeField()
    ends = models.DateTimeField()
    # For how many seconds the machine had been running when it began: a clock can be set back.
    running = models.FloatField(default=0)
    budget = models.PositiveIntegerField()
    # Which people and texts were opened already, by keyed hashes of this unlocking's own.
    opened = models.JSONField(default=list)

    def __str__(self) -> str:
        """Return the number."""
        return f"unlocking {self.pk}"

    @property
    def people(self) -> int:
        """How many people were opened already; texts are told from them by their mark."""
        return sum(not one.startswith(TEXT_MARK) for one in self.opened)
