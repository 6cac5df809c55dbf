"""Signing in, in a real Chromium: from the link that the server prints to a passkey alone."""

import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, CDPSession, Page
from pytest_django.plugin import DjangoDbBlocker

from exeunt.archive.opening import make_archive, opened
from exeunt.members.actions import add_member, draw_link
from exeunt.members.queries import first_person
from exeunt.studies.actions import begin_study
from tests.archive.folders import own_connection
from tests.browser.serving import free_port
from tests.house.source_files import ROOT

pytestmark = pytest.mark.browser

PASSPHRASE = "seven invented horses"
PERIOD = 30
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
# Somebody else's finger: the device answers, and says no.
STRANGE = DEVICE | {"isUserVerified": False}
LINK = re.compile(r"http://localhost:\d+/in/welcome/\S+")


class Served(NamedTuple):
    """An archive that is being served; Amina's link was printed by the server, others drawn."""

    address: str
    links: dict[str, str]


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Served]:
    """Serve an archive into which nobody has signed in yet."""
    archive = tmp_path_factory.mktemp("served") / "archive"
    # In a thread of its own: where Playwright runs, Django refuses to use a database.
    with ThreadPoolExecutor(1) as apart:
        tokens = apart.submit(made, archive, django_db_blocker).result()
    command = [sys.executable, "-m", "exeunt", "serve", archive, "--port", str(free_port())]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        said = iter(server.stdout.readline, "")
        first = next(found for line in said if (found := LINK.search(line))).group()
        address = first.partition("/in/")[0]
        others = {name: f"{address}/in/welcome/{token}/" for name, token in tokens.items()}
        yield Served(address, {"Amina": first, **others})
    finally:
        server.terminate()
        assert server.wait(60) == 0
        server.stdout.close()


def made(archive: Path, blocker: DjangoDbBlocker) -> dict[str, str]:
    """Make an archive in which Amina begins a study, and draw links for the others."""
    with own_connection(blocker):
        make_archive(archive, lead="Amina")
        with opened(archive):
            amina = first_person()
            begin_study(slug="leaving", by=amina)
            others = [add_member(name=name, by=amina) for name in ("Boris", "Chidi", "Eve")]
            return {one.name: draw_link(member=one, by=amina).token for one in others}


class Desk(NamedTuple):
    """A page in a browser with a device that keeps passkeys, and what the page complained of."""

    page: Page
    device: CDPSession
    complaints: list[str]

    def exchange_device(self) -> None:
        """Put a device in its place that holds no passkey, and knows nobody."""
        self.device.send("WebAuthn.disable")
        self.device.send("WebAuthn.enable")
        self.device.send("WebAuthn.addVirtualAuthenticator", {"options": STRANGE})


@pytest.fixture
def desk(chromium: Browser, served: Served) -> Iterator[Desk]:
    """A desk in front of the archive; whatever a page complains of fails the journey."""
    context = chromium.new_context(base_url=served.address)
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    desk = Desk(page, device, [])
    page.on("pageerror", lambda fault: desk.complaints.append(str(fault)))
    page.on("console", lambda said: desk.complaints.append(f"{said.type}: {said.text}"))
    yield desk
    context.close()
    # A status of our own, such as 422, is no complaint.
    assert [said for said in desk.complaints if "the server responded with" not in said] == []


