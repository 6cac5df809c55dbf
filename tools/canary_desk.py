"""A custodian with a planted identity in hand, at the pages of a real server."""

from contextlib import suppress
from http.client import HTTPException
from typing import NamedTuple
from urllib.parse import quote

from tools.browsing import Browser, File, filled
from tools.canaries import Planted
from tools.canary_people import KINDS


def _revision(page: str) -> str:
    return page.partition('name="revision" value="')[2].partition('"')[0]


class Desk(NamedTuple):
    """The custodian's pages in a browser without a screen."""

    browser: Browser
    at: str

    def open_vault(self, passphrase: str) -> None:
        """Open the vault for taking texts in."""
        self._fill("/vault/open/", reason="intake", passphrase=passphrase)

    def take_in(self, who: Planted) -> None:
        """Register somebody, send their text as a file, mask it, read it and hand it over."""
        place = self._fill(
            f"{self.at}narrators/register/",
            name=who.name,
            aliases=f"{who.elsewise}\n{who.arabic}",
            value_1=who.phone,
            kind_1="phone",
            risks=f"They ask for {who.name}.",
        )
        ref = place.rstrip("/").rpartition("/")[2]
        page = self._fill(
            f"{self.at}texts/take-in/?narrator={ref}",
            {"file": File("told.txt", who.told().encode())},
        )
        for words, kind in zip(who, KINDS.values(), strict=True):
            self._fill(page, act="everywhere", words=words, kind=kind)
        self._decide(page)
        self._fill(page, act="read")
        end = page.partition("pages/")[0] + "finish/"
        self._fill(end, revision=_revision(self.browser.open(end).text))

    def send_what_is_broken(self, who: Planted) -> None:
        """Send a file that cannot be read, and begin to send one that is never finished."""
        broken = File("told.docx", b"PK\x03\x04" + who.told().encode() * 40)
        self._fill(f"{self.at}texts/take-in/", {"file": broken})
        page = self.browser.open(f"{self.at}texts/take-in/").text
        large = File("told.txt", who.told().encode() * 40_000)
        sending = filled(page, address=f"{self.at}texts/take-in/", words={}, files={"file": large})
        cut = sending._replace(body=sending.body[: len(sending.body) // 2])
        connection = Browser(self.browser.connection.port, self.browser.cookies).connection
        with suppress(OSError, HTTPException):
            connection.putrequest("POST", cut.address)
            connection.putheader("Content-Type", cut.kind)
            connection.putheader("Content-Length", str(len(sending.body)))
            cookies = "; ".join("=".join(pair) for pair in self.browser.cookies.items())
            connection.putheader("Cookie", cookies)
            connection.endheaders(cut.body)
        connection.close()

    def register(self, who: Planted) -> None:
        """Send the form by which somebody is registered, whatever becomes of it."""
        self._fill(f"{self.at}narrators/register/", name=who.name, aliases=who.arabic)

    def shut(self) -> None:
        """Shut the vault."""
        page = self.browser.open("/vault/").text
        sending = filled(page, address="/vault/", words={})
        self.browser.send(sending._replace(address="/vault/shut/"))
        self.browser.receive()
        self.browser.close()

    def seek(self, who: Planted) -> None:
        """Seek somebody by name, as whoever is curious would."""
        for place in ("accounts", "findings"):
            self.browser.open(f"{self.at.replace('vault', place)}?q={quote(who.name)}")

    def _decide(self, page: str) -> None:
        """Mask whatever the rules still propose."""
        text = self.browser.open(page).text
        while 'value="accept-alike ' in text:
            number = text.partition('value="accept-alike ')[2].partition('"')[0]
            self._fill(page, act=f"accept-alike {number}")
            text = self.browser.open(page).text

    def _fill(self, address: str, files: dict[str, File] | None = None, **words: str) -> str:
        """Open a page, fill in its form, send it, and return where it led to."""
        page = self.browser.open(address)
        where = address.partition("?")[0]
        self.browser.send(filled(page.text, address=where, words=words, files=files))
        return self.browser.receive().location or address
