"""Measure every page of the workbench: the demonstration's, and with 100,000 accounts.

    python benchmarks/pages.py [--full] [--write] [--keep DIR] [--peer doccano] [--only WORDS]

Serves each archive by the real command with two workers, and asks for every page that the URL
resolver knows. Three loads are laid on each: one reader alone, who tells what a page costs; fifty
readers who pause a second on average between two pages, of whom the promise speaks; and fifty who
never pause, who tell what there is to give. With --keep, archives, the peer and finished figures
stay in a folder, and a run that was broken off goes on where it was.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from measuring import doccano
from measuring.filling import PUBLISHED, demonstrate, fill
from measuring.folders import folder_for
from measuring.loads import LONG, READERS, SHORT, Figure, Seconds, Times, measured
from measuring.page import dated, renew, source_digest, table, verdict
from measuring.processes import cost_of_exeunt, cost_of_module
from measuring.serving import serving_archive
from measuring.tables import STUDY

COMMAND = "python benchmarks/pages.py"
QUICK, FULL = 2_000, 100_000
GOAL, FOUND = 200, 200
HTML, WHOLE = "text/html", "</html>"
MIXED = "any of these, at random"
LAST_LINE = -1

Fact = dict[str, Any]
Rows = list[tuple[str, ...]]


class Archive(NamedTuple):
    """An archive that is measured: what it is called, where it lies, and which study is read."""

    name: str
    folder: Path
    study: str


class Asked(NamedTuple):
    """How much is measured, and where it is kept."""

    folder: Path
    accounts: int
    seconds: Seconds
    only: str
    source: str


def main() -> None:
    """Measure, print, and renew the page where that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--full", action="store_true", help=f"{FULL:,} accounts, not {QUICK:,}")
    parser.add_argument("--write", action="store_true", help="renew docs/reference/benchmarks.md")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep what was made, and resume")
    parser.add_argument("--peer", choices=("doccano",), help="measure this program as well")
    parser.add_argument("--only", default="", help="only pages whose name holds any of these")
    parser.add_argument("--accounts", type=int, help="so many accounts, whatever else is said")
    asked = parser.parse_args()
    accounts = asked.accounts or (FULL if asked.full else QUICK)
    with folder_for(asked.keep) as folder:
        what = Asked(folder, accounts, LONG if asked.full else SHORT, asked.only, source_digest())
        body = told(of_archives(what), of_peer(what) if asked.peer else {}, what)
    print(body)
    if asked.write:
        words = " ".join(sys.argv[1:]).replace(f"--keep {asked.keep} ", "")
        renew("Pages", f"{dated(f'{COMMAND} {words}')}\n\n{body}")


def of_archives(what: Asked) -> dict[str, dict[str, Fact]]:
    """Measure both archives; return by archive and page what is known of it."""
    many = f"{what.accounts:,} accounts"
    archives = {
        Archive("demonstration", what.folder / "demo", PUBLISHED): demonstrate,
        Archive(many, what.folder / f"many-{what.accounts}", STUDY): (
            lambda folder: fill_and_report(folder, what.accounts)
        ),
    }
    return {archive.name: of_archive(archive, make, what) for archive, make in archives.items()}


def fill_and_report(folder: Path, accounts: int) -> None:
    """Make an archive of many accounts, with a report so that its findings are counted."""
    fill(folder, accounts)
    cost_of_exeunt("report", "--study", STUDY, archive=folder)


