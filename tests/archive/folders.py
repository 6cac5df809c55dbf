"""Archives for tests: made once through the actions, copied for each test, looked at from outside.

An archive repoints Django's default database. The fixture `no_archive_open` therefore gives a
test a connection of its own and puts back what stood there, so that pytest-django's database and
the next test never notice.
"""

import copy
import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django.plugin import DjangoDbBlocker

from exeunt import settings
from exeunt.archive.folder import DEMONSTRATION, FORMAT, MARKER
from exeunt.archive.opening import make_archive, opened
from exeunt.members.actions import add_member
from exeunt.members.queries import first_person
from exeunt.stages.coding.actions.codebooks import keep_codebook
from exeunt.stages.coding.actions.codings import import_codings
from exeunt.stages.coding.codebooks import ready_codebook
from exeunt.stages.testimonies.actions.accounts import import_accounts
from exeunt.studies.actions import appoint, begin_study
from exeunt.studies.roles import Role
from tests.conftest import NOW
from tests.house.source_files import ROOT

PUBLISHED = ROOT / "examples" / "published-accounts"
STUDY, CODEBOOK = "leaving", "icsr-2015"

# Five invented tellings; the Arabic one has letters outside ASCII, the last two have no text.
ACCOUNTS = """\
account_id,narrator,gender,group_left,left,exit_kind,language,text
A-1,N-1,woman,The Banner,2015-09,left,en,"They promised bread, and there was none."
A-2,N-2,man,The Banner,2016,left,ar,وعدونا بالعدل ولم نر عدلا.
A-3,N-3,man,The Guard,2014-06~,captured,fr,On se battait entre frères.
A-4,N-4,unknown,The Guard,2015?,left,en,
A-5,N-5,woman,The Banner,2017,left,en,
"""
# Two readers on two codes; they differ once, on L4 of A-3.
CODINGS = """\
account_id,coder,code,value
A-1,Boris,L3,1
A-1,Boris,L4,1
A-1,Chidi,L3,1
A-1,Chidi,L4,1
A-2,Boris,L3,1
A-2,Boris,L4,0
A-2,Chidi,L3,1
A-2,Chidi,L4,0
A-3,Boris,L3,0
A-3,Boris,L4,1
A-3,Chidi,L3,0
A-3,Chidi,L4,0
A-4,Boris,L3,0
A-4,Boris,L4,0
A-4,Chidi,L3,0
A-4,Chidi,L4,
A-5,Boris,L3,1
A-5,Boris,L4,1
A-5,Chidi,L3,1
A-5,Chidi,L4,1
"""


