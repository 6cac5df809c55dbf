"""Projects as other programs write them come in with every span where it was."""

import pytest

from exeunt.methods.offsets import Breaks, Counting
from exeunt.stages.coding.intake.project import read_project
from tests.making.projects import (
    ATLAS,
    MARKS,
    MAXQDA,
    NVIVO,
    NVIVO_ON_MAC,
    PROGRAMS,
    QUALCODER,
    TEXTS,
    TO_THE_LETTER,
    a_project,
    a_taguette_project,
)


def spans_of(project):
    """Every judgement with its text, its span and who made it."""
    people = {person.guid: person.name for person in project.people}
    labels = {code.key: code.label for code in project.codebook}
    return sorted(
        (text.name, one.start, one.end, labels[judgement.code], people[judgement.by])
        for text in project.texts
        for one in text.selections
        for judgement in one.judgements
    )


LABELS = {"fear": "Fear", "spies": "Spies & traitors", "أخ": "أخ"}
WANTED = sorted(
    (mark.text, mark.start, mark.end, LABELS[code], mark.by)
    for mark in MARKS
    for code in mark.codes
)


@pytest.mark.parametrize("habits", PROGRAMS.values(), ids=PROGRAMS)
def test_every_span_is_where_the_program_put_it(tmp_path, habits):
    file = tmp_path / "leaving.qdpx"
    file.write_bytes(a_project(habits))
    draft = read_project(file)
    assert {text.name: text.text for text in draft.project.texts} == TEXTS
    assert spans_of(draft.project) == WANTED
    assert draft.unplaced == 0


@pytest.mark.parametrize(
    ("habits", "counting"),
    [
        (NVIVO, Counting(breaks=Breaks.AS_WRITTEN, units=True)),
        (NVIVO_ON_MAC, Counting(units=True)),
        (ATLAS, Counting()),
        (MAXQDA, Counting()),
        (QUALCODER, Counting()),
        (TO_THE_LETTER, Counting(inclusive=True)),
    ],
    ids=["NVivo", "NVivo on a Mac", "ATLAS.ti", "MAXQDA", "QualCoder", "to the letter"],
)
def test_the_way_of_counting_is_found_and_the_next_best_is_told(tmp_path, habits, counting):
    file = tmp_path / "leaving.qdpx"
    file.write_bytes(a_project(habits))
    night = read_project(file).counted[0]
    assert night.choice.counting == counting
    assert night.choice.sure
    assert night.choice.second not in {None, counting}


def test_guids_memos_and_who_made_them_are_kept(tmp_path):
    file = tmp_path / "leaving.qdpx"
    file.write_bytes(a_project(ATLAS))
    project = read_project(file).project
    dawn = project.texts[0].selections[2]
    assert [memo.text for memo in dawn.memos] == ["The turning point."]
    assert dawn.guid == dawn.guid.upper()
    assert dawn.judgements[0].when == "2026-03-01T09:00:00Z"


def test_a_taguette_project_comes_in_with_its_highlights(tmp_path):
    file = tmp_path / "leaving.sqlite3"
    file.write_bytes(a_taguette_project())
    draft = read_project(file)
    wanted = sorted(
        (mark.text, TEXTS[mark.text][mark.start : mark.end], code, mark.by)
        for mark in MARKS
        for code in mark.codes
    )
    texts = {text.name: text.text for text in draft.project.texts}
    found = sorted(
        (name, texts[name][start:end], label, who)
        for name, start, end, label, who in spans_of(draft.project)
    )
    assert found == wanted
    # The blank line of the first text has no words, so Taguette's empty paragraph has no line.
    assert texts["Border"] == TEXTS["Border"]
    assert [text.choice.fit.worded for text in draft.counted] == [6, 2]
