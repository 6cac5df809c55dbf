"""The demonstration: both studies, as `make demo` shows them, and the invented one from a wheel."""

import csv
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from exeunt.archive.folder import DEMONSTRATION, FORMAT, held, recognise
from tests.archive.folders import PUBLISHED, exeunt, rows_in, state_of
from tests.cli.terminal import refused
from tests.house.source_files import ROOT

INVENTED_STUDY, PUBLISHED_STUDY = "invented-testimonies", "leaving-2014-2026"
ACCOUNTS_OF = (
    "SELECT s.slug, count(*) FROM testimonies_account a "
    "JOIN studies_study s ON s.id = a.study_id GROUP BY s.slug"
)
JUDGED = (
    "SELECT s.slug, count(*), count(DISTINCT p.coder_id) FROM coding_coding c "
    "JOIN coding_pass p ON p.id = c.reading_id JOIN studies_study s ON s.id = p.study_id "
    "GROUP BY s.slug"
)
STUDIES = pytest.mark.parametrize("study", [INVENTED_STUDY, PUBLISHED_STUDY])


@pytest.fixture
def said(demonstration):
    """What the demonstration printed."""
    return (demonstration.parent / "said.txt").read_text(encoding="utf-8")


def accounts_in(demonstration, study):
    """Count what a study holds."""
    return dict(rows_in(demonstration, ACCOUNTS_OF))[study]


# --- what is in it -------------------------------------------------------------------------------


def test_every_published_account_and_both_readings_are_in_it(demonstration):
    with (PUBLISHED / "codings.csv").open(encoding="utf-8", newline="") as file:
        judgements = sum(1 for _ in csv.DictReader(file))

    assert accounts_in(demonstration, PUBLISHED_STUDY) == 131
    assert (PUBLISHED_STUDY, judgements, 2) in rows_in(demonstration, JUDGED)


def test_no_text_and_no_address_of_a_published_account_is_in_it(demonstration):
    real = "JOIN sources_source s ON s.id = a.source_id WHERE s.provenance = 'public record'"
    texts = "SELECT count(*) FROM testimonies_textversion t JOIN testimonies_account a ON "

    assert rows_in(demonstration, f"{texts} a.id = t.account_id {real}") == [(0,)]
    assert rows_in(
        demonstration,
        "SELECT count(*) FROM sources_source "
        "WHERE provenance = 'public record' AND (citation <> '' OR address <> '')",
    ) == [(0,)]


def test_at_least_eight_invented_testimonies_in_three_languages_are_in_it(demonstration):
    languages = rows_in(
        demonstration,
        "SELECT DISTINCT a.language FROM testimonies_account a "
        "JOIN testimonies_textversion t ON t.account_id = a.id ORDER BY 1",
    )

    assert accounts_in(demonstration, INVENTED_STUDY) >= 8
    assert languages == [("ar",), ("en",), ("fr",)]
    assert rows_in(demonstration, "SELECT count(*) > 0 FROM coding_excerpt") == [(1,)]


def test_published_readers_are_machines_and_invented_ones_people(demonstration):
    kinds = dict(rows_in(demonstration, "SELECT name, kind FROM members_member"))

    assert kinds == {
        "Amina": "person",
        "first-reader": "person",
        "second-reader": "person",
        "reader-1": "machine",
        "reader-2": "machine",
    }


def test_the_archive_of_the_demonstration_is_whole(demonstration):
    done = exeunt("check", "--json", demonstration)

    assert json.loads(done.stdout)["problems"] == []
    assert json.loads(done.stdout)["remarks"] == []


# --- what it says --------------------------------------------------------------------------------


def test_it_prints_agreement_and_narratives_of_both_studies(said):
    assert said.count("Agreement on each code") == 2
    assert said.count("What changes with the reader") == 2
    assert "131 accounts" in said


def test_it_marks_what_is_invented_and_only_that(said):
    published, invented = said.split("━━")[1:]

    assert "INVENTED MATERIAL" in invented
    assert "INVENTED" not in published


def test_it_fits_eighty_columns_but_for_paths(said, demonstration):
    assert [
        line
        for line in said.splitlines()
        if len(line) > 80 and str(demonstration) not in line and not line.startswith("━━")
    ] == []
    assert "\x1b" not in said


def test_it_says_what_to_open_and_all_of_it_is_there(said, demonstration):
    opened, tried = said.split("Open next:")[1].split("Then try:")
    named = [Path(line.strip()) for line in opened.splitlines() if line.strip()]

    assert len(named) >= 4
    assert [path for path in named if not path.is_file()] == []
    assert "exeunt findings" in tried
    assert "exeunt check" in tried


@STUDIES
def test_the_report_is_written_in_three_formats_with_every_figure(demonstration, study):
    folder = demonstration / "reports" / study

    assert {path.suffix for path in folder.iterdir() if path.is_file()} == {
        ".html", ".pdf", ".docx", ".json",
    }  # fmt: skip
    figures = {}
    for path in (folder / "figures").iterdir():
        figures.setdefault(path.name.partition(".")[0], set()).add(path.suffix)
    figures = {name: ends for name, ends in figures.items() if not name.endswith("-table")}
    assert figures
    assert [name for name, ends in figures.items() if not {".svg", ".png", ".csv"} <= ends] == []


