"""A project that is written and read again is the same, and no span has moved."""

import io
import json
import zipfile
from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from exeunt.methods.codebooks import Code, Codebook, Level, Scale, Unit
from exeunt.methods.projects import Judgement, Memo, Person, Project, Selection, Text
from exeunt.sandbox.readers import Handed
from exeunt.stages.coding.formats.project.qdpx import write_project
from exeunt.stages.coding.intake.project import read_project
from exeunt.stages.coding.intake.project.qdpx import told
from exeunt.stages.coding.intake.project.telling import draft_heard
from tests.stages.coding.projects.schema import faults_of


def guid(number: int) -> str:
    """The GUID of that number."""
    return str(UUID(int=number))


GRADED = Codebook(
    "reasons",
    "Reasons to leave",
    (
        Code("L1", "In-fighting", "Left over it.\nSecond line.", "leaving", guid=guid(1)),
        Code("L1a", "Spies & <traitors>", parent="L1", note="Narrow.", guid=guid(2)),
        Code("L2", "فساد", use_when="When money is named.", guid=guid(3)),
    ),
    Unit.EXCERPT,
    Scale(Level.ORDINAL, {0: "none", 1: "some", 2: "large"}, unknown=-99),
    source="Invented",
)
BORIS, CHIDI = Person(guid(10), "Boris"), Person(guid(11), "Chidi “C”")
WORDS = "They 😀 came at night.\nجاءوا ليلا 🏃🏽‍♀️\nWe ran\taway; déjà vu."
MOMENT = "2026-03-01T09:00:00Z"
WHOLE = Project(
    "Leaving & <after>",
    GRADED,
    (
        Text(
            guid(20),
            "A001",
            WORDS,
            BORIS.guid,
            MOMENT,
            (
                Selection(
                    guid(30),
                    5,
                    11,
                    BORIS.guid,
                    MOMENT,
                    (
                        Judgement(guid(40), "L1", BORIS.guid, MOMENT, 2, "", "Why: he says so."),
                        Judgement(guid(41), "L1a", CHIDI.guid, MOMENT, None, "not applicable"),
                        Judgement(guid(42), "L2", CHIDI.guid, MOMENT, 0),
                    ),
                    (Memo(guid(50), "Look\nagain.", "On it", BORIS.guid, MOMENT),),
                ),
                Selection(guid(31), 8, 30, judgements=(Judgement(guid(43), "L2"),)),
            ),
            (Judgement(guid(44), "L1", BORIS.guid, MOMENT, 1),),
            (Memo(guid(51), "About the whole."),),
        ),
        Text(guid(21), "A002", "Nothing is marked here."),
    ),
    people=(BORIS, CHIDI),
    memos=(Memo(guid(52), "About the study."),),
    memos_on_codes={"L1": (Memo(guid(53), "About the code."),)},
    colours={"L1": "#ff0000"},
    headings=frozenset({"L2"}),
)


def read_here(data: bytes) -> Project:
    """Read a project in this process, through what would be told by a child."""
    handed = Handed("leaving.qdpx", len(data), lambda: io.BytesIO(data))
    heard = [json.loads(json.dumps(value)) for value in told(handed, {})]
    return draft_heard(heard).project


def test_all_of_a_project_comes_back(tmp_path):
    file = tmp_path / "leaving.qdpx"
    file.write_bytes(write_project(WHOLE))
    draft = read_project(file)
    assert replace(draft.project, origin="") == WHOLE
    assert draft.unplaced == 0
    assert not draft.left


def test_equal_projects_make_equal_bytes():
    assert write_project(WHOLE) == write_project(replace(WHOLE))


def test_the_project_file_is_as_the_schema_asks():
    with zipfile.ZipFile(io.BytesIO(write_project(WHOLE))) as packed:
        assert faults_of(packed.read("project.qde")) == []
        assert sorted(packed.namelist()) == [
            "project.qde",
            f"sources/{guid(20)}.txt",
            f"sources/{guid(21)}.txt",
        ]
        assert packed.read(f"sources/{guid(20)}.txt") == WORDS.encode()


def test_the_schema_finds_fault_with_what_is_out_of_order():
    wrong = b"""<Project xmlns="urn:QDA-XML:project:1.0" name="x"><CodeBook><Codes>
    <Code guid="1" name="a" isCodable="true"/></Codes></CodeBook><Users/></Project>"""
    assert len(faults_of(wrong)) >= 2


def test_what_has_no_guid_gets_one_that_stays():
    bare = Text(
        guid(20),
        "A",
        "They came.",
        selections=(Selection("", 0, 4, judgements=(Judgement("", "L1"),)),),
    )
    project = Project("x", GRADED, (bare,))
    first, second = read_here(write_project(project)), read_here(write_project(project))
    assert first == second
    assert first.texts[0].selections[0].guid


def test_a_value_of_a_plain_scale_needs_no_memo():
    plain = replace(GRADED, scale=Scale())
    given = Judgement(guid(40), "L1", value=1)
    text = Text(
        guid(20), "A", "They came.", selections=(Selection(guid(30), 0, 4, "", "", (given,)),)
    )
    data = write_project(Project("x", plain, (text,)))
    assert b"NoteRef" not in zipfile.ZipFile(io.BytesIO(data)).read("project.qde")
    assert read_here(data).texts[0].selections[0].judgements == (given._replace(value=None),)


SIGNS = st.sampled_from("ab éة\u0301\u064b\u0640😀🏃🏽\u200d\u200f.\n ’-")
TEXTS = st.text(SIGNS, min_size=3, max_size=60).filter(str.strip)


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """Texts in several scripts, with spans that begin and end anywhere."""
    made = []
    for number, words in enumerate(draw(st.lists(TEXTS, min_size=1, max_size=3))):
        starts = draw(st.lists(st.integers(0, len(words) - 1), max_size=6))
        spans = {(start, draw(st.integers(start + 1, len(words)))) for start in starts}
        selections = tuple(
            Selection(
                guid(1000 * number + place + 100),
                *span,
                judgements=(Judgement(guid(9000 + 1000 * number + place), "L1"),),
            )
            for place, span in enumerate(sorted(spans))
        )
        made.append(Text(guid(20 + number), f"T{number}", words, selections=selections))
    return Project("x", GRADED, tuple(made))


@given(projects())
def test_no_span_moves_wherever_it_begins_and_ends(project):
    assert read_here(write_project(project)).texts == project.texts
