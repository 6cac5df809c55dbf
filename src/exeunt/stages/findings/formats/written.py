"""Writing a report into a folder, in the formats asked for."""

import json
import os
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from pathlib import Path

from exeunt.stages.findings.formats import FORMATS
from exeunt.stages.findings.formats.document import Figure, Report
from exeunt.stages.findings.formats.html import html
from exeunt.stages.findings.formats.pdf import pdf
from exeunt.stages.findings.formats.word import word
from exeunt.stages.findings.formats.words import Words

RENDERERS: Mapping[str, Callable[[Report], bytes]] = dict(
    zip(FORMATS, (html, pdf, word), strict=True)
)


def write_report(
    report: Report,
    folder: Path,
    formats: Collection[str] = FORMATS,
    *,
    progress: Callable[[str], None] | None = None,
) -> tuple[Path, ...]:
    """Write a report into a folder in the formats asked for, each file whole or not at all.

    Every figure is written too, as SVG, PNG, Vega-Lite and CSV (what is drawn, and the table).
    ``progress`` is told the name of each file before it is made. Raises `ValueError` on a
    format that there is none of, before anything is written.
    """
    unknown = set(formats) - set(FORMATS)
    if unknown:
        raise ValueError(
            f"no such format: {', '.join(sorted(unknown))}; there are {', '.join(FORMATS)}"
        )
    written = []
    for name, make in _files(report, formats):
        if progress:
            progress(name)
        written.append(_write_whole(folder / name, make()))
    return tuple(written)


def file_names(report: Report, formats: Collection[str] = FORMATS) -> tuple[str, ...]:
    """Name the files that a report is written as, before any is made."""
    return tuple(name for name, _ in _files(report, formats))


def _files(report: Report, formats: Collection[str]) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Give the name of each file, and how to make it when its turn comes."""
    for figure in report.figures():
        yield from figure_files(figure, invented=report.invented)
    for kind, render in RENDERERS.items():
        if kind in formats:
            yield f"report.{kind}", partial(render, report)


def figure_files(figure: Figure, *, invented: bool) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Give the name of each file of a figure, and how to make it when its turn comes."""
    chart, stem, stated = figure.chart, f"figures/{figure.id}", figure.provenance
    facts = {
        "query": stated.query,
        "codebook": stated.codebook,
        "blanks": stated.blanks,
        "data_sha256": stated.data_hash,
    }
    marks = {"material": Words().invented} if invented else {}
    yield f"{stem}.svg", lambda: chart.svg().encode()
    yield f"{stem}.png", chart.png
    yield f"{stem}.csv", lambda: chart.data(facts).encode()
    yield f"{stem}-table.csv", lambda: figure.table.csv({**facts, **marks}).encode()
    spec = {**chart.spec, "usermeta": {"title": figure.title, **facts}}
    yield f"{stem}.vl.json", lambda: json.dumps(spec, ensure_ascii=False).encode()


def _write_whole(path: Path, content: bytes) -> Path:
    """Write beside the name and move into place, so that nobody ever finds half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        draft.write_bytes(content)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return path
