"""Files that are made to break whoever reads them: `python -m tools.bombs [NAME]`.

Each is read by the real reader in its real child, in a process of its own that measures how long
it took and how much memory the child had at its peak. Every one is made here; none is kept.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from benchmarks.measuring.page import ROOT, table
from benchmarks.measuring.processes import environment
from exeunt.errors import BadInput
from exeunt.stages.coding.intake import CODEBOOK_READERS, read_codebook_file
from exeunt.stages.sources.intake.columns import Column
from exeunt.stages.sources.intake.tables import TABLE_ENDINGS, read_table
from exeunt.stages.sources.intake.texts import TEXT_ENDINGS, read_text
from tools.bomb_parts import (
    GIGABYTE,
    MEGABYTE,
    container,
    docx,
    letters,
    nested,
    odt,
    overlapped,
    pdf,
    qdc,
    unlike,
    workbook,
    zeros,
)

SECONDS, MEGABYTES = 30, 512
COLUMNS = (Column("code"), Column("text", required=False, long=True))
LAUGHS = "<!DOCTYPE w [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)
)
QUADRATIC = f"<!DOCTYPE w [<!ENTITY a '{'a' * 100_000}'>]><w>{'&a;' * 100_000}</w>".encode()
EXTERNAL = b"<!DOCTYPE w SYSTEM 'file:///etc/passwd'><w>x</w>"
PARAGRAPH = b"<w:p><w:r><w:t>I left.</w:t></w:r></w:p>"


class Bomb(NamedTuple):
    """One file: by which name it is read, and how it is made."""

    file: str
    make: Callable[[], bytes]


class Tried(NamedTuple):
    """What came of one file: megabytes sent, seconds, the child's peak in MB, what was said."""

    name: str
    sent: float
    seconds: float
    peak: int
    says: str

    @property
    def crashed(self) -> bool:
        """Whether anything but a refusal came of it."""
        return self.says.startswith("CRASHED")

    @property
    def wrong(self) -> bool:
        """Whether it got further than it should."""
        return self.crashed or self.seconds > SECONDS or self.peak > MEGABYTES


