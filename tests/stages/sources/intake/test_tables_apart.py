"""Tables through a child: the same rows, the same problems in the same order, and no trust."""

import pytest

from exeunt.errors import BadInput, Sentence
from exeunt.sandbox.limits import LIMITS
from exeunt.stages.sources.intake import tables
from exeunt.stages.sources.intake.columns import Column
from exeunt.stages.sources.intake.documents import document_at
from exeunt.stages.sources.intake.problems import ProblemList
from exeunt.stages.sources.intake.tables import Table, read_table
from exeunt.stages.sources.intake.telling import heard
from tests.making.tables import table_here, write_csv, write_jsonl

COLUMNS = (Column("code", aliases=("الرمز",)), Column("text", required=False, long=True))


def rows(count):
    return [{"code": f"L{n}", "text": f"نص\n{n}"} for n in range(count)]


@pytest.mark.parametrize(("write", "name"), [(write_csv, "a.csv"), (write_jsonl, "a.jsonl")])
def test_a_long_table_is_the_same_apart_as_here(tmp_path, write, name):
    path = write(tmp_path / name, rows(2_345))
    apart, here = read_table(path, COLUMNS), table_here(document_at(path), COLUMNS)
    assert list(apart.rows()) == list(here.rows())
    assert (apart.columns, apart.digest) == (here.columns, here.digest)


def test_headers_are_renamed_apart_too(tmp_path):
    path = write_csv(tmp_path / "a.csv", [{"which": "L1"}])
    assert list(read_table(path, COLUMNS, rename={"which": "code"}).rows()) == [(2, ("L1", ""))]


def test_problems_keep_their_place_among_the_rows(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("code,text\nL1,a\n=1+1,b\nL3,c\n" + "=2,x\n" * 2_000)
    problems = ProblemList("a.csv", most=3)
    for row, _ in read_table(path, COLUMNS).rows(problems):
        problems.add("mine", row=row)
    assert [problem.row for problem in problems.listed] == [2, 3, 4]
    assert len(problems) == 2 + 2_001
    assert isinstance(problems.listed[1].says, Sentence)


def test_a_table_that_takes_too_long_is_refused_after_what_was_found(tmp_path):
    path = write_csv(tmp_path / "a.csv", rows(5))
    with pytest.raises(BadInput, match="takes longer than 0 seconds"):
        read_table(path, COLUMNS, limits=LIMITS._replace(wall=0))


def test_a_table_that_nobody_reads_to_its_end_leaves_no_process(tmp_path):
    path = write_csv(tmp_path / "a.csv", rows(50_000))
    found = read_table(path, COLUMNS)
    assert next(found.rows()) == (2, ("L0", "نص\n0"))
    del found


@pytest.mark.parametrize("first", [None, {}, ["code", 3], ["colour"]])
def test_a_header_that_no_honest_reader_tells_is_not_believed(tmp_path, first):
    document = document_at(write_csv(tmp_path / "a.csv", rows(1)))
    with pytest.raises(BadInput, match="damaged"):
        Table(document, COLUMNS, iter([first]))


@pytest.mark.parametrize(
    "told",
    [
        [3],
        [[2]],
        [[2, ["a"]]],
        [[2, ["a", 3]]],
        [["2", ["a", "b"]]],
        [[True, ["a", "b"]]],
        [[2, {"a": "b"}]],
        [{"says": "x"}],
        "text",
    ],
)
def test_rows_that_no_honest_reader_tells_are_not_believed(tmp_path, told):
    document = document_at(write_csv(tmp_path / "a.csv", rows(1)))
    table = Table(document, COLUMNS, iter([["code"], told]))
    with pytest.raises(BadInput, match="damaged"):
        list(table.rows())


def test_a_row_of_another_width_is_not_believed():
    with pytest.raises(ValueError, match="width"):
        list(heard([[2, ["a"]]], 2, file="a.csv"))


def test_every_ending_has_a_reader():
    assert tables.TABLE_ENDINGS == (".csv", ".tsv", ".txt", ".xlsx", ".jsonl", ".ndjson")
