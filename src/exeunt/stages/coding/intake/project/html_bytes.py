"""HTML as Taguette keeps it, turned into a text with lines; places there are bytes of UTF-8.

Only the bytes of text count, not those of tags. A paragraph's end or a line break becomes a line
end, which has no byte there; blanks between paragraphs have bytes there and nothing here.
"""

from bisect import bisect_right
from html.parser import HTMLParser
from typing import NamedTuple

# What begins or ends a line; the rest stands within one.
BLOCKS = frozenset(
    {
        *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd"),
        *("table", "thead", "tbody", "tfoot", "tr", "caption", "blockquote", "pre"),
    }
)
CELLS = frozenset({"td", "th"})


class Piece(NamedTuple):
    """A piece of text: at which byte it begins, at which character here, and what it says."""

    byte: int
    place: int
    text: str


class HtmlText(HTMLParser):
    """One document as a text, with the way from its bytes to its characters."""

    def __init__(self, html: str, *, skip_blank: bool = False) -> None:
        """Read a document; blanks before its first word may have no bytes."""
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.lines: list[str] = []
        self.length = 0
        self.bytes = 0
        self.at_line_start = True
        self.kept_as_is = 0
        self.feed(html.lstrip("\n\r\t ") if skip_blank else html)
        self.close()
        self.text = "".join(self.lines).rstrip("\n")
        self.begins = [piece.byte for piece in self.pieces]

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        """Begin a line where the element does."""
        self.kept_as_is += tag == "pre"
        if tag in BLOCKS:
            self._begin_line()
        elif tag == "br":
            self._write("\n")
            self.at_line_start = True
        elif tag in CELLS and not self.at_line_start:
            self._write("\t")

    def handle_endtag(self, tag: str) -> None:
        """End a line where the element does."""
        self.kept_as_is -= tag == "pre" and self.kept_as_is > 0
        if tag in BLOCKS:
            self._begin_line()

    def handle_data(self, data: str) -> None:
        """Take text; line ends in it are blanks, but where they are kept as they are."""
        shown = data if self.kept_as_is else data.replace("\n", " ").replace("\r", " ")
        if self.at_line_start and not self.kept_as_is and not data.strip("\n\r\t "):
            shown = ""
        self.pieces.append(Piece(self.bytes, self.length, shown))
        self.bytes += len(data.encode("utf-8", "surrogatepass"))
        if shown:
            self._write(shown)
            self.at_line_start = shown.endswith("\n")

    def place_of(self, byte: int, *, ends: bool) -> int | None:
        """Return at which character a byte lies; None behind the text.

        What ends at a byte that two pieces share ends the first; what begins there begins the
        second.
        """
        if not 0 <= byte <= self.bytes or not self.pieces:
            return None
        number = bisect_right(self.begins, byte - 1 if ends else byte) - 1
        piece = self.pieces[max(number, 0)]
        inside = piece.text.encode("utf-8", "surrogatepass")[: byte - piece.byte]
        within = len(inside.decode("utf-8", "ignore"))
        return min(piece.place + within, len(self.text))

    def _begin_line(self) -> None:
        if not self.at_line_start:
            self._write("\n")
            self.at_line_start = True

    def _write(self, text: str) -> None:
        self.lines.append(text)
        self.length += len(text)


def words_of(html: str) -> str:
    """Return the words of a piece of HTML, a blank between any two.

    >>> words_of("<p>They <b>came</b></p><p>at night</p>")
    'They came at night'
    """
    return " ".join(HtmlText(html).text.split())