BOMBS: Mapping[str, Bomb] = MappingProxyType(
    {
        "zip: 10 GB of zeros, said to be 1 kB": Bomb(
            "a.docx", lambda: container({"word/document.xml": zeros(10 * GIGABYTE, said=1000)})
        ),
        "zip: 10 GB of zeros, said to be 4 GB": Bomb(
            "a.docx", lambda: container({"word/document.xml": zeros(10 * GIGABYTE, said=2**32 - 2)})
        ),
        "zip: 250 MB of zeros at a ratio of 1,000": Bomb(
            "a.odt", lambda: container({"content.xml": zeros(250 * MEGABYTE)})
        ),
        "zip: in zips, five deep, sixteen wide": Bomb("a.docx", nested),
        "zip: two hundred parts that share their bytes": Bomb("a.docx", overlapped),
        "zip: 450,000 empty parts": Bomb(
            "a.docx", lambda: container(dict.fromkeys((f"{n:x}" for n in range(450_000)), b""))
        ),
        "zip: a path that leads outside": Bomb(
            "a.docx", lambda: container({"../../etc/cron.d/a": b"x"})
        ),
        "xml: a billion laughs (docx)": Bomb(
            "a.docx", lambda: docx(f"{LAUGHS}]><w>&a9;</w>".encode())
        ),
        "xml: a billion laughs (qdc)": Bomb("a.qdc", f"{LAUGHS}]><w>&a9;</w>".encode),
        "xml: quadratic blow-up (docx)": Bomb("a.docx", lambda: docx(QUADRATIC)),
        "xml: quadratic blow-up (qdc)": Bomb("a.qdc", lambda: QUADRATIC),
        "xml: a type declared elsewhere (docx)": Bomb("a.docx", lambda: docx(EXTERNAL)),
        "xml: a type declared elsewhere (qdc)": Bomb("a.qdc", lambda: EXTERNAL),
        "xml: a million elements deep (docx)": Bomb(
            "a.docx", lambda: docx(unlike(b"<w a='%d'>", 1_000_000))
        ),
        "xml: half a million codes deep (qdc)": Bomb("a.qdc", lambda: qdc(b"<Code>" * 500_000)),
        "docx: three million paragraphs": Bomb("a.docx", lambda: docx(PARAGRAPH * 3_000_000)),
        "docx: one word of 200 MB": Bomb(
            "a.docx", lambda: docx(b"<w:p><w:t>" + letters(200 * MEGABYTE))
        ),
        "docx: one name of 200 MB": Bomb(
            "a.docx", lambda: docx(b"<w a='" + letters(200 * MEGABYTE))
        ),
        "odt: three million paragraphs": Bomb(
            "a.odt", lambda: odt(b"<text:p>I left.</text:p>" * 3_000_000)
        ),
        "odt: spaces that stand for a thousand each": Bomb(
            "a.odt", lambda: odt(b"<text:p>" + b'<text:s text:c="999"/>' * 5_000_000)
        ),
        "xlsx: two million shared strings": Bomb("a.xlsx", lambda: workbook(strings=2_000_000)),
        "xlsx: a million rows": Bomb("a.xlsx", lambda: workbook(rows=1_000_000)),
        "xlsx: 400 MB of zeros as a sheet": Bomb(
            "a.xlsx", lambda: container({"xl/worksheets/sheet1.xml": zeros(400 * MEGABYTE)})
        ),
        "csv: one line of 400 MB": Bomb("a.csv", lambda: b"a" * (400 * MEGABYTE)),
        "csv: one line of 99 MB": Bomb("a.csv", lambda: b"code\n" + b"a" * (99 * MEGABYTE)),
        "csv: 99 MB of separators": Bomb("a.csv", lambda: b"code\n" + b"," * (99 * MEGABYTE)),
        "csv: a quotation that never ends": Bomb(
            "a.csv", lambda: b'code\n"' + b"a\n" * (49 * MEGABYTE)
        ),
        "csv: 99 MB of empty lines": Bomb("a.csv", lambda: b"code\n" + b"\n" * (99 * MEGABYTE)),
        "jsonl: 99 MB of brackets": Bomb("a.jsonl", lambda: b"[" * (99 * MEGABYTE)),
        "jsonl: a number of 99 million digits": Bomb(
            "a.jsonl", lambda: b'{"code": ' + b"9" * (99 * MEGABYTE) + b"}"
        ),
        "jsonl: as many keys as lines": Bomb(
            "a.jsonl", lambda: b"".join(b'{"k%d":1}\n' % n for n in range(2_000_000))
        ),
        "yaml: references to references": Bomb(
            "a.yaml",
            lambda: b"a: &a [x,x]\n" + b"".join(b"b%d: &b%d [*a,*a]\n" % (n, n) for n in range(99)),
        ),
        "yaml: two million brackets": Bomb("a.yaml", lambda: b"[" * 2_000_000),
        "yaml: 4 MB of signs": Bomb("a.yaml", lambda: b"- " * 2_000_000),
        "txt: one line of 49 MB": Bomb("a.txt", lambda: b"a" * (49 * MEGABYTE)),
        "txt: 49 million lines": Bomb("a.txt", lambda: b"\n" * (49 * MEGABYTE)),
        "srt: twelve million lines of arrows": Bomb("a.srt", lambda: b"-->\n" * 12_000_000),
        "srt: two million cues": Bomb(
            "a.srt", lambda: b"00:00:01,0 --> 00:00:02,0\na\n\n" * 1_700_000
        ),
        "srt: tags that never close": Bomb(
            "a.srt", lambda: b"00:00:01,0 --> 00:00:02,0\n" + b"<font " * 8_000_000
        ),
        "html: four million elements deep": Bomb("a.html", lambda: b"<div>" * 4_000_000),
        "html: three million paragraphs": Bomb("a.html", lambda: b"<p>I left." * 3_000_000),
        "html: one tag of 49 MB": Bomb("a.html", lambda: b"<p a='" + b"a" * (49 * MEGABYTE)),
        "html: entities within entities": Bomb("a.html", f"{LAUGHS}]><p>&a9;".encode),
        "md: marks that never close": Bomb("a.md", lambda: b"**a *b [c `d <e " * 300_000),
        "md: five million brackets": Bomb("a.md", lambda: b"[" * 5_000_000),
        "rtf: twenty million groups deep": Bomb("a.rtf", lambda: b"{\\rtf1" + b"{" * 20_000_000),
        "rtf: three million notes": Bomb(
            "a.rtf", lambda: b"{\\rtf1" + b"{\\footnote a}" * 3_000_000 + b"}"
        ),
        "rtf: a picture said to be of 9 GB": Bomb(
            "a.rtf", lambda: b"{\\rtf1 I left.{\\pict\\bin9999999999 " + b"a" * MEGABYTE
        ),
        "pdf: 5 GB of zeros as a page": Bomb("a.pdf", lambda: pdf(packed=5 * GIGABYTE)),
        "pdf: a million pages": Bomb("a.pdf", lambda: pdf(pages=1_000_000)),
        "pdf: four million letters on a page": Bomb(
            "a.pdf", lambda: pdf(b"BT /F 1 Tf (" + b"a" * 4_000_000 + b") Tj ET")
        ),
        "pdf: a form that draws itself": Bomb("a.pdf", lambda: pdf(b"/X Do " * 9)),
        "vtt: voices that never close": Bomb(
            "a.vtt", lambda: b"WEBVTT\n\n00:01.0 --> 00:02.0\n" + b"<v " * 16_000_000
        ),
        "vtt: entities within entities": Bomb(
            "a.vtt", lambda: b"WEBVTT\n\n00:01.0 --> 00:02.0\n" + b"&amp;" * 9_000_000
        ),
    }
)


