"""A codebook that is written and read again is the same codebook."""

from dataclasses import replace

import pytest
from hypothesis import given

from exeunt.methods.codebooks import Code, Codebook, problems_of
from exeunt.stages.coding.formats import CODEBOOK_WRITERS, write_codebook
from exeunt.stages.coding.formats.codebook_qdc import guid_of
from exeunt.stages.coding.intake import (
    codebook_csv,
    codebook_qdc,
    codebook_yaml,
    read_codebook_file,
)
from tests.stages.coding.codebooks.shapes import codebooks

SMALL = Codebook("reasons", "Reasons", (Code("L1", "In-fighting"),))


def by_key(codebook):
    return replace(codebook, codes=tuple(sorted(codebook.codes, key=lambda code: code.key)))


@given(codebooks())
def test_drawn_codebooks_are_sound(codebook):
    assert problems_of(codebook) == []


@given(codebooks())
def test_yaml_loses_nothing(codebook):
    data = write_codebook(codebook, "yaml")
    assert codebook_yaml.read_codebook(data, file="b.yaml") == (codebook, ())


@given(codebooks())
def test_csv_loses_nothing(codebook):
    data = write_codebook(codebook, "csv")
    assert codebook_csv.read_codebook(data, file="b.csv") == (codebook, ())


@given(codebooks())
def test_qdc_loses_nothing_but_the_order_and_gives_every_code_a_guid(codebook):
    data = write_codebook(codebook, "qdc")
    codes = tuple(replace(code, guid=guid_of(codebook, code)) for code in codebook)
    read = codebook_qdc.read_codebook(data, file="b.qdc")
    assert by_key(read.codebook) == by_key(replace(codebook, codes=codes))
    assert read.dropped == ()


@pytest.mark.parametrize("kind", sorted(CODEBOOK_WRITERS))
@given(codebook=codebooks())
def test_files_are_the_same_each_time_without_a_mark_or_carriage_returns(kind, codebook):
    data = write_codebook(codebook, kind)
    assert data == write_codebook(codebook, kind)
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.endswith(b"\n")


@pytest.mark.parametrize("kind", sorted(CODEBOOK_WRITERS))
def test_a_file_is_read_by_its_ending(tmp_path, kind):
    path = tmp_path / f"reasons.{kind}"
    path.write_bytes(write_codebook(SMALL, kind))
    assert [code.key for code in read_codebook_file(path).codebook] == ["L1"]


@pytest.mark.parametrize("kind", sorted(CODEBOOK_WRITERS))
def test_line_ends_come_back_as_lf(tmp_path, kind):
    codebook = replace(SMALL, codes=(Code("L1", "x", definition="one\r\ntwo\rthree"),))
    path = tmp_path / f"reasons.{kind}"
    path.write_bytes(write_codebook(codebook, kind))
    [code] = read_codebook_file(path).codebook.codes
    assert code.definition == "one\ntwo\nthree"


def test_an_unknown_kind_is_not_written():
    with pytest.raises(ValueError, match="yaml, csv, qdc, not docx"):
        write_codebook(SMALL, "docx")


@pytest.mark.parametrize("kind", sorted(CODEBOOK_WRITERS))
def test_a_codebook_that_cannot_be_used_is_not_written(kind):
    with pytest.raises(ValueError, match="no codes"):
        write_codebook(replace(SMALL, codes=()), kind)
