"""The demonstration, looked at and really served, and a Chromium for its journeys."""

import fcntl
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.archive.folders import demonstration  # noqa: F401 - a fixture
from tests.browser.serving import let_everybody_in, served

# A machine that does much else at once is slow, not wrong.
expect.set_options(timeout=20_000)


# No longer than a module: while Playwright runs, Django opens no database in this process.
@pytest.fixture(scope="module")
def chromium(chromium_path: Path) -> Iterator[Browser]:
    """One Chromium for all journeys of a module."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def let_in(demonstration: Path) -> Path:  # noqa: F811 - the fixture above
    """Give every person of the demonstration a passphrase, once for all workers."""
    folder = demonstration.with_name("let-in")
    with (demonstration.parent / "let-in.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            making = shutil.copytree(demonstration, folder.with_name("letting-in"))
            let_everybody_in(making)
            making.rename(folder)
    return folder


@pytest.fixture(scope="module")
def address(let_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a copy of the demonstration in which every person has a passphrase."""
    folder = tmp_path_factory.mktemp("served")
    archive = shutil.copytree(let_in, folder / "archive")
    with served(archive, folder / "log.txt") as found:
        yield found
