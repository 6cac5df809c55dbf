"""Project files as other programs write them, rebuilt after what is known of their habits.

Nothing here comes from those programs; where each habit is known from stands in
`docs/reference/exchange.md`.
"""

import io
import sqlite3
import zipfile
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import NamedTuple
from uuid import UUID, uuid5

NAMESPACE = "urn:QDA-XML:project:1.0"
SPACE = UUID("00000000-0000-0000-0000-000000000001")
MOMENT = "2026-03-01T09:00:00Z"
CODES = {"fear": "Fear", "spies": "Spies & traitors", "أخ": "أخ"}
CODERS = ("Boris", "Chidi")


class Marked(NamedTuple):
    """A span that somebody coded, in code points of the text with LF, its end exclusive."""

    text: str
    start: int
    end: int
    codes: tuple[str, ...]
    by: str = "Boris"
    memo: str = ""


def marked(texts: Mapping[str, str], name: str, words: str, *codes: str, **more: str) -> Marked:
    """Mark words where they stand first in a text."""
    start = texts[name].index(words)
    return Marked(name, start, start + len(words), codes, **more)


TEXTS: Mapping[str, str] = {
    "Night": (
        "Interviewer: When did you leave?\n"
        "They came at night 😀 and took my brother.\n"
        "\n"
        "After that I could not stay. I left at dawn.\n"
        "جاءوا ليلا وأخذوا أخي، ثم رحلت.\n"
        "Ça s’est passé très vite: déjà vu! 🏃🏽‍♀️ We ran.\n"
    ),
    "Border": "We walked to the border.\nNobody spoke.\nA guard let us pass.",
}
MARKS: tuple[Marked, ...] = (
    marked(TEXTS, "Night", "They came at night", "fear"),
    marked(TEXTS, "Night", "took my brother", "spies", "أخ"),
    marked(TEXTS, "Night", "I left at dawn", "fear", memo="The turning point."),
    marked(TEXTS, "Night", "ليلا وأخذوا أخي", "أخ", by="Chidi"),
    marked(TEXTS, "Night", "déjà vu", "fear", by="Chidi"),
    marked(TEXTS, "Night", "We ran", "spies"),
    marked(TEXTS, "Border", "the border.\nNobody spoke", "fear"),
    marked(TEXTS, "Border", "guard let us pass", "spies", by="Chidi"),
)


class Habits(NamedTuple):
    """How a program writes: its folder, its marks, its line ends, and how it counts places."""

    origin: str
    folder: str = "sources"
    project: str = "project.qde"
    byte_order_mark: bool = False
    line_end: str = "\n"
    breaks_as_two: bool = False
    utf_16: bool = False
    inclusive: bool = False
    counts_mark: bool = False
    upper: bool = False
    one_a_code: bool = False
    words: Callable[[str, int, int], str] = lambda words, _start, _end: words
    head: str = '<?xml version="1.0" encoding="utf-8"?>\n'
    namespace: str = NAMESPACE


def no_words(_words: str, _start: int, _end: int) -> str:
    """Leave the name of a selection empty."""
    return ""


def cut_short(words: str, _start: int, _end: int) -> str:
    """Name a selection by its first words."""
    return words if len(words) <= 12 else f"{words[:12]}..."


def the_places(_words: str, start: int, end: int) -> str:
    """Name a selection by its places."""
    return f"{start},{end}"