def accessible(page: Page) -> None:
    """Check that axe finds nothing."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['target']}" for one in found] == []


def come_in(page: Page, link: str) -> None:
    """Set the passphrase by the link."""
    page.goto(link)
    accessible(page)
    page.get_by_label("New passphrase", exact=True).fill(PASSPHRASE)
    page.get_by_label("New passphrase once more").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    page.wait_for_url("**/in/factors/")
    accessible(page)


def add_passkey(page: Page) -> list[str]:
    """Add a passkey, keep the codes, and return them."""
    page.goto("/in/factors/passkeys/add/")
    accessible(page)
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/in/factors/codes/")
    return keep_codes(page)


def add_app(page: Page) -> str:
    """Add an app, keep the codes, and return its secret."""
    page.goto("/in/factors/app/add/")
    accessible(page)
    secret = page.locator("#totp-secret").inner_text()
    page.get_by_label("Code that the app shows").fill(code_of(secret))
    page.keyboard.press("Enter")
    page.wait_for_url("**/in/factors/codes/")
    return secret


def keep_codes(page: Page) -> list[str]:
    """Read the recovery codes and say that they are kept."""
    accessible(page)
    codes = page.locator("#recovery-codes li").all_inner_texts()
    page.get_by_role("button", name="I have kept them").click()
    page.wait_for_url(lambda address: "/in/" not in address)
    return codes


def code_of(secret: str, *, later: int = 0) -> str:
    """Compute what an app shows; the server's clock is the true one."""
    now = int(time_machine.escape_hatch.time.time())
    return format_hotp_value(hotp_value(secret, now // PERIOD + later))


def sign_out(page: Page) -> None:
    """Go out."""
    page.goto("/in/logout/")
    accessible(page)
    page.get_by_role("button", name="Sign out").last.click()
    page.wait_for_url("**/in/login/")
    accessible(page)


def give_passphrase(page: Page, name: str, passphrase: str = PASSPHRASE) -> None:
    """Type name and passphrase."""
    page.goto("/in/login/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Passphrase").fill(passphrase)
    page.keyboard.press("Enter")


def is_in(page: Page) -> bool:
    """Whether a page opens that is for members only."""
    page.goto("/in/passphrase/")
    return urlsplit(page.url).path == "/in/passphrase/"


def by_passkey(page: Page) -> None:
    """Let the device answer, and arrive."""
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda address: "/in/" not in address)


def test_from_the_printed_link_to_a_passkey_alone(desk, served):
    page = desk.page
    come_in(page, served.links["Amina"])
    codes = add_passkey(page)
    assert len(codes) == 10
    assert is_in(page)
    sign_out(page)
    assert not is_in(page)

    page.goto("/in/login/")
    by_passkey(page)
    assert is_in(page)

    sign_out(page)
    give_passphrase(page, "Amina")
    page.wait_for_url("**/in/second/")
    accessible(page)
    by_passkey(page)
    assert is_in(page)
    rename(page, "Amina's phone")

    sign_out(page)
    give_passphrase(page, "Amina")
    page.get_by_label("Code").fill(codes[0])
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/in/" not in address)
    page.goto("/in/factors/")
    assert "9 codes are left." in page.inner_text("main")


def rename(page: Page, name: str) -> None:
    """Give the passkey another name."""
    page.goto("/in/factors/")
    page.get_by_role("link", name=re.compile("^Rename")).click()
    accessible(page)
    page.get_by_label("Name of the passkey").fill(name)
    page.keyboard.press("Enter")
    page.wait_for_url("**/in/factors/")
    assert name in page.inner_text("main")
    accessible(page)


def test_an_app_computes_the_second_factor(desk, served):
    page = desk.page
    come_in(page, served.links["Boris"])
    secret = add_app(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    codes = keep_codes(page)
    assert Path(download.value.path()).read_text().split() == codes

    sign_out(page)
    give_passphrase(page, "Boris")
    page.get_by_label("Code").fill("000000")
    page.keyboard.press("Enter")
    page.wait_for_selector("#errors")
    assert page.title().startswith("Error:")
    page.get_by_label("Code").fill(code_of(secret))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/in/" not in address)
    assert is_in(page)


def test_a_passkey_that_is_not_used_is_answered_by_a_sentence(desk, served):
    page = desk.page
    come_in(page, served.links["Chidi"])
    add_passkey(page)
    sign_out(page)
    desk.exchange_device()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_selector("#passkey-said:not([hidden])", timeout=90_000)

    assert "The passkey was not used" in page.inner_text("#passkey-said")
    accessible(page)


def test_a_wrong_passphrase_keeps_the_name_and_says_so_in_a_summary(desk, served):
    page = desk.page
    page.goto("/in/login/")
    give_passphrase(page, "Amina", "wrong words")
    page.wait_for_selector("#errors")

    assert page.get_by_label("Name").input_value() == "Amina"
    assert page.get_by_label("Passphrase").input_value() == ""
    assert "The name or the passphrase is wrong." in page.inner_text("#errors")
    accessible(page)


def test_pages_of_signing_in_fit_a_phone_and_work_in_arabic(desk, served):
    page = desk.page
    page.set_viewport_size({"width": 360, "height": 740})
    come_in(page, served.links["Eve"])
    page.goto("/in/login/")
    page.goto("/in/factors/")
    page.locator("button[name=language][value=ar]").first.click()
    page.wait_for_selector("html[dir=rtl]")
    for path in ("/in/factors/", "/in/factors/passkeys/add/", "/in/factors/app/add/"):
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert (path, wide) == (path, 360)
        accessible(page)
