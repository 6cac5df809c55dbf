"""Pictures of the pages from which a text was read, each drawn in a child process."""

import base64
import binascii
from typing import NamedTuple

from exeunt.sandbox.apart import believed, read_apart
from exeunt.sandbox.wire import Plain, names_in, number_in, text_in
from exeunt.stages.sources.intake.documents import document_of

PNG = b"\x89PNG\r\n\x1a\n"
LARGEST_PICTURE = 8_000_000
PICTURED = (".pdf",)


class PagePicture(NamedTuple):
    """One page as a PNG, and how many there are."""

    picture: bytes
    pages: int


def has_pages(name: str) -> bool:
    """Tell by its ending whether a file has pages that can be drawn."""
    return document_of(b"", name=name).ending in PICTURED


def read_page(content: bytes, *, name: str, number: int) -> PagePicture:
    """Draw one page of a file, counted from 1; raises BadInput where there is none."""
    told = read_apart("page.pdf", content, name=name, options={"page": number})
    with believed(name):
        return picture_heard(told)


def picture_heard(told: Plain) -> PagePicture:
    """Take a picture from what a child told; raises ValueError where it is none."""
    parts = names_in(told)
    try:
        picture = base64.b64decode(text_in(parts["picture"]), validate=True)
    except binascii.Error as trouble:
        raise ValueError("no picture") from trouble
    if not picture.startswith(PNG) or len(picture) > LARGEST_PICTURE:
        raise ValueError("no picture that an honest reader draws")
    return PagePicture(picture, number_in(parts["pages"]))
