"""The marks of Rich Text one after another, and the code pages that they name."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

# What the specification calls a character set, or a code page -> the codec; others are not told.
CODEPAGE_OF: Mapping[tuple[str, int], str] = MappingProxyType(
    {
        ("fcharset", 0): "cp1252",
        ("fcharset", 1): "cp1252",
        ("fcharset", 77): "mac_roman",
        ("fcharset", 161): "cp1253",
        ("fcharset", 162): "cp1254",
        ("fcharset", 177): "cp1255",
        ("fcharset", 178): "cp1256",
        ("fcharset", 204): "cp1251",
        ("fcharset", 238): "cp1250",
        ("mac", 0): "mac_roman",
        ("pc", 0): "cp437",
        ("pca", 0): "cp437",
        ("cpg", 437): "cp437",
        ("cpg", 10000): "mac_roman",
        ("cpg", 65001): "utf-8",
    }
    | {("cpg", number): f"cp{number}" for number in range(1250, 1257)}
)
# Groups that hold no text of the document, and are not missed.
PASSED_OVER = (
    "colortbl", "stylesheet", "info", "listtable", "listoverridetable", "revtbl", "rsidtbl",
    "generator", "themedata", "colorschememapping", "datastore", "latentstyles", "xmlnstbl",
    "filetbl", "mmathPr", "nonshppict", "shprslt", "sp", "bkmkstart", "bkmkend", "falt", "panose",
    "fontemb", "atnid", "atnauthor", "atndate", "atnref", "atnparent", "atnicn", "ftnsep",
    "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "pgdsctbl", "userprops", "docvar", "xe",
    "tc", "objdata", "objclass", "objname",
)  # fmt: skip
# Groups that hold none and are counted, each under the word that says it.
COUNTED: Mapping[str, str] = MappingProxyType(
    {"pict": "pictures", "annotation": "comments", "pntext": "lists", "listtext": "lists"}
    | {"fldinst": "fields", "header": "margins", "footer": "margins"}
    | {f"{margin}{of}": "margins" for margin in ("header", "footer") for of in "lrf"}
)
LEFT_OUT: Mapping[str, str] = MappingProxyType({**dict.fromkeys(PASSED_OVER, ""), **COUNTED})
# Starred groups are for programs that know them; these hold text.
KNOWN_STARRED = frozenset({"shpinst", "shptxt", "footnote", "shppict", "fldinst", "annotation"})
_MARK = re.compile(
    rb"\\([A-Za-z]{1,32})(-?[0-9]{1,10})?[ ]?"
    rb"|\\'([0-9A-Fa-f]{2})"
    rb"|\\([^A-Za-z])"
    rb"|([{}])"
    rb"|([^\\{}\r\n]+)"
)


class Mark(NamedTuple):
    """One mark: a group's begin or end, a control, a byte, or words as they stand."""

    kind: str
    word: str = ""
    number: int = 0


def marks_in(data: bytes) -> Iterator[Mark]:
    """Yield the marks of Rich Text; what stands as binary is passed over by its length."""
    place = 0
    while (found := _MARK.search(data, place)) is not None:
        place = found.end()
        control, number, byte, sign, brace, words = found.groups()
        if control == b"bin":
            place += max(0, int(number or 0))
        elif control is not None:
            yield Mark("control", control.decode(), 1 if number is None else int(number))
        elif byte is not None:
            yield Mark("byte", number=int(byte, 16))
        elif brace is not None:
            yield Mark("open" if brace == b"{" else "close")
        elif words is not None:
            yield Mark("words", words.decode("latin-1"))
        elif sign != b"-":
            yield Mark("control", sign.decode("latin-1"))
