"""The edits that are made while a server is killed: who makes them, on which page, in which words.

Every one is a form that is filled in as a person would, after opening the page that it is on.
"""

import secrets
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from typing import NamedTuple, Protocol

from django.conf import settings
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from benchmarks.measuring.archive import prepare
from benchmarks.measuring.sessions import cookie_of
from benchmarks.measuring.tables import CODEBOOK, CODERS
from exeunt.archive.folder import ArchiveFolder
from exeunt.archive.key import server_key, signing_key
from exeunt.archive.opening import opened
from exeunt.members.queries import first_person, member_called
from tools.browsing import Answer, File, Sending, filled

DONE = 302
OPENED = 200
ENGLISH = {"accept-language": "en"}
FIRST, SECOND = CODERS
PAGE = b"<!doctype html><title>Invented</title><p>An invented page that somebody saved.</p>"

Refs = Mapping[str, str]
Words = Mapping[str, str]


class Step(NamedTuple):
    """One edit: what it is, who makes it, where its form is, and what is filled in."""

    name: str
    by: str
    address: Callable[[Refs], str]
    words: Words
    files: Mapping[str, File] = {}


class Desk(NamedTuple):
    """An archive that is ready to be edited, and the cookies of those who edit it."""

    archive: Path
    cookies: Mapping[str, Mapping[str, str]]


def prepared(folder: Path) -> Desk:
    """Make an archive with a codebook and two coders, who are signed in."""
    prepare(folder)
    with keyed(folder):
        # While nobody can sign in, each start of the server draws a link for somebody.
        lead = first_person()
        lead.set_password(secrets.token_urlsafe())
        lead.save(update_fields=["password"])
        cookies = {name: dict([cookie_of(member_called(name))]) for name in CODERS}
    return Desk(folder, cookies)


def cookies_of(name: str) -> dict[str, str]:
    """Return the cookies of a member of the open archive who has just signed in."""
    return dict([cookie_of(member_called(name))])


class Sitting(Protocol):
    """Where somebody opens pages and sends forms: a server's, or those of this process."""

    def open(self, address: str) -> Answer:
        """Open a page."""

    def send(self, sending: Sending) -> None:
        """Send a form."""

    def receive(self) -> Answer:
        """Wait for the answer."""


class Within:
    """Pages of an archive that this process has opened; no server is needed for them."""

    def __init__(self, cookies: Mapping[str, str]) -> None:
        """Have these cookies from the start, such as that of a session."""
        self._client = Client(enforce_csrf_checks=True, SERVER_NAME="localhost", headers=ENGLISH)
        self._client.cookies = SimpleCookie(dict(cookies))
        self._last = Answer(0, "", "")

    def open(self, address: str) -> Answer:
        """Open a page."""
        return _read(self._client.get(address))

    def send(self, sending: Sending) -> None:
        """Send a form."""
        self._last = _read(
            self._client.generic("POST", sending.address, sending.body, content_type=sending.kind)
        )

    def receive(self) -> Answer:
        """Return the answer to what was sent."""
        return self._last


def written_out(step: Step, sitting: Sitting, archive: Path) -> Sending:
    """Open the page of an edit, and fill in its form; it is not sent yet."""
    address = step.address(refs_in(archive))
    page = sitting.open(address)
    if page.status != OPENED:
        raise RuntimeError(f"{step.name}: {address} was answered {page.status}:\n{page.text}")
    return filled(page.text, address=address, words=step.words, files=step.files)


def send_again(archive: Path, sending: Sending, cookies: Mapping[str, str]) -> None:
    """Send a form a second time, as one does who never saw an answer; the server is gone."""
    with keyed(archive):
        Within(cookies).send(sending)


def _read(response: HttpResponseBase) -> Answer:
    location = response.headers.get("Location", "")
    return Answer(response.status_code, location, bytes(response.getvalue()).decode())


@contextmanager
def keyed(archive: Path) -> Iterator[ArchiveFolder]:
    """Open an archive with its own key, so that its sessions and forms are known."""
    before = settings.EXEUNT_SERVER_KEY, settings.SECRET_KEY
    settings.EXEUNT_SERVER_KEY = server_key(archive)
    settings.SECRET_KEY = signing_key(settings.EXEUNT_SERVER_KEY)
    try:
        with opened(archive) as folder:
            yield folder
    finally:
        settings.EXEUNT_SERVER_KEY, settings.SECRET_KEY = before


def refs_in(archive: Path) -> Refs:
    """Return the references of the study, and of the account that was added last."""
    with closing(sqlite3.connect(ArchiveFolder(archive).database)) as database:
        study = database.execute("SELECT ref FROM studies_study").fetchone()
        account = database.execute(
            "SELECT ref FROM testimonies_account ORDER BY id DESC LIMIT 1"
        ).fetchone()
        return {"study_ref": study[0], "ref": account[0] if account else ""}


def of_the_study(view: str) -> Callable[[Refs], str]:
    """Return where a page of the study is."""
    return lambda refs: reverse(view, kwargs={"study_ref": refs["study_ref"]})


def of_the_account(view: str) -> Callable[[Refs], str]:
    """Return where a page of the account is that was added last."""
    return lambda refs: reverse(view, kwargs=dict(refs))


def of_the_sheet(view: str, *more: object) -> Callable[[Refs], str]:
    """Return where a page is of the reading of that account."""
    return lambda refs: reverse(view, args=[refs["study_ref"], f"{CODEBOOK}@1", refs["ref"], *more])


STEPS = (
    Step(
        "an account added by hand, with a saved page",
        FIRST,
        of_the_study("testimonies:add"),
        {"provenance": "invented", "gender": "woman", "group_left": "Group A", "left": "2015-06"},
        {"saved_copy": File("page.html", PAGE)},
    ),
    Step(
        "an account corrected",
        FIRST,
        of_the_account("testimonies:edit"),
        {"group_left": "Group B", "left": "2016", "text": "They told us one thing; I saw another."},
    ),
    Step(
        "a narrator corrected",
        SECOND,
        of_the_account("testimonies:narrator"),
        {"label": "N-1", "gender": "man"},
    ),
    Step(
        "a stretch of the text marked",
        FIRST,
        of_the_sheet("coding:plain"),
        {"first": "1", "code": "L1", "memo": "One thing, and another.", "do": "mark"},
    ),
    Step(
        "a sheet saved",
        FIRST,
        of_the_sheet("coding:sheet"),
        {"value-0": "1", "note-0": "They say so twice.", "memo": "Calm.", "do": "save"},
    ),
    Step(
        "a sheet saved and completed",
        FIRST,
        of_the_sheet("coding:sheet"),
        {"value-1": "1", "rest": "on", "do": "complete"},
    ),
    Step(
        "a second reader's sheet completed",
        SECOND,
        of_the_sheet("coding:sheet"),
        {"value-0": "0", "value-1": "1", "rest": "on", "do": "complete"},
    ),
    Step(
        "a difference settled",
        SECOND,
        of_the_sheet("coding:settle", 0),
        {"cell": "1", "reason": "The second sentence says it."},
    ),
    Step(
        "an account added by hand",
        SECOND,
        of_the_study("testimonies:add"),
        {"gender": "man", "group_left": "Group A", "exit2_group_left": "Group C"},
    ),
)
