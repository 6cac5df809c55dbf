"""Measure the import of texts, beside Taguette's own.

    python benchmarks/import_texts.py [--full] [--peer PYTHON] [--write]

Makes up texts of 5,000 words as TXT, DOCX and HTML, and imports each kind by the real command.
``--peer`` names the Python of an environment in which Taguette is installed; it reads TXT and
DOCX only with Calibre's ``ebook-convert`` on the PATH. --full takes the promised 200 texts.
"""

import argparse
import json
import random
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import docx
from measuring.page import dated, renew, table, verdict
from measuring.processes import BENCHMARKS, Cost, cost_of, cost_of_exeunt, cost_of_module

QUICK, FULL = 20, 200
WORDS, A_PARAGRAPH = 5_000, 80
COMMAND = "python benchmarks/import_texts.py"
VOCABULARY = (
    "left stayed came the a car money road night winter brother market border commander",
    "lied told asked saw heard because when after before with without nobody somebody said that",
    "there were was not never again house food letter village we they",
)


def main() -> None:
    """Measure, print, and renew the page where that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--full", action="store_true", help=f"{FULL} texts, not {QUICK}")
    parser.add_argument("--peer", type=Path, help="the Python in which Taguette is installed")
    parser.add_argument("--write", action="store_true", help="renew docs/reference/benchmarks.md")
    asked = parser.parse_args()
    number = FULL if asked.full else QUICK
    with tempfile.TemporaryDirectory() as folder:
        body = measure(Path(folder), number, asked.peer)
    print(body)
    if asked.write:
        command = f"{COMMAND} --full" if asked.full else COMMAND
        renew("Import of texts", f"{dated(command)}\n\n{body}")


def measure(folder: Path, number: int, peer: Path | None) -> str:
    """Import so many texts of each kind, here and by the peer."""
    rows = [("", "texts", "seconds", "processor", "Taguette, seconds", "processor", "goal")]
    notes = []
    for kind, write in KINDS.items():
        sent = folder / kind
        sent.mkdir()
        for place in range(number):
            write(sent / f"text {place}.{kind}", _paragraphs(place))
        own = _own(folder, sent)
        theirs, said = _theirs(sent, peer)
        notes += [f"Taguette on {kind.upper()}: {said}"] if said else []
        rows.append((kind.upper(), f"{number}", *_figures(own, theirs, full=number == FULL)))
    return "\n\n".join((table(rows), *notes, EXPLAINED))


EXPLAINED = (
    "Exeunt reads each file in a locked process of its own, keeps it byte for byte, tells its "
    "language, and writes account, narrator, source, text, search index and ledger in one "
    "transaction a file. Taguette converts two files at once in this measure, and keeps HTML; "
    "what is HTML already it reads in its own process, without a child. "
    "Processor times include the children."
)


def _own(folder: Path, sent: Path) -> Cost:
    archive = folder / f"archive {sent.name}"
    cost_of_module("measuring.archive", archive)
    asked = ("import", "texts", sent, "--provenance", "invented", "--json")
    cost = cost_of_exeunt(*asked, archive=archive)
    came = [outcome["came"] for outcome in json.loads(cost.said)]
    if set(came) != {"taken"}:
        raise RuntimeError(f"not all were taken: {set(came)}")
    return cost


def _theirs(sent: Path, peer: Path | None) -> tuple[Cost | None, str]:
    """Import by Taguette; where it cannot, say why."""
    if peer is None:
        return None, "not tried; name its Python with --peer."
    try:
        command = [str(peer), str(BENCHMARKS / "measuring" / "taguette_importing.py"), str(sent)]
        cost = cost_of(command)
    except (OSError, RuntimeError) as trouble:
        return None, str(trouble).splitlines()[-1]
    told = json.loads(cost.said.splitlines()[-1])
    refused = " ".join(told["refused"])
    return (cost, "") if not refused else (None, f"refused: {refused}.")


def _figures(own: Cost, theirs: Cost | None, *, full: bool) -> tuple[str, ...]:
    said = ("–", "–", "")
    if theirs is not None:
        goal = verdict(own.seconds / theirs.seconds, 1, counts=full)
        said = (
            f"{theirs.seconds:.1f}",
            f"{theirs.cpu:.1f}",
            f"{theirs.seconds / own.seconds:.1f} times as fast; {goal}",
        )
    return (f"{own.seconds:.1f}", f"{own.cpu:.1f}", *said)


def _paragraphs(place: int) -> list[str]:
    chance = random.Random(place)
    known = " ".join(VOCABULARY).split()
    words = [chance.choice(known) for _ in range(WORDS)]
    parts = (words[at : at + A_PARAGRAPH] for at in range(0, WORDS, A_PARAGRAPH))
    return [f"{' '.join(part).capitalize()}." for part in parts]


def _write_txt(path: Path, paragraphs: list[str]) -> None:
    path.write_text("\n\n".join(paragraphs), encoding="utf-8")


def _write_docx(path: Path, paragraphs: list[str]) -> None:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))


def _write_html(path: Path, paragraphs: list[str]) -> None:
    body = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
    path.write_text(f"<!DOCTYPE html><html><body>{body}</body></html>", encoding="utf-8")


KINDS: Mapping[str, Callable[[Path, list[str]], None]] = MappingProxyType(
    {"txt": _write_txt, "docx": _write_docx, "html": _write_html}
)


if __name__ == "__main__":
    main()
