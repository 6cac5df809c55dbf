"""``exeunt member``: who works here, and in which role."""

import click

from exeunt.cli.desk import Desk, a_study, as_json, at_a_desk
from exeunt.cli.showing import say, show_json, show_table
from exeunt.errors import NotThere
from exeunt.members.actions import add_member
from exeunt.members.models import Kind, Member
from exeunt.members.queries import member_called
from exeunt.studies.actions import appoint
from exeunt.studies.queries import roles_of, studies_of
from exeunt.studies.roles import Role


@click.group("member")
def member_command() -> None:
    """Add people and machine readers, and their roles."""


@member_command.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--machine-reader", is_flag=True, help="This reader is a machine; figures say so.")
@a_study
@at_a_desk
def add(desk: Desk, *, name: str, role: str, study: str | None, machine_reader: bool) -> None:
    """Give somebody a role in a study; a new name becomes a member first."""
    chosen = desk.study(study)
    try:
        member = member_called(name)
    except NotThere:
        kind = Kind.MACHINE if machine_reader else Kind.PERSON
        member = add_member(name=name, kind=kind, by=desk.member)
    appoint(study=chosen, member=member, role=Role(role), by=desk.member)
    say(f"{member.name} is {role} of {chosen.slug}.")


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
