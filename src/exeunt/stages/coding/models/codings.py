"""Passes, excerpts, and single judgements."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from exeunt.ledger.references import new_reference
from exeunt.members.models import Member
from exeunt.methods.sensitivity import Tier
from exeunt.stages.coding.models.codebooks import Code, CodebookVersion
from exeunt.stages.coding.states import Gap, Target
from exeunt.stages.consent.models import DATA, Everything, Told
from exeunt.stages.narrators.models import Exit, Spell
from exeunt.stages.testimonies.models import Account, TextVersion
from exeunt.studies.models import Study


class Pass(models.Model):
    """One coder's independent reading of a study with one version of a codebook."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "study": Tier.WORKING,
        "coder": Tier.WORKING,
        "version": Tier.WORKING,
        "began": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    study = models.ForeignKey(Study, on_delete=models.PROTECT)
    coder = models.ForeignKey(Member, on_delete=models.PROTECT)
    version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT)
    began = models.DateTimeField()

    class Meta:
        """A coder reads once with each version."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["study", "coder", "version"], name="pass_is_one_a_coder_and_version"
            ),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref


class Excerpt(models.Model):
    """A span of a testimony, in code points from 0, its end exclusive."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "text_version": Tier.WORKING,
        "start": Tier.WORKING,
        "end": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    text_version = models.ForeignKey(TextVersion, on_delete=models.PROTECT, db_index=False)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    objects = Told("text_version__account__narrator")
    everything = Everything()

    class Meta:
        """A span has a length, and stands once for all who code it."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="excerpt_has_a_length"),
            models.UniqueConstraint(
                fields=["text_version", "start", "end"], name="excerpt_stands_once"
            ),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref


# The index that keeps a judgement unique also finds it; a second one would only cost time.
def _once(target: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=[target, "code", "reading"],
        condition=Q(**{f"{target}__isnull": False}),
        name=f"coding_of_{target}_stands_once",
    )


def _about_exactly_one() -> Q:
    names = [target.value for target in Target]
    only = [Q(**{f"{other}__isnull": other != name for other in names}) for name in names]
    return only[0] | only[1] | only[2] | only[3]


class Coding(models.Model):
    """One coder's judgement: a value on the codebook's scale, or the reason for its gap."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "reading": Tier.WORKING,
        "code": Tier.WORKING,
        "account": Tier.WORKING,
        "exit": Tier.WORKING,
        "spell": Tier.WORKING,
        "excerpt": Tier.WORKING,
        "value": Tier.WORKING,
        "gap": Tier.WORKING,
        "note": Tier.WORKING,
    }

    reading = models.ForeignKey(Pass, on_delete=models.PROTECT, db_index=False)
    code = models.ForeignKey(Code, on_delete=models.PROTECT, db_index=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, db_index=False)
    exit = models.ForeignKey(Exit, on_delete=models.PROTECT, null=True, db_index=False)
    spell = models.ForeignKey(Spell, on_delete=models.PROTECT, null=True, db_index=False)
    excerpt = models.ForeignKey(Excerpt, on_delete=models.PROTECT, null=True, db_index=False)
    value = models.SmallIntegerField(null=True)
    gap = models.CharField(
        max_length=14, choices=[(gap.value, gap.value) for gap in Gap], blank=True
    )
    note = models.TextField(blank=True)

    objects = Told(
        "account__narrator",
        "exit__spell__narrator",
        "spell__narrator",
        "excerpt__text_version__account__narrator",
        until=(DATA,),
    )
    everything = Everything()

    class Meta:
        """About exactly one thing; a value or a gap, never both and never neither."""

        constraints: ClassVar = [
            *(_once(target.value) for target in Target),
            models.CheckConstraint(
                condition=_about_exactly_one(), name="coding_is_about_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, gap="") | Q(value__isnull=True) & ~Q(gap=""),
                name="coding_has_a_value_or_a_gap",
            ),
        ]

    def __str__(self) -> str:
        """Return the coding's number."""
        return f"coding {self.pk}"
