"""Whoever has not finished is told nothing by the command line, and nothing by the library.

Two archives differ only in what Boris and Chidi judged; Gita leads and codes, and has read
nothing. Commands that only tell are known by their `--json`, so that a new one is tried too.
"""

import inspect
import re
from pathlib import Path

import pytest

import exeunt
from exeunt.archive.library import LibraryStudy
from exeunt.archive.opening import opened
from exeunt.errors import Refusal
from exeunt.members.actions import add_member
from exeunt.members.queries import first_person
from exeunt.studies.actions import appoint
from exeunt.studies.models import Study
from exeunt.studies.roles import Role
from tests.archive.folders import ACCOUNTS, CODINGS
from tests.cli.terminal import done, run
from tests.cli.test_guide import WITH_JSON

BRINGING_IN = "import"
TELLING = sorted(path for path in WITH_JSON if path[0] != BRINGING_IN)
# Whether an archive is whole says how long its ledger is; it is for whoever keeps the archive.
KEPT = {("check",)}
OTHERWISE = CODINGS.replace(",1\n", ",one\n").replace(",0\n", ",1\n").replace(",one\n", ",0\n")
Pair = tuple[Path, Path]


@pytest.fixture
def pair(begun, begun_too, tmp_path) -> Pair:
    """Two archives that are alike but for what was judged."""
    (tmp_path / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    for archive, codings in ((begun, CODINGS), (begun_too, OTHERWISE)):
        (tmp_path / "codings.csv").write_text(codings, encoding="utf-8")
        accounts = tmp_path / "accounts.csv"
        done("import", "accounts", accounts, "--provenance", "invented", at=archive)
        done("import", "codings", tmp_path / "codings.csv", at=archive)
        with opened(archive):
            amina, study = first_person(), Study.objects.get()
            gita = add_member(name="Gita", by=amina)
            for role in (Role.LEAD, Role.CODER):
                appoint(study=study, member=gita, role=role, by=amina)
    return begun, begun_too


def told(path: tuple[str, ...], archive: Path, as_: str) -> tuple[int, str]:
    """Return what a command tells, or with what it refuses, without references."""
    answer = run(*path, "--json", at=archive, as_=as_)
    said = (answer.stdout + answer.stderr).replace(str(archive), "")
    return answer.exit_code, re.sub(r"\b[0-9a-f]{16}\b", "#", said)


@pytest.mark.parametrize("path", [path for path in TELLING if path not in KEPT], ids=" ".join)
def test_no_command_tells_who_is_blind_how_others_judged(path, pair):
    one, other = (told(path, archive, "Gita") for archive in pair)

    assert one == other


def test_a_lead_who_does_not_code_is_told(pair):
    one, other = (told(("agreement",), archive, "Amina") for archive in pair)

    assert one[0] == other[0] == 0
    assert one != other


def asked(study: LibraryStudy, name: str) -> str:
    """Return what a part of the library tells, or with what it refuses."""
    part = inspect.getattr_static(LibraryStudy, name)
    try:
        if isinstance(part, property):
            return repr(getattr(study, name))
        needed = [
            one for one in inspect.signature(part).parameters.values()
            if one.default is inspect.Parameter.empty and one.name != "self"
        ]  # fmt: skip
        found = getattr(study, name)(*("L3" for _ in needed))
        return found.to_csv() if hasattr(found, "to_csv") else repr(found)
    except Refusal as refusal:
        return str(refusal)


def everything(archive: Path, as_: str) -> dict[str, str]:
    """Ask the library for everything that it has of the study."""
    names = [name for name, _ in inspect.getmembers(LibraryStudy) if not name.startswith("_")]
    with exeunt.open_archive(archive, member=as_) as library:
        study = library.study()
        return {name: re.sub(r"\b[0-9a-f]{16}\b", "#", asked(study, name)) for name in names}


def test_the_library_tells_whoever_is_blind_nothing(pair):
    one, other = (everything(archive, "Gita") for archive in pair)

    assert one == other
    assert "You still have 5 to read" in one["codings"]
    shown, as_well = (everything(archive, "Amina") for archive in pair)
    differing = {name for name in shown if shown[name] != as_well[name]}
    assert {"codings", "settled", "agreement", "findings", "ratings"} <= differing