@contextmanager
def own_connection(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Lend Django's connections to archives, and put back those that stood there."""
    stood = {alias: connections[alias] for alias in connections}
    lent = {alias: _lent(alias) for alias in stood}
    if any(one.vendor != "sqlite" for one in lent.values()):
        pytest.skip("these archives keep their own SQLite databases")
    for alias, one in lent.items():
        connections[alias] = one
    try:
        with blocker.unblock():
            yield
    finally:
        for alias, one in lent.items():
            one.close()
            connections[alias] = stood[alias]
        django_settings.EXEUNT_CAPTURES = None
        django_settings.EXEUNT_VAULT_STANDING = "none"


def _lent(alias: str) -> BaseDatabaseWrapper:
    lent = connections.create_connection(alias)
    lent.settings_dict = {
        **copy.deepcopy(connections[alias].settings_dict),
        **copy.deepcopy(settings.SQLITE),
    }
    return lent


@pytest.fixture
def no_archive_open(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let a test open archives, one after another."""
    with own_connection(django_db_blocker):
        yield


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    """Make two archives once: `begun` has a codebook and coders, `read` is coded as well."""
    folder = tmp_path_factory.mktemp("templates")
    with own_connection(django_db_blocker), time_machine.travel(NOW, tick=False):
        make_archive(folder / "begun", lead="Amina")
        with opened(folder / "begun"):
            _begin()
        shutil.copytree(folder / "begun", folder / "read")
        (folder / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
        (folder / "codings.csv").write_text(CODINGS, encoding="utf-8")
        with opened(folder / "read"):
            _read(folder)
    return folder


def _begin() -> None:
    amina = first_person()
    study = begin_study(slug=STUDY, title="Leaving the Banner", by=amina)
    keep_codebook(study=study, codebook=ready_codebook(CODEBOOK), by=amina)
    for name in ("Boris", "Chidi"):
        appoint(study=study, member=add_member(name=name, by=amina), role=Role.CODER, by=amina)
    add_member(name="Eve", by=amina)


def _read(folder: Path) -> None:
    amina = first_person()
    study = amina.membership_set.get().study
    import_accounts(study=study, path=folder / "accounts.csv", provenance="invented", by=amina)
    import_codings(study=study, path=folder / "codings.csv", by=amina)


@pytest.fixture
def begun(templates: Path, tmp_path: Path, no_archive_open: None) -> Path:
    """Copy an archive whose study has a codebook and coders, and no account yet."""
    return shutil.copytree(templates / "begun", tmp_path / "archive")


@pytest.fixture
def begun_too(templates: Path, tmp_path: Path, no_archive_open: None) -> Path:
    """Copy the same beside `archive`, where a test compares two."""
    return shutil.copytree(templates / "begun", tmp_path / "begun-too")


@pytest.fixture
def archive(templates: Path, tmp_path: Path, no_archive_open: None) -> Path:
    """Copy an archive whose study has five accounts, read by two coders."""
    return shutil.copytree(templates / "read", tmp_path / "archive")


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the whole demonstration once for all workers, over an earlier one, as `make demo` does.

    What it printed lies beside the archive in `said.txt`.
    """
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    folder = shared / "demonstration"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "said.txt").exists():
            _demonstrate(folder, shared / "said.txt")
    return folder


def _demonstrate(folder: Path, said: Path) -> None:
    folder.mkdir()
    (folder / MARKER).write_text(json.dumps({"format": FORMAT, "purpose": DEMONSTRATION}))
    (folder / "reports").mkdir()
    (folder / "reports" / "left-by-the-earlier-one.txt").touch()
    done = exeunt("demo", folder, "--published", PUBLISHED, "--replace")
    assert done.returncode == 0, done.stderr
    said.write_text(done.stdout, encoding="utf-8")


def exeunt(*words: object, **options: object) -> subprocess.CompletedProcess[str]:
    """Run the command line as a process of its own."""
    command = [sys.executable, "-m", "exeunt", *map(str, words)]
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    environment |= {"PYTHONPATH": str(ROOT / "src"), **options.pop("env", {})}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment, **options
    )


def rows_in(folder: Path, query: str) -> list[tuple]:
    """Ask the database of a closed archive, past everything that Exeunt does."""
    with closing(sqlite3.connect(f"file:{folder / 'archive.sqlite3'}?mode=ro", uri=True)) as base:
        return base.execute(query).fetchall()


def ledger_acts(folder: Path) -> list[str]:
    """The acts of the ledger, in their order."""
    return [act for (act,) in rows_in(folder, "SELECT act FROM ledger_entry ORDER BY position")]


def tamper(folder: Path, *statements: str) -> None:
    """Change the database of a closed archive behind Exeunt's back."""
    with closing(sqlite3.connect(folder / "archive.sqlite3")) as base:
        for statement in statements:
            base.execute(statement)
        base.commit()


def state_of(folder: Path) -> dict[str, object]:
    """Write down every row of every table, and every capture that belongs to a source."""
    with closing(sqlite3.connect(f"file:{folder / 'archive.sqlite3'}?mode=ro", uri=True)) as base:
        rows = list(base.iterdump())
        known = [digest for (digest,) in base.execute("SELECT digest FROM sources_capture")]
    captures = {
        digest: hashlib.sha256((folder / "captures" / digest).read_bytes()).hexdigest()
        for digest in known
    }
    marker = json.loads((folder / "archive.json").read_text(encoding="utf-8"))
    return {"rows": rows, "captures": captures, "marker": marker}
