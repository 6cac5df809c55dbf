"""``exeunt export``: excerpts, the whole project, or annotations, for a colleague."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import click

from exeunt.archive.folder import sentences_for
from exeunt.cli.desk import Desk, a_codebook, a_path, a_study, at_a_desk
from exeunt.cli.showing import how_many, say
from exeunt.errors import Refusal
from exeunt.stages.coding.actions.exchange import export_coded
from exeunt.stages.coding.queries.exchange import Counts, export_of
from exeunt.studies.models import Study

MANIFEST = ".manifest.json"

Command = Callable[..., None]


class Asked(NamedTuple):
    """What every export is told."""

    target: Path
    study: str | None
    codebook: str | None
    recipient: str
    rows: int | None


@click.group("export")
def export_command() -> None:
    """Hand excerpts or the project to a colleague.

    Exports are for colleagues inside the study. Beside each file stands its manifest: who made
    it for whom, what it holds, and what was left out. Who leads exports every complete reading;
    a coder their own, and others' without names once all are complete.
    """


def an_export(command: Command) -> Command:
    """Give a command what every export asks for."""
    for option in (
        at_a_desk,
        click.option(
            "--rows",
            type=int,
            metavar="N",
            help="How many judgements it holds, as confirmed before; asked if left out.",
        ),
        click.option(
            "--for", "recipient", required=True, metavar="MEMBER", help="The colleague it is for."
        ),
        a_codebook,
        a_study,
        click.option(
            "--to",
            "target",
            type=a_path,
            required=True,
            metavar="FILE",
            help="Where to write it; the ending says how.",
        ),
    ):
        command = option(command)
    return command


@export_command.command("excerpts")
@an_export
def excerpts(desk: Desk, **asked: Any) -> None:
    """Write excerpts as a table, a judgement a row: .csv or .jsonl."""
    _export(desk, Asked(**asked), (".csv", ".jsonl"))


@export_command.command("project")
@an_export
def project(desk: Desk, **asked: Any) -> None:
    """Write codebook, texts, excerpts and memos as .qdpx, for other coding programs."""
    _export(desk, Asked(**asked), (".qdpx",))


@export_command.command("annotations")
@an_export
def annotations(desk: Desk, **asked: Any) -> None:
    """Write excerpts as W3C Web Annotations: .jsonld."""
    _export(desk, Asked(**asked), (".jsonld",))


def _export(desk: Desk, asked: Asked, endings: tuple[str, ...]) -> None:
    target = asked.target
    kind = target.suffix.casefold()
    if kind not in endings:
        raise Refusal(f"Give the file one of these endings: {', '.join(endings)}.")
    beside = target.with_name(f"{target.name}{MANIFEST}")
    for path in (target, beside):
        desk.folder.check_not_inside(path)
        if path.exists():
            raise Refusal(f"{path} is there already; choose another name, so nothing is lost.")
    study = desk.study(asked.study)
    exported = export_coded(
        study=study,
        codebook=asked.codebook,
        kind=kind.removeprefix("."),
        recipient=asked.recipient,
        rows=_confirmed(desk, study, asked) if asked.rows is None else asked.rows,
        by=desk.member,
    )
    for path, file in ((target, exported.file), (beside, exported.manifest)):
        with sentences_for(path):
            path.write_bytes(file.data)
    say(f"Wrote {how_many(exported.rows, 'judgement')} to {target}, and {beside.name} beside it.")


def _confirmed(desk: Desk, study: Study, asked: Asked) -> int:
    """Show how much it would be, and have somebody say yes to it."""
    export = export_of(study, asked.codebook, by=desk.member)
    says = f"It would hold {_counted(export.counts)}"
    if not sys.stdin.isatty():
        raise Refusal(f"{says}. Confirm it with --rows {export.counts.rows}.")
    for sentence in export.left_out:
        say(sentence)
    if not click.confirm(f"{says}. Write it for {asked.recipient}?"):
        raise Refusal("Nothing was written.")
    return export.counts.rows


def _counted(counts: Counts) -> str:
    return (
        f"{how_many(counts.rows, 'judgement')} of {how_many(counts.excerpts, 'excerpt')} in "
        f"{how_many(counts.texts, 'text')}, by {how_many(counts.readers, 'reader')}"
    )
