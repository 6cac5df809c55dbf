"""Codebooks in versions, and the drafts that become versions."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from exeunt.ledger.references import new_reference
from exeunt.members.models import Member
from exeunt.methods.sensitivity import Tier
from exeunt.stages.coding.states import Target
from exeunt.studies.models import Study


class Codebook(models.Model):
    """A versioned set of codes of one study."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "study": Tier.WORKING,
        "slug": Tier.PUBLIC,
    }

    study = models.ForeignKey(Study, on_delete=models.PROTECT)
    slug = models.CharField(max_length=60)

    class Meta:
        """A short name stands for one codebook of a study."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["study", "slug"], name="codebook_slug_is_unique"),
        ]

    def __str__(self) -> str:
        """Return the short name; a codebook is no secret."""
        return self.slug


class CodebookVersion(models.Model):
    """A codebook as it stood; codings refer to a version and never change their meaning."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "codebook": Tier.WORKING,
        "number": Tier.PUBLIC,
        "title": Tier.PUBLIC,
        "unit": Tier.PUBLIC,
        "scale": Tier.PUBLIC,
        "source": Tier.PUBLIC,
        "digest": Tier.PUBLIC,
        "made": Tier.WORKING,
    }

    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    unit = models.CharField(max_length=7, choices=[(t.value, t.value) for t in Target])
    scale = models.JSONField()
    source = models.CharField(max_length=2000, blank=True)
    digest = models.CharField(max_length=64)
    made = models.DateTimeField()

    class Meta:
        """Versions are counted from 1."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["codebook", "number"], name="codebook_version_is_unique"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="codebook_version_from_1"),
        ]

    def __str__(self) -> str:
        """Return the version's number."""
        return f"version {self.number} of codebook {self.codebook_id}"

    @property
    def name(self) -> str:
        """The name by which the version can be asked for, such as ``icsr-2015@1``."""
        return f"{self.codebook.slug}@{self.number}"


class AgreedCodes(models.Manager["Code"]):
    """The codes of a version, without what coders have only proposed while reading."""

    def get_queryset(self) -> models.QuerySet["Code"]:
        """Leave proposals out."""
        return super().get_queryset().filter(proposed_by__isnull=True)


class Code(models.Model):
    """A label with a definition, in one version of a codebook.

    One that a coder proposes while reading marks excerpts and is nowhere else to be seen,
    until whoever leads takes it into the next version or leaves it out.
    """

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "version": Tier.WORKING,
        "position": Tier.PUBLIC,
        "key": Tier.PUBLIC,
        "parent": Tier.PUBLIC,
        "dimension": Tier.PUBLIC,
        "label": Tier.PUBLIC,
        "definition": Tier.PUBLIC,
        "use_when": Tier.PUBLIC,
        "not_when": Tier.PUBLIC,
        "note": Tier.PUBLIC,
        "guid": Tier.PUBLIC,
        "proposed_by": Tier.WORKING,
    }

    version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, db_index=False)
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=60)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    dimension = models.CharField(max_length=60, blank=True)
    label = models.CharField(max_length=300)
    definition = models.TextField(blank=True)
    use_when = models.TextField(blank=True)
    not_when = models.TextField(blank=True)
    note = models.TextField(blank=True)
    guid = models.CharField(max_length=36, blank=True)
    proposed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, db_index=False)

    objects = AgreedCodes()
    every: ClassVar[models.Manager["Code"]] = models.Manager()

    class Meta:
        """A key stands for one code of a version, and no code narrows itself."""

        ordering: ClassVar = ["version", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "key"], name="code_key_is_unique"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="code_does_not_narrow_itself",
            ),
        ]

    def __str__(self) -> str:
        """Return the key."""
        return self.key


class Draft(models.Model):
    """A codebook as one member is rewriting it; nobody codes with it until it is kept."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "codebook": Tier.WORKING,
        "by": Tier.WORKING,
        "base": Tier.WORKING,
        "codes": Tier.WORKING,
        "origins": Tier.WORKING,
        "past": Tier.WORKING,
        "revision": Tier.WORKING,
        "saved": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    codebook = models.ForeignKey(Codebook, on_delete=models.PROTECT)
    by = models.ForeignKey(Member, on_delete=models.PROTECT)
    base = models.PositiveIntegerField()
    codes = models.JSONField()
    origins = models.JSONField(default=dict)
    # How the draft stood before each of the last steps, the latest last, to go back to.
    past = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=1)
    saved = models.DateTimeField()

    class Meta:
        """A member rewrites a codebook once at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["codebook", "by"], name="draft_is_one_a_member"),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref
