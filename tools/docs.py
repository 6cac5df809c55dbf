"""Write the pages of docs/reference that are made from the code: `python -m tools.docs`.

With `--picture REPORT.pdf` it makes the README's picture of the report instead.
"""

import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pypdfium2
from django.apps import apps
from django.db import models
from PIL import Image

from exeunt import stages
from exeunt.cli.guide import CHAPTERS
from exeunt.cli.guide import exeunt as guide
from exeunt.methods.agreement.standing import Standing
from exeunt.methods.codebooks import Level, Unit
from exeunt.methods.proportions import Reading
from exeunt.methods.readings import Blanks
from exeunt.methods.sensitivity import Tier
from exeunt.stages.coding.intake import codebook_csv, codings
from exeunt.stages.sources.intake.columns import Column
from exeunt.stages.testimonies.intake import accounts
from exeunt.studies.roles import MAY, Role
from tools.addresses import pages_page
from tools.tables import first_line, table

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
PICTURE = ROOT / "docs" / "images" / "report.png"
NOTICE = "<!-- Made from the code by `make docs`. Do not edit: the next run writes over it. -->"
WIDTH = 80
TIERS = {
    Tier.IDENTITY: "who somebody is; in the vault only, sealed",
    Tier.SEALED: "a raw text or its file, and what locks a key; sealed",
    Tier.WORKING: "what the team works on",
    Tier.PUBLIC: "could be published as it stands",
}
ENUMS_OF_METHODS = (Level, Unit, Blanks, Reading, Standing)
KINDS = {
    "BigAutoField": "a number given by the database",
    "BigIntegerField": "a whole number",
    "BinaryField": "bytes",
    "BooleanField": "yes or no",
    "CharField": "words",
    "DateField": "a date",
    "DateTimeField": "a moment in UTC",
    "FloatField": "a number",
    "JSONField": "JSON",
    "PositiveBigIntegerField": "a whole number from 0",
    "PositiveIntegerField": "a whole number from 0",
    "PositiveSmallIntegerField": "a small whole number from 0",
    "SmallIntegerField": "a small whole number",
    "TextField": "prose",
}
# What the picture shows of a report: the upper part of these two pages.
PAGES_SHOWN = ("Reasons for leaving", "How sure the readers are")
PART_SHOWN = 0.64
SHEET_WIDTH = 900
GAP = 20
COLOURS = 64
GREY = "#c8ccd0"


def pages() -> dict[str, str]:
    """Return every generated page under its file name."""
    written = {
        "cli.md": cli_page(),
        "states.md": states_page(),
        "data-dictionary.md": data_dictionary_page(),
        "roles.md": roles_page(),
        "pages.md": pages_page(),
        "columns.md": columns_page(),
    }
    return {name: f"{NOTICE}\n\n{text.strip()}\n" for name, text in written.items()}


def cli_page() -> str:
    """Print the help of every command, in the order of the guide."""
    parts = [
        "# The command line",
        "What each command prints when it is asked for `--help`. Exit codes: 0 done, 1 refused "
        "(the sentence says why and what would change it), 2 wrong use.",
        fenced(help_of(guide, ("exeunt",))),
    ]
    context = click.Context(guide)
    for chapter, names in CHAPTERS.items():
        parts.append(f"## {chapter}")
        for name in names:
            if (command := guide.get_command(context, name)) is not None:
                parts += _commands(command, ("exeunt", name))
    return "\n\n".join(parts)


def states_page() -> str:
    """List the words that fields and options may take."""
    parts = [
        "# States and other fixed words",
        "Wherever a cell, an option or a field takes one of a few words, these are the words. "
        "Case does not matter in a file that is imported.",
    ]
    for stage in stages_with_states():
        parts.append(f"## {stage}")
        module = import_module(f"exeunt.stages.{stage}.states")
        parts += (_words(found) for found in enums_in(module.__name__))
    parts.append("## vault")
    parts += (_words(found) for found in enums_in("exeunt.vault.states"))
    parts.append("## methods")
    parts += (_words(found) for found in ENUMS_OF_METHODS)
    return "\n\n".join(parts)


def data_dictionary_page() -> str:
    """List every table and field, with how much harm a leak of it could do."""
    tiers = table(("tier", "name", "holds"), ((str(t), t.name.lower(), TIERS[t]) for t in Tier))
    parts = [
        "# Data dictionary",
        "Every table of the house's own in an archive's database, and the sensitivity tier of "
        "every field. The tables under *vault* lie in a database of their own, which holds a "
        "ledger of its own too. Beside them lie tables of Django and its libraries: sessions, "
        "second factors (their secrets sealed), the queue of long work, kept counts and counted "
        "failures.",
        tiers,
    ]
    for app in apps.get_app_configs():
        if app.name.startswith("exeunt.") and app.models:
            parts.append(f"## {app.name.removeprefix('exeunt.').replace('stages.', '')}")
            parts += (_model(model) for model in app.get_models())
    return "\n\n".join(parts)


