"""Sound projects to be damaged: one as programs exchange them, one as Taguette keeps them."""

import sqlite3

from exeunt.methods.codebooks import Code, Codebook, Unit
from exeunt.methods.projects import Judgement, Memo, Person, Project, Selection, Text
from exeunt.stages.coding.formats.project.qde import guid_for
from exeunt.stages.coding.formats.project.qdpx import write_project

WORDS = "They came at night 😀.\nجاءوا ليلا\nWe ran."
MEMO = Memo(guid_for("memo", "1"), "Look again.", "On it")
BORIS = Person(guid_for("person", "1"), "Boris")
CODEBOOK = Codebook(
    "reasons",
    "Reasons",
    (Code("L1", "Fear", "Left in fear."), Code("L2", "Spies", parent="L1")),
    Unit.EXCERPT,
)
HTML = "<p>They came at <b>night</b> &amp; 😀.</p>\n<p>جاءوا ليلا</p><pre>We\nran.</pre>"
TABLES = """
CREATE TABLE users (login TEXT);
CREATE TABLE projects (id INTEGER PRIMARY KEY, name TEXT, description TEXT);
CREATE TABLE documents (id INTEGER PRIMARY KEY, name TEXT, description TEXT, project_id INTEGER,
  contents TEXT);
CREATE TABLE commands (id INTEGER PRIMARY KEY, user_login TEXT, payload TEXT);
CREATE TABLE highlights (id INTEGER PRIMARY KEY, document_id INTEGER, start_offset INTEGER,
  end_offset INTEGER, snippet TEXT);
CREATE TABLE tags (id INTEGER PRIMARY KEY, path TEXT, description TEXT);
CREATE TABLE highlight_tags (highlight_id INTEGER, tag_id INTEGER);
INSERT INTO projects VALUES (1, 'Leaving', 'A study');
INSERT INTO tags VALUES (1, 'fear', 'Left in fear.');
INSERT INTO highlights VALUES (1, 1, 5, 18, '<p>came at <b>night</b></p>');
INSERT INTO highlight_tags VALUES (1, 1);
INSERT INTO commands VALUES (1, 'boris', '{"type": "highlight_add", "highlight_id": 1}');
"""


def exchanged() -> bytes:
    """Write a project for other programs."""
    judgement = Judgement(guid_for("coding", "1"), "L1", BORIS.guid, note="Why.")
    selection = Selection(
        guid_for("excerpt", "1"), 5, 9, BORIS.guid, judgements=(judgement,), memos=(MEMO,)
    )
    text = Text(guid_for("text", "1"), "A001", WORDS, selections=(selection,))
    return write_project(Project("Leaving", CODEBOOK, (text,), people=(BORIS,)))


def of_taguette() -> bytes:
    """Write a project as Taguette keeps it."""
    database = sqlite3.connect(":memory:")
    database.executescript(f"PRAGMA page_size = 1024; {TABLES}")
    database.execute("INSERT INTO documents VALUES (1, 'Night', '', 1, ?)", (HTML,))
    database.commit()
    return database.serialize()
