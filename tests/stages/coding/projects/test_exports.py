"""What leaves for a colleague: whose readings, how it is confirmed, and what is written down."""

import csv
import io
import json
import zipfile

import pytest

from exeunt.errors import NotYet, NotYours, Refusal
from exeunt.ledger.models import Entry
from exeunt.stages.coding.actions.codings import import_codings
from exeunt.stages.coding.actions.exchange import export_coded
from exeunt.stages.coding.actions.projects import import_project
from exeunt.stages.coding.intake.project import read_project
from exeunt.stages.coding.models import CodebookVersion, Coding, Memo, Sheet
from exeunt.stages.coding.queries.exchange import export_of
from exeunt.stages.coding.queries.projects import Wishes
from exeunt.stages.testimonies.models import Account
from tests.making.archive import acts
from tests.making.projects import ATLAS, MARKS, TEXTS, a_project, guid
from tests.stages.coding.projects.schema import faults_of


@pytest.fixture
def coded(study, cast, captures, tmp_path):
    """Both texts, each read by Boris and by Chidi, and every reading complete."""
    path = tmp_path / "leaving.qdpx"
    path.write_bytes(a_project(ATLAS))
    import_project(study=study, path=path, wishes=Wishes("invented"), by=cast.amina)
    return study


@pytest.fixture
def export(coded, cast):
    """Export what one may, with the count that stands, for Chidi unless it is said."""

    def exported(kind="qdpx", *, by=cast.amina, recipient="Chidi", rows=None):
        count = export_of(coded, None, by=by).counts.rows if rows is None else rows
        return export_coded(
            study=coded, codebook=None, kind=kind, recipient=recipient, rows=count, by=by
        )

    return exported


def readers(project) -> set[str]:
    """Who is named by the judgements of a project."""
    people = {person.guid: person.name for person in project.people}
    spans = (one for text in project.texts for one in text.selections)
    return {people[judgement.by] for one in spans for judgement in one.judgements}


def test_a_project_goes_out_and_comes_back_the_same(export, tmp_path, coded, cast):
    file = tmp_path / "out.qdpx"
    file.write_bytes(export().file.data)
    draft = read_project(file)
    project = export_of(coded, None, by=cast.amina).project
    assert {text.name: text.text for text in draft.project.texts} == TEXTS
    found = {
        (text.name, one.start, one.end, judgement.code)
        for text in draft.project.texts
        for one in text.selections
        for judgement in one.judgements
    }
    wanted = {(mark.text, mark.start, mark.end, len(mark.codes)) for mark in MARKS}
    assert {place[:3] for place in found} == {place[:3] for place in wanted}
    assert draft.project.texts[0].selections[0].guid == project.texts[0].selections[0].guid
    assert draft.project.codebook == project.codebook


def test_guids_that_came_in_go_out_again(export):
    data = export().file.data
    xml = zipfile.ZipFile(io.BytesIO(data)).read("project.qde")
    assert guid(ATLAS, "text", "Night").encode() in xml
    assert guid(ATLAS, "selection", 2, "fear").encode() in xml
    assert guid(ATLAS, "code", "fear").encode() in xml
    assert faults_of(xml) == []


def test_the_same_study_is_written_in_the_same_bytes(export):
    assert export().file.data == export().file.data


def test_a_manifest_says_who_for_whom_how_much_and_which_bytes(export, cast):
    exported = export("csv")
    told = json.loads(exported.manifest.data)
    assert (told["by"], told["recipient"], told["codebook"]) == ("Amina", "Chidi", "leaving@1")
    assert told["counts"] == {"texts": 2, "excerpts": 8, "rows": 9, "memos": 1, "readers": 2}
    assert told["files"] == [
        {
            "name": "leaving-excerpts.csv",
            "bytes": len(exported.file.data),
            "sha256": exported.file.digest,
        }
    ]
    assert "inside the study" in told["note"]


@pytest.mark.parametrize(
    ("kind", "act"),
    [
        ("csv", "excerpts.exported"),
        ("jsonl", "excerpts.exported"),
        ("jsonld", "annotations.exported"),
        ("qdpx", "project.exported"),
    ],
)
def test_the_ledger_knows_what_went_to_whom(export, cast, kind, act):
    exported = export(kind)
    entry = Entry.objects.latest("position")
    assert (entry.act, entry.by) == (act, cast.amina.ref)
    assert entry.facts["recipient"] == cast.chidi.ref
    assert (entry.facts["rows"], entry.facts["digest"]) == (9, exported.file.digest)


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_table_of_excerpts_comes_back_as_codings(export, coded, cast, tmp_path, kind):
    Coding.objects.filter(code__key="fear").update(note="=said twice")
    path = tmp_path / f"excerpts.{kind}"
    path.write_bytes(export(kind).file.data)
    before = set(Coding.objects.values_list("excerpt__start", "code__key", "reading__coder"))
    Coding.objects.all().delete()
    taken = import_codings(study=coded, path=path, by=cast.amina)
    assert taken.codings == 9
    assert set(Coding.objects.values_list("note", flat=True)) == {"", "=said twice"}
    after = set(Coding.objects.values_list("excerpt__start", "code__key", "reading__coder"))
    assert after == before


def test_cells_that_a_spreadsheet_would_run_are_guarded(coded, export, cast):
    Coding.objects.update(note="=HYPERLINK(0)")
    rows = list(csv.DictReader(io.StringIO(export("csv").file.data.decode())))
    assert {row["note"] for row in rows} == {"'=HYPERLINK(0)"}