def roles_page() -> str:
    """Show who may do what in a study."""
    rows = (
        (f"{act}", *("yes" if role in allowed else "" for role in Role))
        for act, allowed in MAY.items()
    )
    return "\n\n".join(
        [
            "# Roles",
            "Who may do what in a study. A member may hold several roles, and a role holds for "
            "one study only. Whoever begins a study leads it. A study in which one has no role "
            "is answered like one that does not exist.",
            table(("may …", *(role.value for role in Role)), rows),
            "Which page needs which of these is told in [pages](pages.md). A button or link that "
            "a role does not permit stands there with the sentence that says why, and the "
            "address behind it refuses with the same sentence.",
            "Two rules go beyond this table. Somebody who codes sees no findings, agreement or "
            "judgements of a codebook while others have completed what they have not ([why "
            "blind](../explanation/why-blind.md)). And a lead draws a new link only for members "
            "who work in studies that they lead ([invite people](../how-to/invite-people.md)).",
            "Being *custodian* of a study lets somebody at the desk; opening the vault takes a key "
            "as well ([keep the vault](../how-to/keep-the-vault.md)). Erasing and holding are told "
            "in [erase somebody](../how-to/erase-somebody.md).",
        ]
    )


def columns_page() -> str:
    """List the columns of every table that can be imported, and the other headings they know."""
    parts = [
        "# Columns of the tables that can be imported",
        "Case, accents, Arabic vowel marks, and whether words are joined by spaces, hyphens or "
        "underscores do not matter in a heading. A column that stands under yet another heading "
        "is named with `--column NAME=HEADING`. What each column holds is told in "
        "[formats](formats.md).",
    ]
    for title, columns in (
        ("Accounts", accounts.COLUMNS),
        ("Codings", codings.COLUMNS),
        ("Codebooks as a table", codebook_csv.COLUMNS),
    ):
        parts += (f"## {title}", _columns(columns))
    return "\n\n".join(parts)


def help_of(command: click.Command, path: Sequence[str]) -> str:
    """Return what a command prints for --help on a terminal of 80 columns."""
    context = click.Context(
        command, info_name=" ".join(path), terminal_width=WIDTH, **guide.context_settings
    )
    return command.get_help(context)


def stages_with_states() -> list[str]:
    """Name the stages that have states, in alphabetical order."""
    (folder,) = stages.__path__
    return sorted(path.parent.name for path in Path(folder).glob("*/states.py"))


def enums_in(module: str) -> list[type[StrEnum]]:
    """Return the enumerations that a module defines, in its order."""
    found = vars(import_module(module)).values()
    return [
        each
        for each in found
        if isinstance(each, type) and issubclass(each, StrEnum) and each.__module__ == module
    ]


def fenced(text: str) -> str:
    """Write a block that is shown as it stands."""
    return f"```text\n{text}\n```"


def draw_picture(report: Path) -> None:
    """Set two pages of a report side by side, small enough for a README."""
    document = pypdfium2.PdfDocument(report)
    sheets = [_sheet(page) for page in document if _title(page) in PAGES_SHOWN]
    height = max(sheet.height for sheet in sheets)
    size = (GAP + (SHEET_WIDTH + GAP) * len(sheets), height + 2 * GAP)
    picture = Image.new("RGB", size, GREY)
    for place, sheet in enumerate(sheets):
        picture.paste(sheet, (GAP + place * (SHEET_WIDTH + GAP), GAP))
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURE, optimize=True)


def main(arguments: Sequence[str]) -> None:
    """Write every generated page, or the picture."""
    if arguments[:1] == ["--picture"]:
        draw_picture(Path(arguments[1]))
        return
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")


def _commands(command: click.Command, path: tuple[str, ...]) -> Iterator[str]:
    yield f"### {' '.join(path)}"
    yield fenced(help_of(command, path))
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from _commands(below, (*path, name))


def _words(enum: type[StrEnum]) -> str:
    # Some words have a wording of their own, by which tables say them.
    heads = ("word", "said in a table") if hasattr(enum, "wording") else ("word",)
    rows = ((f"`{each.value}`", getattr(each, "wording", ""))[: len(heads)] for each in enum)
    return f"### {enum.__name__}\n\n{first_line(enum)}\n\n{table(heads, rows)}"


def _model(model: type[models.Model]) -> str:
    tiers: dict[str, Tier] = getattr(model, "sensitivity", {})
    rows = (
        (
            f"`{field.name}`",
            _kind(field),
            "yes" if field.null else "",
            f"{tiers[field.name]} {tiers[field.name].name.lower()}",
        )
        for field in model._meta.concrete_fields
    )
    shown = table(("field", "kind", "may be null", "tier"), rows)
    rules = [f"`{rule.name}`" for rule in model._meta.constraints]
    kept = f"\n\nThe database itself keeps: {', '.join(rules)}." if rules else ""
    return f"### {model.__name__}\n\n{first_line(model)}\n\n{shown}{kept}"


def _kind(field: "models.Field[Any, Any]") -> str:
    if field.related_model is not None:
        return f"one {field.related_model.__name__}"
    longest = f", at most {field.max_length} characters" if field.max_length else ""
    words = ", one of a few words" if field.choices else ""
    return f"{KINDS[field.get_internal_type()]}{longest}{words}"


def _columns(columns: Sequence[Column]) -> str:
    rows = (
        (
            f"`{column.name}`",
            "yes" if column.required else "",
            "prose" if column.long else "a label",
            ", ".join(column.aliases),
        )
        for column in columns
    )
    return table(("column", "needed", "holds", "other headings it is known by"), rows)


def _title(page: pypdfium2.PdfPage) -> str:
    # The first line of a page is the report's own title.
    return str(page.get_textpage().get_text_range()).splitlines()[1]


def _sheet(page: pypdfium2.PdfPage) -> Image.Image:
    found: Image.Image = page.render(scale=SHEET_WIDTH / page.get_width()).to_pil()
    return found.convert("RGB").crop((0, 0, SHEET_WIDTH, round(found.height * PART_SHOWN)))


if __name__ == "__main__":
    main(sys.argv[1:])
