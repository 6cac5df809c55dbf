"""``exeunt member``: who works here, and in which role."""

import click
from django.urls import reverse

from exeunt.cli.desk import Desk, a_study, as_json, at_a_desk
from exeunt.cli.showing import say, show_json, show_table
from exeunt.members.actions import LINK_HOURS, draw_link
from exeunt.members.models import Kind, Member
from exeunt.members.queries import member_called
from exeunt.studies.actions import invite
from exeunt.studies.queries import roles_of, studies_of
from exeunt.studies.roles import Role


@click.group("member")
def member_command() -> None:
    """Add people and machine readers, and their roles."""


@member_command.command("add")
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    required=True,
    help="What they may do; see docs/reference/roles.md.",
)
@click.option("--machine-reader", is_flag=True, help="This reader is a machine; figures say so.")
@a_study
@at_a_desk
def add(desk: Desk, *, name: str, role: str, study: str | None, machine_reader: bool) -> None:
    """Give somebody a role in a study; a new name becomes a member first."""
    kind = Kind.MACHINE if machine_reader else Kind.PERSON
    chosen = desk.study(study)
    membership = invite(study=chosen, name=name, role=Role(role), kind=kind, by=desk.member)
    say(f"{membership.member.name} is {role} of {chosen.slug}.")


@member_command.command("list")
@as_json
@at_a_desk
def list_members(desk: Desk, *, machine: bool) -> None:
    """List everybody, with their roles in your studies."""
    studies = studies_of(desk.member)
    rows = [
        {
            "member": member.name,
            "kind": str(member.kind),
            "roles": "; ".join(
                f"{study.slug}: {', '.join(sorted(roles))}"
                for study in studies
                if (roles := roles_of(member, study))
            ),
        }
        for member in Member.objects.all()
    ]
    if machine:
        show_json(rows)
    else:
        show_table("Members", rows)


@member_command.command("link")
@click.argument("name")
@click.option(
    "--address",
    default="http://localhost:8000",
    show_default=True,
    metavar="URL",
    help="Where “exeunt serve” is reached.",
)
@at_a_desk
def link(desk: Desk, *, name: str, address: str) -> None:
    """Draw a link by which somebody sets a passphrase, once.

    Whoever had a passphrase and second factors loses them by it: it is also the way back in
    for somebody who has lost everything.
    """
    drawn = draw_link(member=member_called(name), by=desk.member)
    say(f"This link lets {drawn.invitation.member.name} in, once, within {LINK_HOURS} hours:")
    say(f"  {address.rstrip('/')}{reverse('welcome', args=[drawn.token])}")
