"""An archive that is ready for an import: a study, a codebook and two coders.

    python -m measuring.archive DIR

It is run as a process of its own where a child's memory is being watched.
"""

import sys
from pathlib import Path

from exeunt.archive.opening import make_archive, opened
from exeunt.members.actions import add_member
from exeunt.members.models import Kind
from exeunt.members.queries import first_person
from exeunt.stages.coding.actions.codebooks import keep_codebook
from exeunt.stages.coding.codebooks import ready_codebook
from exeunt.studies.actions import appoint, begin_study
from exeunt.studies.roles import Role

from .tables import CODEBOOK, CODERS, STUDY


def prepare(folder: Path) -> Path:
    """Make the archive in a new folder."""
    make_archive(folder, lead="Amina")
    with opened(folder):
        amina = first_person()
        study = begin_study(slug=STUDY, title="Invented accounts", by=amina)
        keep_codebook(study=study, codebook=ready_codebook(CODEBOOK), by=amina)
        for name in CODERS:
            coder = add_member(name=name, kind=Kind.PERSON, by=amina)
            appoint(study=study, member=coder, role=Role.CODER, by=amina)
    return folder


if __name__ == "__main__":
    prepare(Path(sys.argv[1]))
