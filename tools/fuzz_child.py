"""A child that reads many damaged files one after another, under all the limits of a child.

Run by `tools.fuzzing` as ``python -I tools/fuzz_child.py``. It is handed a sound file and damages
it itself, so that ten thousand files need no ten thousand processes.
"""

import io
import random
import sys
import zipfile
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from exeunt.errors import BadInput
from exeunt.sandbox.child import main
from exeunt.sandbox.readers import READERS, Handed, Reader
from exeunt.sandbox.wire import Plain, names_in, number_in, refusal_written, text_in

MOST_WOUNDS = 4
LONGEST_WOUND = 40
# What stands for something in one format or another.
PIECES = (
    b"\x00", b'"', b"\n", b"\r", b"\xff\xfe", b"\xef\xbb\xbf", b"PK\x03\x04", b"PK\x05\x06", b"<",
    b"/>", b"&#0;", b"]]>", b"<!DOCTYPE a>", b"<w:p>", b"</w:p>", b"<text:note>", b"-->",
    b"00:00:01,000", b"<v ", b"&", b"{", b"[", b"&x ", b"*x", b"- ", b": ", b"!!x ", b"=1+1",
    b"\xd8\xff", b"\xff\xff\xff\xff", b"9" * 30, b"1e999", b"\\ud800",
    b"<Code>", b"</Code>", b"ref='A1:B2'", b"\\'e9", b"\\u-9?", b"\\bin9 ", b"{\\*\\", b"**", b"](",
    b"<td>", b"</p>", b"<!--", b" 0 R", b"endobj", b"stream\n", b" Tm ", b"<<", b">>", b"/Kids[",
)  # fmt: skip


def mutated(sound: bytes, seed: str) -> bytes:
    """Damage a file: its bytes, or, in a container, the bytes of one of its parts."""
    chance = random.Random(seed)  # noqa: S311
    if sound.startswith(b"PK") and chance.random() < 2 / 3:
        return _with_a_wounded_part(sound, chance)
    return _wounded(sound, chance)


def fuzzed(handed: Handed, options: Mapping[str, Plain]) -> Iterator[Plain]:
    """Read so many damaged copies of the file that was handed over, and tell what came of each."""
    name = text_in(options["reader"])
    module, _, function = READERS[name].partition(":")
    reader: Reader = getattr(sys.modules[module], function)
    with handed.open() as stream:
        sound = stream.read()
    first, count = number_in(options["first"]), number_in(options["count"])
    for number in range(first, first + count):
        yield {"file": number, **_outcome(reader, handed.name, mutated(sound, f"{name} {number}"))}


def _outcome(reader: Reader, name: str, data: bytes) -> Mapping[str, Plain]:
    asked = names_in(OPTIONS)
    try:
        values = list(reader(Handed(name, len(data), lambda: io.BytesIO(data)), asked))
    except BadInput as refused:
        return {"refused": refusal_written(refused)}
    except MemoryError:
        raise
    except Exception as broken:
        return {"broke": f"{type(broken).__name__}: {broken}"}
    return {"values": values}


def _wounded(data: bytes, chance: random.Random) -> bytes:
    wounded = bytearray(data)
    for _ in range(chance.randint(1, MOST_WOUNDS)):
        start = chance.randint(0, len(wounded))
        end = start + chance.randint(0, LONGEST_WOUND)
        piece = chance.choice(
            (b"", chance.choice(PIECES), chance.randbytes(4), bytes(wounded[start:end]) * 2)
        )
        wounded[start:end] = piece
    cut = chance.randint(0, 20 * len(wounded))
    return bytes(wounded[:cut] if cut < len(wounded) else wounded)


def _with_a_wounded_part(sound: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound)) as old, zipfile.ZipFile(out, "w") as new:
        victim = chance.choice(old.namelist())
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, _wounded(data, chance) if part == victim else data)
    return out.getvalue()


# The columns of a table of any kind; other readers pay no heed to them.
OPTIONS: Mapping[str, Plain] = {
    "columns": [["code", True, [], False], ["text", False, [], True]],
    "rename": {},
    "page": 1,
}

if __name__ == "__main__":
    for listed in READERS.values():
        import_module(listed.partition(":")[0])
    main({"fuzzed": f"{__name__}:fuzzed"})