def of_archive(archive: Archive, make: Callable[[Path], None], what: Asked) -> dict[str, Fact]:
    """Serve an archive, and measure its pages."""
    if not archive.folder.exists():
        make(archive.folder)
    with serving_archive(archive.folder) as server:
        said = cost_of_module("measuring.routes", archive.folder, archive.study).said
        found = json.loads(said.splitlines()[LAST_LINE])
        wanted = what.only.split(",")
        pages = [p for p in found["pages"] if any(words in p["name"] for words in wanted)]
        read = [page for page in pages if page["kind"] == HTML and page["status"] == FOUND]
        lead = [[one] for page in read if page["reader"] == "lead" for one in page["addresses"]]
        read.append({"name": MIXED, "reader": "lead", "addresses": [one for (one,) in lead]})
        for page in read:
            page["figure"] = kept(
                f"{archive.name}: {page['name']}",
                what,
                lambda page=page: measured(
                    server,
                    [[address] for address in page["addresses"]],
                    found["sessions"][page["reader"]],
                    seconds=what.seconds,
                    ends=WHOLE,
                ),
            )
    return {page["name"]: page for page in [*pages, read[-1]]}


def of_peer(what: Asked) -> dict[str, Figure]:
    """Measure the peer's pages."""
    peer = doccano.install(what.folder, what.accounts)
    with doccano.served(peer) as server:
        who = doccano.signed_in(server)
        return {
            name: kept(
                f"{doccano.VERSION}, {what.accounts}: {name}",
                what,
                lambda pages=pages: measured(server, pages, [who], seconds=what.seconds),
            )
            for name, pages in doccano.pages(what.accounts).items()
        }


def kept(name: str, what: Asked, measure: Callable[[], Figure]) -> Figure:
    """Return a figure that was measured before with the same source, or measure it now."""
    path = what.folder / "figures.jsonl"
    key = [name, what.source, *what.seconds]
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for line in lines:
        known, values = json.loads(line)
        if known == key:
            return figure_from(values)
    figure = measure()
    print(f"{name}: {figure.cpu:.0f} ms, p95 {figure.thinking.most:.0f} ms", flush=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps([key, figure._asdict()]) + "\n")
    return figure


def figure_from(values: Fact) -> Figure:
    """Read a figure that was kept."""
    times = {name: Times(*values[name]) for name in ("thinking", "restless")}
    return Figure(**{**values, **times})


def told(found: dict[str, dict[str, Fact]], peer: dict[str, Figure], what: Asked) -> str:
    """Write all that was measured."""
    small, many = found.values()
    read = [name for name, page in many.items() if "figure" in page and "figure" in small[name]]
    pairs = [(name, small[name], many[name]) for name in read]
    parts = [
        f"The demonstration's published study, and {what.accounts:,} invented accounts with "
        f"{12 * what.accounts:,} codings; two workers, {READERS} readers, each with a session of "
        "their own that was made without a passphrase. Scripts, styles and fonts, which browsers "
        "keep, are left out. *Statements* are those of a page that was opened before; they may "
        f"not grow with the study. Source {what.source}.",
        "What one page costs:",
        table([COSTS, *(cost_row(*pair) for pair in pairs)]),
        f"Milliseconds that {READERS} readers wait, who pause a second on average between two "
        f"pages; the promise is that of the many accounts, 95 of 100 below {GOAL}:",
        table([WAITS, *(wait_row(*pair) for pair in pairs)]),
        f"{READERS} readers who never pause:",
        table([RATES, *(rate_row(*pair) for pair in pairs)]),
        "Asked for once, and not laid under load (no page, or none of this archive):",
        table([OTHERS, *(other_row(name, small, many) for name in many if name not in read)]),
        summed([pair for pair in pairs if pair[0] != MIXED]),
    ]
    return "\n\n".join([*parts, *(beside(peer, many, what) if peer else ())])


COSTS = ("page", "statements", "of many", "same", "KB", "of many", "processor ms", "of many")
WAITS = ("page", "half", "95 %", "half, of many", "95 %, of many", "goal", "errors")
RATES = ("page", "a second", "95 %", "a second, of many", "95 %, of many")
OTHERS = ("address", "answer", "statements", "of many", "KB, of many", "seconds, of many")
BESIDE = ("page", "processor ms", "KB", "half", "95 %", "a second", "95 %, never pausing", "errors")


