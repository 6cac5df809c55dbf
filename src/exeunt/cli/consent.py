"""``exeunt consent``: what narrators agreed to, what ends, and a narrator's word to stop."""

from datetime import datetime, timedelta

import click
from django.utils import timezone

from exeunt.cli.desk import Desk, a_study, as_json, at_a_desk
from exeunt.cli.showing import say, show_json, show_table
from exeunt.procedures.withdrawal import Touched, what_withdrawal_touches
from exeunt.stages.consent.actions.events import suspend_called, withdraw_consent
from exeunt.stages.consent.formats.dpv import record_of
from exeunt.stages.consent.queries.facts import ending_in, facts_of
from exeunt.stages.consent.queries.pages import consent_page, record_facts
from exeunt.stages.consent.rules.events import Chosen
from exeunt.stages.consent.states import Outcome, Timing
from exeunt.stages.narrators.queries import narrator_named

DAYS = 90
MOST_DAYS = 3660
a_narrator = click.argument("narrator", metavar="LABEL")


@click.group("consent")
def consent_command() -> None:
    """Show what narrators agreed to; stop and withdraw by a word."""


@consent_command.command("show")
@a_narrator
@a_study
@as_json
@at_a_desk
def show(desk: Desk, *, narrator: str, study: str | None, machine: bool) -> None:
    """Show what consent is today, what it allows, and what happened to it."""
    page = consent_page(narrator_named(desk.study(study), narrator), by=desk.member)
    if machine:
        show_json({"state": page.state, "basis": page.facts.basis, "allows": page.allows})
        return
    say(f"Consent is {page.state or 'not asked for'}; the basis is {page.facts.basis}.")
    for one in page.allows:
        say(f"  {one}")
    rows = [
        {
            "when": one.event.at.date().isoformat(),
            "what": one.event.state,
            "by": one.event.by.name if one.event.by else "the day",
        }
        for one in page.happened
    ]
    show_table("What happened", rows)


@consent_command.command("ending")
@click.option(
    "--days",
    type=click.IntRange(0, MOST_DAYS),
    default=DAYS,
    show_default=True,
    help="How far ahead to look.",
)
@a_study
@as_json
@at_a_desk
def ending(desk: Desk, *, days: int, study: str | None, machine: bool) -> None:
    """List whose consent ends soon, in part or whole."""
    until = timezone.localdate() + timedelta(days=days)
    rows = [
        {
            "day": one.day.isoformat(),
            "narrator": one.narrator.label,
            "ends": "everything" if one.whole else "a part",
        }
        for one in ending_in(desk.study(study), until=until, by=desk.member)
    ]
    if machine:
        show_json(rows)
    elif rows:
        show_table(f"What ends by {until}", rows)
    else:
        say(f"Nothing ends by {until}.")


@consent_command.command("stop")
@a_narrator
@a_study
@at_a_desk
def stop(desk: Desk, *, narrator: str, study: str | None) -> None:
    """Stop everything of a narrator at once, by a word of theirs to anybody."""
    suspend_called(study=desk.study(study), label=narrator, by=desk.member)
    say(f"Everything of {narrator} is stopped; only the narrator can let it go on.")


@consent_command.command("withdraw")
@a_narrator
@click.option(
    "--outcome",
    type=click.Choice([one.value for one in Outcome]),
    help="What becomes of everything; what was chosen in advance, if left out.",
)
@click.option("--seal-until", type=click.DateTime(["%Y-%m-%d"]), help="The day, for “seal until”.")
@click.option(
    "--timing",
    type=click.Choice([one.value for one in Timing]),
    default=Timing.AT_ONCE.value,
    show_default=True,
    help="When it shows outside.",
)
@click.option("--dry-run", is_flag=True, help="Say what it touches, and change nothing.")
@a_study
@at_a_desk
def withdraw(
    desk: Desk,
    *,
    narrator: str,
    outcome: str | None,
    seal_until: datetime | None,
    timing: str,
    dry_run: bool,
    study: str | None,
) -> None:
    """Write a withdrawal down: a word of the narrator is enough."""
    found = narrator_named(desk.study(study), narrator)
    if dry_run:
        _show_touched(what_withdrawal_touches(narrator=found, by=desk.member))
        return
    day = seal_until.date() if seal_until is not None else None
    chosen = Chosen(Outcome(outcome), day, Timing(timing)) if outcome is not None else None
    withdraw_consent(narrator=found, chosen=chosen, by=desk.member)
    say(f"The withdrawal of {narrator} is written down: {facts_of(found).outcome}.")


def _show_touched(touched: Touched) -> None:
    rows = [
        {"what": str(one.what), "there": str(one.amount), "shown now": str(one.shown)}
        for one in touched.surfaces
    ]
    show_table("What there is of this narrator", rows)
    left = [
        {"what": str(one.what), "there": "–" if one.amount is None else str(one.amount)}
        for one in touched.left
    ]
    show_table("What a withdrawal does not reach", left)


@consent_command.command("export")
@a_narrator
@a_study
@at_a_desk
def export(desk: Desk, *, narrator: str, study: str | None) -> None:
    """Print one narrator's consent as a record for other programs.

    It is a consent record of ISO/IEC TS 27560 in the terms of the Data Privacy Vocabulary, JSON-LD.
    """
    found = narrator_named(desk.study(study), narrator)
    click.echo(record_of(record_facts(found, by=desk.member)).decode(), nl=False)
