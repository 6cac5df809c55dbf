"""Where an account was found, and a saved copy of the page: kept, handed out, never shown."""

import hashlib
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from exeunt.errors import BadInput, NotThere, NotYet, NotYours, Refusal
from exeunt.ledger.models import Entry
from exeunt.stages.sources import rules
from exeunt.stages.sources.actions import cite_source, correct_citation, keep_page, set_apart
from exeunt.stages.sources.models import Capture, Source
from exeunt.stages.sources.queries import capture_of, provenances_in, sources_in
from exeunt.stages.sources.rules import PAGES, Citation
from exeunt.stages.sources.states import Provenance
from tests.making.archive import acts, files_in, rows_everywhere
from tests.making.studies import a_staffed_study, with_protocol
from tests.making.testimonies import row, take_in

INVENTED, PUBLIC = Provenance.INVENTED, Provenance.PUBLIC_RECORD
CITED = Citation("An invented paper, 3 May 2014", "example.org/a1")
PAGE = b"<script>alert(1)</script>\x00\xff"


@pytest.fixture
def page(tmp_path) -> Path:
    path = tmp_path / "upload"
    path.write_bytes(PAGE)
    return path


@pytest.fixture
def source(cast, study, captures) -> Source:
    return cite_source(study=study, provenance=INVENTED, cited=CITED, by=cast.boris)


@pytest.fixture
def kept(cast, source, page) -> Capture:
    return keep_page(source=source, name="Story.HTML", content=page, by=cast.boris)


def test_a_citation_is_a_source_of_its_own(cast, study, source):
    entry = Entry.objects.latest("position")

    assert (source.kind, source.citation, source.address) == ("citation", *CITED)
    assert (entry.act, entry.subject, entry.by) == ("source.cited", source.ref, cast.boris.ref)
    assert sources_in(study) == 1
    assert provenances_in(study) == (INVENTED,)


def test_a_citation_that_is_sent_twice_is_one_source(cast, study):
    sent = {"study": study, "provenance": INVENTED, "cited": CITED, "ref": "f" * 16}
    first, second = (cite_source(**sent, by=cast.boris) for _ in range(2))

    assert first == second
    assert Source.objects.count() == 1


@pytest.mark.parametrize(
    ("provenance", "refusal"), [(Provenance.ENTRUSTED, NotYet), (PUBLIC, NotYet)]
)
def test_what_may_not_be_kept_is_not_cited(cast, study, provenance, refusal):
    before = rows_everywhere()
    with pytest.raises(refusal):
        cite_source(study=study, provenance=provenance, cited=CITED, by=cast.boris)

    assert rows_everywhere() == before


def test_a_study_of_invented_accounts_takes_no_real_one(cast, study, source):
    with_protocol(study, cast)
    with pytest.raises(Refusal, match="holds invented accounts, and this account is public record"):
        cite_source(study=study, provenance=PUBLIC, cited=CITED, by=cast.boris)


def test_a_page_is_kept_byte_for_byte_under_its_digest(cast, source, kept, captures):
    entry = Entry.objects.latest("position")
    digest = hashlib.sha256(PAGE).hexdigest()

    assert (captures / digest).read_bytes() == PAGE
    assert (kept.source, kept.size, kept.taken_by) == (source, len(PAGE), cast.boris.ref)
    assert (entry.act, entry.subject) == ("page.kept", kept.ref)
    assert entry.facts.pop("study") == source.study.ref
    assert entry.facts == {"source": source.ref, "digest": digest, "size": len(PAGE)}


def test_a_copy_is_handed_out_under_a_name_that_tells_nothing(kept):
    assert kept.name == f"capture-{kept.ref}.html"
    assert "Story" not in str(kept) + kept.name


def test_the_same_page_twice_is_one_copy(cast, source, kept, page):
    assert keep_page(source=source, name="b.html", content=page, by=cast.boris) == kept


@pytest.mark.parametrize("ending", PAGES)
def test_pages_pictures_and_texts_are_kept_whatever_they_hold(cast, source, page, ending):
    assert keep_page(source=source, name=f"a{ending}", content=page, by=cast.boris).ending == ending


