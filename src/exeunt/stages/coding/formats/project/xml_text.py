"""XML as text, written from the top down; what XML cannot hold is left out."""

import re
from collections.abc import Mapping
from types import MappingProxyType

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IN_PROSE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_VALUES = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "\n": "&#10;",
        "\r": "&#13;",
        "\t": "&#9;",
    }
)
NOTHING: Mapping[str, str] = MappingProxyType({})


class Xml:
    """One document as it is written."""

    def __init__(self) -> None:
        """Begin with the declaration."""
        self.lines = ['<?xml version="1.0" encoding="utf-8"?>']

    def begin(self, name: str, attributes: Mapping[str, str] = NOTHING) -> None:
        """Begin an element; attributes that are empty are left out."""
        self.lines.append(f"<{name}{_attributes(attributes)}>")

    def end(self, name: str) -> None:
        """End an element."""
        self.lines.append(f"</{name}>")

    def alone(self, name: str, attributes: Mapping[str, str]) -> None:
        """Write an element that holds nothing."""
        self.lines.append(f"<{name}{_attributes(attributes)}/>")

    def prose(self, name: str, text: str) -> None:
        """Write an element that holds text; nothing where there is no text."""
        if text:
            self.lines.append(f"<{name}>{_clean(text).translate(_IN_PROSE)}</{name}>")

    def written(self) -> bytes:
        """Return the document."""
        return "\n".join([*self.lines, ""]).encode()


def _attributes(attributes: Mapping[str, str]) -> str:
    return "".join(
        f' {name}="{_clean(value).translate(_IN_VALUES)}"'
        for name, value in attributes.items()
        if value
    )


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("", text)
