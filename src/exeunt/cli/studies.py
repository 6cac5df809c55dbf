"""``exeunt study``: begin one, agree its protocol, list them."""

import click

from exeunt.cli.desk import Desk, a_study, as_json, at_a_desk
from exeunt.cli.showing import say, show_json, show_table
from exeunt.stages.testimonies.queries import extent_of
from exeunt.studies.actions import agree_protocol, begin_study, state_limits
from exeunt.studies.queries import roles_of, studies_of
from exeunt.studies.rules import ProtocolFacts


@click.group("study")
def study_command() -> None:
    """Begin a study, agree its protocol, list studies."""


@study_command.command("new")
@click.argument("name")
@click.option("--title", default="", help="The title that reports carry.")
@at_a_desk
def new_study(desk: Desk, name: str, title: str) -> None:
    """Begin a study; you lead it. NAME is short, such as leaving-2014."""
    study = begin_study(slug=name, title=title, by=desk.member)
    say(f"Begun: {study.slug} ({study.title}).")
    say("Next: exeunt codebook import NAME, exeunt member add NAME --role coder")


@study_command.command("list")
@as_json
@at_a_desk
def list_studies(desk: Desk, *, machine: bool) -> None:
    """List your studies."""
    rows = [
        {
            "study": study.slug,
            "title": study.title,
            "accounts": extent_of(study).accounts,
            "material": ", ".join(extent_of(study).provenances) or "none yet",
            "your roles": ", ".join(sorted(roles_of(desk.member, study))),
        }
        for study in studies_of(desk.member)
    ]
    if machine:
        show_json(rows)
    elif rows:
        show_table("Studies", [{k: str(v) for k, v in row.items()} for row in rows])
    else:
        say("No study yet. Begin one with: exeunt study new NAME")


@study_command.command("protocol")
@a_study
@click.option("--approval", metavar="TEXT", help="Reference of the ethics approval.")
@click.option("--lawful-basis", metavar="TEXT", help="On which legal basis data are kept.")
@click.option("--retention", metavar="DATE", help="Until when they are kept, as 2031-12-31.")
@click.option("--access-contact", metavar="TEXT", help="Who answers requests for access.")
@click.option("--breach-contact", metavar="TEXT", help="Who acts on a breach.")
@click.option("--holder-duties", metavar="TEXT", help="What the law asks of those who hold it.")
@at_a_desk
def protocol(desk: Desk, /, study: str | None, **parts: str | None) -> None:
    """Show the protocol, or agree it by giving its parts.

    Nothing real is stored before all six are said. Parts that you leave out stay as they are.
    """
    chosen = desk.study(study)
    known = chosen.protocol_facts() or ProtocolFacts()
    given = {name: said for name, said in parts.items() if said is not None}
    if given:
        approval = given.pop("approval", known.approval_reference)
        known = known._replace(approval_reference=approval, **given)
        agree_protocol(study=chosen, facts=known, by=desk.member)
    rows = [
        {"part": name.replace("_", " "), "said": said or "– not yet"}
        for name, said in known._asdict().items()
    ]
    show_table(f"Protocol of {chosen.slug}", rows)


@study_command.command("limits")
@a_study
@click.option("--add", multiple=True, metavar="SENTENCE", help="One more; may be repeated.")
@click.option("--clear", is_flag=True, help="Take all earlier sentences away first.")
@at_a_desk
def limits(desk: Desk, *, study: str | None, add: tuple[str, ...], clear: bool) -> None:
    """Say what the study's numbers cannot show, a sentence each; every report prints them."""
    chosen = desk.study(study)
    if add or clear:
        kept = [] if clear else chosen.limits
        chosen = state_limits(study=chosen, limits=[*kept, *add], by=desk.member)
    for sentence in chosen.limits:
        say(f"- {sentence}")
    if not chosen.limits:
        say("None stated yet. Add one with: exeunt study limits --add “…”")
