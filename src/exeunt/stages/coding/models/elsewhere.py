"""Under which GUID another program knows an account or an excerpt."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from exeunt.methods.sensitivity import Tier
from exeunt.stages.coding.models.codings import Excerpt
from exeunt.stages.testimonies.models import Account


class Elsewhere(models.Model):
    """The GUID that an account or an excerpt came with; it leaves with it again.

    It goes with the thing that it is about.
    """

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "guid": Tier.WORKING,
        "account": Tier.WORKING,
        "excerpt": Tier.WORKING,
    }

    guid = models.CharField(max_length=36)
    account = models.OneToOneField(Account, on_delete=models.CASCADE, null=True)
    excerpt = models.OneToOneField(Excerpt, on_delete=models.CASCADE, null=True)

    class Meta:
        """About exactly one thing."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(account__isnull=True, excerpt__isnull=False)
                | Q(account__isnull=False, excerpt__isnull=True),
                name="elsewhere_is_about_one_thing",
            ),
        ]

    def __str__(self) -> str:
        """Return the row's number."""
        return f"elsewhere {self.pk}"
