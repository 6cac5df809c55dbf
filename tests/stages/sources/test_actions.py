"""What is received is kept byte for byte under its digest, or not at all."""

import hashlib
import os
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from exeunt.errors import NotYet, NotYours, Refusal
from exeunt.ledger.models import Entry
from exeunt.stages.sources.actions import announce_table, keep_bytes, keep_table
from exeunt.stages.sources.models import Capture, Source
from exeunt.stages.sources.states import Provenance, SourceKind
from tests.making.archive import files_in, rows_everywhere
from tests.making.studies import with_protocol

INVENTED, PUBLIC = Provenance.INVENTED, Provenance.PUBLIC_RECORD
BYTES = "account_id\r\nرواية\x00\xff".encode() * 3


@pytest.fixture
def table(tmp_path) -> Path:
    path = tmp_path / "accounts.csv"
    path.write_bytes(BYTES)
    return path


def received(study, table, cast, provenance=INVENTED, by=None) -> Source:
    """Announce a table and keep it, as an import does when all of it was sound."""
    by = by or cast.amina
    digest = hashlib.sha256(table.read_bytes()).hexdigest()
    with transaction.atomic():
        source = announce_table(study=study, provenance=provenance, by=by)
        keep_table(source=source, path=table, digest=digest, by=by)
    return source


def test_a_table_is_kept_byte_for_byte_under_its_digest(cast, study, captures, table):
    source = received(study, table, cast)
    digest = hashlib.sha256(BYTES).hexdigest()
    capture = Capture.objects.get()

    assert files_in(captures) == {digest}
    assert (captures / digest).read_bytes() == BYTES == table.read_bytes()
    assert (capture.source, capture.digest, capture.size) == (source, digest, len(BYTES))
    assert (capture.taken, capture.taken_by) == (timezone.now(), cast.amina.ref)


def test_the_ledger_knows_the_digest_and_not_the_name_of_the_file(cast, study, captures, table):
    source = received(study, table, cast)
    entry = Entry.objects.latest("position")

    assert (entry.act, entry.subject, entry.by) == ("source.received", source.ref, cast.amina.ref)
    digest = hashlib.sha256(BYTES).hexdigest()
    assert entry.facts == {"study": study.ref, "digest": digest, "size": len(BYTES)}


def test_the_same_bytes_twice_are_two_sources_and_one_file(cast, study, captures, table):
    again = table.rename(table.with_name("again.csv"))
    table.write_bytes(BYTES)
    sources = {received(study, path, cast) for path in (table, again)}

    assert len(sources) == 2
    assert len(files_in(captures)) == 1
    assert Capture.objects.count() == 2


def test_a_file_larger_than_one_block_is_kept_whole(captures, tmp_path):
    path = tmp_path / "large"
    path.write_bytes(os.urandom(3 * (1 << 20) + 7))
    digest, size = keep_bytes(path)

    assert size == 3 * (1 << 20) + 7
    assert digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (captures / digest).read_bytes() == path.read_bytes()


def test_a_damaged_copy_is_not_taken_for_the_file_itself(captures, table):
    """A capture that was cut short is not left standing under the name of the whole."""
    (captures / hashlib.sha256(BYTES).hexdigest()).write_bytes(BYTES[:-1])
    digest, _ = keep_bytes(table)

    assert (captures / digest).read_bytes() == BYTES


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_when_the_disk_fails_no_half_file_is_left_behind(captures, table, monkeypatch, step):
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    where = {"fsync": "os.fsync", "replace": "pathlib.Path.replace"}[step]
    monkeypatch.setattr(where, fail)
    with pytest.raises(OSError, match="No space"):
        keep_bytes(table)

    assert files_in(captures) == set()


def test_a_file_that_cannot_be_read_leaves_nothing_behind(captures, tmp_path):
    with pytest.raises(OSError, match=r"none\.csv"):
        keep_bytes(tmp_path / "none.csv")

    assert files_in(captures) == set()


def test_an_interruption_leaves_nothing_behind(captures, table, monkeypatch):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        keep_bytes(table)

    assert files_in(captures) == set()


def test_nothing_is_kept_where_no_archive_is_open(settings, table):
    settings.EXEUNT_CAPTURES = None
    with pytest.raises(Refusal, match="No archive is open"):
        keep_bytes(table)


@pytest.mark.parametrize("provenance", [Provenance.ENTRUSTED, PUBLIC])
def test_what_may_not_be_kept_is_not_copied_either(cast, study, captures, table, provenance):
    before = rows_everywhere()
    with pytest.raises(NotYet):
        received(study, table, cast, provenance)

    assert rows_everywhere() == before
    assert files_in(captures) == set()


def test_with_a_protocol_public_records_are_kept(cast, study, captures, table):
    source = received(with_protocol(study, cast), table, cast, PUBLIC)

    assert source.provenance == "public record"
    assert len(files_in(captures)) == 1


def test_an_empty_file_is_refused_in_a_sentence(cast, study, captures, table):
    table.write_bytes(b"")
    with pytest.raises(Refusal, match="empty"):
        received(study, table, cast)

    assert files_in(captures) == set()


@pytest.mark.parametrize("name", ["eve", "vera", "boris"])
def test_nobody_but_the_lead_brings_sources_in(cast, study, captures, table, name):
    before = rows_everywhere()
    with pytest.raises(NotYours):
        received(study, table, cast, by=getattr(cast, name))

    assert rows_everywhere() == before
    assert files_in(captures) == set()


@pytest.mark.parametrize(
    "cells",
    [{"provenance": "entrusted"}, {"provenance": "real"}, {"kind": "rumour"}],
    ids=["entrusted", "of unknown origin", "of unknown kind"],
)
def test_the_database_itself_refuses_sources(cast, study, cells):
    sound = {"kind": SourceKind.TABLE, "provenance": INVENTED, "received": timezone.now()}
    with pytest.raises(DatabaseError), transaction.atomic():
        Source.objects.create(study=study, **{**sound, **cells})

    Source.objects.create(study=study, **sound)


def test_the_database_itself_refuses_a_copy_of_nothing(cast, study, captures, table):
    source = received(study, table, cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Capture.objects.create(
            source=source, digest="0" * 64, size=0, taken=timezone.now(), taken_by="x"
        )


def test_sources_are_printed_as_references(cast, study, captures, table):
    assert str(received(study, table, cast)) == Source.objects.get().ref


def test_a_file_that_changed_while_it_was_read_is_refused(cast, study, captures, table):
    source = announce_table(study=study, provenance=INVENTED, by=cast.amina)
    with pytest.raises(Refusal, match="changed while it was read"):
        keep_table(source=source, path=table, digest="0" * 64, by=cast.amina)
