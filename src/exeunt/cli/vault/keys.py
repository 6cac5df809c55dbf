"""``exeunt vault rotate``, ``paper``, ``recover`` and ``identity``."""

from pathlib import Path

import click

from exeunt.cli.desk import Desk, a_path, at_a_desk
from exeunt.cli.showing import bar, how_many, say
from exeunt.cli.vault.asking import (
    a_secret,
    check_keeper,
    kept_apart,
    keys_of,
    show_word,
    tell_identity,
)
from exeunt.errors import NotThere
from exeunt.members.models import Member
from exeunt.members.queries import member_called
from exeunt.vault import room
from exeunt.vault.room import Keys


@click.command("rotate")
@at_a_desk
def rotate(desk: Desk) -> None:
    """Change every key in the vault, or go on with that where it was cut off.

    Do so after a custodian was removed, or when a passphrase, the word on paper or an open
    browser may have been in other hands. Backups that were made before open for the keys of then.
    """
    change_keys(keys_of(desk), by=desk.member)


def change_keys(keys: Keys, *, by: Member) -> None:
    """Change every key, and say what that means."""
    with bar("Giving everybody new keys") as progress:
        done = room.rotate(keys=keys, by=by, progress=progress)
    say(
        f"Every key is another: {how_many(done.people, 'person', 'people')}, "
        f"{how_many(done.texts, 'text')}, {how_many(done.files, 'sealed file')}, "
        f"{how_many(done.books, 'book')}. Whatever stood open is shut."
    )
    if done.damaged:
        damaged = how_many(done.damaged, "sealed file")
        say(f"Remark: {damaged} could not be opened, and were left as they are. Look at a backup.")
    say("Earlier backups still open for the earlier keys: make a new one, and destroy the others.")


@click.command("paper")
@at_a_desk
def paper(desk: Desk) -> None:
    """Draw another recovery word; the earlier one opens nothing any more.

    Do so when the paper was lost, seen or used. Then change every key with “exeunt vault rotate”.
    """
    drawn = room.renew_paper(keys=keys_of(desk), by=desk.member)
    show_word(drawn.word)


@click.command("recover")
@click.argument("name")
@at_a_desk
def recover(desk: Desk, *, name: str) -> None:  # noqa: ARG001 - opens the archive
    """Let NAME in by the recovery word, when every other custodian is lost.

    NAME prepares a key first, with “exeunt vault custodian prepare NAME”.
    """
    room.the_vault()
    member = member_called(name)
    check_keeper(member)
    waiting = room.custodian_with(member.ref)
    if waiting is None:
        raise NotThere(
            "{name} has no key. They make one first: exeunt vault custodian prepare {name}",
            name=name,
        )
    keys = room.keys_on_paper(word=a_secret("The recovery word"), by=member)
    room.admit_custodian(custodian=waiting, name=name, keys=keys, by=member)
    say(f"{name} is let in by the recovery word.")
    say(f"Next: exeunt vault custodian remove LOST --as {name}, for each who is lost;")
    say(f"then a new word: exeunt vault paper --as {name}; then: exeunt vault rotate --as {name}")


@click.command("identity")
@click.argument("file", type=a_path, metavar="FILE")
@at_a_desk
def identity(desk: Desk, *, file: Path) -> None:
    """Write the file by which whoever acts opens backups, outside the archive."""
    with kept_apart(file, folder=desk.folder) as kept:
        said = a_secret(f"Passphrase of {desk.member.name}'s key to the vault")
        made = room.identity_again(passphrase=said, by=desk.member)
        if kept is not None:
            kept.write(made.identity)
    tell_identity(kept, name=desk.member.name)
