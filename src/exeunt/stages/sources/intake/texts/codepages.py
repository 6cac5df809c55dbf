"""The encodings in which texts are read: Unicode's, and those of the languages around us."""

from collections.abc import Mapping
from types import MappingProxyType

# Python's name -> what people call it; the commoner first.
CODEPAGES: Mapping[str, str] = MappingProxyType(
    {
        "utf-8": "UTF-8",
        "utf-16": "UTF-16",
        "utf-16-le": "UTF-16 LE",
        "utf-16-be": "UTF-16 BE",
        "cp1252": "Windows-1252",
        "cp1256": "Windows-1256",
        "cp1251": "Windows-1251",
        "cp1254": "Windows-1254",
        "cp1250": "Windows-1250",
        "cp1253": "Windows-1253",
        "cp1255": "Windows-1255",
        "iso8859_15": "ISO 8859-15",
        "iso8859_6": "ISO 8859-6",
        "iso8859_2": "ISO 8859-2",
        "koi8_r": "KOI8-R",
        "mac_roman": "Mac Roman",
    }
)
# What is guessed at where bytes are no UTF-8.
GUESSED = tuple(name for name in CODEPAGES if not name.startswith("utf"))