@pytest.mark.parametrize("name", ["run.exe", "page.html.exe", "page", "", ".html", "a.svg"])
def test_another_kind_of_file_is_refused_at_its_field(cast, source, page, captures, name):
    with pytest.raises(BadInput, match="A saved copy is a page") as caught:
        keep_page(source=source, name=name, content=page, by=cast.boris)

    assert [problem.column for problem in caught.value.problems] == ["saved_copy"]
    assert files_in(captures) == set()


def test_an_empty_copy_is_refused(cast, source, page, captures):
    page.write_bytes(b"")
    with pytest.raises(BadInput, match="The saved copy is empty"):
        keep_page(source=source, name="a.html", content=page, by=cast.boris)


def test_a_copy_that_is_too_large_is_refused_before_it_is_copied(
    cast, source, page, captures, monkeypatch
):
    monkeypatch.setattr(rules, "LARGEST_COPY", len(PAGE) - 1)
    with pytest.raises(BadInput, match="of at most"):
        keep_page(source=source, name="a.html", content=page, by=cast.boris)

    assert files_in(captures) == set()


def test_when_the_disk_is_full_nothing_is_kept(cast, source, page, captures, monkeypatch):
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    before = rows_everywhere()
    with pytest.raises(BadInput, match="No space left on device"):
        keep_page(source=source, name="a.html", content=page, by=cast.boris)

    assert rows_everywhere() == before
    assert files_in(captures) == set()


@pytest.mark.parametrize("name", ["eve", "vera", "edda", "dana", "lina"])
def test_nobody_but_leads_and_coders_cites_or_keeps(cast, study, source, page, name):
    other = getattr(cast, name)
    before = rows_everywhere()
    with pytest.raises(NotYours):
        cite_source(study=study, provenance=INVENTED, cited=CITED, by=other)
    with pytest.raises(NotYours):
        keep_page(source=source, name="a.html", content=page, by=other)
    with pytest.raises(NotYours):
        correct_citation(source=source, cited=Citation("x", ""), by=other)

    assert rows_everywhere() == before


@pytest.mark.parametrize("name", ["amina", "boris", "edda"])
def test_whoever_reads_accounts_is_handed_the_copy_and_the_ledger_says_so(cast, study, kept, name):
    reader = getattr(cast, name)
    given = capture_of(study, kept.ref, by=reader)
    entry = Entry.objects.latest("position")

    assert given.path.read_bytes() == PAGE
    assert given.name == kept.name
    assert (entry.act, entry.subject, entry.by) == ("capture.read", kept.ref, reader.ref)


def test_an_unknown_copy_and_that_of_another_study_are_answered_alike(cast, study, kept):
    other = a_staffed_study(cast, "other")
    before = acts()
    said = set()
    for where, ref in ((study, "0" * 16), (other, kept.ref)):
        with pytest.raises(NotThere) as caught:
            capture_of(where, ref, by=cast.amina)
        said.add(str(caught.value))

    assert len(said) == 1
    assert acts() == before


def test_others_are_not_handed_a_copy(cast, study, kept):
    with pytest.raises(NotYours):
        capture_of(study, kept.ref, by=cast.vera)


def test_a_copy_that_is_missing_from_the_disk_is_said_to_be(cast, study, kept, captures):
    (captures / kept.digest).unlink()
    with pytest.raises(Refusal, match="missing from the archive's captures"):
        capture_of(study, kept.ref, by=cast.amina)


def test_a_citation_is_corrected_where_it_stands(cast, source):
    corrected = correct_citation(source=source, cited=Citation("Another", ""), by=cast.boris)

    assert corrected == source
    assert Source.objects.get().citation == "Another"
    assert acts()[-1] == "source.corrected"


def test_the_citation_of_an_account_from_a_table_leaves_the_table_as_it_is(
    cast, study, captures, tmp_path
):
    take_in([row("A1")], tmp_path, study=study, cast=cast)
    table = Source.objects.get()
    corrected = correct_citation(source=table, cited=CITED, by=cast.boris)
    table.refresh_from_db()

    assert (table.kind, table.citation) == ("table", "")
    assert (corrected.kind, corrected.citation) == ("citation", CITED.citation)
    assert corrected.received_in == table
    assert set_apart(source=corrected, by=cast.boris) == corrected


def test_copies_that_were_kept_before_are_given_references(kept):
    migration = import_module("exeunt.stages.sources.migrations.0002_captures_by_reference")
    Capture.objects.update(ref="")
    migration.draw(apps, connection.schema_editor())

    assert len(Capture.objects.get().ref) == 16
