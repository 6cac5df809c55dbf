"""Consent events, what each grants cell by cell, and what stands because of them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from exeunt.ledger.references import new_reference
from exeunt.members.models import Member
from exeunt.methods.sensitivity import Tier
from exeunt.stages.consent import states
from exeunt.stages.consent.rules.events import LONGEST_PROOF, LONGEST_REASON
from exeunt.stages.consent.rules.scope import (
    LONGEST_TERRITORY,
    Cell,
    Freely,
    Given,
    Proxy,
    Scope,
)
from exeunt.stages.consent.states import State
from exeunt.stages.narrators.models import Narrator

LONGEST_WORD = 24
LONGEST_MARK = 6


def word_of(words: type[StrEnum], **options: Any) -> models.CharField[str, str]:
    """Return a column that holds one of a few fixed words."""
    choices = [(word.value, word.value) for word in words]
    return models.CharField(max_length=LONGEST_WORD, choices=choices, **options)


class Event(models.Model):
    """One thing that happened to a narrator's consent; nothing is changed afterwards.

    ``outcome``, ``seal_until`` and ``timing`` are what a withdrawal chose.
    """

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "narrator": Tier.WORKING,
        "number": Tier.WORKING,
        "state": Tier.WORKING,
        "at": Tier.WORKING,
        "by": Tier.WORKING,
        "outcome": Tier.WORKING,
        "seal_until": Tier.WORKING,
        "timing": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    narrator = models.ForeignKey(Narrator, on_delete=models.PROTECT, db_index=False)
    number = models.PositiveIntegerField()
    state = word_of(State)
    at = models.DateTimeField()
    # Nobody, where its last day passed.
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True)
    outcome = word_of(states.Outcome, blank=True)
    seal_until = models.DateField(null=True)
    timing = word_of(states.Timing, blank=True)

    class Meta:
        """A narrator's events are counted from 1; only a withdrawal says what becomes of things."""

        ordering: ClassVar = ["narrator", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["narrator", "number"], name="consent_event_is_one"),
            models.CheckConstraint(
                condition=Q(state=State.WITHDRAWN) & ~Q(outcome="") & ~Q(timing="")
                | ~Q(state=State.WITHDRAWN) & Q(outcome="", timing="", seal_until__isnull=True),
                name="consent_withdrawn_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref


class Grant(models.Model):
    """What an event that gives or renews consent grants, how it was given and to which words."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "event": Tier.WORKING,
        "day": Tier.WORKING,
        "language": Tier.WORKING,
        "limits": Tier.WORKING,
        "understood": Tier.WORKING,
        "age": Tier.WORKING,
        "custody": Tier.WORKING,
        "payment": Tier.WORKING,
        "official_present": Tier.WORKING,
        "pending_case": Tier.WORKING,
        "interpreter": Tier.WORKING,
        "witnessed": Tier.WORKING,
        "proxy": Tier.WORKING,
        "proof": Tier.WORKING,
        "display": Tier.WORKING,
        "not_before": Tier.WORKING,
        "show_me_first": Tier.WORKING,
        "stop_if_risk_is_high": Tier.WORKING,
        "outcome": Tier.WORKING,
        "seal_until": Tier.WORKING,
        "timing": Tier.WORKING,
    }

    event = models.OneToOneField(Event, on_delete=models.CASCADE, primary_key=True)
    day = models.DateField()
    language = models.CharField(max_length=35)
    # Which statement of limits was read out.
    limits = models.CharField(max_length=LONGEST_WORD)
    understood = models.BooleanField()
    age = word_of(states.Age)
    custody = word_of(states.Told)
    payment = word_of(states.Told)
    official_present = word_of(states.Told)
    pending_case = word_of(states.Told)
    interpreter = word_of(states.Interpreter)
    witnessed = models.BooleanField()
    proxy = word_of(states.Relation, blank=True)
    proof = models.CharField(max_length=LONGEST_PROOF, blank=True)
    display = word_of(states.Display)
    not_before = models.DateField(null=True)
    show_me_first = models.BooleanField()
    stop_if_risk_is_high = models.BooleanField()
    outcome = word_of(states.Outcome)
    seal_until = models.DateField(null=True)
    timing = word_of(states.Timing)

    class Meta:
        """Whoever speaks for a narrator has a proof; a day belongs to sealing."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(proxy="", proof="") | ~Q(proxy="") & ~Q(proof=""),
                name="grant_by_proxy_has_a_proof",
            ),
            models.CheckConstraint(
                condition=Q(outcome=states.Outcome.SEAL_UNTIL, seal_until__isnull=False)
                | ~Q(outcome=states.Outcome.SEAL_UNTIL) & Q(seal_until__isnull=True),
                name="grant_seals_until_a_day",
            ),
        ]

    def __str__(self) -> str:
        """Return the event's number."""
        return f"grant {self.event_id}"

    def as_given(self, cells: frozenset[Cell]) -> Given:
        """Return it as the rules take it; ``cells`` are its own."""
        return Given(
            day=self.day,
            scope=Scope(
                cells=cells,
                display=states.Display(self.display),
                not_before=self.not_before,
                show_me_first=self.show_me_first,
                stop_if_risk_is_high=self.stop_if_risk_is_high,
                outcome=states.Outcome(self.outcome),
                seal_until=self.seal_until,
                timing=states.Timing(self.timing),
            ),
            language=self.language,
            limits=self.limits,
            understood=self.understood,
            age=states.Age(self.age),
            freely=Freely(
                states.Told(self.custody),
                states.Told(self.payment),
                states.Told(self.official_present),
                states.Told(self.pending_case),
                states.Interpreter(self.interpreter),
            ),
            witnessed=self.witnessed,
            proxy=Proxy(states.Relation(self.proxy), self.proof) if self.proxy else None,
        )