def tried(names: tuple[str, ...] = tuple(BOMBS)) -> Iterator[Tried]:
    """Make and read every file, each in processes of its own."""
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / BOMBS[name].file
            _run("make", name, str(path)).check_returncode()
            done = _run("read", str(path))
        crashed = {"sent": 0, "seconds": 0, "peak": 0, "says": f"CRASHED {done.stderr[-500:]}"}
        found = crashed if done.returncode else json.loads(done.stdout)
        yield Tried(name, **found)


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tools.bombs", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )


def read_one(path: Path) -> dict[str, object]:
    """Read one file; whatever is not a refusal goes through."""
    size, began = path.stat().st_size / MEGABYTE, time.perf_counter()
    try:
        says = read(path)
    except BadInput as refused:
        says = refused.problems[0].says
    return {
        "sent": round(size, 1),
        "seconds": round(time.perf_counter() - began, 2),
        "peak": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
        "says": says[:200],
    }


def read(path: Path) -> str:
    """Read a file as the program would, by its ending."""
    if path.suffix in TEXT_ENDINGS:
        return f"read: {len(read_text(path.read_bytes(), name=path.name).paragraphs)} paragraphs"
    if path.suffix in TABLE_ENDINGS:
        return f"read: {sum(1 for _ in read_table(path, COLUMNS).rows())} rows"
    if path.suffix not in CODEBOOK_READERS:
        raise ValueError(f"nobody reads {path.suffix}")
    return f"read: {len(read_codebook_file(path).codebook.codes)} codes"


def main() -> None:
    """Try all and print a table; or, as this does itself, ``make NAME PATH`` and ``read PATH``."""
    match sys.argv[1:]:
        case ["make", name, path]:
            Path(path).write_bytes(BOMBS[name].make())
        case ["read", path]:
            print(json.dumps(read_one(Path(path))))
        case names:
            rows = map(row_of, tried(tuple(names) or tuple(BOMBS)))
            print(table([("file", "MB", "seconds", "peak MB", "said"), *rows]))


def row_of(one: Tried) -> tuple[str, ...]:
    """Write one trial as a row."""
    return one.name, f"{one.sent:.1f}", f"{one.seconds:.1f}", str(one.peak), one.says


if __name__ == "__main__":
    main()
