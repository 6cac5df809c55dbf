"""Coders who mark texts at a server: one alone, or many at once for a while.

    python -m measuring.marking JSON

The JSON is an `Asked`; prints a `Told` as JSON. It is a process of its own, so that its work is not
the server's. What was answered with "done" and is not there at the end is lost.
"""

import json
import random
import re
import sys
import threading
from http.client import HTTPConnection, HTTPException
from time import monotonic, perf_counter, sleep
from typing import NamedTuple

TOKEN = re.compile(r'data-token="([^"]+)"')
CSRF = re.compile(r"([a-z_-]*csrf)=([^;]+)")
DONE = 200
AGAIN = 3


class Asked(NamedTuple):
    """Who marks what: ``acts`` of one coder after another, or many for so many ``seconds``."""

    port: int
    study: str
    codebook: str
    texts: list[str]
    lengths: list[int]
    cookies: list[list[str]]
    acts: int
    seconds: float
    pause: float


class Told(NamedTuple):
    """What came of it; times are in milliseconds, sorted."""

    took: list[float]
    errors: int
    reasons: list[str]
    lost: int


class Coder:
    """One coder with one connection."""

    def __init__(self, asked: Asked, number: int) -> None:
        self.asked = asked
        self.chance = random.Random(number)
        self.cookie = "=".join(asked.cookies[number])
        self.took: list[float] = []
        self.reasons: list[str] = []
        self.done: dict[str, set[tuple[int, int, str]]] = {}
        self.pages: dict[str, str] = {}
        self.open: HTTPConnection | None = None

    def mark(self) -> None:
        """Mark a stretch that nobody has marked, somewhere."""
        place = self.chance.randrange(len(self.asked.texts))
        text, length = self.asked.texts[place], self.asked.lengths[place]
        start = self.chance.randrange(length - 200)
        end = start + self.chance.randrange(20, 190)
        code = f"L{self.chance.randrange(6)}"
        act = {"do": "mark", "start": start, "end": end, "code": code}
        token = self._token(text)
        begun = perf_counter()
        said = self._send(f"{self._at(text)}act/", {"text": 1, "revision": 0, "acts": [act]}, token)
        self.took.append((perf_counter() - begun) * 1000)
        if said is None:
            return
        self.done.setdefault(text, set()).add((start, end, code))

    def lost(self) -> int:
        """Count what was done and is not there."""
        gone = 0
        for text, done in self.done.items():
            told = json.loads(self._get(f"{self._at(text)}marks/"))
            there = {tuple(one[:3]) for one in told["marks"]}
            gone += len(done - there)
        return gone

    def _at(self, text: str) -> str:
        return f"/studies/{self.asked.study}/coding/with/{self.asked.codebook}/{text}/"

    def _token(self, text: str) -> str:
        if text not in self.pages:
            found = TOKEN.search(self._get(f"{self._at(text)}text/"))
            self.pages[text] = found.group(1) if found else ""
        return self.pages[text]

    def _send(self, path: str, body: object, token: str) -> object:
        said = json.dumps(body)
        headers = {"Content-Type": "application/json", "X-CSRFToken": token}
        for _ in range(AGAIN):
            try:
                status, answer = self._ask("POST", path, said, **headers)
            except (OSError, HTTPException) as trouble:
                self.reasons.append(repr(trouble))
                continue
            if status == DONE:
                return json.loads(answer)
            self.reasons.append(f"{status}: {answer[:200]}")
        return None

    def _get(self, path: str) -> str:
        status, answer = self._ask("GET", path)
        if status != DONE:
            self.reasons.append(f"{path}: {status}")
        return answer

    def _ask(self, how: str, path: str, body: str | None = None, **more: str) -> tuple[int, str]:
        if self.open is None:
            self.open = HTTPConnection("localhost", self.asked.port, timeout=30)
        origin = f"http://localhost:{self.asked.port}"
        headers = {"Cookie": self.cookie, "Accept": "application/json, text/html", "Origin": origin}
        try:
            self.open.request(how, path, body, {**headers, **more})
            answer = self.open.getresponse()
            said = answer.read().decode()
        except (OSError, HTTPException):
            self.open.close()
            self.open = None
            raise
        for value in answer.headers.get_all("Set-Cookie", []):
            if found := CSRF.match(value):
                known = [one for one in self.cookie.split("; ") if "csrf=" not in one]
                self.cookie = "; ".join([*known, f"{found.group(1)}={found.group(2)}"])
        return answer.status, said


def one_alone(asked: Asked) -> Told:
    """Let the first coder mark act by act."""
    coder = Coder(asked, 0)
    for _ in range(asked.acts):
        coder.mark()
    return _told([coder])


def many_at_once(asked: Asked) -> Told:
    """Let every coder mark, with pauses, until the time is up."""
    coders = [Coder(asked, number) for number in range(len(asked.cookies))]
    until = monotonic() + asked.seconds
    threads = [threading.Thread(target=_go_on, args=(coder, until)) for coder in coders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return _told(coders)


def _go_on(coder: Coder, until: float) -> None:
    while monotonic() < until:
        sleep(coder.chance.expovariate(1 / coder.asked.pause))
        coder.mark()


def _told(coders: list[Coder]) -> Told:
    reasons = [reason for coder in coders for reason in coder.reasons]
    took = sorted(one for coder in coders for one in coder.took)
    return Told(took, len(reasons), reasons[:5], sum(coder.lost() for coder in coders))


if __name__ == "__main__":
    wanted = Asked(**json.loads(sys.argv[1]))
    print(json.dumps((many_at_once if wanted.seconds else one_alone)(wanted)._asdict()))
