"""The table of commands: ``exeunt --help`` reads like a guide through a day's work."""

import sys
from importlib import import_module
from typing import Any

import click
from rich.text import Text

from exeunt.cli.showing import console
from exeunt.errors import ExeuntError, UnsaidError
from exeunt.version import __version__

REFUSED = 1
INTERRUPTED = 130

# Chapter by chapter: command -> the module that holds it, and what it is for.
CHAPTERS: dict[str, dict[str, tuple[str, str]]] = {
    "Begin": {
        "demo": ("exeunt.cli.demo", "Make an archive that shows everything, and look at it."),
        "serve": ("exeunt.cli.serve", "Open the archive in the browser."),
        "new": ("exeunt.cli.archives", "Make an empty archive in a folder."),
        "study": ("exeunt.cli.studies", "Begin a study, agree its protocol, list studies."),
        "member": ("exeunt.cli.members", "Add people and machine readers, and their roles."),
    },
    "Protect": {
        "vault": ("exeunt.cli.vault", "Seal who people are, and decide who holds the keys."),
        "consent": (
            "exeunt.cli.consent",
            "Show what narrators agreed to; stop and withdraw by a word.",
        ),
        "hold": ("exeunt.cli.procedures", "Place legal holds, and lift them."),
        "erase": ("exeunt.cli.procedures", "Erase somebody: keys, rows, and what the disk holds."),
    },
    "Bring in": {
        "codebook": ("exeunt.cli.codebooks", "List, show, import and export codebooks."),
        "import": ("exeunt.cli.imports", "Take in accounts, codings, or a whole project."),
    },
    "Read": {
        "round": (
            "exeunt.cli.rounds",
            "Give out what is to be read, and say how far each coder is.",
        ),
    },
    "Find out": {
        "find": ("exeunt.cli.find", "Where was something said, in which words, beside what?"),
        "agreement": ("exeunt.cli.agreement", "How far do the coders agree, code by code?"),
        "findings": ("exeunt.cli.findings", "How often was each reason given, by whose reading?"),
        "report": ("exeunt.cli.report", "Write the report: HTML, PDF, Word, and every figure."),
        "export": ("exeunt.cli.exports", "Hand excerpts or the project to a colleague."),
    },
    "Keep": {
        "handover": ("exeunt.cli.procedures", "Hand the archive over to other hands."),
        "check": ("exeunt.cli.archives", "Is the archive whole? Compute every hash again."),
        "backup": ("exeunt.cli.backups", "Make one encrypted bundle of the whole archive."),
        "restore": ("exeunt.cli.backups", "Restore a bundle, and erase again whoever was."),
    },
}
COMMANDS = {name: place for chapter in CHAPTERS.values() for name, place in chapter.items()}


class Guide(click.Group):
    """A group that loads a command when it is needed, and says refusals in one sentence."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Name the commands in the order of the guide."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        found = getattr(import_module(module), f"{cmd_name}_command")
        return found if isinstance(found, click.Command) else None

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the chapters without loading a single command."""
        for chapter, commands in CHAPTERS.items():
            with formatter.section(chapter):
                formatter.write_dl([(name, says) for name, (_, says) in commands.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a refusal is a sentence and exit code 1, never a traceback."""
        try:
            return super().invoke(ctx)
        except ExeuntError as refusal:
            word = "" if isinstance(refusal, UnsaidError) else "Refused. "
            console(stderr=True).print(
                Text(word, style="bold red") + Text(str(refusal)), soft_wrap=True
            )
            sys.exit(REFUSED)
        except KeyboardInterrupt:
            console(stderr=True).print(Text("Interrupted. What was not finished was not kept."))
            sys.exit(INTERRUPTED)


@click.command(cls=Guide, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="exeunt")
def exeunt() -> None:
    """Work with the testimony of those who left violent extremist groups.

    A first walk, in the order of the work:

    \b
      exeunt new archive --lead "Amina"
      cd archive
      exeunt study new leaving --title "Leaving, 2014-2026"
      exeunt codebook import icsr-2015
      exeunt member add Boris --role coder
      exeunt import accounts accounts.csv --provenance invented
      exeunt import codings codings.csv
      exeunt agreement
      exeunt report --format html,pdf,docx
      exeunt serve

    Commands work on the archive in this folder; --archive DIR names another. Every command
    has its own --help. Exit codes: 0 done, 1 refused (the sentence says why and what would
    change it), 2 wrong use, 130 interrupted.
    """  # noqa: D301 - click reads the backslash as a mark