def test_annotations_bear_place_words_and_code(export):
    told = json.loads(export("jsonld").file.data)
    assert told["total"] == 9
    item = next(
        one for one in told["first"]["items"] if one["target"]["selector"][1]["exact"] == "déjà vu"
    )
    start, end = (item["target"]["selector"][0][name] for name in ("start", "end"))
    assert TEXTS["Night"][start:end] == "déjà vu"
    assert item["motivation"] == "classifying"
    assert item["creator"]["name"] == "Chidi"
    body = item["body"][0]
    assert (body["type"], body["source"]["skos:prefLabel"]) == ("SpecificResource", "Fear")
    assert told["@context"][0] == "http://www.w3.org/ns/anno.jsonld"


def test_who_leads_sees_every_complete_reading_by_name(coded, cast):
    assert readers(export_of(coded, None, by=cast.amina).project) == {"Boris", "Chidi"}


def test_a_coder_sees_others_nameless_once_all_are_complete(coded, cast):
    export = export_of(coded, None, by=cast.boris)
    names = readers(export.project)
    assert "Boris" in names
    assert "Chidi" not in names
    assert len(names) == 2
    assert all(name == "Boris" or name.startswith("Reader ") for name in names)
    for write in (export.project.people, export.project.texts):
        assert cast.chidi.ref not in repr(write)


def test_a_coder_who_has_not_read_all_exports_their_own_only(coded, cast):
    Sheet.objects.filter(reading__coder=cast.boris, account__label="Border").delete()
    export = export_of(coded, None, by=cast.boris)
    assert readers(export.project) == {"Boris"}
    # Chidi has read two texts.
    assert any(says.startswith("2 readings by others are left out") for says in export.left_out)


def test_while_a_reading_is_open_nobody_else_exports_it(coded, cast):
    Sheet.objects.filter(reading__coder=cast.chidi, account__label="Night").update(
        state="open", completed=None
    )
    led = export_of(coded, None, by=cast.amina)
    night = next(text for text in led.project.texts if text.name == "Night")
    people = {person.guid: person.name for person in led.project.people}
    assert {people[j.by] for one in night.selections for j in one.judgements} == {"Boris"}
    assert any(says.startswith("1 readings by others") for says in led.left_out)
    own = export_of(coded, None, by=cast.chidi)
    assert "Chidi" in readers(own.project)


@pytest.mark.parametrize("kind", ["csv", "jsonl", "jsonld", "qdpx"])
def test_no_word_of_another_coder_reaches_one_who_is_blind(coded, cast, kind):
    Sheet.objects.filter(reading__coder=cast.boris, account__label="Border").delete()
    Coding.objects.filter(reading__coder=cast.chidi).update(note="canary of Chidi")
    Memo.objects.create(
        study=coded,
        by=cast.chidi,
        words="canary in a memo",
        account=Account.objects.get(label="Night"),
        version=CodebookVersion.objects.get(),
        made="2026-03-01T00:00:00Z",
        saved="2026-03-01T00:00:00Z",
    )
    rows = export_of(coded, None, by=cast.boris).counts.rows
    data = export_coded(
        study=coded, codebook=None, kind=kind, recipient="Boris", rows=rows, by=cast.boris
    ).file.data
    if kind == "qdpx":
        archive = zipfile.ZipFile(io.BytesIO(data))
        data = b"".join(archive.read(name) for name in archive.namelist())
    for secret in (b"canary", b"Chidi", cast.chidi.ref.encode()):
        assert secret not in data


@pytest.mark.parametrize("person", ["dana", "lina", "edda", "vera", "eve"])
def test_only_who_leads_or_codes_exports(coded, cast, person):
    with pytest.raises(NotYours):
        export_of(coded, None, by=getattr(cast, person))


def test_an_export_is_for_a_colleague_inside_the_study(export):
    with pytest.raises(Refusal, match="“Eve” has no role in this study"):
        export(recipient="Eve")


def test_another_count_than_was_confirmed_is_refused(export, cast):
    before = acts()
    with pytest.raises(NotYet, match="would hold 9 judgements, and 8 were confirmed"):
        export(rows=8)
    assert acts() == before


def test_where_nobody_has_coded_there_is_nothing_to_export(study, cast, captures):
    with pytest.raises(Refusal, match="no codebook yet"):
        export_of(study, None, by=cast.amina)


def test_an_unknown_format_is_refused(export):
    with pytest.raises(Refusal, match="“pdf” is not written"):
        export("pdf")


def test_what_another_program_changed_comes_back_into_the_study(export, coded, cast, tmp_path):
    path = tmp_path / "out.qdpx"
    path.write_bytes(export().file.data)
    taken = import_project(study=coded, path=path, by=cast.amina)
    assert (taken.new_texts, taken.codings, taken.codebook) == (0, 0, "leaving@1")
    assert CodebookVersion.objects.count() == 1


def test_a_memo_on_an_excerpt_without_a_code_goes_out(coded, export, cast):
    Coding.objects.filter(excerpt__memo__isnull=False).delete()
    project = export_of(coded, None, by=cast.amina).project
    noted = [one for text in project.texts for one in text.selections if one.memos]
    assert [memo.text for one in noted for memo in one.memos] == ["The turning point."]
