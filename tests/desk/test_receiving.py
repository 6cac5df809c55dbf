"""Files as they arrive: in memory or sealed, never in clear on a disk, whatever goes wrong."""

import io
import os
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from hypothesis import given
from hypothesis import strategies as st

from exeunt.desk.receiving import BLOCK, IN_MEMORY, SealedSpool, SealingUploadHandler

PLANTED = b"Rahma Testwell, +44 7700 900123; "
EDGE = "edge-of-a-form"
SIZES = [0, 1, IN_MEMORY - 1, IN_MEMORY, IN_MEMORY + 1, 3 * BLOCK, 3 * BLOCK + 1, 20 << 20]


@pytest.fixture(autouse=True)
def incoming(settings, tmp_path: Path) -> Path:
    """The open archive's folder for files that are sent."""
    settings.EXEUNT_INCOMING = str(tmp_path / "archive" / "incoming")
    (tmp_path / "archive").mkdir()
    return tmp_path / "archive" / "incoming"


def planted(size: int) -> bytes:
    """Content full of words that must not be found."""
    return (PLANTED * (size // len(PLANTED) + 1))[:size]


def form_with(content: bytes) -> bytes:
    """A form with one file, as a browser sends it."""
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    return head.encode() + content + f"\r\n--{EDGE}--\r\n".encode()


def parser_of(stream: io.BytesIO) -> MultiPartParser:
    """Django's reader of forms, with our handler."""
    meta = {
        "CONTENT_TYPE": f"multipart/form-data; boundary={EDGE}",
        "CONTENT_LENGTH": str(len(stream.getvalue())),
    }
    return MultiPartParser(meta, stream, [SealingUploadHandler()])


class Dropping(io.BytesIO):
    """A line that drops when everything so far was read."""

    def read(self, size: int | None = -1) -> bytes:
        """Return what there is, and break where nothing is left."""
        return super().read(size) or self._drop()

    def _drop(self) -> bytes:
        raise ConnectionResetError("gone")


def in_clear(folder: Path) -> list[str]:
    """Every file below a folder, and every one that this process has open, that holds the words."""
    listed = [path for path in folder.rglob("*") if path.is_file()]
    nameless = [Path("/proc/self/fd") / name for name in os.listdir("/proc/self/fd")]
    regular = [path for path in nameless if path.exists() and path.is_file()]
    return [str(path) for path in [*listed, *regular] if PLANTED in path.read_bytes()]


@pytest.mark.parametrize("size", SIZES)
def test_a_file_is_what_was_sent_and_lies_nowhere_in_clear(size, tmp_path, incoming):
    content = planted(size)
    _, files = parser_of(io.BytesIO(form_with(content))).parse()
    file = files["file"]

    assert (file.name, file.size) == ("a.txt", size)
    assert b"".join(file.chunks()) == content
    file.seek(0)
    assert file.read() == content
    assert in_clear(tmp_path) == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    file.close()


@pytest.mark.parametrize("size", [IN_MEMORY + 1, 5 * BLOCK])
def test_a_line_that_drops_leaves_nothing_behind(size, tmp_path):
    cut_off = Dropping(form_with(planted(size))[:-100])
    with pytest.raises(ConnectionResetError):
        parser_of(cut_off).parse()

    assert in_clear(tmp_path) == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_form_that_ends_too_early_leaves_nothing_behind(tmp_path):
    whole = form_with(planted(3 * BLOCK))
    half = io.BytesIO(whole[: len(whole) // 2])
    meta = {
        "CONTENT_TYPE": f"multipart/form-data; boundary={EDGE}",
        "CONTENT_LENGTH": str(len(whole)),
    }
    handler = SealingUploadHandler()
    _, files = MultiPartParser(meta, half, [handler]).parse()
    kept = [file.close() for file in files.values()]

    assert len(kept) <= 1
    assert in_clear(tmp_path) == []


def test_a_form_that_is_none_is_refused(tmp_path):
    meta = {"CONTENT_TYPE": "multipart/form-data", "CONTENT_LENGTH": "9"}
    with pytest.raises(MultiPartParserError):
        MultiPartParser(meta, io.BytesIO(PLANTED), [SealingUploadHandler()])


def spooled(content: bytes, pieces: list[int]) -> SealedSpool:
    """Content that arrived in pieces."""
    spool, at = SealedSpool(io.BytesIO()), 0
    for size in pieces:
        spool.take(content[at : at + size])
        at += size
    spool.take(content[at:])
    spool.finish()
    return spool


@given(
    size=st.integers(0, 3 * BLOCK),
    pieces=st.lists(st.integers(0, BLOCK), max_size=5),
    place=st.integers(0, 3 * BLOCK),
)
def test_it_can_be_read_from_anywhere(size, pieces, place):
    content = planted(size)
    with spooled(content, pieces) as spool:
        spool.seek(place)
        found = b"".join(iter(lambda: spool.read(BLOCK // 3) or b"", b""))

    assert found == content[place:]


@pytest.mark.parametrize("place", [0, BLOCK, 2 * BLOCK + 40])
def test_a_changed_byte_is_found_out(place):
    file = io.BytesIO()
    spool = SealedSpool(file)
    spool.take(planted(3 * BLOCK))
    spool.finish()
    content = bytearray(file.getvalue())
    content[place] ^= 1
    file.seek(0)
    file.write(content)

    with pytest.raises(InvalidTag):
        spool.readall()
    spool.close()
