"""The page of every address of the workbench, and of the keys that its pages know."""

import inspect
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.urls import URLResolver, get_resolver

from tools.tables import first_line, table

ROOT = Path(__file__).resolve().parents[1]
IN_A_STUDY = "studies/<str:study_ref>/"
CONVERTER = re.compile(r"(?<=<)\w+:")
HEADS_OF_PAGES = ("address", "methods", "needs", "what it is for")
# Title, namespace, and what is said before the table.
CHAPTERS_OF_PAGES = (
    ("Outside a study", "", ""),
    (
        "Signing in",
        "in",
        "Whoever is signed in and has no second factor yet is led to `/in/factors/` from every "
        "page but those by which they sign in or out, or add one. Adding or removing a factor and "
        "drawing codes ask for a fresh sign-in, ten minutes old at most.",
    ),
    (
        "The study",
        "studies",
        "Addresses in this and the following tables begin with "
        "`/studies/<study_ref>/`. Inviting, appointing, dismissing and new links ask for a fresh "
        "sign-in. Work is shown to whoever asked for it.",
    ),
    ("Sources", "sources", ""),
    ("Narrators", "narrators", ""),
    ("Consent", "consent", ""),
    ("Testimonies", "testimonies", ""),
    ("Coding", "coding", ""),
    ("Findings", "findings", ""),
    (
        "The custodian's desk",
        "custody",
        "Beside its act, a page that shows or changes what is sealed needs the vault open for who "
        "asks. Erasing asks for a fresh sign-in.",
    ),
)
TEMPLATES = ROOT / "src" / "exeunt"
KEYS_IN = {
    "web/templates/shell/page.html": "every page",
    "stages/coding/templates/coding/sheet.html": "a sheet",
}
KEYS_NOTE = (
    "No page needs them. While a field for words has the focus, single keys write into it and do "
    "nothing else."
)
KEY_LINE = re.compile(r"<kbd>.*\{% translate")
SAID = re.compile(r'"([^"]+)"')
TAG = re.compile(r"<[^>]+>")


class Address(NamedTuple):
    """One address: how it is written, its name, and what answers there."""

    place: str
    name: str
    view: Any

    @property
    def chapter(self) -> str:
        """The part of the page to which it belongs: the stage, or what the address begins with."""
        if not self.place.startswith(IN_A_STUDY):
            return "in" if self.place.startswith("in/") else ""
        return self.name.partition(":")[0] if ":" in self.name else "studies"

    @property
    def methods(self) -> list[str]:
        """The methods that are answered, but for HEAD and OPTIONS."""
        kind = getattr(self.view, "view_class", None)
        if kind is not None:
            answered = [name.upper() for name in kind.http_method_names if hasattr(kind, name)]
        else:
            answered = _methods_of(self.view)
        return [method for method in answered if method not in {"HEAD", "OPTIONS"}]

    @property
    def needed(self) -> str:
        """What it takes to use it."""
        act = getattr(self.view, "act", None)
        if act is not None:
            return str(act)
        if self.place.startswith(IN_A_STUDY):
            return "any role"
        return "signed in" if getattr(self.view, "login_required", True) else "open"

    def row(self, chapter: str) -> tuple[str, str, str, str]:
        """Return it as a row of its chapter's table."""
        inside = chapter not in {"", "in"}
        place = self.place.removeprefix(IN_A_STUDY) if inside else f"/{self.place}"
        written = CONVERTER.sub("", place) or "(the study itself)"
        answers = getattr(self.view, "view_class", self.view)
        return f"`{written}`", ", ".join(self.methods), self.needed, first_line(answers)


def pages_page() -> str:
    """List every address of the workbench, what it takes to use it, and the keys."""
    parts = [
        "# Pages",
        "Every address of the workbench, as it is resolved. What is not here does not exist. "
        "*Needs* is the act that one of your [roles](roles.md) in the study must permit; whoever "
        "has no role in a study is answered as if it were not there. *Open* is open to whoever "
        "reaches the server. `HEAD` is answered wherever `GET` is. Words in angle "
        "brackets are random references, names of codebook versions, or places in a list.",
    ]
    found = list(addresses())
    for title, name, note in CHAPTERS_OF_PAGES:
        rows = [address.row(name) for address in found if address.chapter == name]
        parts += (f"## {title}", *filter(None, [note]), table(HEADS_OF_PAGES, rows))
    heads = ("key", "where", "does")
    return "\n\n".join([*parts, "## Keys", KEYS_NOTE, table(heads, keys_pressed())])


def addresses() -> Iterator[Address]:
    """Return every address that the resolver knows, in its order."""
    for place, name, view in _routes(get_resolver().url_patterns):
        yield Address(place, name, view)


def keys_pressed() -> Iterator[tuple[str, str, str]]:
    """Read from the templates which keys do what."""
    for template, where in KEYS_IN.items():
        text = (TEMPLATES / template).read_text(encoding="utf-8")
        for line in filter(KEY_LINE.search, text.splitlines()):
            names, _, says = line.partition("{%")
            marked = names.replace("<kbd>", "`").replace("</kbd>", "`")
            yield TAG.sub("", marked).strip(), where, SAID.findall(says)[0]


def _routes(patterns: Iterable[Any], before: str = "") -> Iterator[tuple[str, str, Any]]:
    for pattern in patterns:
        place = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            below = _routes(pattern.url_patterns, place)
            yield from ((further, f"{space}{name}", view) for further, name, view in below)
        else:
            yield place, str(pattern.name), pattern.callback


def _methods_of(view: Any) -> list[str]:
    """Find the list that Django's decorator of a view holds."""
    while view is not None:
        held = inspect.getclosurevars(view).nonlocals
        if "request_method_list" in held:
            return list(held["request_method_list"])
        view = getattr(view, "__wrapped__", None)
    raise ValueError("a view that does not say which methods it answers")
