"""Where readers of a text mark differently, and which excerpts were agreed on in the end."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from exeunt.ledger.references import new_reference
from exeunt.members.models import Member
from exeunt.methods.sensitivity import Tier
from exeunt.stages.coding.models.codebooks import Code, CodebookVersion
from exeunt.stages.coding.models.codings import Excerpt
from exeunt.stages.coding.states import Gap, Outcome, Unlike
from exeunt.stages.consent.models import Everything, Told
from exeunt.stages.testimonies.models import Account, TextVersion


class SpanDifference(models.Model):
    """A stretch of a text of which complete readings say different things with one code.

    Found again whenever a reading is completed, a text corrected, or a stretch settled. The
    heavier it is, the more of the disagreement it explains.
    """

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "version": Tier.WORKING,
        "account": Tier.WORKING,
        "code": Tier.WORKING,
        "text_version": Tier.WORKING,
        "start": Tier.WORKING,
        "end": Tier.WORKING,
        "unlike": Tier.WORKING,
        "weight": Tier.WORKING,
        "outcome": Tier.WORKING,
    }

    version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, db_index=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    code = models.ForeignKey(Code, on_delete=models.PROTECT, db_index=False)
    text_version = models.ForeignKey(TextVersion, on_delete=models.PROTECT, db_index=False)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    unlike = models.CharField(max_length=8, choices=[(u.value, u.value) for u in Unlike])
    weight = models.FloatField()
    outcome = models.CharField(
        max_length=9, choices=[(o.value, o.value) for o in Outcome], blank=True
    )

    objects = Told("account__narrator")
    everything = Everything()

    class Meta:
        """A stretch stands once a code; the heaviest are found first."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "text_version", "start", "end"], name="span_difference_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(start__lt=F("end")), name="span_difference_has_a_length"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["version", "outcome", "-weight"], name="span_differences_by_weight"
            ),
        ]

    def __str__(self) -> str:
        """Return the row's number."""
        return f"span difference {self.pk}"


class SpanSettlement(models.Model):
    """What became of one stretch on which readers differ, and why; readings stay as they are.

    Settled, it holds the excerpts that are agreed, which may be none. ``question`` is what those
    who read were asked, if it was sent back to them; it stays when the stretch is settled.
    """

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "account": Tier.WORKING,
        "code": Tier.WORKING,
        "about": Tier.WORKING,
        "outcome": Tier.WORKING,
        "reason": Tier.WORKING,
        "question": Tier.WORKING,
        "by": Tier.WORKING,
        "at": Tier.WORKING,
        "revision": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT)
    code = models.ForeignKey(Code, on_delete=models.PROTECT, db_index=False)
    about = models.ForeignKey(Excerpt, on_delete=models.PROTECT, db_index=False)
    outcome = models.CharField(max_length=9, choices=[(o.value, o.value) for o in Outcome])
    reason = models.TextField(blank=True)
    question = models.TextField(blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT)
    at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    objects = Told("account__narrator")
    everything = Everything()

    class Meta:
        """A stretch is settled once a code, with its reason, or sent back with a question."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "about"], name="span_is_settled_once"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.SETTLED) & ~Q(reason="")
                | Q(outcome=Outcome.SENT_BACK) & ~Q(question=""),
                name="span_settlement_gives_a_reason",
            ),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref


class SettledSpan(models.Model):
    """One excerpt that was agreed on, with its value on the scale or why there is none."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "settlement": Tier.WORKING,
        "excerpt": Tier.WORKING,
        "value": Tier.WORKING,
        "gap": Tier.WORKING,
    }

    settlement = models.ForeignKey(SpanSettlement, on_delete=models.CASCADE, db_index=False)
    excerpt = models.ForeignKey(Excerpt, on_delete=models.PROTECT)
    value = models.SmallIntegerField(null=True)
    gap = models.CharField(
        max_length=14, choices=[(gap.value, gap.value) for gap in Gap], blank=True
    )

    objects = Told("excerpt__text_version__account__narrator")
    everything = Everything()

    class Meta:
        """An excerpt is agreed on once; a value or a gap, never both."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["settlement", "excerpt"], name="settled_span_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, gap="") | Q(value__isnull=True) & ~Q(gap=""),
                name="settled_span_has_a_value_or_a_gap",
            ),
        ]

    def __str__(self) -> str:
        """Return the row's number."""
        return f"settled span {self.pk}"


class Reply(models.Model):
    """What one of the readers answers to a stretch that was sent back."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "settlement": Tier.WORKING,
        "by": Tier.WORKING,
        "words": Tier.WORKING,
        "at": Tier.WORKING,
    }

    settlement = models.ForeignKey(SpanSettlement, on_delete=models.CASCADE, db_index=False)
    by = models.ForeignKey(Member, on_delete=models.PROTECT)
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        """A reader answers once, and may change the answer."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["settlement", "by"], name="reply_is_one_a_reader"),
            models.CheckConstraint(condition=~Q(words=""), name="reply_says_something"),
        ]

    def __str__(self) -> str:
        """Return the row's number."""
        return f"reply {self.pk}"
