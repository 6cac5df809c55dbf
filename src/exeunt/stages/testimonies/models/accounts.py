"""Accounts, what each tells of which exit, and the versions of its text."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from exeunt.ledger.references import new_reference
from exeunt.methods.sensitivity import Tier
from exeunt.stages.consent.models import DATA, TEXT, Everything, Told
from exeunt.stages.narrators.models import GAPS, LONGEST_DATE, Exit, Group, Narrator
from exeunt.stages.narrators.states import ExitKind
from exeunt.stages.sources.models import Source
from exeunt.stages.testimonies.states import AgeBand, Setting
from exeunt.studies.models import Study


class Account(models.Model):
    """One telling by one narrator in one source."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "study": Tier.WORKING,
        "label": Tier.WORKING,
        "narrator": Tier.WORKING,
        "source": Tier.WORKING,
        "language": Tier.WORKING,
        "published": Tier.WORKING,
        "period": Tier.WORKING,
        "setting": Tier.WORKING,
        "age_band": Tier.WORKING,
        "added": Tier.WORKING,
        "added_by": Tier.WORKING,
        "revision": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    study = models.ForeignKey(Study, on_delete=models.PROTECT, db_index=False)
    label = models.CharField(max_length=80)
    narrator = models.ForeignKey(Narrator, on_delete=models.PROTECT)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, db_index=False)
    language = models.CharField(max_length=35, blank=True)
    published = models.CharField(max_length=LONGEST_DATE, blank=True)
    period = models.CharField(max_length=80, blank=True)
    setting = models.CharField(
        max_length=19, choices=[(s.value, s.value) for s in Setting], default=Setting.UNKNOWN
    )
    age_band = models.CharField(
        max_length=11, choices=[(a.value, a.value) for a in AgeBand], default=AgeBand.UNKNOWN
    )
    added = models.DateTimeField()
    added_by = models.CharField(max_length=16, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = Told("narrator", until=(TEXT, DATA))
    everything = Everything()

    class Meta:
        """A label names one account of a study."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "label"], name="account_label_is_unique"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["study", "id"], name="account_in_order_added"),
            models.Index(fields=["study", "published", "id"], name="account_in_order_published"),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref


class Telling(models.Model):
    """What one account says of one exit; several may tell the same one and disagree."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "account": Tier.WORKING,
        "exit": Tier.WORKING,
        "began": Tier.WORKING,
        "kind": Tier.WORKING,
        "ended": Tier.WORKING,
        "to_group": Tier.WORKING,
        "to_gap": Tier.WORKING,
    }

    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)
    exit = models.ForeignKey(Exit, on_delete=models.PROTECT)
    began = models.CharField(max_length=LONGEST_DATE, blank=True)
    kind = models.CharField(
        max_length=21, choices=[(k.value, k.value) for k in ExitKind], default=ExitKind.UNKNOWN
    )
    ended = models.CharField(max_length=LONGEST_DATE, blank=True)
    to_group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, db_index=False)
    to_gap = models.CharField(max_length=8, choices=GAPS, blank=True)

    objects = Told("account__narrator", until=(DATA,))
    everything = Everything()

    class Meta:
        """An account tells of an exit once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "exit"], name="telling_is_told_once"),
        ]

    def __str__(self) -> str:
        """Return the numbers of both."""
        return f"account {self.account_id} on exit {self.exit_id}"


class TextVersion(models.Model):
    """The working text of an account as it stood; a correction makes the next version.

    ``length`` counts code points, so that a place in a long text can be checked without it.
    ``confirmed`` is empty while a person still has to compare the text with its source, as
    after reading a PDF: nobody codes it before.
    """

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "account": Tier.WORKING,
        "number": Tier.WORKING,
        "text": Tier.WORKING,
        "length": Tier.WORKING,
        "digest": Tier.WORKING,
        "made": Tier.WORKING,
        "confirmed": Tier.WORKING,
    }

    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)
    number = models.PositiveIntegerField(default=1)
    text = models.TextField()
    length = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    made = models.DateTimeField()
    confirmed = models.DateTimeField(null=True)

    objects = Told("account__narrator")
    everything = Everything()

    class Meta:
        """Versions are counted from 1."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "number"], name="text_version_is_unique"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="text_version_from_1"),
            models.CheckConstraint(
                condition=~models.Q(text=""), name="text_version_says_something"
            ),
            models.CheckConstraint(
                condition=models.Q(length__gte=1), name="text_version_has_a_length"
            ),
        ]

    def __str__(self) -> str:
        """Return the account's number and the version's."""
        return f"text {self.account_id}.{self.number}"


class Turn(models.Model):
    """Where somebody speaks in a text, and from when to when, as its source says.

    Only texts whose source names speakers or times have turns; paragraphs are seen from the
    text itself. Times are kept as they stand in the source, such as ``00:01:23.500``.
    """

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "version": Tier.WORKING,
        "number": Tier.WORKING,
        "start": Tier.WORKING,
        "end": Tier.WORKING,
        "speaker": Tier.WORKING,
        "begins": Tier.WORKING,
        "ends": Tier.WORKING,
    }

    version = models.ForeignKey(
        TextVersion, on_delete=models.PROTECT, related_name="turns", db_index=False
    )
    number = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    speaker = models.CharField(max_length=80, blank=True)
    begins = models.CharField(max_length=16, blank=True)
    ends = models.CharField(max_length=16, blank=True)

    objects = Told("version__account__narrator")
    everything = Everything()

    class Meta:
        """In the order of the text, counted from 1."""

        ordering: ClassVar = ["version_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "number"], name="turn_number_is_unique"),
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="turn_says_something"
            ),
        ]

    def __str__(self) -> str:
        """Return the numbers of the text and of the turn."""
        return f"turn {self.number} of text {self.version_id}"


class Mask(models.Model):
    """Where a replacement stands in a masked working text, in code points; never what it hides."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "version": Tier.WORKING,
        "start": Tier.WORKING,
        "end": Tier.WORKING,
        "kind": Tier.WORKING,
        "replacement": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    version = models.ForeignKey(TextVersion, on_delete=models.PROTECT, related_name="masks")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    replacement = models.CharField(max_length=200)

    objects = Told("version__account__narrator")
    everything = Everything()

    class Meta:
        """In the order of the text."""

        ordering: ClassVar = ["version_id", "start"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="mask_covers_something"
            ),
            models.UniqueConstraint(fields=["version", "start"], name="mask_begins_once"),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref
