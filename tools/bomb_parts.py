"""What bombs are made of: containers that lie, and streams that unpack to far more."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import NamedTuple

MEGABYTE, GIGABYTE = 1_000_000, 1_000_000_000
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
LEVEL = 1


class Squeezed(NamedTuple):
    """Bytes packed already: how they are packed, their checksum and what they are said to be."""

    packed: bytes
    checksum: int
    said: int


def zeros(count: int, *, said: int | None = None) -> Squeezed:
    """Pack so many zeros without ever holding them: one packed block again and again."""
    block, times = bytes(MEGABYTE), count // MEGABYTE
    packing = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packing.compress(block) + packing.flush(zlib.Z_FULL_FLUSH)
    checksum = zlib.crc32(block) if times == 1 else 0
    return Squeezed(first * times + b"\x03\x00", checksum, count if said is None else said)


def container(parts: Mapping[str, bytes | Squeezed]) -> bytes:
    """Put parts into a container, which says of them what they say of themselves."""
    body, listed = bytearray(), bytearray()
    for name, part in parts.items():
        head = _head(part if isinstance(part, Squeezed) else _squeezed(part), name)
        place = len(body)
        body += b"PK\x03\x04" + head + name.encode()
        body += part.packed if isinstance(part, Squeezed) else _squeezed(part).packed
        entry = struct.pack("<4sH", b"PK\x01\x02", 20) + head
        listed += entry + struct.pack("<HHHLL", 0, 0, 0, 0, place) + name.encode()
    return bytes(body + listed) + _end(len(parts), len(listed), len(body))


def docx(inside: bytes) -> bytes:
    """Put this into the main part of a Word document."""
    bare = inside if inside.startswith(b"<!DOCTYPE") else _rooted(inside)
    return container({"word/document.xml": bare})


def odt(inside: bytes) -> bytes:
    """Put this into an OpenDocument text."""
    names = f'xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0"'
    return container({"content.xml": f"<office:text {names}>".encode() + inside})


def qdc(inside: bytes) -> bytes:
    """Put this into a codebook of REFI-QDA."""
    return b'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>' + inside


def unlike(piece: bytes, times: int) -> bytes:
    """Say much the same again and again, numbered, so that it does not pack to nothing."""
    return b"".join(piece % number for number in range(times))


def letters(count: int) -> bytes:
    """Write so many letters that pack to about an eighth."""
    block = random.Random(count).randbytes(MEGABYTE)  # noqa: S311
    return block.translate(b"ab" * 128) * (count // MEGABYTE)


def nested() -> bytes:
    """Pack zeros into zips in zips: five deep and sixteen wide, some terabytes when unpacked."""
    inner = container({"0": zeros(100 * MEGABYTE)})
    for _ in range(5):
        inner = container({f"{n}.zip": inner for n in range(16)})
    return inner


def overlapped() -> bytes:
    """List two hundred parts that all are the same bytes."""
    kernel = zeros(MEGABYTE)
    body = b"PK\x03\x04" + _head(kernel, "0000") + b"0000" + kernel.packed
    listed = b"".join(
        struct.pack("<4sH", b"PK\x01\x02", 20)
        + _head(kernel, f"{n:04}")
        + struct.pack("<HHHLL", 0, 0, 0, 0, 0)
        + f"{n:04}".encode()
        for n in range(200)
    )
    return body + listed + _end(200, len(listed), len(body))


def workbook(*, strings: int = 0, rows: int = 1) -> bytes:
    """Write a workbook with so many shared strings and rows."""
    cells = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(2, rows + 2))
    first = '<row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c></row>'
    shared = "".join(f"<si><t>string {n}</t></si>" for n in range(strings))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPES}.sharedStrings+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPES}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": _relations("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{SHEETS}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations("worksheet", "worksheets/sheet1.xml"),
        "xl/sharedStrings.xml": f'<sst xmlns="{SHEETS}">{shared}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEETS}"><sheetData>{first}{cells}'
        "</sheetData></worksheet>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as book:
        for name, part in parts.items():
            book.writestr(name, part)
    return out.getvalue()


def _relations(kind: str, target: str) -> str:
    relation = f'<Relationship Id="r0" Type="{OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{PACKAGE}/relationships">{relation}</Relationships>'


def _rooted(inside: bytes) -> bytes:
    return f'<w:document xmlns:w="{WORD}"><w:body>'.encode() + inside


def _squeezed(part: bytes) -> Squeezed:
    packing = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    packed = packing.compress(part) + packing.flush()
    return Squeezed(packed, zlib.crc32(part), len(part))


def _head(part: Squeezed, name: str) -> bytes:
    sizes = part.checksum, len(part.packed), part.said
    return struct.pack("<5H3L2H", 20, 0, 8, 0, 0, *sizes, len(name), 0)


def _end(parts: int, listed: int, place: int) -> bytes:
    most = 0xFFFF
    if parts <= most:
        return struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, parts, parts, listed, place, 0)
    wide = struct.pack(
        "<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, parts, parts, listed, place
    ) + struct.pack("<4sLQL", b"PK\x06\x07", 0, place + listed, 1)
    return wide + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, most, most, listed, place, 0)


def pdf(content: bytes = b"", *, packed: int = 0, pages: int = 1) -> bytes:
    """Write a PDF of one content on so many pages, or of so many zeros packed into one."""
    # A stream of zlib begins with two bytes, and its checksum at the end is not looked at.
    data = b"\x78\x9c" + zeros(packed).packed if packed else content
    how = b"/Filter/FlateDecode" if packed else b""
    kids = b"3 0 R " * pages
    return b"\n".join(
        (
            b"%PDF-1.7",
            b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
            b"2 0 obj<</Type/Pages/Count %d/Kids[%s]>>endobj" % (pages, kids),
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R/Resources"
            b"<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>endobj",
            b"4 0 obj<</Length %d%s>>stream\n%s\nendstream endobj" % (len(data), how, data),
            b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj",
            b"6 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"
            b"/Length 14>>stream\n/X Do /X Do   \nendstream endobj",
            b"trailer<</Root 1 0 R>>\n%%EOF",
        )
    )
