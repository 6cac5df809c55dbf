"""Codebooks in versions, passes, excerpts and codings."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from exeunt.ledger.references import new_reference
from exeunt.members.models import Member
from exeunt.methods.sensitivity import Tier
from exeunt.stages.coding.states import Gap, Target
from exeunt.stages.narrators.models import Exit, Spell
from exeunt.stages.testimonies.models import Account, TextVersion
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


class Code(models.Model):
    """A label with a definition, in one version of a codebook."""

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
