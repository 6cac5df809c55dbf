"""A large file with words planted in it: nowhere in clear while it is taken in, nor afterwards."""

import os
import tempfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from exeunt.desk import receiving
from exeunt.procedures.entrusting import taking_in
from exeunt.stages.sources.models import Source
from exeunt.stages.testimonies.models import Account
from tests.making.custody import FORM, at, register
from tests.making.pages import fields_of

PLANTED = "Zarqun Testwell lived at 12 Invented Street. "
FITS, TOO_LONG = 900_000, 20 << 20


def file_of(size: int) -> SimpleUploadedFile:
    """A text that says who somebody is, over and over."""
    line = f"{PLANTED}\n".encode()
    return SimpleUploadedFile("testimony.txt", (line * (size // len(line) + 1))[:size])


def in_clear(folder: Path, before: set[Path]) -> list[str]:
    """Where the words stand: in the archive, in new temporary files, in files that are open."""
    sought = [*folder.rglob("*"), *(new_in_temp() - before), *map(_open_file, _descriptors())]
    forms = [PLANTED.encode(), PLANTED.encode("utf-16-le")]
    found = [path for path in sought if path.is_file() and _holds(path, forms)]
    tables = [alias for alias in ("default", "vault") for dump in _dump(alias) if "Zarqun" in dump]
    return [str(path) for path in found] + tables


def new_in_temp() -> set[Path]:
    """What lies in the folder for temporary files."""
    return set(Path(tempfile.gettempdir()).iterdir())


def _descriptors() -> list[str]:
    return os.listdir("/proc/self/fd")


def _open_file(name: str) -> Path:
    return Path("/proc/self/fd") / name


def _holds(path: Path, forms: list[bytes]) -> bool:
    content = path.read_bytes()
    return any(form in content for form in forms)


def _dump(alias: str) -> list[str]:
    with connections[alias].cursor() as cursor:
        names = connections[alias].introspection.table_names(cursor)
        rows = []
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - the database's own names
            rows.append(repr(cursor.fetchall()))
        return rows


@pytest.fixture
def seen_during(monkeypatch, tmp_path):
    """What was in clear at the moment when the file is handed to its reader."""
    seen, before, read = [], new_in_temp(), taking_in.read_text

    def reading(content, *, name):
        seen.append(in_clear(tmp_path, before))
        return read(content, name=name)

    monkeypatch.setattr(taking_in, "read_text", reading)
    return seen


@pytest.mark.parametrize(("size", "status"), [(FITS, 302), (TOO_LONG, 422)], ids=["fits", "fails"])
def test_a_planted_name_is_nowhere_in_clear(
    size, status, dana, entrusted, seen_during, monkeypatch, tmp_path
):
    monkeypatch.setattr(receiving, "IN_MEMORY", 1 << 16)
    narrator = register(dana, entrusted)
    before = new_in_temp()
    place = at("receive", entrusted)
    sent = {**fields_of(dana.get(place), form_at=FORM), "narrator": narrator.ref}
    answer = dana.post(place, {**sent, "file": file_of(size)})

    assert answer.status_code == status
    assert seen_during == [[]]
    assert in_clear(tmp_path, before) == []
    assert "Zarqun" not in answer.content.decode()
    assert Account.objects.count() == Source.objects.count() == (status == 302)
    assert list((tmp_path / "incoming").iterdir()) == []


def test_a_large_file_of_somebody_who_may_not_is_refused_and_nowhere_in_clear(
    dana, entrusted, cast, browser_of, tmp_path
):
    before = new_in_temp()
    place = at("receive", entrusted)
    answer = browser_of(cast.boris).post(place, {"file": file_of(TOO_LONG)})

    assert answer.status_code == 403
    assert in_clear(tmp_path, before) == []
