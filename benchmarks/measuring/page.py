"""Figures as a table, on the terminal and with their date in docs/reference/."""

import hashlib
import os
import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "benchmarks.md"
OPENING = """# Benchmarks

Written by `python benchmarks/NAME.py --full --write`; each section is dated, and names the machine
and the command. Times are those of one run, not of the best of many, on a machine that others may
use: where the load is above the number of cores, *processor* is the figure to trust.
"""

Rows = Sequence[Sequence[str]]


def machine() -> str:
    """Say what this machine is, as far as it matters for a figure."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return (
        f"{os.cpu_count()} cores, {pages * size / 1e9:.0f} GB of memory, "
        f"{platform.system()}, Python {platform.python_version()}"
    )


def source_digest() -> str:
    """Digest the source that figures speak for, as twelve digits."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "src").rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(os.fsencode(path.relative_to(ROOT)) + path.read_bytes())
    return digest.hexdigest()[:12]


def table(rows: Rows) -> str:
    """Lay rows out as a Markdown table whose columns line up; the first row is the header."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    rule = "| " + " | ".join("-" * width for width in widths) + " |"
    return "\n".join([lines[0], rule, *lines[1:]])


def dated(command: str) -> str:
    """Say when, where and how figures came about; on a busy machine wall times say little."""
    busy = f"load average of the last five minutes {os.getloadavg()[1]:.1f}"
    return f"{datetime.now(UTC):%Y-%m-%d}, on {machine()}, {busy}: `{command}`"


def renew(heading: str, body: str, *, page: Path = PAGE) -> None:
    """Put a section into the page, in place of the one under the same heading."""
    text = page.read_text(encoding="utf-8") if page.exists() else OPENING
    section = f"## {heading}\n\n{body.strip()}\n"
    old = re.compile(rf"^## {re.escape(heading)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    if old.search(text):
        text = old.sub(lambda _: section + "\n", text)
    else:
        text = f"{text.rstrip()}\n\n{section}"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(text.rstrip() + "\n", encoding="utf-8")


def verdict(figure: float, goal: float, *, counts: bool) -> str:
    """Say whether a figure is below its goal; nothing where the size is not the promised one."""
    if not counts:
        return f"{goal:g} at full size"
    return f"{goal:g}: {'reached' if figure < goal else 'MISSED'}"
