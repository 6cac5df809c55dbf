"""``exeunt vault custodian``: who holds keys."""

from pathlib import Path

import click

from exeunt.cli.desk import Desk, as_json, at_a_desk
from exeunt.cli.showing import how_many, say, show_json, show_table
from exeunt.cli.vault.asking import (
    a_new_secret,
    an_identity,
    check_keeper,
    kept_apart,
    keys_of,
    tell_identity,
)
from exeunt.cli.vault.keys import change_keys
from exeunt.errors import NotThere, NotYet
from exeunt.members.models import Member
from exeunt.members.queries import member_called
from exeunt.vault.room import (
    Custodian,
    admit_custodian,
    custodian_with,
    custodians,
    prepare_custodian,
    remove_custodian,
    the_vault,
)

ROTATE = (
    "What {name} may have copied while the vault was open still opens this vault. Change every "
    "key now: exeunt vault rotate"
)


@click.group("custodian")
def custodian_command() -> None:
    """Let custodians in, and take their keys away."""


@custodian_command.command("list")
@as_json
@at_a_desk
def list_custodians(desk: Desk, *, machine: bool) -> None:  # noqa: ARG001 - opens the archive
    """List who has a key, and who waits to be let in."""
    the_vault()
    names = dict(Member.objects.values_list("ref", "name"))
    rows = [
        {"custodian": names.get(one.member, one.member), "key": str(one.state)}
        for one in custodians()
    ]
    rows.sort(key=lambda row: row["custodian"])
    if machine:
        show_json(rows)
    else:
        show_table("Custodians", rows)


@custodian_command.command("prepare")
@click.argument("name")
@an_identity
@at_a_desk
def prepare(desk: Desk, *, name: str, file: Path | None) -> None:
    """Make a key for NAME, who types its passphrase; it opens nothing yet."""
    member = member_called(name)
    check_keeper(member)
    the_vault()
    with kept_apart(file, folder=desk.folder) as kept:
        said = a_new_secret(f"New passphrase of {member.name}'s key to the vault")
        prepared = prepare_custodian(passphrase=said, by=member)
        if kept is not None:
            kept.write(prepared.identity)
    say(f"{member.name} has a key that opens nothing yet.")
    tell_identity(kept, name=member.name)
    say(f"Next, by a custodian: exeunt vault custodian add {member.name} --as CUSTODIAN")


@custodian_command.command("add")
@click.argument("name")
@at_a_desk
def add(desk: Desk, *, name: str) -> None:
    """Let NAME in, who has prepared a key; a custodian's passphrase is asked for."""
    let_in(desk, name)


@custodian_command.command("replace")
@click.argument("old")
@click.argument("new")
@at_a_desk
def replace(desk: Desk, *, old: str, new: str) -> None:
    """Let NEW in and take every key from OLD, such as who has lost the passphrase."""
    leaving, _ = _kept_by(old)
    _kept_by(new)
    let_in(desk, new)
    remove_custodian(custodian=leaving, by=desk.member)
    say(f"{old} has no key any more.")
    say(ROTATE.format(name=old))


@custodian_command.command("remove")
@click.argument("name")
@click.option("--rotate", "change", is_flag=True, help="Change every key at once.")
@at_a_desk
def remove(desk: Desk, *, name: str, change: bool) -> None:
    """Take every key from NAME, at once; a custodian's passphrase is asked for."""
    leaving, member = _kept_by(name)
    if change and member == desk.member:
        raise NotYet(
            "{name} cannot change keys after leaving. Another custodian gives this command: --as "
            "NAME.",
            name=name,
        )
    keys = keys_of(desk)
    remove_custodian(custodian=leaving, by=desk.member)
    say(f"{name} has no key any more.")
    if change:
        change_keys(keys, by=desk.member)
    else:
        say(ROTATE.format(name=name))


def let_in(desk: Desk, name: str) -> None:
    """Wrap every key to somebody who has prepared one."""
    waiting, member = _kept_by(name)
    check_keeper(member)
    keys = keys_of(desk)
    admit_custodian(custodian=waiting, name=name, keys=keys, by=desk.member)
    count = how_many(len(custodians()), "custodian")
    say(f"{name} is let in. The vault has {count}.")


def _kept_by(name: str) -> tuple[Custodian, Member]:
    the_vault()
    member = member_called(name)
    found = custodian_with(member.ref)
    if found is None:
        raise NotThere(
            "{name} has no key. They make one first: exeunt vault custodian prepare {name}",
            name=name,
        )
    return found, member
