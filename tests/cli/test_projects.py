"""`exeunt import project` and `exeunt export`: projects of other programs, in and out."""

import json
import zipfile

import pytest

from tests.archive.folders import ledger_acts, rows_in, state_of
from tests.cli.terminal import done, refused, told
from tests.making.projects import NVIVO, TEXTS, a_project, marked

OURS = ("--codebook", "leaving")
INVENTED = ("--provenance", "invented")


@pytest.fixture
def leaving(tmp_path):
    """A project as NVivo writes it, coded by Boris and Chidi."""
    file = tmp_path / "leaving.qdpx"
    file.write_bytes(a_project(NVIVO))
    return file


def test_a_project_is_taken_in_and_what_was_left_is_told(begun, leaving):
    said = done("import", "project", leaving, *INVENTED, at=begun)

    assert said.splitlines()[:2] == [
        "Took in 9 judgements of 8 excerpts in 2 texts, by 2 coders, with leaving@1.",
        "Took in 1 memo.",
    ]
    assert "Not carried over: 2 texts in their original layout were left behind" in said
    assert ledger_acts(begun)[-1] == "project.imported"


def test_a_project_is_looked_at_without_taking_it_in(begun, leaving):
    before = state_of(begun)
    said = done("import", "project", leaving, "--look", at=begun)

    # 6 marks, one with two codes, which NVivo writes as two selections
    assert said.splitlines()[1] == (
        "Night (new): places read as "
        "first=0,breaks=as-written,units=utf-16,end=exclusive: 7/7 inside, 0 by words, edges 1.00."
    )
    assert state_of(begun) == before


def test_who_is_who_and_how_places_are_counted_may_be_said(begun, tmp_path):
    file = tmp_path / "one.qdpx"
    mark = marked(TEXTS, "Border", "guard", "fear", by="Chidi")
    file.write_bytes(a_project(NVIVO, marks=(mark, mark._replace(start=43, end=99))))
    words = (*INVENTED, "--coder", "Chidi=Boris", "--offsets", "*=breaks=two")

    taken = told("import", "project", file, *words, at=begun)
    assert (taken["codings"], taken["coders"], taken["unplaced"]) == (1, 1, 1)
    assert rows_in(begun, "SELECT start, end FROM coding_excerpt") == [(41, 46)]


@pytest.mark.parametrize("pair", ["Chidi", "=Boris", "Chidi="])
def test_a_pair_must_say_both(begun, leaving, pair):
    sentence = refused("import", "project", leaving, "--coder", pair, at=begun)
    assert sentence == f"“{pair}” does not say what is what; write it as NAME=WORDS."


def test_the_project_goes_to_a_colleague_with_its_manifest(begun, leaving, tmp_path):
    done("import", "project", leaving, *INVENTED, at=begun)
    out = tmp_path / "out.qdpx"

    said = done("export", "project", "--to", out, "--for", "Boris", *OURS, "--rows", 9, at=begun)
    assert said == f"Wrote 9 judgements to {out}, and out.qdpx.manifest.json beside it.\n"
    manifest = json.loads((tmp_path / "out.qdpx.manifest.json").read_text(encoding="utf-8"))
    assert (manifest["recipient"], manifest["counts"]["rows"]) == ("Boris", 9)
    with zipfile.ZipFile(out) as packed:
        assert "project.qde" in packed.namelist()
    assert ledger_acts(begun)[-1] == "project.exported"


def test_the_count_must_be_confirmed(begun, leaving, tmp_path):
    done("import", "project", leaving, *INVENTED, at=begun)
    words = ("export", "excerpts", "--to", tmp_path / "out.csv", "--for", "Boris", *OURS)

    assert refused(*words, at=begun) == (
        "It would hold 9 judgements of 8 excerpts in 2 texts, by 2 readers. "
        "Confirm it with --rows 9."
    )
    assert "would hold 9 judgements, and 3 were" in refused(*words, "--rows", 3, at=begun)
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("what", "name", "says"),
    [
        ("excerpts", "out.qdpx", "Give the file one of these endings: .csv, .jsonl."),
        ("project", "out.zip", "Give the file one of these endings: .qdpx."),
        ("annotations", "out.json", "Give the file one of these endings: .jsonld."),
    ],
)
def test_the_ending_says_what_is_written(begun, tmp_path, what, name, says):
    words = ("export", what, "--to", tmp_path / name, "--for", "Boris", "--rows", 1)
    assert refused(*words, at=begun) == says


def test_a_file_that_is_there_is_not_written_over(begun, tmp_path):
    there = tmp_path / "out.csv"
    there.write_text("mine", encoding="utf-8")
    words = ("export", "excerpts", "--to", there, "--for", "Boris", "--rows", 1)
    assert "is there already; choose another name" in refused(*words, at=begun)
    assert there.read_text(encoding="utf-8") == "mine"
