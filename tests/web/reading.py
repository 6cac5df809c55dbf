"""Pages as somebody reads them in another language: what is said, by us and by the data."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import lxml.html
from django.apps import apps
from django.utils import translation
from lxml.html import HtmlElement

from exeunt.stages.coding.codebooks import READY, ready_codebook
from exeunt.stages.sources.intake.texts.codepages import CODEPAGES
from exeunt.version import __version__
from tools import messages

OPEN, SHUT = "⟦", "⟧"
BRACKETS = re.compile(f"[{OPEN}{SHUT}]")
# What is written in no language, or in that of the machine.
UNSPOKEN = ("script", "style", "code", "kbd", "pre", "samp", "svg")
ATTRIBUTES = ("aria-label", "title", "placeholder", "alt", "data-say", "aria-roledescription")
LETTERS = re.compile(r"[A-Za-z]{2,}")
ADDRESS = re.compile(r"https?://\S+|(?<!\w)/\S+")
# The longest first, for one may begin as another does.
ENCODINGS = sorted(CODEPAGES.values(), key=len, reverse=True)
FORMATS = ("CSV", "HTML", "PNG", "QDC", "SVG", "Vega-Lite", "YAML")
NAMES = (
    "Exeunt",
    "English",
    "العربية",
    "UTC",
    "SHA-256",
    "AC1",
    *FORMATS,
    *ENCODINGS,
    __version__,
)
ISOLATED = "ancestor-or-self::bdi|ancestor-or-self::*[@dir][not(self::html)]"
# A title and a choice hold no tags; browsers isolate both by themselves.
ALONE = ("title", "option")
# A part of a sentence that somebody wrote is known from this length on.
LONG = 20


@contextmanager
def in_brackets() -> Iterator[None]:
    """Put every sentence that has a translation in brackets; what has none stays bare."""
    says = {name: getattr(translation._trans, name) for name in ("gettext", "pgettext")}
    counts = {name: getattr(translation._trans, name) for name in ("ngettext", "npgettext")}
    told = {name: _bracketed(act, messages.GETTEXT[name]) for name, act in (says | counts).items()}
    with mock.patch.multiple(translation._trans, **told):
        yield


def _bracketed(act: Callable[..., str], places: tuple[int, ...]) -> Callable[..., str]:
    def said(*words: Any) -> str:
        result = act(*words)
        bare = result in {words[place] for place in places}
        return result if bare else f"{OPEN}{result}{SHUT}"

    return said


def untranslated(html: bytes, data: Iterable[str]) -> list[str]:
    """What a page says outside all brackets that is not data either."""
    found = [_bare(part, data) for part in _said(html)]
    return [part for part in found if LETTERS.search(part)]


def mixed_in(html: bytes, data: Iterable[str]) -> list[str]:
    """The data of a page whose direction could upset the words around it."""
    page = lxml.html.document_fromstring(html)
    texts = page.xpath("//body//text()")
    return [
        f"<{text.getparent().tag}> {' '.join(text.split())}"
        for text in texts
        if any(word in text for word in data)
        and text.getparent().tag not in (*ALONE, *UNSPOKEN)
        and not _holder(text).xpath(ISOLATED)
    ]


def data_of(*, but: Iterable[str] = ()) -> list[str]:
    """Every string that stands in the archive, the longest first, without the words of ours."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("exeunt.")]
    models = [model for model in ours if model._meta.app_label != "vault"]
    found = {
        string
        for model in models
        for row in model._default_manager.values()
        for value in row.values()
        for string in _strings(value)
    }
    ready = {ready_codebook(slug).title for slug in READY}
    return sorted((found | ready) - set(but), key=len, reverse=True)


def words_of_ours() -> set[str]:
    """Every sentence that a page may say, in English."""
    gathered = messages.everything_said("ar")
    return {one.id if isinstance(one.id, str) else one.id[0] for one in gathered}


def _strings(value: object) -> Iterator[str]:
    parts = [*value, *value.values()] if isinstance(value, dict) else value
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in parts:
            yield from _strings(part)


def _said(html: bytes) -> Iterator[str]:
    """Everything that can be read or heard: first the texts in their order, then attributes.

    What is marked as being in a language of its own, such as a report's words, is left out.
    """
    page = lxml.html.document_fromstring(html)
    here = f"ancestor-or-self::*[@lang][1][@lang = '{page.get('lang')}']"
    skipped = " or ".join(f"ancestor::{tag}" for tag in UNSPOKEN)
    yield from _outside(page.xpath(f"//text()[not({skipped})][{here}]"))
    for name in ATTRIBUTES:
        for value in page.xpath(f"//*[@{name}][{here}]/@{name}"):
            yield from _outside([value])


def _outside(texts: Iterable[str]) -> Iterator[str]:
    """The parts of texts that stand outside brackets, which may reach over several of them."""
    depth = 0
    for text in texts:
        for part in re.split(f"([{OPEN}{SHUT}])", text):
            depth += {OPEN: 1, SHUT: -1}.get(part, 0)
            if not depth and not BRACKETS.fullmatch(part) and part.strip():
                yield " ".join(part.split())


def _bare(part: str, data: Iterable[str]) -> str:
    """Take names, addresses and data out of what is said."""
    rest = ADDRESS.sub("·", part)
    for string in (*NAMES, *data):
        line = " ".join(string.split())
        if line and line in rest:
            rest = re.sub(rf"(?<!\w){re.escape(line)}(?!\w)", "·", rest)
    cut_short = len(rest) >= LONG and any(rest.strip("… ·") in string for string in data)
    return "" if cut_short else rest


def _holder(text: Any) -> HtmlElement:
    parent: HtmlElement = text.getparent()
    return parent if text.is_text else parent.getparent()
