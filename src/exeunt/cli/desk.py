"""What every command starts from: an open archive, and who is sitting at the desk."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from exeunt.archive.folder import ArchiveFolder
from exeunt.archive.opening import opened
from exeunt.members.models import Member
from exeunt.members.queries import first_person, member_called
from exeunt.studies.models import Study
from exeunt.studies.queries import study_called

a_study = click.option(
    "--study", "-s", metavar="NAME", help="The study; may be left out where there is only one."
)
a_codebook = click.option(
    "--codebook",
    "-c",
    metavar="NAME",
    help="The codebook, as NAME or NAME@VERSION; may be left out where there is only one.",
)
as_json = click.option("--json", "machine", is_flag=True, help="Print JSON, for scripts.")
a_path = click.Path(path_type=Path)


@dataclass(frozen=True)
class Desk:
    """An open archive and the member who acts."""

    folder: ArchiveFolder
    member: Member

    def study(self, slug: str | None) -> Study:
        """Return the study that a command is about."""
        return study_called(slug, by=self.member)


def at_a_desk(command: Callable[..., None]) -> Callable[..., None]:
    """Open the archive around a command, and hand it the desk as its first argument."""

    @click.option(
        "--archive",
        "-a",
        "folder",
        type=a_path,
        default=".",
        envvar="EXEUNT_ARCHIVE",
        show_envvar=True,
        metavar="DIR",
        help="The archive's folder; this folder if left out.",
    )
    @click.option(
        "--as",
        "acting",
        metavar="MEMBER",
        envvar="EXEUNT_MEMBER",
        show_envvar=True,
        help="Who acts; the person who made the archive if left out.",
    )
    @functools.wraps(command)
    def seated(folder: Path, acting: str | None, **options: Any) -> None:
        with opened(folder) as archive:
            member = member_called(acting) if acting else first_person()
            command(Desk(archive, member), **options)

    return seated
