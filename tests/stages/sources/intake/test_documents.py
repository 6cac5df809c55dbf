"""Files that are refused before anybody reads them."""

import os

import pytest

from exeunt.errors import BadInput
from exeunt.stages.sources.intake.columns import Column
from exeunt.stages.sources.intake.documents import document_at
from exeunt.stages.sources.intake.tables import read_table


def test_a_file_that_is_not_there_is_named_without_its_folder(tmp_path):
    with pytest.raises(BadInput, match=r"^gone\.csv: There is no such file"):
        document_at(tmp_path / "gone.csv")


def test_a_name_that_no_file_can_have_is_refused(tmp_path):
    with pytest.raises(BadInput, match="cannot be opened"):
        document_at(tmp_path / ("x" * 300))


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(BadInput, match="folder"):
        document_at(tmp_path)


def test_a_link_is_refused(tmp_path):
    (tmp_path / "real.csv").write_text("a")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    with pytest.raises(BadInput, match="link"):
        document_at(tmp_path / "link.csv")


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(BadInput, match="pipe"):
        document_at(tmp_path / "pipe.csv")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_one_may_not_read_is_refused(tmp_path):
    path = tmp_path / "closed.csv"
    path.write_text("a")
    path.chmod(0)
    with pytest.raises(BadInput, match="may not read"):
        document_at(path)


def test_a_file_over_the_limit_is_refused_with_what_to_do(tmp_path):
    path = tmp_path / "large.csv"
    path.write_bytes(b"x" * 1_000_001)
    with pytest.raises(BadInput, match=r"Split it"):
        document_at(path, limit=1_000_000)
    assert document_at(path, limit=1_000_001).size == 1_000_001


def test_a_file_that_changes_between_two_readings_is_refused(tmp_path):
    path = tmp_path / "codings.csv"
    path.write_text("code\nL1\n")
    table = read_table(path, [Column("code")])
    path.write_text("code\nL1\nL2\n")
    with pytest.raises(BadInput, match="changed while it was read"):
        list(table.rows())


def test_another_ending_is_refused_with_those_that_are_read(tmp_path):
    path = tmp_path / "codings.ods"
    path.write_text("code\nL1\n")
    with pytest.raises(BadInput, match=r"\.csv.*\.xlsx.*\.jsonl"):
        read_table(path, [Column("code")])