class GrantedCell(models.Model):
    """One cell of a grant."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "grant": Tier.WORKING,
        "what": Tier.WORKING,
        "use": Tier.WORKING,
        "channel": Tier.WORKING,
        "territory": Tier.WORKING,
        "until": Tier.WORKING,
    }

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, db_index=False)
    what = word_of(states.What)
    use = word_of(states.Use)
    channel = word_of(states.Channel)
    territory = models.CharField(max_length=LONGEST_TERRITORY)
    until = models.DateField()

    class Meta:
        """A cell is granted once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["grant", "what", "use", "channel", "territory"], name="cell_granted_once"
            ),
            models.CheckConstraint(condition=~Q(territory=""), name="cell_is_somewhere"),
        ]

    def __str__(self) -> str:
        """Return the row's number."""
        return f"cell {self.pk}"

    def as_cell(self) -> Cell:
        """Return it as the rules take it."""
        what, use = states.What(self.what), states.Use(self.use)
        return Cell(what, use, states.Channel(self.channel), self.territory, self.until)


class Review(models.Model):
    """Why a named reviewer is certain that consent given under legal process is free."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "grant": Tier.WORKING,
        "reviewer": Tier.WORKING,
        "reason": Tier.WORKING,
        "at": Tier.WORKING,
    }

    grant = models.OneToOneField(Grant, on_delete=models.CASCADE, primary_key=True)
    reviewer = models.ForeignKey(Member, on_delete=models.PROTECT)
    reason = models.CharField(max_length=LONGEST_REASON)
    at = models.DateTimeField()

    class Meta:
        """A review gives a reason."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="review_gives_a_reason"),
        ]

    def __str__(self) -> str:
        """Return the event's number."""
        return f"review of {self.grant_id}"


class Form(models.Model):
    """A signed paper from before, sealed under the narrator's key; here only that it is there."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "narrator": Tier.WORKING,
        "event": Tier.WORKING,
        "sealed": Tier.WORKING,
        "by": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    narrator = models.ForeignKey(Narrator, on_delete=models.PROTECT)
    # The event that it proves, once that is recorded.
    event = models.ForeignKey(Event, on_delete=models.SET_NULL, null=True)
    sealed = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT)

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref

    @property
    def mark(self) -> str:
        """What people call it by, such as beside whoever speaks for a narrator."""
        return self.ref[:LONGEST_MARK]


class Intake(models.Model):
    """An intake that is under way: what was answered so far; it goes when it is over."""

    sensitivity: ClassVar[Mapping[str, Tier]] = {
        "id": Tier.WORKING,
        "ref": Tier.WORKING,
        "narrator": Tier.WORKING,
        "by": Tier.WORKING,
        "language": Tier.WORKING,
        "seen": Tier.WORKING,
        "answers": Tier.WORKING,
        "begun": Tier.WORKING,
    }

    ref = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    narrator = models.ForeignKey(Narrator, on_delete=models.CASCADE)
    by = models.ForeignKey(Member, on_delete=models.CASCADE)
    language = models.CharField(max_length=35)
    # The number of the event that governed when it began.
    seen = models.PositiveIntegerField()
    answers = models.JSONField(default=dict)
    begun = models.DateTimeField()

    class Meta:
        """A member has one intake with a narrator under way."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["narrator", "by"], name="intake_is_one_a_member"),
        ]

    def __str__(self) -> str:
        """Return the reference."""
        return self.ref
