"""The proof of an erasure: words of somebody's rows, sought afterwards in every byte that is left.

The words are drawn before the rows go and kept in memory only. What was drawn of words that stand
in another narrator's rows as well proves nothing, and is not counted.
"""

import json
import mmap
import secrets
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from django.db import connections
from django.db.models import Model, Value
from django.db.models.functions import StrIndex

from exeunt.procedures.erasure.cleaning import ARCHIVE, archive_folder
from exeunt.stages.coding.actions.erasing import words_about
from exeunt.stages.coding.models import Adjudication, Coding, Sheet
from exeunt.stages.narrators.models import Narrator
from exeunt.stages.sources.models import Capture, Source
from exeunt.stages.testimonies.actions.erasing import sources_of
from exeunt.stages.testimonies.models import Account, SearchPassage, SearchWords, TextVersion

# Shorter words stand in any file by chance.
SHORTEST, LONGEST = 10, 24
A_TEXT, AT_MOST = 6, 96
WORDS_OF: tuple[tuple[type[Model], str], ...] = (
    (TextVersion, "text"),
    (Account, "label"),
    (Narrator, "label"),
    (Source, "citation"),
    (Source, "address"),
    (SearchWords, "words"),
    (SearchPassage, "folded"),
    (Coding, "note"),
    (Sheet, "memo"),
    (Adjudication, "reason"),
)


class Found(NamedTuple):
    """A file in which words of somebody who was erased still stand, and how many of those sought.

    ``of_others`` says that it is the copy of a table in which others stand as well.
    """

    file: str
    fragments: int
    of_others: bool


class Proof(NamedTuple):
    """What was looked for after an erasure, where, and what was found."""

    files: int
    fragments: int
    found: tuple[Found, ...]

    @property
    def unexpected(self) -> tuple[Found, ...]:
        """Where words still stand though nobody else's copy holds them."""
        return tuple(one for one in self.found if not one.of_others)


def fragments_of(narrator: Narrator) -> frozenset[str]:
    """Draw words at random from everything that is somebody's, to be looked for afterwards."""
    texts = TextVersion.everything.filter(account__narrator=narrator)
    drawn = [
        piece
        for text in texts.values_list("text", flat=True)
        for piece in _pieces(text, count=A_TEXT)
    ]
    said = (piece for words in _short_words(narrator) for piece in _pieces(words, count=1))
    whole = sorted({*drawn, *said})
    return frozenset(secrets.SystemRandom().sample(whole, min(len(whole), AT_MOST)))


def seek(fragments: Collection[str], *, shared: Iterable[Capture] = ()) -> Proof:
    """Look for words in every file of the archive; ``shared`` are copies that hold others too."""
    names = {capture.digest for capture in shared}
    telling = [words for words in fragments if not _stands_elsewhere(words)]
    files = list(_files())
    found = []
    for path in files:
        count = _found_in(path, telling)
        if count:
            found.append(Found(path.name, count, path.name in names))
    return Proof(len(files), len(telling), tuple(found))


def copies_shared(narrator: Narrator) -> list[Capture]:
    """Return the copies of tables in which somebody stands beside others."""
    return list(Capture.objects.filter(source__in=sources_of(narrator).shared).order_by("pk"))


def _short_words(narrator: Narrator) -> Iterator[str]:
    accounts = Account.everything.filter(narrator=narrator)
    yield narrator.label
    yield from accounts.values_list("label", flat=True)
    for citation, address in accounts.values_list("source__citation", "source__address"):
        yield citation
        yield address
    # Two words or three in alphabetical order: one alone may stand in a codebook, say.
    yield from SearchWords.everything.filter(account__in=accounts).values_list("words", flat=True)
    yield from SearchPassage.everything.filter(account__in=accounts).values_list(
        "folded", flat=True
    )
    yield from words_about(narrator)


def _pieces(text: str, *, count: int) -> Iterator[str]:
    """Draw pieces of a text; the whole of it where it is short, none where it is too short."""
    if len(text) <= LONGEST:
        whole = (text,) if len(text) >= SHORTEST else ()
        yield from whole
        return
    for _ in range(count):
        start = secrets.randbelow(len(text) - LONGEST + 1)
        yield text[start : start + LONGEST]


def _stands_elsewhere(words: str) -> bool:
    """Tell whether rows that stay hold these words too."""
    return any(
        model._base_manager.annotate(place=StrIndex(name, Value(words)))
        .filter(place__gt=0)
        .exists()
        for model, name in WORDS_OF
    )


def _files() -> Iterator[Path]:
    folder = archive_folder()
    if folder is None:
        return
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path


def _found_in(path: Path, fragments: Iterable[str]) -> int:
    with path.open("rb") as file:
        if not path.stat().st_size:
            return 0
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return sum(
                any(content.find(form) >= 0 for form in _forms(words)) for words in fragments
            )


def _forms(words: str) -> tuple[bytes, ...]:
    """Return how words may stand in a file: as text, as wide characters, within JSON."""
    plain = words.encode()
    within_json = json.dumps(words)[1:-1].encode()
    wide = (words.encode("utf-16-le"), words.encode("utf-16-be"))
    return tuple(dict.fromkeys((plain, within_json, *wide)))


def on_a_server() -> bool:
    """Tell whether the archive's rows lie on a server, whose files nobody can look into here."""
    return connections[ARCHIVE].vendor == "postgresql"
