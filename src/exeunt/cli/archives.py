"""``exeunt new`` and ``exeunt check``."""

import shlex
from pathlib import Path

import click

from exeunt.archive.checking import Checked, check
from exeunt.archive.opening import make_archive, opened
from exeunt.cli.desk import a_path, as_json
from exeunt.cli.showing import how_many, say, show_json, steps
from exeunt.errors import Refusal
from exeunt.ledger.verifying import read_witness


@click.command("new")
@click.argument("folder", type=a_path, metavar="DIR")
@click.option(
    "--lead", default="lead", show_default=True, metavar="NAME", help="Your name in this archive."
)
def new_command(folder: Path, lead: str) -> None:
    """Make an empty archive in a folder.

    The folder must be new or empty. Whoever makes the archive is its first member and leads
    the studies they begin.
    """
    make_archive(folder, lead=lead)
    say(f"Made an archive in {folder}, with {lead} as its first member.")
    say(f"Next: exeunt study new NAME --archive {shlex.quote(str(folder))}")


@click.command("check")
@click.argument(
    "folder", type=a_path, metavar="[DIR]", default=".", envvar="EXEUNT_ARCHIVE", required=False
)
@click.option(
    "--witness",
    metavar="SIZE:ROOT",
    help="What an earlier check printed: finds out a ledger that was cut or rewritten since.",
)
@as_json
def check_command(folder: Path, witness: str | None, *, machine: bool) -> None:
    """Is the archive whole? Compute every hash again.

    Looks at the database, the ledger, every capture, text and codebook, and changes nothing.
    Keep the witness that it prints somewhere else: without it, nobody can tell a ledger
    that was rewritten as a whole from the one you know.
    """
    earlier = read_witness(witness) if witness else None
    with opened(folder) as archive, steps("Checking") as step:
        found = check(archive, earlier=earlier, progress=step)
    if machine:
        show_json({**found._asdict(), "witness": str(found.witness)})
    else:
        tell(found)
    if found.problems:
        raise Refusal("This archive is not whole.\n" + "\n".join(found.problems))


def tell(found: Checked) -> None:
    """Say what was looked at, and what is worth knowing."""
    for remark in found.remarks:
        say(f"Remark: {remark}")
    if not found.problems and found.witness is not None:
        say(
            f"Whole: database, {how_many(found.witness.size, 'ledger entry', 'ledger entries')}, "
            f"{how_many(found.captures, 'capture')}, every text and every codebook."
        )
        say(f"Witness: {found.witness}")
