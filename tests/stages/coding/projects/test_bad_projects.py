"""A project file that cannot be taken whole is refused in a sentence, and nothing is half read."""

import io
import stat
import zipfile

import pytest

from exeunt.errors import BadInput
from exeunt.stages.coding.intake.project import read_project
from tests.making.projects import (
    ATLAS,
    MARKS,
    QUALCODER,
    TEXTS,
    a_project,
    a_taguette_project,
    guid,
    marked,
    packed,
)

NAME = "project.qde"


def refusal_of(tmp_path, data: bytes, name="leaving.qdpx", **options) -> str:
    """What is said of a file that is refused."""
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(BadInput) as refused:
        read_project(file, **options)
    return str(refused.value)


def parts_of(data: bytes) -> dict[str, bytes]:
    """Take a container apart."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


WHOLE = parts_of(a_project(QUALCODER))
XML = WHOLE[NAME].decode()
NIGHT = f"sources/{guid(QUALCODER, 'text', 'Night')}.txt"


def changed(old: str, new: str) -> bytes:
    """The whole project with one thing changed in its project file."""
    assert old in XML
    return packed(WHOLE | {NAME: XML.replace(old, new, 1).encode()})


def with_link() -> bytes:
    """A container whose text is a link to elsewhere."""
    container = io.BytesIO()
    with zipfile.ZipFile(container, "w") as archive:
        archive.writestr(NAME, XML)
        link = zipfile.ZipInfo(NIGHT)
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return container.getvalue()


DTD = XML.replace("<Project", '<!DOCTYPE Project [<!ENTITY a "a"><!ENTITY b "&a;&a;">]><Project', 1)
USER, FEAR = guid(QUALCODER, "user", "Boris"), guid(QUALCODER, "code", "fear")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 cut off", "no project in the exchange format"),
        (packed(WHOLE)[:-40], "no project in the exchange format"),
        (packed({"readme.txt": b"hello"}), "holds 0 project files"),
        (packed(WHOLE | {"other.qde": b"<Project/>"}), "holds 2 project files"),
        (packed({**WHOLE, NAME: b"<CodeBook/>"}), "and no project"),
        (packed({**WHOLE, NAME: b"<Project"}), "damaged"),
        (packed({**WHOLE, NAME: DTD.encode()}), "document type or entities"),
        (changed("project:1.0", "project:9.9"), "“9.9” of the format"),
        (packed(WHOLE | {"../outside.txt": b"x"}), "points outside it"),
        (packed(WHOLE | {"/etc/outside.txt": b"x"}), "points outside it"),
        (with_link(), "points outside it"),
        (packed(WHOLE | {"sources/more.zip": b"x"}), "holds the archive “sources/more.zip”"),
        (packed(WHOLE | {"sources/bomb.bin": bytes(30_000_000)}), "200 times its size"),
        (packed({n: d for n, d in WHOLE.items() if n != NIGHT}), "which is not in the file"),
        (packed(WHOLE | {NIGHT: "é".encode("latin-1")}), "is not UTF-8"),
        (packed(WHOLE | {NIGHT: packed({"a": b"b"})}), "is an archive"),
        (packed(WHOLE | {NIGHT: b"They\x00came"}), "U+0000"),
        (changed('startPosition="', 'startPosition="x'), "is no whole number"),
        (
            changed(f'<User guid="{USER}"', f'<User guid="{USER}" name="Eve"/><User guid="{USER}"'),
            "has the GUID of the user “Eve”",
        ),
        (changed(f'<Code guid="{FEAR}"', '<Code guid="plugin"'), "no valid GUID (“plugin”)"),
        (changed("internal://", "absolute:///home/"), "which is not in the file"),
    ],
    ids=[
        "nothing",
        "the start of a container",
        "a container cut off",
        "no project file",
        "two project files",
        "a codebook alone",
        "XML cut off",
        "a document type",
        "another version",
        "a way out",
        "an absolute path",
        "a link",
        "an archive within",
        "a bomb",
        "a text that is missing",
        "another encoding",
        "an archive for a text",
        "a hidden character",
        "a place in letters",
        "one GUID for two people",
        "no GUID",
        "a text elsewhere",
    ],
)
def test_a_project_is_refused_in_a_sentence(tmp_path, data, says):
    assert says in refusal_of(tmp_path, data)


def test_a_name_that_stands_twice_is_refused(tmp_path):
    container = io.BytesIO()
    with zipfile.ZipFile(container, "w") as archive:
        archive.writestr(NAME, XML)
        archive.writestr(NIGHT, "one")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr(NIGHT, "two")
    assert "damaged" in refusal_of(tmp_path, container.getvalue())


def test_another_kind_of_file_is_refused(tmp_path):
    assert "Projects are read from .qdpx, .sqlite3" in refusal_of(tmp_path, b"x", name="a.nvpx")


OUTSIDE = (*MARKS, marked(TEXTS, "Border", "guard", "fear")._replace(end=9_999))


def test_selections_outside_their_text_are_refused_with_the_way_on(tmp_path):
    says = refusal_of(tmp_path, a_project(ATLAS, marks=OUTSIDE))
    # The text has 58 characters; the last selection begins at 41, and its line ends are one.
    assert "In “Border” 1 of 3 selections lie outside the text" in says
    assert "“Border=first=0,breaks=one,units=code-points,end=exclusive”" in says


def test_who_says_how_places_are_counted_gets_the_rest_and_a_list(tmp_path):
    file = tmp_path / "leaving.qdpx"
    file.write_bytes(a_project(ATLAS, marks=OUTSIDE))
    draft = read_project(file, countings={"Border": "end=exclusive"})
    border = draft.counted[1]
    assert [(one.start, one.end, one.words) for one in border.unplaced] == [
        (TEXTS["Border"].index("guard"), 9_999, "guard let us..."),
    ]
    assert len(draft.project.texts[1].selections) == 2


def test_a_way_of_counting_that_is_none_is_refused(tmp_path):
    says = refusal_of(tmp_path, a_project(ATLAS), countings={"*": "bytes"})
    assert "“bytes” is no way of counting" in says


def test_what_has_no_place_is_counted(tmp_path):
    more = (
        f'<PictureSource guid="{guid(QUALCODER, 1)}"/><VideoSource guid="{guid(QUALCODER, 2)}">'
        f'<Transcript guid="{guid(QUALCODER, 3)}" name="Said">'
        "<PlainTextContent>We ran away.</PlainTextContent>"
        f'<SyncPoint guid="{guid(QUALCODER, 4)}" position="3" timeStamp="0"/>'
        f'<SyncPoint guid="{guid(QUALCODER, 5)}" position="6" timeStamp="9"/>'
        f'<TranscriptSelection guid="{guid(QUALCODER, 6)}" fromSyncPoint="{guid(QUALCODER, 4)}" '
        f'toSyncPoint="{guid(QUALCODER, 5)}"><Coding guid="{guid(QUALCODER, 7)}">'
        f'<CodeRef targetGUID="{FEAR}"/></Coding></TranscriptSelection></Transcript></VideoSource>'
        f'</Sources><Links><Link guid="{guid(QUALCODER, 8)}" originGUID="{FEAR}" '
        f'targetGUID="{USER}"/></Links><Sets><Set guid="{guid(QUALCODER, 9)}" name="All"/></Sets>'
    )
    file = tmp_path / "leaving.qdpx"
    file.write_bytes(changed("</Sources>", more))
    draft = read_project(file)
    assert {left.kind: left.number for left in draft.left} == {
        "links": 1,
        "pictures": 1,
        "recordings": 1,
        "sets": 1,
        "times": 2,
    }
    said = draft.project.texts[-1]
    assert said.text[slice(*said.selections[0][1:3])] == "ran"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"SQLite format 3\x00" + bytes(100), "no project of Taguette"),
        (b"no database", "no project of Taguette"),
        (a_taguette_project()[:9_000], "no project of Taguette"),
        (a_taguette_project(also="CREATE VIEW v AS SELECT 1;"), "views or triggers"),
        (
            a_taguette_project(also="CREATE TRIGGER t AFTER INSERT ON tags BEGIN SELECT 1; END;"),
            "views or triggers",
        ),
        (
            a_taguette_project(also="INSERT INTO projects VALUES (9, 'Another', '');"),
            "holds 2 projects",
        ),
        (
            a_taguette_project(also="INSERT INTO users VALUES ('eve', 'scrypt:x');"),
            "with its users’ passwords",
        ),
        (
            a_taguette_project()[:-1],
            "no project of Taguette",
        ),
    ],
    ids=[
        "zeros",
        "words",
        "cut off",
        "a view",
        "a trigger",
        "two projects",
        "passwords",
        "one byte short",
    ],
)
def test_a_taguette_file_is_refused_in_a_sentence(tmp_path, data, says):
    assert says in refusal_of(tmp_path, data, name="leaving.sqlite3")
