"""ZIP containers that lie: about names, places, sizes, or what they would unpack to."""

import io
import stat
import struct
import warnings
import zipfile
import zlib

import pytest

from exeunt.errors import BadInput
from exeunt.stages.sources.intake.containers import check_container
from exeunt.stages.sources.intake.texts.packed import DOCUMENT
from tests.making.documents import packed

SAME = {"a.xml": "<a/>" * 100, "b.xml": "<b/>" * 100}


def names(data, kind=DOCUMENT, **how):
    return [m.filename for m in check_container(io.BytesIO(data), "a.docx", kind, **how)]


def with_members(*members):
    """A container of parts with names that no honest program gives."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as container, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names that stand twice
        for member in members:
            container.writestr(member, b"x")
    return out.getvalue()


def link(name):
    member = zipfile.ZipInfo(name)
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    return member


def patched(data, mark, offset, value):
    """Change a number of two or four bytes in the first header that has this mark."""
    place = data.index(mark) + offset
    return data[:place] + value + data[place + len(value) :]


def overlapping():
    """Two parts of which the second's bytes lie within the first's."""
    inner = packed({"b.xml": "b" * 40})
    outer = packed({"a.xml": inner})
    table = outer.index(b"PK\x01\x02", 100)
    begin = outer.index(inner)
    entry = inner[inner.index(b"PK\x01\x02") : inner.index(b"PK\x05\x06")]
    entry = entry[:42] + struct.pack("<L", begin) + entry[46:]
    first = outer[outer.rindex(b"PK\x01\x02") : outer.rindex(b"PK\x05\x06")]
    body = outer[: outer.rindex(b"PK\x01\x02")]
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, len(first + entry), len(body), 0)
    assert table
    return body + first + entry + end


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_honest_container_names_its_parts_and_shows_them(method):
    shown = []
    look = lambda part, piece: shown.append((part, piece))  # noqa: E731
    assert names(packed(SAME, method=method), look=look) == ["a.xml", "b.xml"]
    assert b"".join(piece for part, piece in shown if part == "b.xml") == b"<b/>" * 100


@pytest.mark.parametrize(
    "members",
    [
        ["../a.xml"],
        ["/a.xml"],
        ["word/../../a.xml"],
        ["..\\a.xml"],
        ["C:\\a.xml"],
        [link("a.xml")],
    ],
)
def test_a_part_that_points_outside_is_refused(members):
    with pytest.raises(BadInput, match="points outside"):
        names(with_members(*members))


@pytest.mark.parametrize("members", [["a.xml", "a.xml"], ["a.xml", "A.XML"], ["w/a", "w\\a"]])
def test_a_name_that_stands_twice_is_refused(members):
    with pytest.raises(BadInput, match="damaged"):
        names(with_members(*members))


LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
GOOD = packed(SAME, method=zipfile.ZIP_DEFLATED)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (patched(GOOD, CENTRAL, 8, b"\x01\x00"), "locked by a password"),
        (patched(GOOD, LOCAL, 6, b"\x01\x00"), "damaged"),
        (patched(GOOD, CENTRAL, 10, b"\x0c\x00"), "damaged"),
        (patched(GOOD, CENTRAL, 16, b"\x00\x00\x00\x00"), "damaged"),
        (patched(GOOD, CENTRAL, 24, b"\x0a\x00\x00\x00"), "damaged"),
        (patched(GOOD, CENTRAL, 24, struct.pack("<L", 290_000_000)), "200 times"),
        (patched(GOOD, CENTRAL, 24, struct.pack("<L", 3_000_000_000)), "unpacks to"),
        (patched(GOOD, CENTRAL, 20, b"\xff\xff\xff\x00"), "damaged"),
        (patched(GOOD, CENTRAL, 42, b"\x05\x00\x00\x00"), "damaged"),
        (patched(GOOD, LOCAL, 30, b"z"), "damaged"),
        (patched(GOOD, LOCAL, 22, b"\x01\x00\x00\x00"), "damaged"),
        (overlapping(), "damaged"),
        (packed({f"{n}.xml": "" for n in range(2_001)}), "unpacks to 2,001 parts"),
        (GOOD[:-30], "cut off or damaged"),
        (b"PK\x03\x04", "cut off or damaged"),
    ],
    ids=[
        "locked",
        "locked by its own header",
        "packed in an unusual way",
        "another checksum",
        "fewer bytes than there are",
        "many more bytes than there are",
        "more bytes than anybody has",
        "longer than the file",
        "a place where there is no part",
        "another name",
        "a size that its own header denies",
        "parts that overlap",
        "too many parts",
        "cut off",
        "nothing but a mark",
    ],
)
def test_a_container_that_lies_is_refused(data, says):
    with pytest.raises(BadInput, match=says):
        names(data)


def test_a_part_that_goes_on_after_its_declared_size_is_not_unpacked_further():
    zeros = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = zeros.compress(bytes(50_000_000)) + zeros.flush()
    data = packed({"a.xml": body})
    data = data.replace(struct.pack("<H", 0) + data[10:14], struct.pack("<H", 8) + data[10:14])
    seen = []
    with pytest.raises(BadInput, match="damaged"):
        names(data, look=lambda _part, piece: seen.append(len(piece)))
    assert sum(seen) <= len(body)
