"""``exeunt round``: give out what is to be read, and say how far it is."""

from typing import Any

import click

from exeunt.cli.desk import Desk, a_codebook, a_study, as_json, at_a_desk
from exeunt.cli.showing import how_many, say, show_json, show_table
from exeunt.errors import NotThere
from exeunt.methods.sharing import ALL
from exeunt.stages.coding.actions.rounds import close_round, open_round
from exeunt.stages.coding.queries.codebooks import version_called
from exeunt.stages.coding.queries.drawing import people_who_code
from exeunt.stages.coding.queries.rounds import coders_in, round_called, rounds_of
from exeunt.stages.coding.rules.rounds import Plan
from exeunt.stages.coding.states import Purpose, Sharing
from exeunt.studies.models import Study

NUMBERS = ("given", "begun", "complete")


@click.group("round")
def round_command() -> None:
    """Give out what is to be read, and say how far each coder is."""


@round_command.command("open")
@click.option("--calibrate", is_flag=True, help="All read the same few, to compare how they read.")
@click.option(
    "--sharing",
    type=click.Choice([sharing.value for sharing in Sharing]),
    help="How it is shared out: “balanced” if left out, and “all” to calibrate.",
)
@click.option(
    "--coder", "coders", multiple=True, metavar="NAME", help="Who reads; everybody if left out."
)
@click.option(
    "--overlap",
    type=click.IntRange(0, ALL),
    default=20,
    show_default=True,
    metavar="PERCENT",
    help="How much of it two read.",
)
@click.option("--most", type=click.IntRange(1), metavar="N", help="How many at most, by lot.")
@click.option("--begun", is_flag=True, help="Also what was begun without being given.")
@click.option("--seed", type=click.IntRange(0), help="To draw what was drawn before.")
@a_study
@a_codebook
@at_a_desk
def open_(desk: Desk, *, study: str | None, codebook: str | None, **asked: Any) -> None:
    """Draw who reads what, and give it out."""
    chosen = desk.study(study)
    version = version_called(codebook, study=chosen)
    opened = open_round(study=chosen, version=version, plan=_plan(chosen, **asked), by=desk.member)
    say(f"Opened round {opened.number} of {version.name}, drawn with the seed {opened.seed}.")
    for line in coders_in(chosen, opened, by=desk.member):
        say(f"  {line.coder.name}: {line.given} to read")


@round_command.command("list")
@a_study
@as_json
@at_a_desk
def list_(desk: Desk, study: str | None, *, machine: bool) -> None:
    """List the rounds, and how far each coder is with what they were given."""
    chosen = desk.study(study)
    rows = [
        {
            "round": f"{one.round.version.name}/{one.round.number}",
            "for": one.round.purpose,
            "state": "closed" if one.round.closed else "open",
            "coder": line.coder.name,
            "given": line.given,
            "begun": line.begun,
            "complete": line.done,
        }
        for one in rounds_of(chosen, by=desk.member)
        for line in coders_in(chosen, one.round, by=desk.member)
    ]
    if machine:
        show_json(rows)
    elif not rows:
        say("Nothing is given out: everybody reads everything. See “exeunt round open --help”.")
    else:
        show_table("Rounds", [{k: str(v) for k, v in row.items()} for row in rows], right=NUMBERS)


@round_command.command("close")
@click.argument("name", metavar="CODEBOOK@VERSION/NUMBER")
@a_study
@at_a_desk
def close(desk: Desk, name: str, study: str | None) -> None:
    """Close a round, such as icsr-2015@1/2; what nobody has begun is taken back."""
    chosen = desk.study(study)
    found = round_called(chosen, name, by=desk.member)
    taken = close_round(study=chosen, round_=found, by=desk.member)
    say(f"Closed {name}. {how_many(taken, 'reading')} that nobody had begun: taken back.")


def _plan(
    study: Study,
    *,
    calibrate: bool,
    sharing: str | None,
    coders: tuple[str, ...],
    **more: Any,
) -> Plan:
    """Read the options as a plan; coders are named, and everybody reads where nobody is."""
    people = {one.name: one.ref for one in people_who_code(study)}
    for name in coders:
        if name not in people:
            known = ", ".join(people) or "nobody"
            raise NotThere(f"“{name}” does not code in this study. Those who do: {known}.")
    usual = Sharing.EVERYBODY if calibrate else Sharing.BALANCED
    return Plan(
        purpose=Purpose.CALIBRATION if calibrate else Purpose.MAIN,
        sharing=Sharing(sharing) if sharing else usual,
        coders=tuple(people[name] for name in coders or people),
        **more,
    )
