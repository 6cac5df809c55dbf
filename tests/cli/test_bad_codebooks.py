"""Bad codebooks: each is refused with its place, and nothing of it is kept."""

import pytest

from tests.archive.folders import state_of
from tests.cli.terminal import refused

YAML = "id: own\ntitle: Our own\ncodes:\n"
QDC = (
    '<?xml version="1.0" encoding="utf-8"?>\n{dtd}'
    '<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="x">\n<Codes>\n{codes}</Codes>\n</CodeBook>'
)
CODE = '<Code guid="{guid}" name="{name}" isCodable="true"/>\n'
GUID = "0f8fad5b-d9cb-469f-a165-70867728950e"

BAD = {
    "a cycle": (
        "own.yaml",
        YAML + "  - {id: A, label: A, parent: B}\n  - {id: B, label: B, parent: A}\n",
        "own.yaml, row 4: A is its own ancestor",
    ),
    "a code that is its own parent": (
        "own.yaml",
        YAML + "  - {id: A, label: A, parent: A}\n",
        "own.yaml, row 4: A is its own ancestor",
    ),
    "a cycle in a table": (
        "own.csv",
        "code,label,parent\nA,A,B\nB,B,A\n",
        "own.csv, row 2: A is its own ancestor",
    ),
    "the same code twice": (
        "own.yaml",
        YAML + "  - {id: A, label: A}\n  - {id: A, label: B}\n",
        "own.yaml, row 5: The code A stands twice",
    ),
    "the same code twice in a table": (
        "own.csv",
        "code,label\nA,A\nB,B\nA,C\n",
        "own.csv, row 4: The code A stands twice",
    ),
    "the same code twice in a .qdc": (
        "own.qdc",
        QDC.format(dtd="", codes=CODE.format(guid=GUID, name="A") * 2),
        "own.qdc, row 5: ",
    ),
    "an unknown parent": (
        "own.yaml",
        YAML + "  - {id: A, label: A, parent: Z}\n",
        "own.yaml, row 4: A has the parent Z, which is not in this codebook.",
    ),
    "the same column twice": (
        "own.csv",
        "code,label,label\nA,A,A\n",
        "own.csv, row 1, column “label”: The columns",
    ),
    "no labels": (
        "own.csv",
        "code\nA\n",
        "own.csv, row 1, column “label”: This column is missing",
    ),
    "a formula": (
        "own.csv",
        "code,label\nA,=1+1\n",
        "own.csv, row 2, column “label”: The cell opens with “=”",
    ),
    "a .qdc with a DTD": (
        "own.qdc",
        QDC.format(dtd="<!DOCTYPE CodeBook>\n", codes=CODE.format(guid=GUID, name="A")),
        "own.qdc, row 2: ",
    ),
    "a .qdc with an entity": (
        "own.qdc",
        QDC.format(
            dtd='<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>\n',
            codes=CODE.format(guid=GUID, name="&f;"),
        ),
        "own.qdc, row 2: ",
    ),
    "a .qdc that breaks off": ("own.qdc", "<CodeBook><Codes>", "own.qdc, row 1: "),
    "an anchor": (
        "own.yaml",
        YAML + "  - &a {id: A, label: A}\n  - *a\n",
        "own.yaml, row 4: Anchors (&) and references (*) are not read",
    ),
    "a tag": (
        "own.yaml",
        YAML + "  - !!python/object:os.system {id: A, label: A}\n",
        "own.yaml, row 4: The tag “tag:yaml.org,2002:python/object:os.system” is not read",
    ),
    "indents that do not fit": ("own.yaml", "id: own\n title: x\n", "own.yaml, row 2: "),
    "no codes": ("own.yaml", "id: own\ntitle: Our own\n", "own.yaml: It has no codes."),
    "nothing": ("own.yaml", "", "own.yaml: The file is empty"),
    "nothing in a table": ("own.csv", "", "own.csv: The file is empty"),
    "nothing in a .qdc": ("own.qdc", "", "own.qdc, row 1: The file is damaged or is not XML"),
    "another kind of file": ("own.docx", "x", "own.docx: Codebooks are read from .yaml"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "text", "says"), BAD.values(), ids=BAD)
def test_a_bad_codebook_is_refused_with_its_place(archive, tmp_path, name, text, says):
    (tmp_path / name).write_text(text, encoding="utf-8")
    before = state_of(archive)

    sentence = refused("codebook", "import", tmp_path / name, at=archive)

    assert sentence.startswith(says)
    assert state_of(archive) == before


def test_a_dtd_is_named_as_the_reason(archive, tmp_path):
    _, text, _ = BAD["a .qdc with a DTD"]
    (tmp_path / "own.qdc").write_text(text, encoding="utf-8")

    assert "document type" in refused("codebook", "import", tmp_path / "own.qdc", at=archive)


@pytest.mark.parametrize("ending", ["yaml", "csv", "qdc"])
def test_a_codebook_of_200_megabytes_is_refused_unread(archive, tmp_path, ending):
    file = tmp_path / f"own.{ending}"
    with file.open("wb") as stream:
        stream.truncate(200_000_000)

    sentence = refused("codebook", "import", file, at=archive)

    assert sentence.startswith(f"own.{ending}: The file has 200.0 MB")


def test_a_name_that_is_neither_file_nor_codebook_is_told_both_ways(archive):
    sentence = refused("codebook", "import", "icsr-2051", at=archive)

    # Somebody who mistypes a ready codebook should learn which there are.
    assert "icsr-2051" in sentence
    assert "icsr-2015" in sentence


def test_only_a_lead_changes_the_codebook(archive):
    sentence = refused("codebook", "import", "altier-2017", at=archive, as_="Boris")

    assert "You may not edit a codebook" in sentence
