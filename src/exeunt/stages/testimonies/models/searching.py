"""What is kept so that accounts and passages are found by words."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from exeunt.methods.sensitivity import Tier
from exeunt.stages.consent.models import DATA, TEXT, Everything, Told
from exeunt.stages.testimonies.models.accounts import Account, TextVersion


class SearchWords(models.Model):
    """The words under which an account is found, folded and in alphabetical order.

    A full-text index over them is kept by the database (migration 0003).
    """

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "account": Tier.WORKING,
        "words": Tier.WORKING,
    }

    account = models.OneToOneField(Account, on_delete=models.CASCADE, primary_key=True)
    words = models.TextField(blank=True)

    objects = Told("account__narrator", until=(TEXT, DATA))
    everything = Everything()

    def __str__(self) -> str:
        """Return the account's number."""
        return f"words of account {self.account_id}"


class SearchPassage(models.Model):
    """A passage of an account's latest text, its words folded and in their order.

    A passage is what somebody says in one go, or a paragraph; a long one is cut where sentences
    end. A full-text index over the words is kept by the database (migration 0008).
    """

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "account": Tier.WORKING,
        "version": Tier.WORKING,
        "start": Tier.WORKING,
        "end": Tier.WORKING,
        "speaker": Tier.WORKING,
        "folded": Tier.WORKING,
    }

    account = models.ForeignKey(Account, on_delete=models.CASCADE, db_index=False)
    version = models.ForeignKey(TextVersion, on_delete=models.CASCADE, db_index=False)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    speaker = models.CharField(max_length=80, blank=True)
    folded = models.TextField()

    objects = Told("account__narrator")
    everything = Everything()

    class Meta:
        """Only one version of an account's text is sought in."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "start"], name="search_passage_stands_once"),
            models.CheckConstraint(
                condition=models.Q(start__lt=models.F("end")),
                name="search_passage_has_a_length",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["version"], name="search_passages_of_a_version"),
        ]

    def __str__(self) -> str:
        """Return the number of the text, and the place in it."""
        return f"passage of text {self.version_id} from {self.start}"
