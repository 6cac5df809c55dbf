"""Renew the catalogue of every language but English: `python -m tools.messages`.

Gathers what the pages say, keeps the translations there are, marks as fuzzy what only resembles
an earlier sentence (nobody is ever shown that), and compiles. GNU gettext is not needed.
"""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "exeunt"
LOCALES = PACKAGE / "locale"
LANGUAGES = ("ar",)
LINE = 100

# These speak English only: the terminal, the opening of a folder, and the report on paper.
ENGLISH = (
    "cli",
    "archive",
    "procedures/demonstration",
    "procedures/handover",
    "stages/findings/formats",
    "stages/coding/codebooks",
)

# Which arguments of a call are what is said: the sentence, its plural, and "c" for the context.
GETTEXT = {
    "_": (0,),
    "gettext": (0,),
    "gettext_lazy": (0,),
    "gettext_noop": (0,),
    "ngettext": (0, 1),
    "ngettext_lazy": (0, 1),
    "pgettext": (1,),
    "pgettext_lazy": (1,),
    "npgettext": (1, 2),
    "npgettext_lazy": (1, 2),
}
WITH_CONTEXT = frozenset(name for name in GETTEXT if "pgettext" in name)
SAYING = dict.fromkeys(
    (
        "ExeuntError",
        "Refusal",
        "NotYet",
        "NotYours",
        "NotThere",
        "Changed",
        "SealedElsewhere",
        "FileIsMissing",
        "Problem",
        "Sentence",
        "Word",
    ),
    (0,),
)
# Faults of a file: ``refusal(file, says)`` and ``problems.add(says)``.
FAULTS = {"refusal": (1,), "problems.add": (0,)}
CALLS = GETTEXT | SAYING | FAULTS
IN_TEMPLATES = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
WORDS_OF_OURS = frozenset({"StrEnum", "TextChoices", "Listed"})


class Said(NamedTuple):
    """Something that a page may say: the sentence, and its plural and context where it has them."""

    one: str
    many: str = ""
    context: str | None = None

    @property
    def id(self) -> str | tuple[str, str]:
        """What a catalogue calls it."""
        return (self.one, self.many) if self.many else self.one


