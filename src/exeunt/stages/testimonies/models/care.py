"""What is hard to read, and how much of it anybody should read in a day."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from exeunt.ledger.references import new_reference
from exeunt.members.models import Member
from exeunt.methods.sensitivity import Tier
from exeunt.stages.consent.models import Everything, Told
from exeunt.stages.testimonies.models.accounts import TextVersion
from exeunt.stages.testimonies.rules.care import LONGEST_CONTACT, Clock, Terms
from exeunt.stages.testimonies.rules.passages import HardMark
from exeunt.stages.testimonies.states import Hardness
from exeunt.studies.models import Study

KINDS = [(kind.value, kind.value) for kind in Hardness]
USUAL = Terms()


class Passage(models.Model):
    """A hard passage, in code points of the latest version in which it was found.

    Where that is not the latest version of the account, the passage is lost: somebody has to
    mark it again, or take the mark away.
    """

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "version": Tier.WORKING,
        "start": Tier.WORKING,
        "end": Tier.WORKING,
        "kind": Tier.WORKING,
        "made": Tier.WORKING,
        "made_by": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    version = models.ForeignKey(TextVersion, on_delete=models.PROTECT, related_name="hard")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=KINDS)
    made = models.DateTimeField()
    made_by = models.CharField(max_length=16)

    objects = Told("version__account__narrator")
    everything = Everything()

    class Meta:
        """In the order of the text."""

        ordering: ClassVar = ["version_id", "start", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="passage_covers_something"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind for kind, _ in KINDS]),
                name="passage_kind_is_known",
            ),
            models.UniqueConstraint(
                fields=["version", "start", "end", "kind"], name="passage_is_marked_once"
            ),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref

    def as_mark(self) -> HardMark:
        """Hand the passage to the rules as plain values."""
        return HardMark(self.start, self.end, Hardness(self.kind))


class CareTerms(models.Model):
    """What a study's lead has agreed for those who read in it."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "study": Tier.WORKING,
        "pause_after": Tier.WORKING,
        "day_limit": Tier.WORKING,
        "support_contact": Tier.WORKING,
        "revision": Tier.WORKING,
    }

    study = models.OneToOneField(Study, on_delete=models.PROTECT, primary_key=True)
    pause_after = models.PositiveSmallIntegerField(default=USUAL.pause_after)
    day_limit = models.PositiveSmallIntegerField(default=USUAL.day_limit)
    support_contact = models.CharField(max_length=LONGEST_CONTACT, blank=True)
    revision = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        """Return the number of the study."""
        return f"care in study {self.study_id}"

    def as_terms(self) -> Terms:
        """Hand the limits to the rules as plain values."""
        return Terms(self.pause_after, self.day_limit)


class CareChoice(models.Model):
    """What somebody has chosen for themselves, in whatever study they read."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "member": Tier.WORKING,
        "opens": Tier.WORKING,
        "day_limit": Tier.WORKING,
    }

    member = models.OneToOneField(Member, on_delete=models.PROTECT, primary_key=True)
    opens = models.BooleanField(default=False)
    day_limit = models.PositiveSmallIntegerField(null=True)

    def __str__(self) -> str:
        """Return the number of the member."""
        return f"care of member {self.member_id}"


class ReadingDay(models.Model):
    """How long somebody had testimony before them on a day: for themselves, and for 30 days.

    When the day is over, ``seconds`` are cut to full minutes and the moments are forgotten.
    """

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "member": Tier.WORKING,
        "day": Tier.WORKING,
        "seconds": Tier.WORKING,
        "in_a_row": Tier.WORKING,
        "latest": Tier.WORKING,
        "longest": Tier.WORKING,
        "allowed": Tier.WORKING,
        "went_on": Tier.WORKING,
    }

    member = models.ForeignKey(Member, on_delete=models.PROTECT, db_index=False)
    day = models.DateField(db_index=True)
    seconds = models.PositiveIntegerField(default=0)
    in_a_row = models.PositiveIntegerField(default=0)
    latest = models.DateTimeField(null=True)
    longest = models.PositiveSmallIntegerField(default=0)
    allowed = models.PositiveIntegerField(default=0)
    went_on = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """A day is counted once for each."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "day"], name="reading_day_is_counted_once"),
        ]

    def __str__(self) -> str:
        """Return the number of the member, and the day."""
        return f"reading of member {self.member_id} on {self.day}"

    def as_clock(self) -> Clock:
        """Hand the day to the rules as plain values."""
        return Clock(self.seconds, self.in_a_row, self.latest, self.longest, self.allowed)
