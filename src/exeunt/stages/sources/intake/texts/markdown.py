"""Markdown (.md), read as text: its marks are taken away and counted, its words all stay.

Source: the CommonMark specification, as far as people write by hand.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from exeunt.errors import Sentence
from exeunt.sandbox.readers import Handed
from exeunt.sandbox.wire import Plain
from exeunt.stages.sources.intake.documents import Document, document_handed
from exeunt.stages.sources.intake.texts.decoding import decoding_of, encoding_asked, text_lines
from exeunt.stages.sources.intake.texts.draft import Gathering, Paragraph, TextDraft, draft_told
from exeunt.stages.sources.intake.texts.turns import with_turns

SAID: Mapping[str, str] = MappingProxyType(
    {
        "headings": Sentence("The marks of {number} headings were taken away."),
        "stress": Sentence("The marks of {number} stressed passages were taken away."),
        "quotes": Sentence("The marks before {number} quoted lines were taken away."),
        "lists": Sentence("The numbers or dots before {number} items of lists were taken away."),
        "rules": Sentence("{number} drawn lines were left out."),
        "pictures": Sentence("{number} pictures were left out; none was fetched."),
        "addresses": Sentence("The addresses behind {number} links were left out."),
        "tags": Sentence("{number} HTML tags were taken away."),
        "comments": Sentence("{number} comments were left out."),
    }
)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[^`]*")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)(.*?)(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_QUOTE = re.compile(r"(?: {0,3}> ?)+")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\S)")
_TABLE_RULE = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+\s*:?-*:?\s*")
_ADDRESS = re.compile(r" {0,3}\[[^\]^]{1,200}\]:\s+\S+.*")

# What stands inside a line -> what stays of it; no pattern looks further than its limit.
_COMMENT = re.compile(r"<!--.{0,5000}?-->", re.DOTALL)
_PICTURE = re.compile(
    r"!\[[^\[\]]{0,500}\](?:\([^()\s]{0,2000}(?:\s[^()]{0,500})?\)|\[[^\[\]]{0,200}\])"
)
_LINK = re.compile(
    r"\[([^\[\]]{1,2000})\](?:\([^()\s]{0,2000}(?:\s[^()]{0,500})?\)|\[[^\[\]^]{0,200}\])"
)
_TAGS = re.compile(r"</?[A-Za-z][A-Za-z0-9-]{0,30}(?:\s[^<>]{0,1000})?/?>")
_STRESS = (
    re.compile(r"(?<!\\)\*\*\*(?=\S)([^\n]{1,2000}?)(?<=\S)\*\*\*"),
    re.compile(r"(?<!\\)\*\*(?=\S)([^\n]{1,2000}?)(?<=\S)\*\*"),
    re.compile(r"(?<![\\\w])\*(?=\S)([^*\n]{1,2000}?)(?<=\S)\*(?!\w)"),
    re.compile(r"(?<![\\\w])__(?=\S)([^\n]{1,2000}?)(?<=\S)__(?!\w)"),
    re.compile(r"(?<![\\\w])_(?=\S)([^_\n]{1,2000}?)(?<=\S)_(?!\w)"),
    re.compile(r"~~(?=\S)([^\n]{1,2000}?)(?<=\S)~~"),
    re.compile(r"(?<!\\)`([^`\n]{1,2000})`"),
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def told(handed: Handed, options: Mapping[str, Plain]) -> Iterator[Plain]:
    """Tell the text to the parent: what a child is started for.

    Lines that follow one another are one paragraph, except where they are a transcript's.
    """
    document, encoding = document_handed(handed), encoding_asked(options)
    lines = read(document, encoding=encoding, between="\n")
    spoken = with_turns(lines, options)
    if spoken.paragraphs is not lines.paragraphs:
        return draft_told(spoken)
    whole = read(document, encoding=encoding)
    return draft_told(whole._replace(unsure=spoken.unsure))


def read(document: Document, *, encoding: str = "", between: str = " ") -> TextDraft:
    """Read Markdown: its blocks as paragraphs, without their marks."""
    decoding = decoding_of(document, encoding)
    page = _Page(Gathering(document.name), between)
    for line in text_lines(document, decoding):
        page.take(line)
    return page.draft()._replace(unsure=decoding.unsure)


class _Page:
    """Takes lines, and makes paragraphs of them."""

    def __init__(self, gathering: Gathering, between: str) -> None:
        self.gathering = gathering
        self.between = between
        self.counts: Counter[str] = Counter()
        self.lines: list[str] = []
        self.fence = ""

    def take(self, line: str) -> None:
        if self.fence or _FENCE.fullmatch(line):
            self._take_code(line)
            return
        quote = _QUOTE.match(line)
        if quote:
            self.counts["quotes"] += 1
            line = line[quote.end() :]
        if not line.strip():
            self.flush()
        elif self.lines and _UNDERLINE.fullmatch(line):
            self._head(" ".join(self.lines))
        elif _RULE.fullmatch(line):
            self.flush()
            self.counts["rules"] += 1
        elif heading := _HEADING.fullmatch(line):
            self.flush()
            self._head(heading.group(1))
        else:
            self._take_words(line)

    def _take_words(self, line: str) -> None:
        item = _ITEM.match(line)
        if _ADDRESS.fullmatch(line) and not self.lines:
            self.counts["addresses"] += 1
        elif line.lstrip().startswith("|"):
            self._take_row(line)
        elif item:
            self.flush()
            self.counts["lists"] += 1
            self.lines.append(line[item.end() :])
        else:
            self.lines.append(line)

    def _take_code(self, line: str) -> None:
        """Keep what stands between fences, line by line, as it stands."""
        mark = _FENCE.fullmatch(line)
        if not self.fence and mark:
            self.flush()
            self.fence = mark.group(1)
        elif mark and line.strip().startswith(self.fence):
            self.fence = ""
        else:
            self.gathering.add(Paragraph(line))

    def _take_row(self, line: str) -> None:
        self.flush()
        if _TABLE_RULE.fullmatch(line):
            return
        for cell in line.strip().strip("|").split("|"):
            if cell.strip():
                self._add(cell.strip())

    def _head(self, text: str) -> None:
        self.lines = []
        self.counts["headings"] += 1
        if text.strip():
            self._add(text)

    def flush(self) -> None:
        text = ""
        for line in self.lines:
            hard = line.endswith(("  ", "\\"))
            text += line.strip().removesuffix("\\") + ("\n" if hard else self.between)
        self.lines = []
        if text.strip():
            self._add(text.strip())

    def _add(self, text: str) -> None:
        self.gathering.add(Paragraph(self._bare(text)))

    def _bare(self, text: str) -> str:
        """Take the marks inside a paragraph away."""
        for what, pattern, stays in (
            ("comments", _COMMENT, ""),
            ("pictures", _PICTURE, ""),
            ("addresses", _LINK, r"\1"),
            ("tags", _TAGS, ""),
            *(("stress", pattern, r"\1") for pattern in _STRESS),
        ):
            text, number = pattern.subn(stays, text)
            self.counts[what] += number
        return html.unescape(_ESCAPED.sub(r"\1", text)).strip()

    def draft(self) -> TextDraft:
        self.flush()
        left_out = [
            Sentence(says, number=self.counts[what])
            for what, says in SAID.items()
            if self.counts[what]
        ]
        return self.gathering.draft(*left_out)
