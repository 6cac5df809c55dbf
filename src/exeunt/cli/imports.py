"""``exeunt import``: accounts or texts, then their codings; or a whole project."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from exeunt.cli.desk import Desk, a_codebook, a_path, a_study, as_json, at_a_desk
from exeunt.cli.projects import project
from exeunt.cli.showing import bar, how_many, say, show_json, show_table
from exeunt.errors import Refusal
from exeunt.stages.coding.actions.codings import import_codings
from exeunt.stages.sources.intake.texts.codepages import CODEPAGES
from exeunt.stages.testimonies.actions.accounts import import_accounts
from exeunt.stages.testimonies.actions.texts import Given, Outcome, Reading, import_texts
from exeunt.stages.testimonies.states import Came

renamed = click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="NAME=HEADER",
    help="This column stands under another header in the file, as in period=published.",
)


@click.group("import")
def import_command() -> None:
    """Take in accounts, codings, or a whole project.

    All of a file or nothing of it: where anything is wrong, every place is told and the
    archive stays as it was.
    """


@import_command.command("accounts")
@click.argument("path", type=a_path, metavar="FILE")
@a_study
@click.option(
    "--provenance",
    metavar="WORDS",
    help="“invented” or “public record”, for a file that has no such column.",
)
@renamed
@as_json
@at_a_desk
def accounts(
    desk: Desk,
    *,
    path: Path,
    study: str | None,
    provenance: str | None,
    columns: Sequence[str],
    machine: bool,
) -> None:
    """Take in a table of accounts: CSV, XLSX or JSON Lines.

    \b
    account_id    (needed) the account's label in your study
    provenance    (needed, or --provenance) invented, or public record
    narrator, gender, age_band          who speaks, in bands
    group_left, exit_kind, left         the exit it tells of
    joined, group_joined                when they came; where they went
    published, period, setting          when and how it was told
    language, citation, address, text   the telling itself

    Dates are EDTF: 2014, 2014-06, 2014-06~, 2015?, 2014/2015, ../2013, 2016/..
    Entrusted texts are refused here: a custodian takes them in, through the vault.
    """  # noqa: D301 - click reads the backslash as a mark
    with bar(f"Reading {path.name}") as progress:
        taken = import_accounts(
            study=desk.study(study),
            path=path,
            provenance=provenance,
            rename=headers_to_columns(columns),
            progress=progress,
            by=desk.member,
        )
    if machine:
        show_json(taken._asdict())
        return
    texts = f", {taken.with_text} with their text" if taken.with_text else ""
    say(f"Took in {how_many(taken.accounts, 'account')}{texts} ({taken.provenance}).")


import_command.add_command(project)


@import_command.command("codings")
@click.argument("path", type=a_path, metavar="FILE")
@a_study
@a_codebook
@renamed
@as_json
@at_a_desk
def codings(
    desk: Desk,
    *,
    path: Path,
    study: str | None,
    codebook: str | None,
    columns: Sequence[str],
    machine: bool,
) -> None:
    """Take in a table of codings: CSV, XLSX or JSON Lines.

    \b
    account_id    the account, as in the study
    coder         a member with the role of coder
    code          a code of the codebook
    value         a value of its scale; unknown; not applicable;
                  not mentioned, or an empty cell
    target        account (if left out), exit, spell or excerpt
    start, end    an excerpt's place, in characters from 0
    quote         its words; enough alone where they stand once
    note          what the coder remarked
    """  # noqa: D301 - click reads the backslash as a mark
    with bar(f"Reading {path.name}") as progress:
        taken = import_codings(
            study=desk.study(study),
            path=path,
            codebook=codebook,
            rename=headers_to_columns(columns),
            progress=progress,
            by=desk.member,
        )
    if machine:
        show_json(taken._asdict())
        return
    excerpts = f", of {how_many(taken.excerpts, 'excerpt')}" if taken.excerpts else ""
    coders = how_many(taken.coders, "coder")
    say(f"Took in {how_many(taken.codings, 'coding')} by {coders}{excerpts}.")


@import_command.command("texts")
@click.argument("paths", type=a_path, metavar="PATH...", nargs=-1, required=True)
@a_study
@click.option(
    "--provenance",
    metavar="WORDS",
    help="“invented” or “public record”; may be left out where the study holds accounts.",
)
@click.option("--language", default="", metavar="TAG", help="The language of all, as ar or fr.")
@click.option(
    "--encoding",
    type=click.Choice(list(CODEPAGES)),
    metavar="NAME",
    help="In which the letters of all plain texts are written, such as cp1256.",
)
@click.option(
    "--turns/--no-turns",
    default=True,
    help="Take speakers and times out of lines that are laid out as a transcript.",
)
@renamed
@as_json
@at_a_desk
def texts(
    desk: Desk,
    *,
    paths: Sequence[Path],
    columns: Sequence[str],
    machine: bool,
    **how: Any,
) -> None:
    """Take texts in: files, folders, ZIP archives.

    TXT, MD, HTML, DOCX, ODT, RTF, PDF, SRT and VTT make an account each; CSV, TSV, XLSX and
    JSON Lines an account a row, with the columns

    \b
    text                          (needed) what was said
    label, speaker                the account, and who speaks
    published, language           when, and in which language

    Each file is taken by itself. Asked again, only what is missing is taken in: the same file
    twice is one source. A PDF, a guessed encoding and a transcript wait until a person has
    confirmed them in the browser.
    """  # noqa: D301 - click reads the backslash as a mark
    reading = Reading(how["language"], how["encoding"] or "", how["turns"])
    outcomes = import_texts(
        study=desk.study(how["study"]),
        given=[Given(path) for path in paths],
        provenance=how["provenance"],
        reading=reading,
        rename=headers_to_columns(columns),
        by=desk.member,
    )
    with bar("Taking texts in", of="files") as progress:
        found = []
        for outcome in outcomes:
            found.append(outcome)
            progress(len(found))
    show_outcomes(found, machine=machine)


def show_outcomes(found: Sequence[Outcome], *, machine: bool) -> None:
    """Show what became of each file; ends with 1 where any was refused."""
    if machine:
        show_json([{**one._asdict(), "says": list(one.says)} for one in found])
    else:
        rows = [
            {"file": one.name, "": one.came.value, "account": one.label, "note": " ".join(one.says)}
            for one in found
        ]
        show_table("Texts", rows)
        counted = Counter(one.came for one in found)
        say(", ".join(f"{counted[came]} {came}" for came in Came if counted[came]) + ".")
    if any(one.came is Came.REFUSED for one in found):
        click.get_current_context().exit(1)


def headers_to_columns(pairs: Sequence[str]) -> dict[str, str]:
    """Read NAME=HEADER pairs into a mapping from header to column."""
    mapping = {}
    for pair in pairs:
        name, equals, header = pair.partition("=")
        if not (name and equals and header):
            raise Refusal(f"“{pair}” does not say which header; write it as period=published.")
        mapping[header] = name
    return mapping
