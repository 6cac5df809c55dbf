"""Taguette as its user would start it: its page of a document, and adding a highlight."""

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple

from .processes import BENCHMARKS, environment
from .serving import Server, free_port, serving

TOKEN = re.compile(r"token=([0-9a-f]+)")
COOKIE = re.compile(r"^([^=]+)=([^;]*)")
DONE = 200


class Peer(NamedTuple):
    """A server of Taguette with a project, and cookies by which it knows its user."""

    server: Server
    project: int
    documents: list[int]
    tags: list[int]
    cookies: dict[str, str]

    def page(self, place: int) -> str:
        """Return the address of a document's page."""
        port, document = self.server.port, self.documents[place]
        return f"http://localhost:{port}/project/{self.project}/document/{document}"

    def highlight(self, place: int, start: int, end: int) -> None:
        """Add a highlight."""
        document = self.documents[place]
        status, said = self._ask(
            "POST",
            f"/api/project/{self.project}/document/{document}/highlight/new",
            json.dumps({"start_offset": start, "end_offset": end, "tags": self.tags[:1]}),
        )
        if status != DONE:
            raise RuntimeError(f"Taguette answered {status}: {said[:200]}")

    def _ask(self, how: str, path: str, body: str | None = None) -> tuple[int, str]:
        connection = HTTPConnection("localhost", self.server.port, timeout=120)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "X-XSRFToken": self.cookies.get("_xsrf", "")}
        connection.request(how, path, body, headers | {"Content-Type": "application/json"})
        answer = connection.getresponse()
        said = answer.read().decode()
        for value in answer.headers.get_all("Set-Cookie", []):
            if found := COOKIE.match(value):
                self.cookies[found.group(1)] = found.group(2)
        connection.close()
        return answer.status, said


def fill(python: Path, database: Path, wanted: list[tuple[int, int]]) -> dict[str, Any]:
    """Fill a database with documents of so many words and highlights."""
    command = [str(python), str(BENCHMARKS / "measuring" / "taguette_filling.py")]
    done = subprocess.run(
        [*command, str(database), json.dumps(wanted)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr.splitlines()[-1])
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


@contextmanager
def served(python: Path, folder: Path, wanted: list[tuple[int, int]]) -> Iterator[Peer]:
    """Fill a project and serve it, signed in."""
    database = folder / "taguette.sqlite3"
    told = fill(python, database, wanted)
    port, log = free_port(), folder / "taguette.log"
    command = [str(python.with_name("taguette")), "--no-browser", "--port", str(port)]
    command += ["--database", str(database)]
    with serving(command, port=port, log=log, env=environment(PYTHONUNBUFFERED="1")) as server:
        cookies = {"cookies_accepted": "yes"}
        peer = Peer(server, told["project"], told["documents"], told["tags"], cookies)
        found = TOKEN.search(log.read_text())
        peer._ask("GET", f"/?token={found.group(1)}" if found else "/")
        peer._ask("GET", f"/project/{peer.project}")
        yield peer
