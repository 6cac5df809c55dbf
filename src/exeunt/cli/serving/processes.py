"""The processes behind the pages: started together, stopped together."""

import http.client
import os
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum, auto
from pathlib import Path
from types import FrameType

from exeunt.cli.serving.address import Address
from exeunt.errors import Refusal

SERVER, WORKER = "exeunt.web.server", "exeunt.web.worker"
LOOK_EVERY = 0.2
READY_SECONDS = 60
STOP_SECONDS = 10
RESTART_SECONDS = 2
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - asked at, not answered at


class Stopped(Enum):
    """Why serving came to its end."""

    BY_KEYBOARD = auto()
    BY_SIGNAL = auto()


class Told(SystemExit):
    """Another process has told this one to stop; nothing has gone wrong."""


class Processes:
    """The server and the worker of one archive."""

    def __init__(self, environment: dict[str, str]) -> None:
        """Start both."""
        self._environment = environment
        self._server = self._started(SERVER)
        self._worker = self._started(WORKER)

    def wait(self, greet: Callable[[], None]) -> Stopped:
        """Greet, and return when somebody wants it to stop; refuse when the server has died."""
        try:
            greet()
            while True:
                self._look()
                time.sleep(LOOK_EVERY)
        except KeyboardInterrupt:
            return Stopped.BY_KEYBOARD
        except Told:
            return Stopped.BY_SIGNAL

    def wait_until_ready(self, address: Address) -> None:
        """Return when a page is answered."""
        deadline = time.monotonic() + READY_SECONDS
        while not _answers(address):
            self._look()
            if time.monotonic() > deadline:
                raise Refusal("The server does not answer; what it said stands above.")
            time.sleep(LOOK_EVERY)

    def stop(self) -> None:
        """Stop both, gently first."""
        both = (self._server, self._worker)
        for process in both:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in both:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _look(self) -> None:
        if self._server.poll() is not None:
            raise Refusal("The server has stopped by itself; what it said stands above.")
        if self._worker.poll() is not None:
            time.sleep(RESTART_SECONDS)
            self._worker = self._started(WORKER)

    def _started(self, module: str) -> subprocess.Popen[bytes]:
        # In a session of its own, so that Ctrl-C reaches this process alone, which stops the rest.
        return subprocess.Popen(
            [sys.executable, "-m", module],
            env=os.environ | self._environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )


@contextmanager
def serving(folder: Path, address: Address, *, workers: int) -> Iterator[Processes]:
    """Serve an archive that this process holds, while the body runs."""
    served = {"EXEUNT_SERVED": str(folder.resolve()), "EXEUNT_WORKERS": str(workers)}
    with _told_by_signals():
        processes = Processes(address.environment | served)
        try:
            processes.wait_until_ready(address)
            yield processes
        finally:
            processes.stop()


@contextmanager
def _told_by_signals() -> Iterator[None]:
    """Turn what service managers and closed terminals send into an exception."""
    before = {number: signal.signal(number, _tell) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tell(_number: int, _frame: FrameType | None) -> None:
    raise Told(0)


def _answers(address: Address) -> bool:
    place = (ANYWHERE.get(address.number, address.number), address.port)
    asking = _connection(address, *place)
    try:
        asking.request("GET", "/in/login/", headers={"Host": address.names[0].lstrip(".")})
        asking.getresponse()
    except OSError:
        return False
    finally:
        asking.close()
    return True


def _connection(address: Address, host: str, port: int) -> http.client.HTTPConnection:
    if address.tls is None:
        return http.client.HTTPConnection(host, port, timeout=5)
    # Only whether it answers is asked, and of this machine.
    trusting = ssl.create_default_context()
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE
    return http.client.HTTPSConnection(host, port, timeout=5, context=trusting)