# --- what it replaces ----------------------------------------------------------------------------


def test_an_earlier_demonstration_is_replaced(demonstration):
    assert not (demonstration / "reports" / "left-by-the-earlier-one.txt").exists()


def test_without_asking_nothing_is_replaced(demonstration, no_archive_open):
    assert "is an archive already" in refused("demo", demonstration)


def test_a_real_archive_is_not_replaced(archive):
    before = state_of(archive)

    sentence = refused("demo", archive, "--replace")

    assert "is not an earlier demonstration, so it is not replaced" in sentence
    assert state_of(archive) == before


def test_another_folder_is_not_replaced(no_archive_open, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")

    assert "is not an earlier demonstration" in refused("demo", tmp_path, "--replace")
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_file_is_not_replaced(no_archive_open, tmp_path):
    (tmp_path / "x").write_text("mine")

    assert str(tmp_path / "x") in refused("demo", tmp_path / "x", "--replace")
    assert (tmp_path / "x").read_text() == "mine"


@pytest.fixture
def small(tmp_path):
    """A folder that is known as a demonstration, with something in it."""
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "archive.json").write_text(json.dumps({"format": FORMAT, "purpose": DEMONSTRATION}))
    (folder / "reports").mkdir()
    (folder / "reports" / "old.txt").write_text("old")
    return folder


def test_what_no_demonstration_made_is_not_thrown_away(no_archive_open, small):
    (small / "mine.txt").write_text("mine")

    assert "mine.txt" in refused("demo", small, "--replace")
    assert (small / "mine.txt").read_text() == "mine"


def test_a_demonstration_that_another_process_has_open_is_not_replaced(no_archive_open, small):
    with held(recognise(small)):
        assert "is open in" in refused("demo", small, "--replace")

    assert (small / "reports" / "old.txt").read_text() == "old"


def test_a_link_to_a_demonstration_is_not_followed(no_archive_open, small):
    link = small.parent / "link"
    link.symlink_to(small)

    assert str(link) in refused("demo", link, "--replace")
    assert (small / "reports" / "old.txt").read_text() == "old"


def test_a_demonstration_is_kept_where_the_published_accounts_are_missing(no_archive_open, small):
    sentence = refused("demo", small, "--replace", "--published", small.parent / "nowhere")

    assert "accounts.csv" in sentence or "nowhere" in sentence
    assert (small / "reports" / "old.txt").read_text() == "old"


def test_a_demonstration_that_fails_can_be_begun_again(no_archive_open, tmp_path):
    """What a refused demonstration leaves behind may not stand in the way of the next."""
    refused("demo", tmp_path / "demo", "--published", tmp_path / "nowhere")

    done = refused("demo", tmp_path / "demo", "--published", tmp_path / "nowhere")
    assert "already" not in done


# --- from an installed wheel ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy so that the checkout stays clean."""
    place = tmp_path_factory.mktemp("wheel")
    shutil.copytree(ROOT / "src", place / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, place / name)
    (place / "examples").symlink_to(ROOT / "examples")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place / "dist")]
    subprocess.run(build, cwd=place, check=True, capture_output=True)
    (found,) = (place / "dist").glob("*.whl")
    return found


def test_the_wheel_holds_no_real_account(wheel):
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
        data = b"".join(packed.read(name) for name in names if name.endswith((".csv", ".jsonl")))

    folders = {name.rpartition("/")[0] for name in names}
    assert [one for one in folders if "examples" in one or "published-accounts" in one] == []
    assert b"A001" not in data
    assert {name.partition("/")[0] for name in names} == {"exeunt", "exeunt-0.1.0.dist-info"}


def test_the_wheel_holds_what_the_program_needs(wheel):
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
        scripts = packed.read("exeunt-0.1.0.dist-info/entry_points.txt").decode()

    assert "exeunt = exeunt.__main__:main" in scripts
    assert {
        "exeunt/py.typed",
        "exeunt/procedures/demonstration/data/accounts.jsonl",
        "exeunt/procedures/demonstration/data/codings.csv",
        "exeunt/stages/coding/codebooks/icsr-2015.yaml",
        "exeunt/stages/findings/formats/templates/report.html.jinja",
        "exeunt-0.1.0.dist-info/licenses/LICENSE",
    } <= names


def test_an_installed_wheel_shows_the_invented_study(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "site")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}

    done = subprocess.run(
        [sys.executable, "-m", "exeunt", "demo", "demo"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    where = subprocess.run(
        [sys.executable, "-c", "import exeunt; print(exeunt.__file__)"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert where.stdout.startswith(str(tmp_path / "site"))
    assert (tmp_path / "demo" / "reports" / INVENTED_STUDY / "report.pdf").is_file()
    assert rows_in(tmp_path / "demo", "SELECT slug FROM studies_study") == [(INVENTED_STUDY,)]
