"""doccano as a peer: installed in an environment of its own, filled, served, and read.

doccano shows texts that are to be labelled, in pages that a browser builds out of answers of its
interface. What counts as a page here is the document and the answers without which it stays
empty, each asked for once and one after the other; its scripts, which a browser keeps, are left
out, as are Exeunt's.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

from .page import ROOT
from .processes import BENCHMARKS, environment
from .serving import Server, free_port, serving

VERSION = "1.8.4"
# The newest of these break that version.
PACKAGES = (
    f"doccano=={VERSION}",
    "numpy==1.23.5",
    "pandas==1.5.3",
    "marshmallow<4",
    "setuptools<81",
)
NAME, WORDS = "measured", "a-passphrase-of-no-use"
DATASET, HOME = "the texts of a project", "the home of a project"
IN_ENGLISH = "Accept-Language: en\r\n"


class Peer(NamedTuple):
    """What was installed and filled: its environment's folder, and where its data lie."""

    programs: Path
    data: Path


def install(folder: Path, texts: int) -> Peer:
    """Install doccano and fill it with as many texts, unless that was done before."""
    peer = Peer(folder / "doccano" / "bin", folder / f"doccano-{texts}")
    uv = str(ROOT / ".tools" / "bin" / "uv")
    if not (peer.programs / "doccano").exists():
        _run(uv, "venv", "--quiet", "--python", sys.executable, str(peer.programs.parent))
        _run(uv, "pip", "install", "--quiet", "--python", str(peer.programs / "python"), *PACKAGES)
    if not (peer.data / "filled").exists():
        peer.data.mkdir(parents=True, exist_ok=True)
        doccano = str(peer.programs / "doccano")
        _run(doccano, "init", peer=peer)
        _run(doccano, "createuser", "--username", NAME, "--password", WORDS, peer=peer)
        filling = BENCHMARKS / "measuring" / "doccano_filling.py"
        _run(str(peer.programs / "python"), str(filling), str(texts), peer=peer)
        (peer.data / "filled").touch()
    return peer


@contextmanager
def served(peer: Peer, *, workers: int = 2) -> Iterator[Server]:
    """Serve it by its own command."""
    port = free_port()
    command = [str(peer.programs / "doccano"), "webserver"]
    command += ["--port", str(port), "--workers", str(workers)]
    env = environment(DOCCANO_HOME=str(peer.data))
    with serving(command, port=port, log=peer.data / "server.log", env=env) as server:
        yield server


def signed_in(server: Server) -> str:
    """Sign in as one does; return the line of a request by which doccano knows its reader."""
    connection = HTTPConnection("localhost", server.port, timeout=30)
    body = f'{{"username": "{NAME}", "password": "{WORDS}"}}'
    headers = {"Content-Type": "application/json"}
    connection.request("POST", "/v1/auth/login/", body, headers)
    answer = connection.getresponse()
    cookies = [value.partition(";")[0] for value in answer.headers.get_all("Set-Cookie", [])]
    connection.close()
    return f"Cookie: {'; '.join(cookies)}\r\n{IN_ENGLISH}"


def pages(texts: int) -> dict[str, list[list[str]]]:
    """Return what a browser was seen to ask for when it opens each page, at several places."""
    project = ["/v1/me", "/v1/projects/1/my-role", "/v1/projects/1"]
    lists = [
        f"/v1/projects/1/examples?limit=10&offset={offset}&confirmed=&ordering=&q="
        for offset in range(0, texts, max(10, texts // 20))
    ]
    return {
        DATASET: [["/projects/1/dataset", *project, one] for one in lists],
        HOME: [["/projects/1", *project]],
    }


def _run(*command: str, peer: Peer | None = None) -> None:
    env = environment(DOCCANO_HOME=str(peer.data)) if peer else environment()
    done = subprocess.run(
        command, env=env | {"HOME": os.environ["HOME"]}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:3])} failed:\n{done.stdout}{done.stderr}")
