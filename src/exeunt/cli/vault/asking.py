"""Asking for what must not be seen, and handing over what must be kept apart."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from exeunt.archive.folder import ArchiveFolder
from exeunt.cli.desk import Desk, a_path
from exeunt.cli.showing import say
from exeunt.errors import Refusal
from exeunt.members.models import Member
from exeunt.studies.queries import roles_in_studies, slugs_of_all
from exeunt.studies.roles import Role
from exeunt.vault.room import Keys, check_may_keep, keys_with

an_identity = click.option(
    "--identity",
    "file",
    type=a_path,
    metavar="FILE",
    help="Where to write the file that opens backups; outside the archive.",
)
GROUP, GROUPS = 4, 5


def a_secret(what: str) -> str:
    """Ask for a secret on a terminal, unseen; from a script, read a line of standard input."""
    return _asked(what, twice=False)


def a_new_secret(what: str) -> str:
    """Ask for a new secret: twice on a terminal, where nobody sees what is typed."""
    return _asked(what, twice=True)


def _asked(what: str, *, twice: bool) -> str:
    if sys.stdin.isatty():
        again = "The same once more" if twice else False
        return str(click.prompt(what, hide_input=True, confirmation_prompt=again, err=True))
    try:
        line = sys.stdin.readline()
    except UnicodeDecodeError:
        raise Refusal("Standard input is not UTF-8; nothing was done.") from None
    if not line:
        raise Refusal(
            "{what} is needed. Type it on a terminal, or write it to standard input, one a line.",
            what=what,
        )
    return line.rstrip("\r\n")


def keys_of(desk: Desk) -> Keys:
    """Open the vault for this command, by the passphrase of who acts."""
    name = desk.member.name
    said = a_secret(f"Passphrase of {name}'s key to the vault (another custodian: --as)")
    return keys_with(passphrase=said, by=desk.member)


def check_keeper(member: Member) -> None:
    """Refuse a key to somebody who is custodian nowhere."""
    roles = {role for _, held in roles_in_studies(by=member) for role in held}
    check_may_keep(
        name=member.name,
        machine=member.is_machine,
        studies=bool(slugs_of_all()),
        custodian=Role.CUSTODIAN in roles,
    )


@dataclass
class Kept:
    """A file that is kept for its owner alone, and written once."""

    path: Path
    handle: int

    def write(self, content: bytes) -> None:
        """Write all of it, and bring it to the disk."""
        with os.fdopen(os.dup(self.handle), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def kept_apart(path: Path | None, *, folder: ArchiveFolder) -> Iterator[Kept | None]:
    """Begin a new file outside the archive, before anything is done; taken away if that fails."""
    if path is None:
        yield None
        return
    path = path.expanduser().resolve()
    if path.is_relative_to(folder.path.resolve()):
        raise Refusal(
            "{path} lies inside the archive, which a thief takes whole; name a file elsewhere.",
            path=path,
        )
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as fault:
        raise Refusal(
            "{path} cannot be written: {why}. Name a new file.", path=path, why=fault.strerror
        ) from fault
    try:
        yield Kept(path, handle)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    finally:
        os.close(handle)


def tell_identity(kept: Kept | None, *, name: str) -> None:
    """Say what the file is good for, or how to come by it."""
    if kept is None:
        say(f"To open backups {name} needs a file: exeunt vault identity FILE --as {name}")
        return
    say(f"Identity file: {kept.path}. With {name}'s passphrase it opens backups:")
    say(f"  age --decrypt --identity {kept.path} BUNDLE")
    say("Keep it where the archive and its backups are not.")


def show_word(word: str) -> None:
    """Show the word for the safe, in groups that can be copied by hand."""
    groups = [word[at : at + GROUP] for at in range(0, len(word), GROUP)]
    say("Recovery word. It is shown this once: write it on paper, letter by letter, seal the paper")
    say("and lay it in a safe away from this machine. Spaces and small letters do not matter.")
    for at in range(0, len(groups), GROUPS):
        say("    " + " ".join(groups[at : at + GROUPS]))
    say("Whoever has it opens everything, without a passphrase. When every custodian is lost, it")
    say("lets a new one in: exeunt vault recover NAME")
