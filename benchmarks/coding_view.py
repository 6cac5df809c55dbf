"""Measure the coding view: opening a long text, marking it, and many who do so at once.

    python benchmarks/coding_view.py [--full] [--many N --minutes M] [--peer PYTHON] [--write]

Serves an archive by the real command and opens its texts in a real Chromium, from a click to where
one can code. ``--peer`` names the Python of an environment with Taguette, which serves texts of the
same words and as many highlights in the same run.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

from measuring import taguette_text
from measuring.long_words import paragraphs, stretches
from measuring.page import dated, renew, table, verdict
from measuring.processes import cost_of_module
from measuring.serving import Server, serving_archive
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tools import chromium

COMMAND = "python benchmarks/coding_view.py"
SMALL, LONG = 10_000, 100_000
MARKED, MUCH = 2_000, 10_000
TIMES, ACTS, CODERS = 3, 200, 20
PAUSE = 2.0
OPEN_GOAL, ACT_GOAL, FRAME_GOAL, TIMES_GOAL = 1.0, 4.0, 1000 / 60 * 1.1, 20
PATIENCE = 300_000
READY = "() => document.querySelector('.footkeys [data-saved]')?.textContent.trim()"
SCROLL = """async () => {
  const gaps = []; let last = performance.now();
  for (let frame = 0; frame < 300; frame += 1) {
    window.scrollBy(0, 60);
    await new Promise(requestAnimationFrame);
    const now = performance.now(); gaps.push(now - last); last = now;
  }
  return gaps.sort((one, other) => one - other);
}"""


class Opened(NamedTuple):
    """What opening a page took: seconds of the server's processor, and until one can code."""

    cpu: float
    seconds: float


class Place(NamedTuple):
    """An archive that is served: its texts, and who codes them."""

    server: Server
    study: str
    codebook: str
    texts: list[str]
    cookies: list[list[str]]

    def page(self, place: int) -> str:
        """Return the address of a text's page."""
        where = f"studies/{self.study}/coding/with/{self.codebook}/{self.texts[place]}/text/"
        return f"http://localhost:{self.server.port}/{where}"


def main() -> None:
    """Measure, print, and renew the page where that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--full", action="store_true", help=f"{LONG:,} words, not {SMALL:,}")
    parser.add_argument("--many", type=int, default=0, help="so many coders at once as well")
    parser.add_argument("--minutes", type=float, default=0.5, help="for so long")
    parser.add_argument("--peer", type=Path, help="the Python in which Taguette is installed")
    parser.add_argument("--write", action="store_true", help="renew docs/reference/benchmarks.md")
    asked = parser.parse_args()
    words = LONG if asked.full else SMALL
    with tempfile.TemporaryDirectory() as folder:
        body = measure(Path(folder), words, asked)
    print(body)
    if asked.write:
        said = " ".join("PYTHON" if "/" in one else one for one in sys.argv[1:])
        renew("The coding view", f"{dated(f'{COMMAND} {said}')}\n\n{body}")


def measure(folder: Path, words: int, asked: argparse.Namespace) -> str:
    """Open the texts here and at the peer, mark them, and let many mark at once."""
    full = words == LONG
    # Two that are opened, three of growing length that are marked, and ten for many coders.
    wanted = [(words, words * MARKED // LONG), (words, words * MUCH // LONG)]
    wanted += [(words // 100, 0), (words // 10, 0), (words, 0)]
    wanted += [(5_000, 0)] * 10
    parts = []
    with a_place(folder, wanted) as place, a_browser() as browser:
        ours = [opened(place.server, ours_open(browser, place, at)) for at in (0, 1)]
        frames = scrolled(browser, place)
        acts = [acts_at(place, at, wanted[at][0]) for at in (2, 3, 4)]
        theirs, their_acts = of_peer(folder, wanted[:5], asked.peer, browser=browser)
        parts.append(told_of_opening(wanted, ours, theirs, full=full))
        parts.append(told_of_scrolling(frames, full=full))
        parts.append(told_of_acts(wanted, acts, their_acts))
        if asked.many:
            parts.append(many(place, wanted, asked))
    return "\n\n".join(parts)


@contextmanager
def a_place(folder: Path, wanted: list[tuple[int, int]]) -> Iterator[Place]:
    """Make an archive of these texts and serve it."""
    archive = folder / "archive"
    what = json.dumps({"texts": wanted, "coders": CODERS})
    told = json.loads(cost_of_module("measuring.long_texts", archive, what).said.splitlines()[-1])
    with serving_archive(archive) as server:
        said = cost_of_module("measuring.coders", archive).said
        cookies = json.loads(said.splitlines()[-1])
        yield Place(server, told["study"], told["codebook"], told["texts"], cookies)


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Start a Chromium."""
    path = chromium.installed()
    if path is None:
        raise SystemExit("There is no Chromium here: run `.venv/bin/python -m tools.chromium`.")
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu"]
        yield playwright.chromium.launch(executable_path=path, args=options)


