"""What narrators agreed to, as facts for the rules and as rows."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Max, QuerySet
from django.utils import timezone

from exeunt.members.models import Member
from exeunt.stages.consent.models import Event, Form, Grant, GrantedCell, Review, Standing
from exeunt.stages.consent.rules.events import Latest
from exeunt.stages.consent.rules.scope import Cell, Given, Scope
from exeunt.stages.consent.rules.standing import ConsentFacts
from exeunt.stages.consent.states import STANDING, Basis, Outcome, State
from exeunt.stages.narrators.models import Narrator
from exeunt.stages.sources.queries import provenances_in
from exeunt.stages.sources.states import Provenance
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

# What leaves a grant where it was, so that it can be renewed, or kept as was chosen.
LEAVE = frozenset({State.SUSPENDED, State.EXPIRED, State.WITHDRAWN})


class Happened(NamedTuple):
    """One event as people read it, with what it granted where it granted anything."""

    event: Event
    given: Given | None
    review: Review | None


class Ends(NamedTuple):
    """A narrator whose consent ends on a day, in part or whole."""

    narrator: Narrator
    day: date
    whole: bool


def basis_in(study: Study) -> Basis:
    """Return what lets a study hold anybody's words, by where its material comes from."""
    there = provenances_in(study)
    if Provenance.ENTRUSTED in there:
        return Basis.CONSENT
    return Basis.INVENTED if there == (Provenance.INVENTED,) else Basis.PUBLIC_RECORD


def standing_in(study: Study) -> int:
    """Count the narrators of a study whose consent stands."""
    return Standing.objects.filter(narrator__study=study, state__in=STANDING).count()


def facts_of(narrator: Narrator) -> ConsentFacts:
    """Return what consent says of one narrator."""
    return facts_among(narrator.study, [narrator.pk])[narrator.pk]


def facts_among(study: Study, narrators: Iterable[int]) -> dict[int, ConsentFacts]:
    """Return what consent says of narrators, by number; as many statements for one as for all."""
    numbers = list(narrators)
    standing = {
        one.narrator_id: one
        for one in Standing.objects.filter(narrator__in=numbers).select_related("event")
    }
    basis, given = basis_in(study), _last_given(numbers)
    grants = [grant for grant, _ in given.values()]
    reviewed = set(Review.objects.filter(grant__in=grants).values_list("grant", flat=True))
    return {
        number: _facts(basis, standing.get(number), given.get(number), reviewed=reviewed)
        for number in numbers
    }


def latest_of(narrator: Narrator) -> Latest:
    """Return the event that governs, with the scope that stood last."""
    last = Event.objects.filter(narrator=narrator).last()
    given = _last_given([narrator.pk]).get(narrator.pk)
    if last is None:
        return Latest()
    return Latest(State(last.state), last.at, given[1].scope if given else Scope())


def number_of(narrator: Narrator) -> int:
    """Return the number of the event that governs, 0 where there is none."""
    return Event.objects.filter(narrator=narrator).aggregate(last=Max("number"))["last"] or 0


def events_of(narrator: Narrator, *, by: Member) -> list[Happened]:
    """Return everything that happened to somebody's consent, the latest first."""
    require(Act.SEE_CONSENT, study=narrator.study, by=by)
    events = (
        Event.objects.filter(narrator=narrator).select_related("by", "grant").order_by("-number")
    )
    cells = _cells(Grant.objects.filter(event__narrator=narrator))
    reviews = {
        one.grant_id: one
        for one in Review.objects.filter(grant__event__narrator=narrator).select_related("reviewer")
    }
    return [
        Happened(
            event, event.grant.as_given(cells.get(event.pk, frozenset())), reviews.get(event.pk)
        )
        if hasattr(event, "grant")
        else Happened(event, None, None)
        for event in events
    ]


def forms_of(narrator: Narrator, *, by: Member) -> list[Form]:
    """Return which signed papers of a narrator are sealed; what they say is in the vault."""
    require(Act.SEE_CONSENT, study=narrator.study, by=by)
    return list(
        Form.objects.filter(narrator=narrator)
        .select_related("by", "narrator__study")
        .order_by("pk")
    )


def ending_in(study: Study, *, until: date, by: Member) -> list[Ends]:
    """Return whose consent ends by a day, in part or whole, in the order of the days."""
    require(Act.SEE_CONSENT, study=study, by=by)
    standing = Standing.objects.filter(
        narrator__study=study, state__in=STANDING, until__isnull=False
    )
    last = {one.event_id: one for one in standing.select_related("narrator")}
    cells = GrantedCell.objects.filter(grant__in=list(last), until__lte=until)
    found = {
        Ends(last[grant].narrator, day, whole=day == last[grant].until)
        for grant, day in cells.values_list("grant", "until")
    }
    return sorted(found, key=lambda one: (one.day, one.narrator.label))


def lapsed(day: date) -> list[Narrator]:
    """Return the narrators of every study whose consent ended before a day without an event."""
    over = Standing.objects.filter(state__in=STANDING, until__lt=day)
    return [one.narrator for one in over.select_related("narrator__study").order_by("narrator")]


def _last_given(narrators: list[int]) -> dict[int, tuple[int, Given]]:
    """Return the last grant of each narrator, unless something since has ended it for good."""
    grants = Grant.objects.filter(event__narrator__in=narrators).select_related("event")
    last = {grant.event.narrator_id: grant for grant in grants.order_by("event__number")}
    for narrator in _ended(narrators, {one: grant.event.number for one, grant in last.items()}):
        del last[narrator]
    cells = _cells(Grant.objects.filter(pk__in=[grant.pk for grant in last.values()]))
    return {
        narrator: (grant.pk, grant.as_given(cells.get(grant.pk, frozenset())))
        for narrator, grant in last.items()
    }


def _ended(narrators: list[int], granted: Mapping[int, int]) -> set[int]:
    """Return those of whose last grant nothing is left that a withdrawal could keep.

    What was suspended or has expired may still be renewed, or kept; whatever else followed, or
    came after a withdrawal, began anew.
    """
    events = Event.objects.filter(narrator__in=narrators).order_by("number")
    since: dict[int, list[State]] = {}
    for narrator, number, state in events.values_list("narrator", "number", "state"):
        if number > granted.get(narrator, number):
            since.setdefault(narrator, []).append(State(state))
    return {
        narrator
        for narrator, states in since.items()
        if not {*states} <= LEAVE or State.WITHDRAWN in states[:-1]
    }


def _cells(grants: QuerySet[Grant]) -> dict[int, frozenset[Cell]]:
    found: dict[int, set[Cell]] = {}
    for cell in GrantedCell.objects.filter(grant__in=grants):
        found.setdefault(cell.grant_id, set()).add(cell.as_cell())
    return {grant: frozenset(cells) for grant, cells in found.items()}


def _facts(
    basis: Basis,
    standing: Standing | None,
    given: tuple[int, Given] | None,
    *,
    reviewed: set[int],
) -> ConsentFacts:
    event = standing.event if standing is not None else None
    return ConsentFacts(
        basis=Basis.CONSENT if standing is not None and standing.entrusted else basis,
        state=State(event.state) if event is not None else None,
        day=timezone.localdate(event.at) if event is not None else None,
        given=given[1] if given is not None else None,
        outcome=Outcome(event.outcome) if event is not None and event.outcome else None,
        reviewed=given is not None and given[0] in reviewed,
    )
