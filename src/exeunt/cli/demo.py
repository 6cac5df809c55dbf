"""``exeunt demo``: the main job, done in front of one's eyes."""

import shlex
import shutil
import sys
from contextlib import nullcontext
from pathlib import Path
from shutil import which

import click

from exeunt.archive.folder import (
    DEMONSTRATION,
    OF_AN_ARCHIVE,
    ArchiveFolder,
    held,
    purpose_of,
)
from exeunt.archive.opening import make_archive, opened
from exeunt.cli.desk import a_path
from exeunt.cli.showing import say, steps
from exeunt.cli.tables import show_agreement, show_mark, show_narratives
from exeunt.errors import ArchiveRefusal, Refusal
from exeunt.members.models import Member
from exeunt.members.queries import first_person
from exeunt.procedures.demonstration import (
    INVENTED,
    PUBLISHED,
    Shown,
    show_invented,
    show_published,
)
from exeunt.stages.findings.actions.reports import make_report
from exeunt.stages.findings.formats import FORMATS
from exeunt.stages.findings.formats.question import Question
from exeunt.studies.queries import slugs_of_all

SHOWN = frozenset({INVENTED, PUBLISHED})


@click.command("demo")
@click.argument("folder", type=a_path, metavar="DIR")
@click.option(
    "--published",
    type=a_path,
    metavar="DIR",
    help="The folder examples/published-accounts of the source tree; without it, the "
    "demonstration uses invented testimonies only.",
)
@click.option("--replace", is_flag=True, help="Replace an earlier demonstration in that folder.")
def demo_command(folder: Path, published: Path | None, *, replace: bool) -> None:
    """Make an archive that shows everything, and look at it.

    Takes in accounts and codings, prints agreement and narratives, writes the reports, and
    says what to open.
    """
    check_can_be_made(folder, published, replace=replace)
    making = folder.with_name(f".{folder.name}.in-the-making")
    shutil.rmtree(making, ignore_errors=True)
    try:
        slugs = demonstrate(making, published)
        remove_demonstration(folder)
        making.replace(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    say("Open next:")
    for slug in slugs:
        say(f"  {folder / 'reports' / slug / 'report.html'}")
        say(f"  {folder / 'reports' / slug / 'report.pdf'}")
    program = "exeunt" if which("exeunt") else called_as(sys.argv[0])
    where = shlex.quote(str(folder))
    say("Then try:")
    say(f"  {program} findings --archive {where} --study {slugs[0]} --by setting")
    say(f"  {program} check {where}")


def called_as(program: str) -> str:
    """Return what to type to call this program again."""
    return "python -m exeunt" if program.endswith("__main__.py") else program


def check_can_be_made(folder: Path, published: Path | None, *, replace: bool) -> None:
    """Refuse before anything is done, and never touch what anybody might need."""
    if published is not None and not (published / "accounts.csv").is_file():
        raise Refusal(
            f"There is no accounts.csv in {published}; name examples/published-accounts of the "
            "source tree, or leave --published out."
        )
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise ArchiveRefusal(f"{folder} is a file or a link; name a folder that is new or empty.")
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not replace:
        what = "is an archive already" if purpose_of(folder) else "is not empty"
        raise ArchiveRefusal(
            f"{folder} {what}; name a folder that is new or empty, or say --replace for an "
            "earlier demonstration."
        )
    if purpose_of(folder) != DEMONSTRATION:
        raise ArchiveRefusal(
            f"{folder} is not an earlier demonstration, so it is not replaced. "
            "Name another folder, or remove this one yourself."
        )
    if strange := strange_in(ArchiveFolder(folder)):
        raise ArchiveRefusal(
            f"{folder} holds what no demonstration made: {', '.join(strange)}. Take it elsewhere, "
            "or name another folder."
        )


def strange_in(folder: ArchiveFolder) -> list[str]:
    """Name what somebody has added to a demonstration; refuse if it is in use."""
    strange = sorted(path.name for path in folder.path.iterdir() if not is_ours(path.name))
    if not folder.begins_like_a_database():
        with held(folder):
            return strange
    with opened(folder.path):
        return strange + [f"the study {slug}" for slug in slugs_of_all() if slug not in SHOWN]


def is_ours(name: str) -> bool:
    """Tell whether a file of that name belongs to every archive."""
    return name in OF_AN_ARCHIVE or name.startswith("before-")


def remove_demonstration(folder: Path) -> None:
    """Remove an earlier demonstration, unless another process is using it."""
    if folder.exists():
        with held(ArchiveFolder(folder)) if any(folder.iterdir()) else nullcontext():
            shutil.rmtree(folder)


def demonstrate(folder: Path, published: Path | None) -> list[str]:
    """Make the archive, print its tables and write its reports; return the studies' names."""
    make_archive(folder, lead="Amina", purpose=DEMONSTRATION)
    with opened(folder) as archive:
        amina = first_person()
        with steps("Demonstration") as tell:
            shown = [show_invented(by=amina, tell=tell)]
            if published is not None:
                shown.insert(0, show_published(published, by=amina, tell=tell))
        for one in shown:
            present(one, archive, by=amina)
        return [one.study.slug for one in shown]


def present(shown: Shown, archive: ArchiveFolder, *, by: Member) -> None:
    """Write the report of one study, and print its tables."""
    with steps("Writing the report") as step:
        facts = make_report(
            study=shown.study,
            version=shown.version,
            question=Question(),
            folder=archive.reports / shown.study.slug,
            formats=FORMATS,
            progress=step,
            by=by,
        ).facts
    body = facts.body
    say(f"\n━━ {shown.study.title}: {body.accounts} accounts, read with {body.codebook}\n")
    show_mark(invented=body.invented)
    show_agreement(facts.agreements, facts.stating, facts.question.blanks.wording)
    show_narratives(facts)
