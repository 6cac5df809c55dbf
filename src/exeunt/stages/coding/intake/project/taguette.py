"""A project as Taguette keeps and exports it: an SQLite file, read without opening any file.

Source: Taguette 1.5 (database/models.py, database/copy.py). A document is HTML; a highlight lies
between two bytes of its text in UTF-8, has a snippet of its words, and any number of tags. Who
made it stands only in the history of commands. The file is untrusted: it is read from memory,
with nothing but plain tables, and no statement may do more than read them.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from exeunt.errors import Sentence
from exeunt.methods.codebooks import Code, Codebook, Unit
from exeunt.methods.offsets import NO_FIT, USUAL, Choice, Fit
from exeunt.methods.projects import Judgement, Left, Memo, Person, Selection, Text
from exeunt.sandbox.readers import Handed
from exeunt.sandbox.wire import Plain
from exeunt.stages.coding.intake.codebook_draft import CodebookDraft, draft_of, slug_of
from exeunt.stages.coding.intake.project.html_bytes import HtmlText, words_of
from exeunt.stages.coding.intake.project.telling import Counted, Head, head_told, text_told
from exeunt.stages.sources.intake.cells import faults_of_text
from exeunt.stages.sources.intake.problems import ProblemList, refusal

# By it Taguette makes the GUIDs of its tags in exported codebooks, so both can be matched.
TAGUETTE = UUID("51B2B2B7-27EB-4ECB-9D56-E75B0A0496C2")
OPENING = b"SQLite format 3\0"
WRITE_AHEAD, PLAIN_JOURNAL = b"\2\2", b"\1\1"
NEEDED: Mapping[str, tuple[str, ...]] = {
    "projects": ("id", "name", "description"),
    "documents": ("id", "name", "description", "project_id", "contents"),
    "highlights": ("id", "document_id", "start_offset", "end_offset", "snippet"),
    "tags": ("id", "path", "description"),
    "highlight_tags": ("highlight_id", "tag_id"),
}
READING = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE})
LONGEST_CELL = 30_000_000
LARGEST_PAGE = 65_536  # written as 1
DAMAGED = "The file is damaged or is no project of Taguette; export it from Taguette anew."
LONGEST_WORDS = 300


class Highlight(NamedTuple):
    """A row of highlights."""

    number: int
    start: int
    end: int
    snippet: str


Spans = list[tuple[Highlight, tuple[int, int] | None]]


class FoundDocument(NamedTuple):
    """A row of documents."""

    number: int
    name: str
    description: str
    project: int
    contents: str


def told(handed: Handed, _options: Mapping[str, Plain]) -> Iterator[Plain]:
    """Tell the project to the parent: what a child is started for."""
    with handed.open() as stream:
        data = stream.read()
    try:
        reading = Reading(_opened(data, handed.name), handed.name)
        texts = list(reading.texts())
        yield head_told(reading.head())
    except (sqlite3.Error, OverflowError, UnicodeError) as trouble:
        raise refusal(handed.name, DAMAGED) from trouble
    for text, counted in texts:
        yield text_told(text, counted)


def _opened(data: bytes, name: str) -> sqlite3.Connection:
    """Take a database into memory, and let it do nothing but show its tables."""
    page = int.from_bytes(data[16:18], "big")
    if not data.startswith(OPENING) or len(data) % (page if page > 1 else LARGEST_PAGE):
        raise refusal(name, DAMAGED)
    if data[18:20] == WRITE_AHEAD:
        data = data[:18] + PLAIN_JOURNAL + data[20:]
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_CELL)
    database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    database.deserialize(data)
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON", "temp_store=2"):
        database.execute(f"PRAGMA {pragma}")
    kinds = database.execute("SELECT type, sql FROM sqlite_master").fetchall()
    if database.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise refusal(name, DAMAGED)
    made = {str(kind) for kind, _ in kinds}
    virtual = any("virtual" in str(sql).split("(")[0].casefold() for _, sql in kinds)
    if made - {"table", "index"} or virtual:
        says = "The file holds views or triggers, which Taguette does not make; it is not read."
        raise refusal(name, says)
    database.set_authorizer(_authorized)
    return database


def _authorized(asked: int, *_about: object) -> int:
    return sqlite3.SQLITE_OK if asked in READING else sqlite3.SQLITE_DENY


class Reading:
    """One project as it is read, table by table."""

    def __init__(self, database: sqlite3.Connection, name: str) -> None:
        """Take a database and the name of its file, or refuse what holds no single project."""
        self.database = database
        self.file = name
        self.problems = ProblemList(name)
        self.left: Counter[str] = Counter()
        self.unlike = 0
        projects = self._rows("projects")
        if len(projects) != 1:
            says = "The file holds {count} projects; export the one that is meant from Taguette."
            raise refusal(name, Sentence(says, count=len(projects)))
        self._check_no_passwords()
        self.number, self.name, self.description = projects[0]
        self.tags = {number: path for number, path, _ in self._rows("tags")}
        self.tagged: dict[int, list[str]] = {}
        for highlight, tag in self._rows("highlight_tags"):
            if tag in self.tags:
                self.tagged.setdefault(highlight, []).append(self.tags[tag])
            else:
                self.left["unknown codes"] += 1
        self.makers = self._makers()
        self.keys: dict[str, str] = {}
        self.codebook = self._codebook()

    def texts(self) -> Iterator[tuple[Text, Counted]]:
        """Yield every document with its highlights in place, or refuse the file."""
        highlights: dict[int, list[Highlight]] = {}
        for number, document, *rest in self._rows("highlights"):
            highlights.setdefault(document, []).append(Highlight(number, *rest))
        for row in self._rows("documents"):
            found = FoundDocument(*row)
            html, spans, alike = _best(found.contents, highlights.get(found.number, []))
            for fault in faults_of_text(html.text):
                self.problems.add(Sentence("{name}: {fault}", name=found.name, fault=fault))
            if not html.text.strip():
                self.left["empty texts"] += 1
                continue
            self.unlike += len(spans) - alike
            yield self._text(found, html.text, spans), self._counted(found, spans, alike)
        self.problems.refuse_if_any()

    def head(self) -> Head:
        """Return all but the documents."""
        people = tuple(Person(_guid("user", login), login) for login in sorted(self._logins()))
        described = self.description.strip()
        for kind, table in (("users of the other program", "users"), ("history", "commands")):
            self.left[kind] = self._count(table)
        self.left["unlike words"] = self.unlike
        left = tuple(Left(kind, number) for kind, number in self.left.items() if number)
        return Head(
            name=self.name,
            origin="Taguette",
            codebook=self.codebook if self.tags else None,
            people=people,
            memos=(Memo("", described),) if described else (),
            memos_on_codes={},
            colours={},
            headings=frozenset(),
            left=left,
        )

    def _text(self, found: FoundDocument, text: str, spans: Spans) -> Text:
        guid = _guid("document", f"{self.name}:{found.number}:{found.name}")
        selections = tuple(
            self._selection(guid, one, span)
            for one, span in spans
            if span is not None and self._is_tagged(one)
        )
        described = found.description.strip()
        memos = (Memo("", described),) if described else ()
        return Text(guid, found.name, text, selections=selections, memos=memos)

    def _counted(self, found: FoundDocument, spans: Spans, alike: int) -> Counted:
        outside = sum(span is None for _, span in spans)
        if outside:
            says = "In “{name}” {count} highlights lie outside the text; export it anew."
            self.problems.add(Sentence(says, name=found.name, count=outside))
        fit = Fit(len(spans) - outside, alike, 1.0)
        return Counted(len(spans), Choice(USUAL, fit, None, NO_FIT))

    def _is_tagged(self, one: Highlight) -> bool:
        tagged = one.number in self.tagged
        if not tagged:
            self.left["bare selections"] += 1
        return tagged

    def _selection(self, document: str, one: Highlight, span: tuple[int, int]) -> Selection:
        guid = _guid(document, str(one.number))
        by = self.makers.get(one.number, "")
        maker = _guid("user", by) if by else ""
        judgements = tuple(
            Judgement(_guid(guid, path), self.keys[path], maker)
            for path in sorted(self.tagged.get(one.number, ()))
        )
        return Selection(guid, *span, maker, "", judgements)

    def _codebook(self) -> CodebookDraft:
        stem = self.file.rpartition(".")[0]
        taken: set[str] = set()
        codes = []
        for _, path, description in self._rows("tags"):
            key = slug_of(path) or "code"
            while key in taken:
                key = f"{key[:50]}-{len(taken)}"
            taken.add(key)
            self.keys[path] = key
            guid = str(uuid5(TAGUETTE, path))
            codes.append(Code(key, " ".join(path.split()), description.strip(), guid=guid))
        title = " ".join(self.name.split())
        book = Codebook(slug_of(stem) or "codebook", title, tuple(codes), Unit.EXCERPT)
        if not codes:
            return CodebookDraft(book)
        return draft_of(book, self.problems, rows=[None] * len(codes))

    def _check_no_passwords(self) -> None:
        """Refuse a Taguette's whole database, which would be kept here with what it hides."""
        query = 'SELECT 1 FROM "users" WHERE "hashed_password" IS NOT NULL LIMIT 1'
        try:
            found = self.database.execute(query).fetchone()
        except sqlite3.OperationalError:
            return  # no such table or column, so no passwords
        if found is not None:
            says = (
                "This is the whole database of a Taguette, with its users’ passwords; open the "
                "project there, export it, and bring in that file."
            )
            raise refusal(self.file, says)

    def _makers(self) -> dict[int, str]:
        """Find out of the history who made each highlight."""
        makers: dict[int, str] = {}
        if not self._has("commands"):
            return makers
        query = 'SELECT "user_login", "payload" FROM "commands" ORDER BY "id"'
        for login, payload in self.database.execute(query):
            what = _payload(payload)
            number = what.get("highlight_id", what.get("id"))
            if what.get("type") == "highlight_add" and isinstance(number, int):
                makers.setdefault(number, str(login))
        return makers

    def _logins(self) -> set[str]:
        return set(self.makers.values())

    def _rows(self, table: str) -> list[tuple[Any, ...]]:
        columns = NEEDED[table]
        listed = ", ".join(f'"{column}"' for column in columns)
        # Both names are ours, so nothing foreign is in the statement.
        rows = self.database.execute(f'SELECT {listed} FROM "{table}" ORDER BY 1, 2').fetchall()  # noqa: S608
        for row in rows:
            for column, value in zip(columns, row, strict=True):
                wanted = int if column == "id" or column.endswith(("_id", "_offset")) else str
                if not isinstance(value, wanted):
                    raise refusal(self.file, DAMAGED)
        return rows

    def _has(self, table: str) -> bool:
        query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
        return self.database.execute(query, (table,)).fetchone() is not None

    def _count(self, table: str) -> int:
        if not self._has(table):
            return 0
        return len(self.database.execute(f'SELECT 1 FROM "{table}"').fetchall())  # noqa: S608


def _best(contents: str, highlights: list[Highlight]) -> tuple[HtmlText, Spans, int]:
    """Read a document so that most highlights hold the words that were kept beside them."""
    tried = []
    for skip in (False, True):
        html = HtmlText(contents, skip_blank=skip)
        spans: Spans = [(one, _span(html, one)) for one in highlights]
        alike = sum(_is_alike(html, one, span) for one, span in spans)
        tried.append((html, spans, alike))
    return max(tried, key=lambda one: one[2])


def _span(html: HtmlText, one: Highlight) -> tuple[int, int] | None:
    start, end = html.place_of(one.start, ends=False), html.place_of(one.end, ends=True)
    if start is None or end is None or start >= end:
        return None
    return start, end


def _is_alike(html: HtmlText, one: Highlight, span: tuple[int, int] | None) -> bool:
    if span is None:
        return False
    return "".join(html.text[slice(*span)].split()) == "".join(words_of(one.snippet).split())


def _payload(written: object) -> Mapping[str, Any]:
    try:
        what = json.loads(str(written))
    except (ValueError, RecursionError):
        return {}
    return what if isinstance(what, dict) else {}


def _guid(kind: str, name: str) -> str:
    return str(uuid5(TAGUETTE, f"{kind}:{name}"))
