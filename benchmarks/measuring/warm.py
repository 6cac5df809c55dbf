"""The seconds that a report takes in a process that has written one before.

python -m measuring.warm ARCHIVE STUDY
"""

import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from exeunt.archive.opening import opened
from exeunt.members.queries import first_person
from exeunt.stages.coding.queries.codebooks import version_called
from exeunt.stages.findings.actions.reports import make_report
from exeunt.stages.findings.formats import FORMATS
from exeunt.stages.findings.formats.question import Question
from exeunt.studies.queries import study_called


def main(archive: Path, slug: str) -> None:
    """Write the report twice; print the second one's seconds and its seconds of processor."""
    with opened(archive), tempfile.TemporaryDirectory() as folder:
        _write(slug, Path(folder))
        start, used = perf_counter(), process_time()
        _write(slug, Path(folder))
        print(perf_counter() - start, process_time() - used)


def _write(slug: str, folder: Path) -> None:
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


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
