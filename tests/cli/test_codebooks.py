"""`exeunt codebook`: list, show, import, export."""

import pytest

from exeunt.stages.coding.codebooks import ready_codebooks
from tests.archive.folders import state_of
from tests.cli.terminal import done, misused, refused, told


def test_codebooks_are_listed_with_those_that_come_with_exeunt(archive):
    listed = told("codebook", "list", at=archive)

    assert listed["study"] == [
        {
            "slug": "icsr-2015",
            "title": listed["study"][0]["title"],
            "version": 1,
            "codes": 34,
            "passes": 2,
        }
    ]
    assert set(listed["ready"]) == set(ready_codebooks()) - {"icsr-2015"}
    said = done("codebook", "list", at=archive)
    assert all(slug in said for slug in ready_codebooks())


def test_a_codebook_is_shown_with_every_definition(archive):
    codes = told("codebook", "show", at=archive)

    top = [code["code"] for code in codes if not code["parent"]]
    assert top[:7] == ["J1", "J2", "J3", "L1", "L2", "L3", "L4"]
    assert list(codes[0]) == [
        "code", "parent", "dimension", "label", "definition", "use_when", "not_when", "note",
    ]  # fmt: skip
    assert all(code["definition"] for code in codes)
    assert "icsr-2015@1" in done("codebook", "show", "icsr-2015@1", at=archive)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("moon", "There is no codebook “moon” in this study. Codebooks: icsr-2015."),
        ("icsr-2015@9", "“icsr-2015” has no version “9”. Versions: 1."),
        ("icsr-2015@x", "“icsr-2015” has no version “x”. Versions: 1."),
        ("icsr-2015@" + "9" * 30, "has no version"),
        ("icsr-2015@٣", "has no version"),
    ],
    ids=["a name", "a number", "no number", "a huge number", "an Arabic digit"],
)
def test_a_codebook_that_is_not_there_is_refused(archive, name, says):
    assert says in refused("codebook", "show", name, at=archive)


@pytest.mark.parametrize("name", ["altier-2017", "d3-barriers", "published-accounts-2026"])
def test_a_ready_codebook_is_brought_in(archive, name):
    assert f"Kept {name}, version 1, with" in done("codebook", "import", name, at=archive)


def test_with_two_codebooks_one_must_be_named(archive):
    done("codebook", "import", "altier-2017", at=archive)

    sentence = refused("agreement", at=archive)
    assert "name the one you mean: icsr-2015, altier-2017" in sentence
    done("agreement", "--codebook", "icsr-2015", at=archive)


def test_a_codebook_that_has_not_changed_makes_no_version(archive):
    before = state_of(archive)

    assert "nothing has changed" in refused("codebook", "import", "icsr-2015", at=archive)
    assert state_of(archive) == before


@pytest.mark.parametrize("ending", ["yaml", "csv", "qdc"])
def test_a_codebook_goes_out_and_comes_back_the_same(archive, tmp_path, ending):
    file = tmp_path / f"icsr-2015.{ending}"

    assert done("codebook", "export", "--to", file, at=archive) == f"Wrote {file}.\n"

    assert "nothing has changed" in refused("codebook", "import", file, at=archive)


def test_a_changed_codebook_becomes_the_next_version_and_codings_keep_theirs(archive, tmp_path):
    file = tmp_path / "icsr-2015.yaml"
    done("codebook", "export", "--to", file, at=archive)
    file.write_text(
        file.read_text(encoding="utf-8").replace("In-fighting", "In-fighting between brothers"),
        encoding="utf-8",
    )

    assert "Kept icsr-2015, version 2, with 34 codes." in done(
        "codebook", "import", file, at=archive
    )

    (line,) = told("codebook", "list", at=archive)["study"]
    assert (line["version"], line["passes"]) == (2, 0)
    assert told("agreement", "--codebook", "icsr-2015@1", at=archive)


def test_an_export_overwrites_nothing(archive, tmp_path):
    (tmp_path / "mine.yaml").write_text("mine")

    assert "is there already" in refused(
        "codebook", "export", "--to", tmp_path / "mine.yaml", at=archive
    )
    assert (tmp_path / "mine.yaml").read_text() == "mine"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("book.docx", "Codebooks are written as .yaml, .csv, .qdc"),
        ("book", "Codebooks are written as .yaml, .csv, .qdc"),
        ("missing/book.yaml", "missing/book.yaml cannot be used: No such file or directory."),
    ],
    ids=["another ending", "no ending", "a folder that is not there"],
)
def test_an_export_that_cannot_be_written_is_refused(archive, tmp_path, name, says):
    assert says in refused("codebook", "export", "--to", tmp_path / name, at=archive)
    assert not (tmp_path / name).exists()


def test_an_export_needs_a_place(archive):
    assert "--to" in misused("codebook", "export", at=archive)