def known(browser: Browser, port: int, cookies: dict[str, str]) -> BrowserContext:
    """Return a fresh context in which a server knows who asks."""
    context = browser.new_context(locale="en")
    where = f"http://localhost:{port}"
    context.add_cookies([{"name": n, "value": v, "url": where} for n, v in cookies.items()])
    return context


def ours_open(browser: Browser, place: Place, at: int) -> Callable[[], float]:
    """Return what opens a text here once, and says after how many seconds one could code."""

    def once() -> float:
        context = known(browser, place.server.port, dict([place.cookies[0]]))
        page = context.new_page()
        page.goto(place.page(at), wait_until="commit")
        page.wait_for_function(READY, timeout=PATIENCE)
        seconds: float = page.evaluate("() => performance.now()") / 1000
        context.close()
        return seconds

    return once


def opened(server: Server, once: Callable[[], float]) -> Opened:
    """Open something some times, after once for warming up; return the middle of each."""
    once()
    costs = []
    for _ in range(TIMES):
        before = server.cpu()
        seconds = once()
        costs.append((server.cpu() - before, seconds))
    return Opened(median(cpu for cpu, _ in costs), median(seconds for _, seconds in costs))


def opened_once(server: Server, once: Callable[[], float]) -> Opened:
    """Open something that may take minutes, once."""
    before = server.cpu()
    seconds = once()
    return Opened(server.cpu() - before, seconds)


def scrolled(browser: Browser, place: Place) -> list[float]:
    """Scroll the text with the most excerpts, and return the times between frames."""
    context = known(browser, place.server.port, dict([place.cookies[0]]))
    page = context.new_page()
    page.goto(place.page(1))
    page.wait_for_function(READY, timeout=PATIENCE)
    frames: list[float] = page.evaluate(SCROLL)
    context.close()
    return frames


def acts_at(place: Place, at: int, words: int) -> tuple[float, list[float]]:
    """Mark one text act by act; return the server's milliseconds an act, and how long each took."""
    before = place.server.cpu()
    told = marking(place, [at], [words], acts=ACTS, cookies=place.cookies[:1])
    # The page and the marks are asked for once beside the acts.
    cpu = (place.server.cpu() - before) * 1000 / ACTS
    if told["errors"] or told["lost"]:
        raise RuntimeError(f"{told['errors']} errors, {told['lost']} lost: {told['reasons']}")
    return cpu, told["took"]


def marking(place: Place, at: list[int], words: list[int], **more: Any) -> dict[str, Any]:
    """Let coders mark in a process of their own."""
    lengths = [len("\n".join(paragraphs(one, seed=n))) for n, one in zip(at, words, strict=True)]
    asked = {
        "port": place.server.port,
        "study": place.study,
        "codebook": place.codebook,
        "texts": [place.texts[one] for one in at],
        "lengths": lengths,
        "acts": 0,
        "seconds": 0,
        "pause": PAUSE,
        **more,
    }
    said = cost_of_module("measuring.marking", json.dumps(asked)).said
    told: dict[str, Any] = json.loads(said.splitlines()[-1])
    return told


def of_peer(
    folder: Path, wanted: list[tuple[int, int]], python: Path | None, *, browser: Browser
) -> tuple[list[Opened | None], list[float | None]]:
    """Open and mark the same texts in Taguette."""
    if python is None:
        return [None, None], [None, None, None]
    with taguette_text.served(python, folder, wanted) as peer:
        opens = [
            opened_once(peer.server, peer_opens(browser, peer, at, highlights=wanted[at][1]))
            for at in (0, 1)
        ]
        return [*opens], [peer_acts(peer, at, wanted[at][0]) for at in (2, 3, 4)]


