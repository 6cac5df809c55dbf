"""The demonstration, looked at and really served, and a Chromium for its journeys."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.archive.folders import demonstration  # noqa: F401 - a fixture
from tests.browser.serving import let_everybody_in, served


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


@pytest.fixture(scope="module")
def address(
    demonstration: Path,  # noqa: F811 - the fixture above
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """Serve a copy of the demonstration in which every person has a passphrase."""
    folder = tmp_path_factory.mktemp("served")
    archive = shutil.copytree(demonstration, folder / "archive")
    let_everybody_in(archive)
    with served(archive, folder / "log.txt") as found:
        yield found
