"""Saved web pages (.html, .htm): what a reader sees, and nothing that the page runs or fetches.

libxml2 tells of elements as they come; no tree is kept, no document type is read, nothing is
fetched. The blocks of the page make the paragraphs.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lxml import etree

from exeunt.errors import Sentence
from exeunt.sandbox.readers import Handed
from exeunt.sandbox.wire import Plain
from exeunt.stages.sources.intake.documents import Document, document_handed
from exeunt.stages.sources.intake.problems import refusal
from exeunt.stages.sources.intake.texts.codepages import CODEPAGES
from exeunt.stages.sources.intake.texts.decoding import (
    Decoding,
    decoding_of,
    encoding_asked,
    text_lines,
)
from exeunt.stages.sources.intake.texts.draft import (
    Gathering,
    Paragraph,
    TextDraft,
    draft_told,
    tag_or_nothing,
)
from exeunt.stages.sources.intake.texts.xml_events import DEEPEST

OPENING_BYTES = 4096
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend",
    "li", "main", "menu", "nav", "ol", "optgroup", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp",
})  # fmt: skip
# Whole branches that are no text of the page; each is counted under the word that says it.
LEFT_OUT: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("script", "applet"), "scripts")
    | dict.fromkeys(("style",), "styles")
    | dict.fromkeys(("template", "noscript"), "hidden")
    | dict.fromkeys(("svg", "math", "canvas"), "pictures")
    | dict.fromkeys(("object", "iframe", "embed", "audio", "video", "frame"), "embedded")
    | dict.fromkeys(("select", "textarea", "button", "datalist"), "fields")
    | dict.fromkeys(("title",), "titles")
)
SAID: Mapping[str, str] = MappingProxyType(
    {
        "titles": Sentence("The page's title, which stands above the page, was left out."),
        "scripts": Sentence("{number} scripts were left out; none was run."),
        "styles": Sentence("{number} styles were left out."),
        "hidden": Sentence("{number} passages that the page hides were left out."),
        "pictures": Sentence("{number} pictures were left out; none was fetched."),
        "embedded": Sentence("{number} embedded files or pages were left out; none was fetched."),
        "comments": Sentence("{number} comments were left out."),
        "fields": Sentence("{number} fields of forms were left out."),
        "li": Sentence("The automatic numbers or dots before {number} paragraphs were left out."),
        "addresses": Sentence("The addresses behind {number} links were left out."),
    }
)
_BLANK = re.compile(r"[ \t\n\r\f]+")
_CHARSET = re.compile(rb"<meta[^<>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)
_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DECLARES = re.compile(r"<!DOCTYPE[^<>]{0,1000}\[|<!ENTITY", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^<>]{0,200}\?>")
# What browsers take these for.
AS_BROWSERS: Mapping[str, str] = MappingProxyType(
    {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
)


def told(handed: Handed, options: Mapping[str, Plain]) -> Iterator[Plain]:
    """Tell the text to the parent: what a child is started for."""
    return draft_told(read(document_handed(handed), encoding=encoding_asked(options)))


def read(document: Document, *, encoding: str = "") -> TextDraft:
    """Read a saved page: its blocks as paragraphs, in the order of the file."""
    decoding = decoding_of(document, encoding or _declared(document))
    page = _Page(Gathering(document.name))
    parser = etree.HTMLParser(target=page, no_network=True, huge_tree=False)
    try:
        for number, line in enumerate(text_lines(document, decoding)):
            _refuse_entities(line, document.name)
            bare = line if number else _DECLARATION.sub("", line)
            parser.feed(f"{bare}\n")
        parser.close()
    except etree.LxmlError as trouble:
        says = "The page is damaged; open it in a browser and save it anew."
        raise refusal(document.name, says) from trouble
    return page.draft()._replace(unsure=decoding.unsure)


def _refuse_entities(line: str, name: str) -> None:
    if _DECLARES.search(line):
        says = "The page declares entities, which are not read; save it anew from a browser."
        raise refusal(name, says)


def _declared(document: Document) -> str:
    """Return the encoding that the page declares, if it is one that we read and that fits.

    What is sound UTF-8 is UTF-8, whatever the page says.
    """
    with document.open() as stream:
        opening = stream.read(OPENING_BYTES)
    found = _CHARSET.search(opening)
    if (
        found is None
        or _fits(document, "utf-8")
        or opening.startswith((codecs.BOM_UTF8, b"\xff\xfe", b"\xfe\xff"))
    ):
        return ""
    try:
        name = codecs.lookup(found.group(1).decode("ascii", "replace")).name
    except LookupError:
        return ""
    name = AS_BROWSERS.get(name, name).replace("iso8859-", "iso8859_").replace("-r", "_r")
    return name if name in CODEPAGES and _fits(document, name) else ""


def _fits(document: Document, encoding: str) -> bool:
    try:
        for _ in text_lines(document, Decoding(encoding)):
            pass
    except UnicodeError:
        return False
    return True


class _Page:
    """Is told of elements and text, and makes paragraphs of them."""

    def __init__(self, gathering: Gathering) -> None:
        self.gathering = gathering
        self.counts: Counter[str] = Counter()
        self.pieces: list[str] = []
        self.skipping = 0
        self.depth = 0
        self.pre = 0
        self.spaced = True
        self.language = ""

    def start(self, tag: object, attributes: Mapping[str, str]) -> None:
        name = str(tag).lower()
        self.depth += 1
        if self.depth > DEEPEST:
            says = "The page is nested more than {deepest} deep; save it anew as plain text."
            raise refusal(self.gathering.name, Sentence(says, deepest=DEEPEST))
        if self.skipping:
            self.skipping += 1
            return
        self._count(name, attributes)
        why = LEFT_OUT.get(name) or ("hidden" if _is_hidden(attributes) else "")
        if why:
            self.counts[why] += 1
            self.skipping = 1
            return
        if name in BLOCKS:
            self.flush()
        self.pre += name == "pre"
        if name == "br":
            self._write("\n")

    def _count(self, name: str, attributes: Mapping[str, str]) -> None:
        self.counts["pictures"] += name in {"img", "image"}
        self.counts["fields"] += name == "input" and attributes.get("type") != "hidden"
        self.counts["li"] += name == "li"
        self.counts["addresses"] += name == "a" and "href" in attributes
        if name == "link" and "stylesheet" in attributes.get("rel", "").lower():
            self.counts["styles"] += 1
        if name in {"html", "body"} and not self.language:
            self.language = tag_or_nothing(attributes.get("lang", "").strip())

    def end(self, tag: object) -> None:
        self.depth -= 1
        if self.skipping:
            self.skipping -= 1
            return
        name = str(tag).lower()
        if name in BLOCKS:
            self.flush()
        self.pre -= name == "pre" and self.pre > 0

    def data(self, text: str) -> None:
        if self.skipping:
            return
        if self.pre:
            self._write(text)
            return
        run = _BLANK.sub(" ", text)
        run = run.removeprefix(" ") if self.spaced else run
        if run:
            self._write(run)

    def _write(self, run: str) -> None:
        self.pieces.append(run)
        self.spaced = run.endswith((" ", "\n"))

    def comment(self, _text: str) -> None:
        self.counts["comments"] += 1

    def flush(self) -> None:
        text = "".join(self.pieces)
        lines = [line.rstrip(" ") for line in text.strip(" \n").split("\n")]
        if text.strip():
            self.gathering.add(Paragraph("\n".join(lines)))
        self.pieces, self.spaced = [], True

    def close(self) -> None:
        self.flush()

    def draft(self) -> TextDraft:
        left_out = [
            Sentence(says, number=self.counts[what])
            for what, says in SAID.items()
            if self.counts[what]
        ]
        return self.gathering.draft(*left_out)._replace(language=self.language)


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return "hidden" in attributes or _HIDES.search(attributes.get("style", "")) is not None
