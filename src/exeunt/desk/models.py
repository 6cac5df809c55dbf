"""Long work that was asked for."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from exeunt.desk.states import JobState
from exeunt.ledger.references import new_reference
from exeunt.members.models import Member
from exeunt.methods.sensitivity import Tier
from exeunt.studies.models import Study


class Job(models.Model):
    """A piece of long work: who asked for it, how far it is, and what came of it."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "study": Tier.WORKING,
        "asked_by": Tier.WORKING,
        "work": Tier.WORKING,
        "title": Tier.WORKING,
        "language": Tier.WORKING,
        "facts": Tier.WORKING,
        "state": Tier.WORKING,
        "says": Tier.WORKING,
        "result": Tier.WORKING,
        "asked": Tier.WORKING,
        "ended": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    study = models.ForeignKey(Study, on_delete=models.PROTECT)
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT)
    work = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    # The worker has no browser to ask: what comes of the work is said in the asker's language.
    language = models.CharField(max_length=10, default="en")
    facts = models.JSONField(default=dict)
    state = models.CharField(
        max_length=8, choices=[(s.value, s.value) for s in JobState], default=JobState.WAITING
    )
    says = models.TextField(blank=True)
    result = models.JSONField(default=dict)
    asked = models.DateTimeField()
    ended = models.DateTimeField(null=True)

    class Meta:
        """The latest first."""

        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in JobState]),
                name="job_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state not in {JobState.WAITING, JobState.RUNNING}