NVIVO = Habits(
    "NVivo for Windows 12.6",
    folder="Sources",
    byte_order_mark=True,
    line_end="\r\n",
    breaks_as_two=True,
    utf_16=True,
    one_a_code=True,
    words=no_words,
)
NVIVO_ON_MAC = NVIVO._replace(
    origin="NVivo for Mac 12.7.0",
    byte_order_mark=False,
    line_end="\n",
    breaks_as_two=False,
    head='<?xml version="1.0" encoding="UTF-8" standalone="no" ?>',
)
ATLAS = Habits(
    "ATLAS.ti Win 26.1.2", project="Trial.qde", line_end="\r\n", upper=True, words=cut_short
)
MAXQDA = Habits(
    "MAXQDA 24 (Release 24.7.0)",
    byte_order_mark=True,
    line_end="\r\n",
    upper=True,
    one_a_code=True,
    words=the_places,
)
QUALCODER = Habits("QualCoder 3.6", byte_order_mark=True, one_a_code=True)
QUALCODER_FOR_MAXQDA = QUALCODER._replace(line_end="\r\n", folder="Sources")
TO_THE_LETTER = Habits("A reader of section 10.2", inclusive=True)
MARK_COUNTED = Habits("A program that counts the mark", byte_order_mark=True, counts_mark=True)

PROGRAMS: Mapping[str, Habits] = {
    "NVivo on Windows": NVIVO,
    "NVivo on a Mac": NVIVO_ON_MAC,
    "ATLAS.ti": ATLAS,
    "MAXQDA": MAXQDA,
    "QualCoder": QUALCODER,
    "QualCoder with line ends for MAXQDA": QUALCODER_FOR_MAXQDA,
    "inclusive ends, as the standard can be read": TO_THE_LETTER,
    "a byte order mark that counts": MARK_COUNTED,
    "an old namespace": QUALCODER._replace(namespace="urn:QDA-XML:project:1:0"),
}


def guid(habits: Habits, *what: object) -> str:
    """Make the GUID of something."""
    made = str(uuid5(SPACE, "/".join(map(str, what))))
    return made.upper() if habits.upper else made


def a_project(
    habits: Habits, texts: Mapping[str, str] = TEXTS, marks: tuple[Marked, ...] = MARKS
) -> bytes:
    """Write a project as a program of these habits would."""
    parts = {habits.project: qde(habits, texts, marks).encode()}
    for name, text in texts.items():
        stored = text.replace("\n", habits.line_end).encode()
        mark = b"\xef\xbb\xbf" if habits.byte_order_mark else b""
        parts[f"{habits.folder}/{guid(habits, 'text', name)}.txt"] = mark + stored
    return packed(parts)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Pack the parts of a container."""
    container = io.BytesIO()
    with zipfile.ZipFile(container, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return container.getvalue()


def qde(habits: Habits, texts: Mapping[str, str], marks: tuple[Marked, ...]) -> str:
    """Write the project file alone."""
    coders = "".join(
        f'<User guid="{guid(habits, "user", name)}" name="{name}"/>' for name in CODERS
    )
    codes = "".join(
        f'<Code guid="{guid(habits, "code", key)}" name="{escape(label)}" isCodable="true" '
        f'color="#2364a2"><Description>About {escape(label)}</Description></Code>'
        for key, label in CODES.items()
    )
    sources = "".join(_source(habits, name, text, marks) for name, text in texts.items())
    return (
        f'{habits.head}<Project name="Leaving" origin="{habits.origin}" '
        f'xmlns="{habits.namespace}"><Users>{coders}</Users><CodeBook><Codes>{codes}</Codes>'
        f"</CodeBook><Sources>{sources}</Sources></Project>"
    )


def _source(habits: Habits, name: str, text: str, marks: tuple[Marked, ...]) -> str:
    made = guid(habits, "text", name)
    selections = "".join(
        _selection(habits, text, mark, number)
        for number, whole in enumerate(marks)
        if whole.text == name
        for mark in _one_a_code(habits, whole)
    )
    rich = f'richTextPath="internal://{made}.docx" ' if habits.folder == "Sources" else ""
    return (
        f'<TextSource guid="{made}" name="{name}" {rich}plainTextPath="internal://{made}.txt">'
        f"{selections}</TextSource>"
    )


def _one_a_code(habits: Habits, mark: Marked) -> Iterator[Marked]:
    if not habits.one_a_code:
        yield mark
        return
    for code in mark.codes:
        yield mark._replace(codes=(code,))


def _selection(habits: Habits, text: str, mark: Marked, number: int) -> str:
    start, end = counted(habits, text, mark.start), counted(habits, text, mark.end)
    end -= habits.inclusive
    words = habits.words(" ".join(text[mark.start : mark.end].split()), start, end)
    by = guid(habits, "user", mark.by)
    made = f'creatingUser="{by}" creationDateTime="{MOMENT}"'
    codings = "".join(
        f'<Coding guid="{guid(habits, "coding", number, code)}" {made}>'
        f'<CodeRef targetGUID="{guid(habits, "code", code)}"/></Coding>'
        for code in mark.codes
    )
    return (
        f'<PlainTextSelection guid="{guid(habits, "selection", number, *mark.codes)}" '
        f'name="{escape(words)}" startPosition="{start}" endPosition="{end}" {made}>'
        f"<Description>{mark.memo}</Description>{codings}</PlainTextSelection>"
    )


def counted(habits: Habits, text: str, place: int) -> int:
    """Count a place as a program of these habits does."""
    before = text[:place]
    breaks = before.count("\n") if habits.breaks_as_two else 0
    wide = sum(sign > "\uffff" for sign in before) if habits.utf_16 else 0
    return place + breaks + wide + habits.counts_mark


TABLES = """
CREATE TABLE users (login VARCHAR(30) NOT NULL PRIMARY KEY, hashed_password VARCHAR(192));
CREATE TABLE projects (id INTEGER PRIMARY KEY, name VARCHAR(200), description TEXT);
CREATE TABLE documents (id INTEGER PRIMARY KEY, name VARCHAR(200), description TEXT,
  filename VARCHAR(200), project_id INTEGER, text_direction VARCHAR(13), contents TEXT);
