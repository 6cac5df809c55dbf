"""What somebody thought: on an excerpt, a code, an account, or the study as a whole."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from exeunt.ledger.references import new_reference
from exeunt.members.models import Member
from exeunt.methods.sensitivity import Tier
from exeunt.stages.coding.models.codebooks import Code, CodebookVersion
from exeunt.stages.coding.models.codings import Excerpt
from exeunt.stages.consent.models import Everything, Told
from exeunt.stages.testimonies.models import Account
from exeunt.studies.models import Study

ABOUT = ("excerpt", "code", "account")


def _about_one_thing_at_most() -> Q:
    both = [Q(**{f"{one}__isnull": False, f"{two}__isnull": False}) for one, two in PAIRS]
    return ~both[0] & ~both[1] & ~both[2]


PAIRS = (("excerpt", "code"), ("excerpt", "account"), ("code", "account"))


class Memo(models.Model):
    """A note of its author's; about nothing in particular, it is about the study.

    What is noted on an excerpt or an account while reading with a version belongs to that
    reading, and others see it when they see the reading.
    """

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "study": Tier.WORKING,
        "by": Tier.WORKING,
        "version": Tier.WORKING,
        "excerpt": Tier.WORKING,
        "code": Tier.WORKING,
        "account": Tier.WORKING,
        "words": Tier.WORKING,
        "revision": Tier.WORKING,
        "made": Tier.WORKING,
        "saved": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    study = models.ForeignKey(Study, on_delete=models.PROTECT)
    by = models.ForeignKey(Member, on_delete=models.PROTECT)
    version = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, null=True)
    excerpt = models.ForeignKey(Excerpt, on_delete=models.PROTECT, null=True)
    code = models.ForeignKey(Code, on_delete=models.PROTECT, null=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True)
    words = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    made = models.DateTimeField()
    saved = models.DateTimeField()

    objects = Told("account__narrator", "excerpt__text_version__account__narrator")
    everything = Everything()

    class Meta:
        """About one thing at most, and never empty."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(words=""), name="memo_says_something"),
            models.CheckConstraint(
                condition=_about_one_thing_at_most(), name="memo_is_about_one_thing_at_most"
            ),
            models.CheckConstraint(
                condition=Q(excerpt__isnull=True) | Q(version__isnull=False),
                name="memo_on_an_excerpt_belongs_to_a_reading",
            ),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref
