"""An archive that is really served, and people who really sign in: what journeys start from."""

import base64
import hashlib
import hmac
import os
import signal
import socket
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page

from exeunt.archive.key import server_key
from exeunt.archive.opening import opened
from exeunt.members.models import Member
from tests.house.source_files import ROOT

PASSPHRASE = "a heron stands in the shallow water"
SECRET = base64.b32encode(b"invented secret 2026").decode()
READY_WITHIN = 60.0
LET_IN = """
import sys, pathlib, exeunt.archive
from tests.browser.serving import give_passphrases
give_passphrases(pathlib.Path(sys.argv[1]))
"""
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


def give_passphrases(archive: Path) -> None:
    """Let every person of an archive sign in with the same passphrase and second factor."""
    before = settings.EXEUNT_SERVER_KEY
    settings.EXEUNT_SERVER_KEY = server_key(archive)
    with opened(archive):
        for member in Member.objects.filter(kind="person"):
            member.set_password(PASSPHRASE)
            member.save(update_fields=["password"])
            TOTP.activate(member, SECRET)
    settings.EXEUNT_SERVER_KEY = before


def let_everybody_in(archive: Path) -> None:
    """Do the same in a process of its own: where Playwright runs, Django opens no database."""
    command = [sys.executable, "-c", LET_IN, str(archive)]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    subprocess.run(command, check=True, env=environment, cwd=ROOT)


def code_at(moment: float) -> str:
    """The code that an authenticator app would show at a moment (RFC 6238)."""
    key = base64.b32decode(SECRET)
    digest = hmac.new(key, struct.pack(">Q", int(moment) // 30), hashlib.sha1).digest()
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def served(archive: Path, log: Path) -> Iterator[str]:
    """Serve an archive by the command line, and yield its address; what it says goes to a log."""
    port = free_port()
    command = [sys.executable, "-m", "exeunt", "serve", str(archive), "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
    with log.open("w") as said:
        process = subprocess.Popen(
            command, stdout=said, stderr=said, env=environment, start_new_session=True
        )
    try:
        address = f"http://localhost:{port}"
        _wait_for(address, process, log)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise


def _wait_for(address: str, process: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended: {log.read_text()}")
        try:
            urllib.request.urlopen(f"{address}/in/login/", timeout=2).close()  # noqa: S310
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the server did not answer: {log.read_text()}")


class Person:
    """Somebody at a browser: signed in, and every complaint of a page written down."""

    def __init__(self, browser: Browser, address: str, name: str, **options: object) -> None:
        self.name = name
        self.address = address
        self.context: BrowserContext = browser.new_context(
            viewport=options.pop("viewport", DESK), base_url=address, **options
        )
        self.complaints: list[str] = []
        self.fetched: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.on("request", lambda request: self.fetched.append(request.url))
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        self.page.on("console", self._heard)

    def _heard(self, said) -> None:
        if said.type == "error" and "status of 4" not in said.text:
            self.complaints.append(said.text)

    def signed_in(self) -> Any:
        """What a browser keeps of being signed in; a code works once, so others are handed this."""
        return self.context.storage_state()

    def sign_in(self) -> "Person":
        """Sign in as people do: name, passphrase, code."""
        self.page.goto("/in/login/")
        self.page.get_by_label("Name").fill(self.name)
        self.page.get_by_label("Passphrase").fill(PASSPHRASE)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/in/second/")
        self.page.get_by_role("textbox", name="Code").fill(code_at(self._clock()))
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: "/in/" not in url)
        return self

    def _clock(self) -> float:
        """The moment by the browser's clock, which no test has stopped."""
        return float(self.page.evaluate("() => Date.now() / 1000"))

    def outside(self) -> list[str]:
        """Whatever was fetched from elsewhere."""
        own = (self.address, "data:", "blob:")
        return [url for url in self.fetched if not url.startswith(own)]
