"""What narrators agreed to, as its pages show it and its export takes it."""

from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from exeunt.desk.paging import Leaf
from exeunt.errors import ExeuntError, NotThere, NotYet, Sentence, Word, why_not
from exeunt.members.models import Member
from exeunt.stages.consent.formats.dpv import RecordedEvent, RecordFacts
from exeunt.stages.consent.models import Form
from exeunt.stages.consent.queries.facts import Happened, events_of, facts_of, forms_of
from exeunt.stages.consent.rules.papers import check_may_enter
from exeunt.stages.consent.rules.scope import Given, Scope
from exeunt.stages.consent.rules.standing import ConsentFacts, state_on
from exeunt.stages.consent.states import STANDING, State
from exeunt.stages.narrators.models import Narrator
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

ROWS = 50
NOT_ASKED = "not asked for"


class Row(NamedTuple):
    """A narrator in the list: what consent is today, and until when."""

    narrator: Narrator
    state: State | None
    until: date | None


def narrators_found(
    study: Study, *, words: str = "", state: str = "", leaf: int = 1, by: Member
) -> Leaf[Row]:
    """Return one leaf of a study's narrators, by a part of their label and by what consent is."""
    require(Act.SEE_CONSENT, study=study, by=by)
    today = timezone.localdate()
    found = Narrator.objects.filter(study=study).select_related("standing").order_by("label")
    if words:
        found = found.filter(label__icontains=words)
    if state:
        found = found.filter(_in_state(state, today))
    start = (leaf - 1) * ROWS
    rows = [_row(one, today) for one in found[start : start + ROWS]]
    return Leaf(rows=rows, number=leaf, size=ROWS, total=found.count())


class Page(NamedTuple):
    """One narrator's consent: what stands in sentences, and everything that happened."""

    facts: ConsentFacts
    state: State | None
    allows: list[str]
    happened: list[Happened]
    forms: list[Form]
    needs_vouching: bool

    @property
    def stands(self) -> bool:
        """Whether consent stands today."""
        return self.state in STANDING


def consent_page(narrator: Narrator, *, by: Member) -> Page:
    """Return everything that is known of one narrator's consent."""
    happened = events_of(narrator, by=by)
    facts = facts_of(narrator)
    state = state_on(facts, timezone.localdate())
    given = facts.given
    return Page(
        facts=facts,
        state=state,
        allows=said_of(facts.scope),
        happened=happened,
        forms=forms_of(narrator, by=by),
        needs_vouching=state in STANDING
        and given is not None
        and given.freely.under_legal_process
        and not facts.reviewed,
    )


def paper_called(narrator: Narrator, ref: str, *, by: Member) -> Form:
    """Return a signed paper of a narrator by reference, or refuse as if there were none."""
    found = next((one for one in forms_of(narrator, by=by) if one.ref == ref), None)
    if found is None:
        raise NotThere("There is nothing here.")
    return found


def not_entered(form: Form) -> ExeuntError | None:
    """Return why what a paper says cannot be entered, whatever day it was signed on, or None."""
    facts, entered = facts_of(form.narrator), form.event_id is not None
    return why_not(lambda: check_may_enter(facts.state, facts.given, day=date.max, entered=entered))


def given_of(narrator: Narrator) -> Given:
    """Return the consent that stands or last stood, or refuse where none was ever given."""
    given = facts_of(narrator).given
    if given is None:
        raise NotYet("Nothing was agreed to yet. Ask for consent in an intake first.")
    return given


def said_of(scope: Scope) -> list[str]:
    """Return the cells of a scope in their order, each as a sentence."""
    return [
        Sentence(
            "{what}: {use}, {channel}, {territory}, until {until}",
            what=Word(cell.what),
            use=Word(cell.use),
            channel=Word(cell.channel),
            territory=Word(cell.territory) if not cell.countries else cell.territory,
            until=cell.until,
        )
        for cell in sorted(scope.cells)
    ]


def record_facts(narrator: Narrator, *, by: Member) -> RecordFacts:
    """Return everything that happened to somebody's consent, as its export takes it."""
    happened = events_of(narrator, by=by)
    return RecordFacts(
        narrator=narrator.ref,
        study=narrator.study.ref,
        events=tuple(
            RecordedEvent(
                ref=one.event.ref,
                state=str(one.event.state),
                at=one.event.at,
                given=one.given._asdict() if one.given is not None else None,
                outcome=one.event.outcome,
            )
            for one in reversed(happened)
        ),
    )


def _in_state(state: str, today: date) -> Q:
    over = Q(standing__state__in=STANDING, standing__until__lt=today)
    if state == NOT_ASKED:
        return Q(standing__isnull=True) | Q(standing__state="")
    if state == State.EXPIRED:
        return Q(standing__state=state) | over
    return Q(standing__state=state) & ~over


def _row(narrator: Narrator, today: date) -> Row:
    standing = getattr(narrator, "standing", None)
    if standing is None or not standing.state:
        return Row(narrator, None, None)
    over = standing.until is not None and standing.until < today
    return Row(narrator, State.EXPIRED if over else State(standing.state), standing.until)
