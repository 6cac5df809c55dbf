"""``exeunt vault init``."""

from pathlib import Path

import click

from exeunt.archive.keeping import make_vault
from exeunt.cli.desk import Desk, a_path, at_a_desk
from exeunt.cli.showing import say
from exeunt.cli.vault.asking import (
    a_new_secret,
    an_identity,
    check_keeper,
    kept_apart,
    show_word,
    tell_identity,
)
from exeunt.members.queries import member_called


@click.command("init")
@click.option("--custodian", metavar="NAME", required=True, help="Who keeps the first key.")
@click.option(
    "--erasures",
    type=a_path,
    metavar="FILE",
    required=True,
    help="Where the list of erasures will lie: outside the archive, best on another medium.",
)
@an_identity
@at_a_desk
def init(desk: Desk, *, custodian: str, erasures: Path, file: Path | None) -> None:
    """Make the archive's vault, with its first custodian.

    From then on texts that were entrusted may be taken in, with a custodian at hand. The
    custodian chooses a passphrase that is used for nothing else; it is asked for here.
    """
    first = member_called(custodian)
    check_keeper(first)
    with kept_apart(file, folder=desk.folder) as kept:
        passphrase = a_new_secret(f"New passphrase of {first.name}'s key to the vault")
        founded = make_vault(
            desk.folder, erasures=erasures, first=first, passphrase=passphrase, by=desk.member
        )
        say(f"Made the vault; {first.name} keeps the first key.")
        say()
        show_word(founded.word)
        say()
        if kept is not None:
            kept.write(founded.first.identity)
    tell_identity(kept, name=first.name)
    say(f"Erasure list: {erasures}. Nothing can be restored without it; keep copies elsewhere.")
    say("Next, a second custodian: exeunt vault custodian prepare NAME")