def cost_row(name: str, small: Fact, many: Fact) -> tuple[str, ...]:
    """Say what a page costs in both archives."""
    one, other = small.get("queries"), many.get("queries")
    return (
        name,
        *(str(count) if count is not None else "" for count in (one, other)),
        "" if one is None else "yes" if one == other else "NO",
        *(f"{page['figure'].octets / 1e3:.1f}" for page in (small, many)),
        *(f"{page['figure'].cpu:.1f}" for page in (small, many)),
    )


def wait_row(name: str, small: Fact, many: Fact) -> tuple[str, ...]:
    """Say how long readers wait who think."""
    one, other = small["figure"], many["figure"]
    waits = (one.thinking.half, one.thinking.most, other.thinking.half, other.thinking.most)
    said = verdict(other.thinking.most, GOAL, counts=True)
    return name, *(f"{wait:.0f}" for wait in waits), said, str(one.errors + other.errors)


def rate_row(name: str, small: Fact, many: Fact) -> tuple[str, ...]:
    """Say how much there is to give."""
    one, other = small["figure"].restless, many["figure"].restless
    return (
        name,
        f"{one.rate:.0f}",
        f"{one.most:.0f}",
        f"{other.rate:.0f}",
        f"{other.most:.0f}",
    )


def other_row(name: str, small: dict[str, Fact], many: dict[str, Fact]) -> tuple[str, ...]:
    """Say what came of an address that is no page to be read."""
    one, other = small.get(name, {}), many[name]
    answer = " ".join(str(other[part]) for part in ("status", "kind") if other[part])
    return (
        name,
        answer or other["said"],
        str(one.get("queries", "")),
        str(other["queries"]),
        f"{other['octets'] / 1e3:.0f}",
        f"{other['seconds']:.2f}",
    )


def summed(pairs: list[tuple[str, Fact, Fact]]) -> str:
    """Sum up in a sentence whether the promise is kept."""
    late = [name for name, _, many in pairs if many["figure"].thinking.most >= GOAL]
    growing = [name for name, small, many in pairs if small["queries"] != many["queries"]]
    errors = sum(page["figure"].errors for _, *both in pairs for page in both)
    used = max(page["figure"].used for _, *both in pairs for page in both)
    return (
        f"{len(pairs)} pages; later than {GOAL} ms: {len(late)} ({', '.join(late) or 'none'}); "
        f"statements not the same: {len(growing)} ({', '.join(growing) or 'none'}); "
        f"errors: {errors}. The readers themselves took at most {100 * used:.0f} % of a processor."
    )


def beside(peer: dict[str, Figure], many: dict[str, Fact], what: Asked) -> Iterator[str]:
    """Set the peer's pages beside those that they compare with."""
    names = {"testimonies:accounts": doccano.DATASET, "overview": doccano.HOME}
    yield (
        f"Beside them doccano {doccano.VERSION} with {what.accounts:,} texts and no annotations, "
        "two workers of its own server. Its page is built by the browser: measured are the "
        "document and each answer it cannot do without, asked for one after the other; its list "
        "shows 10 texts."
    )
    rows = [
        row
        for ours, theirs in names.items()
        if ours in many
        for row in (
            beside_row(f"Exeunt, {ours}", many[ours]["figure"]),
            beside_row(f"doccano, {theirs}", peer[theirs]),
        )
    ]
    yield table([BESIDE, *rows])
    yield " ".join(
        f"{ours}: {peer[theirs].cpu / many[ours]['figure'].cpu:.1f} times less processor than "
        f"{theirs}."
        for ours, theirs in names.items()
        if ours in many
    )


def beside_row(name: str, figure: Figure) -> tuple[str, ...]:
    """Say of a page what can be said of the peer's as well."""
    return (
        name,
        f"{figure.cpu:.1f}",
        f"{figure.octets / 1e3:.1f}",
        f"{figure.thinking.half:.0f}",
        f"{figure.thinking.most:.0f}",
        f"{figure.restless.rate:.0f}",
        f"{figure.restless.most:.0f}",
        str(figure.errors),
    )


if __name__ == "__main__":
    main()
