"""Readers that do what a reader led astray would do; no list that is shipped knows them."""

import ctypes
import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from exeunt.errors import BadInput, Problem, Sentence, Word


def attempt(act):
    """Do what should not be possible, and say what came of it."""
    try:
        act()
    except OSError as refused:
        return type(refused).__name__
    return "done"


def echo(handed, options):
    """Behave: tell what was handed over."""
    with handed.open() as one, handed.open() as other:
        first = one.read(2).decode("latin-1")
        yield [handed.name, handed.size, first, other.read().decode("latin-1"), dict(options)]


def many(handed, options):
    """Behave: tell row after row."""
    for number in range(options["rows"]):
        yield [number, "x" * options.get("long", 1)]


def greedy(handed, options):
    """Take memory until there is none."""
    held = []
    while True:
        held.append(bytearray(1 << 24))
    yield held


def endless(handed, options):
    """Use the processor for ever."""
    while True:
        pass
    yield 0


def asleep(handed, options):
    """Do nothing for ever."""
    time.sleep(10_000)
    yield 0


def talkative(handed, options):
    """Say ever more."""
    while True:
        yield "x" * 100_000


def endless_line(handed, options):
    """Say one line that has no end."""
    while True:
        shout(b"x" * 65_536)
    yield 0


def reaching_out(handed, options):
    """Try everything that a reader has no business with."""
    parent = options["parent"]
    yield {
        "fork": attempt(os.fork),
        "socket": attempt(socket.socket),
        "unix": attempt(lambda: socket.socket(socket.AF_UNIX)),
        "run": attempt(lambda: subprocess.run(["/bin/true"], check=False)),
        "write": attempt(lambda: Path(options["target"]).write_text("x")),
        "read": attempt(lambda: Path("/etc/hostname").read_text()),
        "list": attempt(lambda: os.listdir("/")),
        "delete": attempt(lambda: os.unlink(options["victim"])),
        "kill": attempt(lambda: os.kill(parent, 0)),
        "signal": attempt(lambda: os.kill(parent, signal.SIGWINCH)),
        "thread": attempt(lambda: os.setpriority(os.PRIO_PROCESS, 0, 5)),
    }


def told_of_itself(handed, options):
    """Tell what can be seen of the process from inside, and stay for a while."""
    yield [os.getpid(), dict(os.environ)]
    time.sleep(10_000)


def shout(data):
    """Write to every descriptor there is, past the protocol."""
    for descriptor in range(1, 16):
        try:
            os.write(descriptor, data)
        except OSError:
            continue


def rubbish(handed, options):
    """Say what is no message."""
    shout(options["rubbish"].encode() + b"\n")
    yield 0


def printing(handed, options):
    """Print, as careless libraries do."""
    print("a library's chatter")
    yield "sound"


def raising(handed, options):
    """Break down with the content of the file on its lips."""
    with handed.open() as stream:
        raise RuntimeError(stream.read())
    yield 0


def crashing(handed, options):
    """Break down in a way that no exception tells."""
    ctypes.string_at(0)
    yield 0


def leaving(handed, options):
    """Leave without a word."""
    os._exit(0)
    yield 0


def refusing(handed, options):
    """Refuse the file as a good reader does."""
    nearest = Sentence("Did you mean “{near}”?", near="كود")
    says = Sentence(
        "The {what} “{name}” has {n:,}. {nearest}",
        what=Word("cell"),
        name="{x}",
        n=12345,
        nearest=nearest,
    )
    raise BadInput(Problem(says, file="?", row=3, column="Ω"), Problem("Plain."), unlisted=7)
    yield 0


def lying(handed, options):
    """Refuse the file with a sentence that would do more than speak."""
    refused = {"problems": [options["problem"]], "unlisted": 0}
    shout(json.dumps({"refused": refused}).encode() + b"\n")
    yield 0


def nested(handed, options):
    """Say what is nested beyond all measure."""
    shout(b'{"value":' + b"[" * 200_000 + b"]" * 200_000 + b"}\n")
    yield 0


def crowded(handed, options):
    """Say little that would take much room."""
    yield [[] for _ in range(1_500_000)]
