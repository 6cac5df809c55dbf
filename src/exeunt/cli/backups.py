"""``exeunt backup`` and ``exeunt restore``."""

from collections.abc import Sequence
from pathlib import Path

import click

from exeunt.archive.bundling import back_up, how_much
from exeunt.archive.restoring import (
    Brought,
    Paper,
    Restored,
    checkpoint_from,
    look_into,
    paper_in,
    paper_of,
    restore,
)
from exeunt.cli.desk import a_path
from exeunt.cli.showing import how_large, how_many, measured, say
from exeunt.cli.vault.asking import a_secret
from exeunt.errors import Refusal
from exeunt.ledger.verifying import read_witness

an_identity = click.option(
    "--identity",
    type=a_path,
    metavar="FILE",
    help="A custodian's identity file; its passphrase is asked for.",
)
on_paper = click.option(
    "--paper", "typed", is_flag=True, help="Ask for the word on paper instead of a file."
)


@click.command("backup")
@click.argument(
    "folder", type=a_path, metavar="[DIR]", default=".", envvar="EXEUNT_ARCHIVE", required=False
)
@click.option("--to", type=a_path, metavar="FILE.tar.age", help="The bundle, a new file.")
@click.option(
    "--recipient",
    "recipients",
    multiple=True,
    metavar="age1…",
    help="Who can open it, where the archive has no vault; may be repeated.",
)
@click.option(
    "--as", "acting", metavar="MEMBER", envvar="EXEUNT_MEMBER", show_envvar=True, help="Who acts."
)
@click.option(
    "--check", "checked", type=a_path, metavar="BUNDLE", help="Read a bundle through instead."
)
@an_identity
@on_paper
def backup_command(
    folder: Path,
    *,
    to: Path | None,
    recipients: Sequence[str],
    acting: str | None,
    checked: Path | None,
    identity: Path | None,
    typed: bool,
) -> None:
    """Make one encrypted bundle of the whole archive.

    It opens for the vault's custodians and for the word on paper, with “age” or with “exeunt
    restore”, and may be made while “exeunt serve” runs. The server's key, files that were sent
    and not taken in, and the erasure list are not in it: keep the list elsewhere, for nothing is
    restored without it.
    """
    if checked is not None:
        check_bundle(checked, secret(identity, typed=typed))
        return
    if to is None:
        raise click.UsageError("Say where to: --to FILE.tar.age")
    with measured("Backing up", how_much(folder)) as progress:
        made = back_up(folder, to=to, recipients=recipients, acting=acting, progress=progress)
    opens = how_many(made.recipients, "recipient")
    say(f"Made {made.path}: {how_large(made.size)}, which {opens} can open.")
    say(f"Witness: {made.ledger}")
    if made.checkpoint is not None:
        say(f"Checkpoint of the erasure list: {made.checkpoint}")


def check_bundle(bundle: Path, paper: Paper) -> None:
    """Read a bundle to its end, and say what it is."""
    with measured("Checking", _size_of(bundle)) as progress:
        found = look_into(bundle, paper=paper, progress=progress)
    say(
        f"Whole: {how_many(found.files, 'file')}, {how_large(found.size)}, "
        f"made on {found.manifest.made} with Exeunt {found.manifest.made_with}."
    )
    say(f"Witness: {found.manifest.ledger}")
    if found.manifest.erasures:
        say(f"Checkpoint of the erasure list: {found.manifest.erasures}")


@click.command("restore")
@click.argument("bundle", type=a_path, metavar="FILE.tar.age")
@click.argument("folder", type=a_path, metavar="DIR")
@an_identity
@on_paper
@click.option(
    "--erasures",
    type=a_path,
    metavar="LIST",
    help="The latest erasure list; whoever is on it is erased again.",
)
@click.option(
    "--checkpoint",
    metavar="N:DIGEST",
    help="What a later backup printed: refuses a list that is older than that.",
)
@click.option("--witness", metavar="SIZE:ROOT", help="What an earlier check or backup printed.")
def restore_command(
    bundle: Path,
    folder: Path,
    *,
    identity: Path | None,
    typed: bool,
    erasures: Path | None,
    checkpoint: str | None,
    witness: str | None,
) -> None:
    """Restore a bundle, and erase again whoever was.

    The folder must be new or empty. Every digest and both ledgers are checked, and everybody on
    the erasure list is erased again, before the folder becomes an archive. Nobody stays signed
    in: whoever works there is given a new link, unless the server's key is put back as well.
    """
    brought = Brought(
        erasures=erasures,
        checkpoint=checkpoint_from(checkpoint) if checkpoint else None,
        witness=read_witness(witness) if witness else None,
    )
    paper = secret(identity, typed=typed)
    with measured("Restoring", _size_of(bundle)) as progress:
        restored = restore(bundle, folder, paper=paper, brought=brought, progress=progress)
    tell(restored, folder)


def tell(restored: Restored, folder: Path) -> None:
    """Say what stands there now, and what is still to be done."""
    for problem in restored.problems:
        say(f"Not whole: {problem}")
    say(f"Restored {folder} as it was on {restored.made}.")
    say(f"Erased again: {how_many(restored.erased, 'person', 'people')}.")
    if restored.custodians:
        say(
            f"Keys are held by {', '.join(restored.custodians)}, as on that day. Remove whoever "
            "was removed since, then rotate."
        )
    say(f"Witness: {restored.ledger}")
    say("Next: exeunt member link NAME, for everybody who signs in")


def secret(identity: Path | None, *, typed: bool) -> Paper:
    """Return what opens a bundle: out of a file, or as it is typed."""
    if (identity is not None) == typed:
        raise click.UsageError("Say what opens it: --identity FILE, or --paper")
    if identity is None:
        return paper_of(a_secret("The word on paper"))
    try:
        content = identity.read_bytes()
    except OSError as fault:
        raise Refusal(
            "{path} cannot be read ({why}).", path=str(identity), why=fault.strerror or "?"
        ) from None
    return paper_in(content, passphrase=lambda: a_secret(f"Passphrase of {identity}"))


def _size_of(bundle: Path) -> int:
    return bundle.stat().st_size if bundle.is_file() else 0
