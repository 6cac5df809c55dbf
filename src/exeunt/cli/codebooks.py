"""``exeunt codebook``: list, show, import, export."""

from pathlib import Path

import click

from exeunt.archive.folder import sentences_for
from exeunt.cli.desk import Desk, a_path, a_study, as_json, at_a_desk
from exeunt.cli.showing import how_many, say, show_json, show_table
from exeunt.errors import NotThere, Refusal
from exeunt.methods.codebooks import Code, Codebook
from exeunt.stages.coding.actions.codebooks import keep_codebook
from exeunt.stages.coding.codebooks import ready_codebook, ready_codebooks
from exeunt.stages.coding.formats import CODEBOOK_WRITERS, write_codebook
from exeunt.stages.coding.intake import CodebookDraft, read_codebook_file
from exeunt.stages.coding.queries.codebooks import codebooks_of, plain, version_called

ENDINGS = ", ".join(f".{kind}" for kind in CODEBOOK_WRITERS)


@click.group("codebook")
def codebook_command() -> None:
    """List, show, import and export codebooks."""


@codebook_command.command("list")
@a_study
@as_json
@at_a_desk
def list_codebooks(desk: Desk, study: str | None, *, machine: bool) -> None:
    """List the study's codebooks, and those that come with Exeunt."""
    mine = [line._asdict() for line in codebooks_of(desk.study(study), by=desk.member)]
    taken = {line["slug"] for line in mine}
    ready = [ready_codebook(slug) for slug in ready_codebooks() if slug not in taken]
    if machine:
        show_json({"study": mine, "ready": [codebook.slug for codebook in ready]})
        return
    if mine:
        show_table("In this study", [{k: str(v) for k, v in line.items()} for line in mine])
    if ready:
        show_table(
            "Ready to be brought in with “exeunt codebook import NAME”",
            [{"slug": c.slug, "title": c.title, "codes": str(len(c.codes))} for c in ready],
        )


@codebook_command.command("show")
@click.argument("name", required=False)
@a_study
@as_json
@at_a_desk
def show(desk: Desk, name: str | None, study: str | None, *, machine: bool) -> None:
    """Show a codebook of the study: every code with its definition."""
    version = version_called(name, study=desk.study(study))
    codebook = plain(version)
    if machine:
        show_json([code_row(codebook, code) for code in codebook])
        return
    rows = [
        {"code": indented(codebook, code), "label": code.label, "definition": code.definition}
        for code in codebook
    ]
    show_table(f"{codebook.title} ({codebook.slug}@{version.number})", rows)


@codebook_command.command("import")
@click.argument("source", metavar="FILE|NAME")
@a_study
@at_a_desk
def import_codebook(desk: Desk, source: str, study: str | None) -> None:
    """Bring in a codebook: a file (.yaml, .csv, .qdc) or one that comes with Exeunt.

    A codebook of the same short name becomes the next version; codings keep the version
    that they were made with.
    """
    chosen = desk.study(study)
    if source in ready_codebooks():
        draft = CodebookDraft(ready_codebook(source))
    elif "." not in source and not Path(source).exists():
        known = ", ".join(ready_codebooks())
        raise NotThere(f"No codebook “{source}” comes with Exeunt. There are: {known}.")
    else:
        draft = read_codebook_file(Path(source))
    codebook = draft.codebook
    version = keep_codebook(study=chosen, codebook=codebook, by=desk.member)
    codes = how_many(len(codebook.codes), "code")
    say(f"Kept {codebook.slug}, version {version.number}, with {codes}.")
    for sentence in draft.dropped:
        say(f"Not carried over: {sentence}")


@codebook_command.command("export")
@click.argument("name", required=False)
@click.option(
    "--to",
    "target",
    type=a_path,
    required=True,
    metavar="FILE",
    help=f"Where to write it; the ending says how: {ENDINGS}.",
)
@a_study
@at_a_desk
def export(desk: Desk, *, name: str | None, target: Path, study: str | None) -> None:
    """Write a codebook as YAML, CSV or REFI-QDA (.qdc), for people and other programs."""
    kind = target.suffix.removeprefix(".").lower()
    if kind not in CODEBOOK_WRITERS:
        raise Refusal(f"Codebooks are written as {ENDINGS}; give the file one of these endings.")
    codebook = plain(version_called(name, study=desk.study(study)))
    desk.folder.check_not_inside(target)
    if target.exists():
        raise Refusal(f"{target} is there already; choose another name, so that nothing is lost.")
    with sentences_for(target):
        target.write_bytes(write_codebook(codebook, kind))
    say(f"Wrote {target}.")


def indented(codebook: Codebook, code: Code) -> str:
    """Show how deep a code stands in the tree."""
    depth, parent = 0, code.parent
    while parent is not None and (above := codebook.code(parent)) is not None:
        depth, parent = depth + 1, above.parent
    return "  " * depth + code.key


def code_row(codebook: Codebook, code: Code) -> dict[str, str]:
    """Flatten a code for a script."""
    return {
        "code": code.key,
        "parent": code.parent or "",
        "dimension": codebook.dimension_of(code),
        "label": code.label,
        "definition": code.definition,
        "use_when": code.use_when,
        "not_when": code.not_when,
        "note": code.note,
    }
