"""Sheets, what their readers differ about, and what was settled."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from exeunt.ledger.references import new_reference
from exeunt.members.models import Member
from exeunt.methods.sensitivity import Tier
from exeunt.stages.coding.models.codebooks import Code, CodebookVersion
from exeunt.stages.coding.models.codings import Pass
from exeunt.stages.coding.states import SHEETED, Gap, SheetState
from exeunt.stages.consent.models import DATA, Everything, Told
from exeunt.stages.narrators.models import Exit, Spell
from exeunt.stages.testimonies.models import Account


def about_exactly_one(name: str) -> models.CheckConstraint:
    """Let a row be about one thing: an account, an exit or a spell."""
    names = [target.value for target in SHEETED]
    only = [Q(**{f"{other}__isnull": other != one for other in names}) for one in names]
    return models.CheckConstraint(condition=only[0] | only[1] | only[2], name=name)


def once(beside: str, name: str, *also: str) -> list[models.UniqueConstraint]:
    """Keep a row one a thing and what stands beside it; the same index finds it by its thing."""
    return [
        models.UniqueConstraint(
            fields=[target.value, beside, *also],
            condition=Q(**{f"{target}__isnull": False}),
            name=name.format(target.value),
        )
        for target in SHEETED
    ]


class Sheet(models.Model):
    """One coder's reading of one thing: an account, or an exit or spell, as the codebook says.

    Its judgements are the codings of the same pass about the same thing; they count once
    the sheet is complete.
    """

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "reading": Tier.WORKING,
        "account": Tier.WORKING,
        "exit": Tier.WORKING,
        "spell": Tier.WORKING,
        "state": Tier.WORKING,
        "memo": Tier.WORKING,
        "revision": Tier.WORKING,
        "saved": Tier.WORKING,
        "completed": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    reading = models.ForeignKey(Pass, on_delete=models.PROTECT, db_index=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, db_index=False)
    exit = models.ForeignKey(Exit, on_delete=models.PROTECT, null=True, db_index=False)
    spell = models.ForeignKey(Spell, on_delete=models.PROTECT, null=True, db_index=False)
    state = models.CharField(
        max_length=8, choices=[(s.value, s.value) for s in SheetState], default=SheetState.OPEN
    )
    memo = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    saved = models.DateTimeField()
    completed = models.DateTimeField(null=True)

    objects = Told("account__narrator", "exit__spell__narrator", "spell__narrator", until=(DATA,))
    everything = Everything()

    class Meta:
        """A coder has one sheet a thing and version; a complete one says when."""

        constraints: ClassVar = [
            *once("reading", "sheet_of_{}_stands_once"),
            about_exactly_one("sheet_is_about_one_thing"),
            models.CheckConstraint(
                condition=Q(state=SheetState.OPEN, completed__isnull=True)
                | Q(state=SheetState.COMPLETE, completed__isnull=False),
                name="sheet_is_complete_since_a_moment",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["reading", "state"], name="sheets_of_a_reading"),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref


class Difference(models.Model):
    """On how many codes the complete readings of one thing differ, and how many are unsettled.

    Counted again whenever a reading is completed or a code settled, so that a list of a
    hundred thousand need not look at a million judgements. Where nobody differs there is no row.
    """

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "version": Tier.WORKING,
        "account": Tier.WORKING,
        "exit": Tier.WORKING,
        "spell": Tier.WORKING,
        "codes": Tier.WORKING,
        "unsettled": Tier.WORKING,
    }

    version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, db_index=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, db_index=False)
    exit = models.ForeignKey(Exit, on_delete=models.PROTECT, null=True, db_index=False)
    spell = models.ForeignKey(Spell, on_delete=models.PROTECT, null=True, db_index=False)
    codes = models.PositiveIntegerField()
    unsettled = models.PositiveIntegerField()

    objects = Told("account__narrator", "exit__spell__narrator", "spell__narrator", until=(DATA,))
    everything = Everything()

    class Meta:
        """A thing stands once a version."""

        constraints: ClassVar = [
            *once("version", "difference_on_{}_stands_once"),
            about_exactly_one("difference_is_about_one_thing"),
            models.CheckConstraint(
                condition=Q(codes__gte=1, unsettled__lte=models.F("codes")),
                name="difference_has_codes",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["version", "id"],
                condition=Q(unsettled__gt=0),
                name="differences_to_settle",
            ),
            models.Index(fields=["version", "id"], name="differences_of_a_version"),
        ]

    def __str__(self) -> str:
        """Return the row's number."""
        return f"difference {self.pk}"


class Adjudication(models.Model):
    """The agreed judgement on one code where readers differed, and why; readings stay as they are.

    The version is its code's.
    """

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "code": Tier.WORKING,
        "account": Tier.WORKING,
        "exit": Tier.WORKING,
        "spell": Tier.WORKING,
        "value": Tier.WORKING,
        "gap": Tier.WORKING,
        "reason": Tier.WORKING,
        "by": Tier.WORKING,
        "at": Tier.WORKING,
        "revision": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    code = models.ForeignKey(Code, on_delete=models.PROTECT)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, db_index=False)
    exit = models.ForeignKey(Exit, on_delete=models.PROTECT, null=True, db_index=False)
    spell = models.ForeignKey(Spell, on_delete=models.PROTECT, null=True, db_index=False)
    value = models.SmallIntegerField(null=True)
    gap = models.CharField(
        max_length=14, choices=[(gap.value, gap.value) for gap in Gap], blank=True
    )
    reason = models.TextField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT)
    at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    objects = Told("account__narrator", "exit__spell__narrator", "spell__narrator", until=(DATA,))
    everything = Everything()

    class Meta:
        """One agreed judgement a thing and code, with its reason."""

        constraints: ClassVar = [
            *once("code", "adjudication_of_{}_stands_once"),
            about_exactly_one("adjudication_is_about_one_thing"),
            models.CheckConstraint(
                condition=Q(value__isnull=False, gap="") | Q(value__isnull=True) & ~Q(gap=""),
                name="adjudication_has_a_value_or_a_gap",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="adjudication_gives_a_reason"),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref
