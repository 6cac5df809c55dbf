"""Showing results in a terminal: tables that fit, bars that tell what and how long, or JSON."""

import json
import math
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

from exeunt.errors import UnsaidError

NARROWEST = 80


def console(*, stderr: bool = False) -> Console:
    """Return a console: colours on a terminal only, and never narrower than a table needs."""
    stream = sys.stderr if stderr else sys.stdout
    out = Console(file=stream, markup=False, emoji=False, highlight=False, soft_wrap=False)
    out.width = max(out.width, NARROWEST)
    return out


@contextmanager
def answering() -> Iterator[None]:
    """Tell a fault of the place that an answer goes to from a fault of the archive."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever was reading has seen enough; what is left goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as fault:
        raise UnsaidError(
            f"What was asked is done, but the answer could not be written: {fault.strerror}."
        ) from fault


def say(words: str = "") -> None:
    """Print a line of ours."""
    with answering():
        click.echo(words)


def show_json(rows: object) -> None:
    """Print what a script reads; what cannot be told is null."""
    say(json.dumps(_tellable(rows), ensure_ascii=False, indent=2))


def show_table(
    title: str, rows: Sequence[Mapping[str, str]], *, note: str = "", right: Sequence[str] = ()
) -> None:
    """Print rows as a table whose long words wrap; columns in ``right`` hold numbers."""
    table = Table(
        title=Text(title), title_justify="left", title_style="bold", box=None, pad_edge=False
    )
    headings = list(rows[0]) if rows else []
    for heading in headings:
        numeric = heading in right
        table.add_column(
            Text(heading), justify="right" if numeric else "left", no_wrap=numeric, overflow="fold"
        )
    for row in rows:
        table.add_row(*(Text(row[heading]) for heading in headings))
    out = console()
    with answering():
        out.print(table)
        if note:
            out.print(Text(note, style="dim"))
        out.print()


@contextmanager
def bar(what: str, *, of: str = "rows") -> Iterator[Callable[[int], None]]:
    """Show on a terminal what is going on, how far it is and since when; be silent else."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        TextColumn(f"{{task.completed:,.0f}} {of}"),
        TimeElapsedColumn(),
    )
    with _progress(*columns) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done: progress.update(task, completed=done)


@contextmanager
def measured(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show on a terminal how many of so many bytes are done; be silent else."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        DownloadColumn(),
        TimeElapsedColumn(),
    )
    with _progress(*columns) as progress:
        task = progress.add_task(what, total=total or None)
        yield lambda done: progress.update(task, completed=done)


@contextmanager
def steps(what: str) -> Iterator[Callable[[str], None]]:
    """Show on a terminal which step of a longer work is being done; be silent else."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        TimeElapsedColumn(),
    )
    with _progress(*columns) as progress:
        task = progress.add_task(what)
        yield lambda step: progress.update(task, description=f"{what}: {step}")


def _progress(*columns: ProgressColumn) -> Progress:
    out = console(stderr=True)
    return Progress(*columns, console=out, transient=True, disable=not out.is_terminal)


def _tellable(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {str(name): _tellable(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_tellable(part) for part in value]
    return value


def how_large(size: int) -> str:
    """Say a number of bytes as people do.

    >>> how_large(812), how_large(81_920), how_large(3 << 30)
    ('812 bytes', '81.9 kB', '3.2 GB')
    """
    for unit, of in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= of:
            return f"{size / of:.1f} {unit}"
    return how_many(size, "byte")


def how_many(number: int, one: str, many: str = "") -> str:
    """Say a number with its noun.

    >>> how_many(1, "account"), how_many(1200, "account"), how_many(2, "entry", "entries")
    ('1 account', '1,200 accounts', '2 entries')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