CREATE TABLE commands (id INTEGER PRIMARY KEY, user_login VARCHAR(30), payload TEXT);
CREATE TABLE highlights (id INTEGER PRIMARY KEY, document_id INTEGER, start_offset INTEGER,
  end_offset INTEGER, snippet TEXT);
CREATE TABLE tags (id INTEGER PRIMARY KEY, project_id INTEGER, path VARCHAR(200),
  description TEXT);
CREATE TABLE highlight_tags (highlight_id INTEGER, tag_id INTEGER);
CREATE INDEX ix_tags_path ON tags (path);
"""


def a_taguette_project(
    texts: Mapping[str, str] = TEXTS, marks: tuple[Marked, ...] = MARKS, *, also: str = ""
) -> bytes:
    """Write a project as Taguette keeps it: paragraphs of HTML, places in bytes of UTF-8."""
    database = sqlite3.connect(":memory:")
    database.executescript(TABLES + also)
    insert = database.execute
    insert("INSERT INTO users VALUES ('admin', NULL)")
    insert("INSERT INTO projects VALUES (1, 'Leaving', 'A study')")
    for number, (key, label) in enumerate(CODES.items(), 1):
        insert("INSERT INTO tags VALUES (?, 1, ?, ?)", (number, key, label))
    for number, (name, text) in enumerate(texts.items(), 1):
        html = "\n".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
        row = (number, name, "", name, 1, "LEFT_TO_RIGHT", html)
        insert("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    for number, mark in enumerate(marks, 1):
        _highlight(database, number, mark, texts)
    database.commit()
    return database.serialize()


def _highlight(
    database: sqlite3.Connection, number: int, mark: Marked, texts: Mapping[str, str]
) -> None:
    text = texts[mark.text]
    places = [len(text[:place].encode()) for place in (mark.start, mark.end)]
    snippet = f"<p>{escape(text[mark.start : mark.end])}</p>"
    row = (number, list(texts).index(mark.text) + 1, *places, snippet)
    database.execute("INSERT INTO highlights VALUES (?, ?, ?, ?, ?)", row)
    for code in mark.codes:
        tag = list(CODES).index(code) + 1
        database.execute("INSERT INTO highlight_tags VALUES (?, ?)", (number, tag))
    payload = f'{{"type": "highlight_add", "highlight_id": {number}}}'
    values = (number, mark.by, payload)
    database.execute("INSERT INTO commands VALUES (?, ?, ?)", values)
