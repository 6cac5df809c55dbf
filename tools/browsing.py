"""A browser without a screen: reads the forms of a page, fills one in, and sends it.

It reads the page that a person would read: whatever is hidden in a form goes back with it.
"""

from collections.abc import Mapping
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse
from typing import NamedTuple
from uuid import uuid4

GIVEN_UP_AFTER = 30.0
NOT_SENT = frozenset({"submit", "button", "reset", "image", "file"})
CHOSEN = frozenset({"checkbox", "radio"})


class File(NamedTuple):
    """A file that goes along with a form."""

    name: str
    content: bytes


class Form(NamedTuple):
    """A form as it stands on a page: where it goes, and what it would send untouched."""

    action: str
    method: str
    fields: dict[str, str]
    names: frozenset[str]


class Sending(NamedTuple):
    """A form that is filled in and ready to go, and can be sent again as it is."""

    address: str
    body: bytes
    kind: str


class Answer(NamedTuple):
    """What came back."""

    status: int
    location: str
    text: str


class Browser:
    """One connection to a server, and the cookies that it gave."""

    def __init__(self, port: int, cookies: Mapping[str, str]) -> None:
        """Have these cookies from the start, such as that of a session."""
        self.cookies = dict(cookies)
        self.connection = HTTPConnection("localhost", port, timeout=GIVEN_UP_AFTER)

    def open(self, address: str) -> Answer:
        """Open a page."""
        self.connection.request("GET", address, headers=self._headers())
        return self.receive()

    def send(self, sending: Sending) -> None:
        """Send a form, and do not wait for the answer."""
        headers = {**self._headers(), "Content-Type": sending.kind}
        self.connection.request("POST", sending.address, body=sending.body, headers=headers)

    def receive(self) -> Answer:
        """Wait for an answer."""
        response = self.connection.getresponse()
        body = response.read()
        self._keep(response)
        location = response.headers.get("Location", "")
        return Answer(response.status, location, body.decode(errors="replace"))

    def close(self) -> None:
        """Let go of the connection."""
        self.connection.close()

    def _headers(self) -> dict[str, str]:
        pairs = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": pairs, "Accept-Language": "en"}

    def _keep(self, response: HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name.strip()] = value.strip()


def filled(
    page: str, *, address: str, words: Mapping[str, str], files: Mapping[str, File] | None = None
) -> Sending:
    """Fill in the one form of a page that has all these fields, and leave the others as they are.

    Raises LookupError where the page has no such form.
    """
    wanted = set(words) | set(files or {})
    fitting = [form for form in forms_of(page) if form.method == "post" and wanted <= form.names]
    if not fitting:
        known = [sorted(form.names) for form in forms_of(page)]
        raise LookupError(f"no form at {address} asks for {sorted(wanted)}; there are {known}")
    fields = {**fitting[0].fields, **words}
    boundary = uuid4().hex
    return Sending(
        address=fitting[0].action or address,
        body=_parts(fields, files or {}, boundary),
        kind=f"multipart/form-data; boundary={boundary}",
    )


def forms_of(page: str) -> list[Form]:
    """Return every form of a page."""
    reading = _Forms()
    reading.feed(page)
    return reading.forms


def _parts(fields: Mapping[str, str], files: Mapping[str, File], boundary: str) -> bytes:
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for name, file in files.items():
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; '
        head += f'filename="{file.name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
        parts.append(head.encode() + file.content + b"\r\n")
    return b"".join([*parts, f"--{boundary}--\r\n".encode()])


class _Forms(HTMLParser):
    """Collects the forms of a page while it is read from its beginning."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._names: set[str] = set()
        self._within = ""
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a form, a field, or a choice of one."""
        said = {name: value or "" for name, value in attrs}
        name = said.get("name", "")
        if tag == "form":
            method = said.get("method", "get").casefold()
            self._form = Form(said.get("action", ""), method, {}, frozenset())
            self._names = set()
        elif self._form is None:
            return
        elif tag == "option" and self._select:
            self._choose(said)
        elif name:
            self._names.add(name)
            self._field(tag, name, said)

    def handle_data(self, data: str) -> None:
        """Take what stands in a text area."""
        if self._within and self._form is not None:
            self._form.fields[self._within] += data

    def handle_endtag(self, tag: str) -> None:
        """Finish a form or a field."""
        if tag == "form" and self._form is not None:
            self.forms.append(self._form._replace(names=frozenset(self._names)))
            self._form = None
        elif tag == "textarea" and self._form is not None:
            # A browser drops the first line break of a text area.
            text = self._form.fields.get(self._within, "")
            self._form.fields[self._within] = text.removeprefix("\n")
            self._within = ""
        elif tag == "select":
            self._select = ""

    def _field(self, tag: str, name: str, said: Mapping[str, str]) -> None:
        fields = self._form.fields if self._form is not None else {}
        kind = said.get("type", "text")
        if tag == "textarea":
            self._within = name
            fields[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "input" and kind in CHOSEN:
            if "checked" in said:
                fields[name] = said.get("value", "on")
        elif tag == "input" and kind not in NOT_SENT:
            fields[name] = said.get("value", "")

    def _choose(self, said: Mapping[str, str]) -> None:
        """Take the choice that is selected, or the first as long as none is."""
        fields = self._form.fields if self._form is not None else {}
        if "selected" in said or self._select not in fields:
            fields[self._select] = said.get("value", "")
