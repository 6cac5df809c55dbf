"""The seconds that a report takes in a process that has written one before.

python -m measuring.warm ARCHIVE STUDY
"""

import sys
import tempfile
from pathlib import Path
from time import perf_counter

from exeunt.archive.opening import opened
from exeunt.members.queries import first_person
from exeunt.stages.coding.queries.codebooks import version_called
from exeunt.stages.findings.actions import make_report
from exeunt.stages.findings.formats import FORMATS
from exeunt.stages.findings.formats.facts import Question
from exeunt.studies.queries import study_called


def main(archive: Path, slug: str) -> None:
    """Write the report twice, and print the seconds of the second time."""
    with opened(archive), tempfile.TemporaryDirectory() as folder:
        _seconds(slug, Path(folder))
        print(_seconds(slug, Path(folder)))


def _seconds(slug: str, folder: Path) -> float:
    start = perf_counter()
    lead = first_person()
    study = study_called(slug, by=lead)
    make_report(
        study=study,
        version=version_called(None, study=study),
        question=Question(),
        folder=folder,
        formats=FORMATS,
        by=lead,
    )
    return perf_counter() - start


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
