"""Measure how long a narrator's word takes until nothing of them is shown any more.

    python benchmarks/withdrawal.py [--full] [--write] [--keep DIR]

Makes an archive of invented texts by the import itself, lets narrators stop one after the other,
and after each asks every surface (each model whose rows are somebody's telling) how much of them it
still shows. Beside it, what consent costs whoever reads: the rows of the list of accounts counted
with everybody open, and with a tenth of the narrators shut.
"""

import argparse
import sys
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import numpy as np
from finding import AT_ONCE, importing
from measuring.archive import prepare
from measuring.folders import folder_for
from measuring.page import dated, renew, source_digest, table, verdict
from measuring.passages import write_texts
from measuring.tables import STUDY

from exeunt.archive.opening import opened
from exeunt.members.queries import first_person
from exeunt.procedures.withdrawal import surfaces_of
from exeunt.stages.consent.actions.events import suspend_consent
from exeunt.stages.narrators.models import Narrator
from exeunt.stages.testimonies.models import Account, TextVersion
from exeunt.studies.models import Study
from exeunt.studies.queries import study_called

COMMAND = "python benchmarks/withdrawal.py"
QUICK, FULL = 200, 10_000
TIMES, GOAL = 20, 5.0
READS = 20


class Gone(NamedTuple):
    """How long it took from the word to the last surface's answer, and what was still shown."""

    act: float
    whole: float
    left: int


def main() -> None:
    """Measure, print, and renew the page where that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--full", action="store_true", help=f"{FULL:,} narrators, not {QUICK:,}")
    parser.add_argument("--write", action="store_true", help="renew docs/reference/benchmarks.md")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep what was made, and resume")
    given = parser.parse_args()
    with folder_for(given.keep) as folder:
        body = measure(folder, FULL if given.full else QUICK, full=given.full)
    print(body)
    if given.write:
        words = " ".join(sys.argv[1:]).replace(f"--keep {given.keep} ", "")
        renew("A narrator's word to stop", f"{dated(f'{COMMAND} {words}')}\n\n{body}")


def measure(folder: Path, narrators: int, *, full: bool) -> str:
    """Let narrators stop, and ask every surface after each."""
    archive = folder / f"archive-{narrators}"
    if not archive.exists():
        fill(archive, folder, narrators)
    with opened(archive):
        by = first_person()
        study = study_called(STUDY, by=by)
        everybody = list(Narrator.objects.filter(study=study).order_by("pk"))
        before = reading(study)
        gone = [stopped(one, by=by) for one in everybody[:TIMES]]
        for one in everybody[TIMES : max(TIMES, len(everybody) // 10)]:
            suspend_consent(narrator=one, by=by)
        after = reading(study)
    act, whole = (np.percentile([one[place] for one in gone], 95) for place in (0, 1))
    left = sum(one.left for one in gone)
    rows = (
        ("what", "figure", "goal"),
        ("the act itself, 95 of 100, in ms", f"{act * 1000:.1f}", ""),
        (
            "until every surface shows nothing, in s",
            f"{whole:.3f}",
            verdict(whole, GOAL, counts=full),
        ),
        ("rows that are still shown", str(left), "0"),
        ("counting accounts and texts, everybody open, in ms", f"{before * 1000:.1f}", ""),
        ("… with a tenth of the narrators shut", f"{after * 1000:.1f}", ""),
    )
    return (
        f"{narrators:,} narrators with one text each; {TIMES} of them stop, one after the other. "
        f"Source {source_digest()}.\n\n{table(rows)}"
    )


def fill(archive: Path, folder: Path, narrators: int) -> None:
    """Make the archive by imports."""
    tables = write_texts(folder / f"tables-{narrators}", narrators, of=AT_ONCE)
    making = archive.with_name(f"{archive.name}-making")
    prepare(making)
    with opened(making):
        take = importing()
        for path in tables:
            take(path)
    making.rename(archive)


def stopped(narrator: Narrator, *, by: object) -> Gone:
    """Stop one narrator; look at every surface afterwards."""
    start = perf_counter()
    suspend_consent(narrator=narrator, by=by)
    act = perf_counter() - start
    left = sum(one.shown for one in surfaces_of(narrator))
    return Gone(act, perf_counter() - start, left)


def reading(study: Study) -> float:
    """Return how long it takes to count a study's accounts and texts, half of the times."""
    taken = []
    for _ in range(READS):
        start = perf_counter()
        Account.objects.filter(study=study).count()
        TextVersion.objects.filter(account__study=study).count()
        taken.append(perf_counter() - start)
    return float(np.median(taken))


if __name__ == "__main__":
    main()