def peer_opens(
    browser: Browser, peer: taguette_text.Peer, at: int, *, highlights: int
) -> Callable[[], float]:
    """Return what opens a document there until its last highlight can be seen, if it ever can."""
    last = (
        "() => new Set([...document.querySelectorAll('#document-contents a[class*=highlight]')]"
        f".map(one => one.dataset.highlightId)).size >= {highlights}"
    )

    def once() -> float:
        context = known(browser, peer.server.port, peer.cookies)
        page = context.new_page()
        begun = perf_counter()
        page.goto(peer.page(at), wait_until="commit")
        with suppress(PlaywrightTimeout):
            page.wait_for_function(last, timeout=PATIENCE)
        seconds = perf_counter() - begun
        context.close()
        return seconds

    return once


def peer_acts(peer: taguette_text.Peer, at: int, words: int) -> float:
    """Add highlights there; return the server's milliseconds each."""
    length = len("\n".join(paragraphs(words, seed=at)))
    before = peer.server.cpu()
    for start, end, _ in stretches(length, ACTS, seed=9):
        peer.highlight(at, start, end)
    return (peer.server.cpu() - before) * 1000 / ACTS


def told_of_opening(
    wanted: list[tuple[int, int]], ours: list[Opened], theirs: list[Opened | None], *, full: bool
) -> str:
    """Lay out what opening took."""
    head = ("words", "excerpts", "seconds", "goal", "server's processor", "Taguette, seconds")
    rows = [(*head, "its server's processor", "times as fast")]
    for (words, excerpts), own, peer in zip(wanted, ours, theirs, strict=False):
        times = peer.seconds / own.seconds if peer else 0
        said = f"{times:.0f}; {TIMES_GOAL}: {'reached' if times >= TIMES_GOAL else 'MISSED'}"
        late = ">" if peer and peer.seconds * 1000 >= PATIENCE else ""
        beside = ("–", "–", "")
        if peer:
            beside = (f"{late}{peer.seconds:.2f}", f"{peer.cpu:.2f}", f"{late}{said}")
        goal = verdict(own.seconds, OPEN_GOAL, counts=full)
        rows.append(
            (f"{words:,}", f"{excerpts:,}", f"{own.seconds:.2f}", goal, f"{own.cpu:.2f}", *beside)
        )
    return f"From a click to where one can code, the middle of {TIMES}:\n\n{table(rows)}"


def told_of_scrolling(frames: list[float], *, full: bool) -> str:
    """Say how smoothly the text with the most excerpts scrolls."""
    half, most = median(frames), frames[int(len(frames) * 0.95)]
    goal = verdict(most, FRAME_GOAL, counts=full)
    return (
        f"Scrolling it, 300 frames without a graphics card: half within {half:.1f} ms, 95 % within "
        f"{most:.1f} ms (60 a second is 16.7; goal {goal})."
    )


def told_of_acts(
    wanted: list[tuple[int, int]],
    acts: list[tuple[float, list[float]]],
    theirs: list[float | None],
) -> str:
    """Lay out what marking took, by the length of the text."""
    rows = [
        ("words", "server's processor, ms", "goal", "answered, ms: half", "95 %", "Taguette, ms")
    ]
    for (words, _), (cpu, took), peer in zip(wanted[2:5], acts, theirs, strict=True):
        rows.append(
            (
                f"{words:,}",
                f"{cpu:.1f}",
                verdict(cpu, ACT_GOAL, counts=True),
                f"{median(took):.1f}",
                f"{took[int(len(took) * 0.95)]:.1f}",
                f"{peer:.1f}" if peer is not None else "–",
            )
        )
    return f"{ACTS} excerpts marked, one act each:\n\n{table(rows)}"


def many(place: Place, wanted: list[tuple[int, int]], asked: argparse.Namespace) -> str:
    """Let many coders mark ten texts for a while."""
    at = list(range(5, len(wanted)))
    words = [wanted[one][0] for one in at]
    cookies = place.cookies[: asked.many]
    told = marking(place, at, words, seconds=asked.minutes * 60, cookies=cookies)
    took = told["took"]
    return (
        f"{asked.many} coders at once for {asked.minutes:g} minutes, {PAUSE:g} s between two acts "
        f"on average: {len(took):,} acts, errors {told['errors']}, lost {told['lost']}; answered "
        f"half within {median(took):.0f} ms, 95 % within {took[int(len(took) * 0.95)]:.0f} ms."
    )


if __name__ == "__main__":
    main()