class Catalogue(Catalog):
    """A catalogue whose head says nothing of when, where or by what it was written."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The lines that gettext itself needs."""
        return [
            ("Language", str(self.locale)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]

    @mime_headers.setter
    def mime_headers(self, headers: object) -> None:
        """Take no head from elsewhere."""


# --- what is said --------------------------------------------------------------------------------


def said_in_python(text: str) -> Iterator[Said]:
    """Find what a module says, in calls, in the words of its enumerations and in its constants.

    A constant, or a variable, counts where it is given to a call by its name.
    """
    tree = ast.parse(text)
    named = _named(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _said_by(node, named)
        elif isinstance(node, ast.ClassDef) and _names(node.bases) & WORDS_OF_OURS:
            yield from (Said(word) for words in _named(node).values() for word in words if word)


def said_in_template(text: str, origin: str = "") -> Iterator[Said]:
    """Find what a template of Django's says."""
    lines = templatize(text, origin=origin).splitlines()
    # A template's indentation means nothing; Python's would.
    code = io.BytesIO("\n".join(line.strip() for line in lines).encode())
    for _line, found, _comments, context in extract("python", code, IN_TEMPLATES):
        parts = [found] if isinstance(found, str) else list(found)
        yield _said(parts, context)


def said_in(path: Path) -> list[Said]:
    """Find what one file says."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return list(said_in_python(text))
    return list(said_in_template(text, origin=str(path)))


def speaking_files() -> list[Path]:
    """Return every file whose words may reach a page."""
    places = [PACKAGE / place for place in ENGLISH]
    files = [path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".html", ".txt"}]
    return sorted(
        path
        for path in files
        if not any(path.is_relative_to(place) for place in places)
        and "migrations" not in path.parts
    )


def _named(scope: ast.Module | ast.ClassDef) -> dict[str, list[str]]:
    """Return the strings that are given a name anywhere in a module or a class."""
    found: dict[str, list[str]] = {}
    for node in ast.walk(scope):
        for target in node.targets if isinstance(node, ast.Assign) else []:
            if isinstance(node, ast.Assign) and isinstance(target, ast.Name):
                found.setdefault(target.id, []).extend(_strings(node.value, {}))
    return found


def said_by(call: ast.Call) -> list[ast.expr]:
    """Return those arguments of a call that are what is said."""
    places = CALLS.get(_called(call), ())
    return [call.args[place] for place in places if place < len(call.args)]


def _said_by(call: ast.Call, named: dict[str, list[str]]) -> Iterator[Said]:
    parts = [_strings(argument, named) for argument in said_by(call)]
    contexts = _strings(call.args[0], {}) if _called(call) in WITH_CONTEXT else []
    context = contexts[0] if contexts else None
    yield from (_said(list(said), context) for said in zip(*parts, strict=False))


def _called(call: ast.Call) -> str:
    """Name what is called; of a list of problems, that it is one."""
    (name,) = _names([call.func]) or {""}
    of = _names([call.func.value]) if isinstance(call.func, ast.Attribute) else set()
    return f"problems.{name}" if of == {"problems"} else name


def _said(parts: list[str], context: str | None) -> Said:
    one, many = [*parts, ""][:2]
    return Said(one, many, context)


def _strings(node: ast.expr, named: dict[str, list[str]]) -> list[str]:
    """Return what an argument may be: a string, one of two, or all that bear its name."""
    if isinstance(node, ast.IfExp):
        return _strings(node.body, named) + _strings(node.orelse, named)
    if isinstance(node, ast.Name):
        return named.get(node.id, [])
    value = node.value if isinstance(node, ast.Constant) else None
    return [value] if isinstance(value, str) and value else []


def _names(nodes: list[ast.expr]) -> set[str]:
    return {
        node.id if isinstance(node, ast.Name) else node.attr
        for node in nodes
        if isinstance(node, ast.Name | ast.Attribute)
    }


# --- the catalogues ------------------------------------------------------------------------------


def everything_said(language: str) -> Catalogue:
    """Gather all that the pages say, untranslated, in the order of the files."""
    gathered = Catalogue(locale=language, fuzzy=False, header_comment=f"# Exeunt: {language}")
    for path in speaking_files():
        place = (path.relative_to(ROOT).as_posix(), 0)
        for said in said_in(path):
            gathered.add(said.id, locations=[place], context=said.context)
    return gathered


def kept(language: str) -> Catalogue:
    """Read the catalogue as it lies in the repository; an empty one where there is none."""
    catalogue = Catalogue(locale=language, fuzzy=False)
    path = po_of(language)
    if path.exists():
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                catalogue[message.id] = message
    return catalogue


def renewed(language: str) -> Catalogue:
    """Return the catalogue that the sources and the translations kept make together."""
    catalogue, gathered = kept(language), everything_said(language)
    catalogue.update(gathered, update_creation_date=False)
    catalogue.header_comment = gathered.header_comment
    return catalogue


def as_po(catalogue: Catalogue) -> bytes:
    """Write a catalogue as translators edit it: places without line numbers, nothing obsolete."""
    file = io.BytesIO()
    write_po(file, catalogue, width=LINE, ignore_obsolete=True, include_lineno=False)
    return file.getvalue().rstrip() + b"\n"


def as_mo(catalogue: Catalogue) -> bytes:
    """Compile a catalogue; what is fuzzy or empty is left out."""
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def untranslated(catalogue: Catalogue) -> list[Message]:
    """Return what has no translation in every form, or one that nobody has looked at."""
    return [message for message in catalogue if message.id and not _is_whole(message)]


def _is_whole(message: Message) -> bool:
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(forms) and not message.fuzzy


def po_of(language: str) -> Path:
    """Return where a language's catalogue lies."""
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def main() -> None:
    """Write every catalogue and its compiled form, and say what is missing."""
    for language in LANGUAGES:
        catalogue, path = renewed(language), po_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_po(catalogue))
        path.with_suffix(".mo").write_bytes(as_mo(catalogue))
        missing = untranslated(catalogue)
        print(f"{language}: {len(catalogue)} messages, {len(missing)} without a translation")
        for message in missing:
            print(f"  {message.locations[0][0]}: {message.id}", file=sys.stderr)


if __name__ == "__main__":
    main()
