"""What stands because of a narrator's events: until when anything of them may be read."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from exeunt.methods.sensitivity import Tier
from exeunt.stages.consent.models.events import Event, word_of
from exeunt.stages.consent.states import State
from exeunt.stages.narrators.models import Narrator


class Standing(models.Model):
    """What a narrator's events allow inside the study; worked out anew with every event.

    Without a day nothing may be read. A narrator without a row stands on public record, or is
    invented: whoever entrusts a testimony has a row from the beginning.
    """

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "narrator": Tier.WORKING,
        "event": Tier.WORKING,
        "state": Tier.WORKING,
        "entrusted": Tier.WORKING,
        "until": Tier.WORKING,
        "text_until": Tier.WORKING,
        "data_until": Tier.WORKING,
    }

    narrator = models.OneToOneField(Narrator, on_delete=models.PROTECT, primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.SET_NULL, null=True)
    state = word_of(State, blank=True)
    # Registered by a custodian: without consent nothing is open, whatever the study holds.
    entrusted = models.BooleanField(default=False)
    # The last day of the last cell, while consent stands.
    until = models.DateField(null=True)
    text_until = models.DateField(null=True)
    data_until = models.DateField(null=True)

    class Meta:
        """Found by what has lapsed."""

        indexes: ClassVar = [
            models.Index(fields=["text_until"], name="standing_by_text"),
            models.Index(fields=["data_until"], name="standing_by_data"),
            models.Index(fields=["until"], name="standing_by_end"),
        ]

    def __str__(self) -> str:
        """Return the narrator's number."""
        return f"standing of {self.narrator_id}"
