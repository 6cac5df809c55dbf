"""What was kept is shown to whoever may see it, and every taking away is written down."""

import io
import json
from zipfile import ZipFile

import pytest

from exeunt.errors import BadInput, NotThere, NotYours
from exeunt.ledger.models import Entry
from exeunt.stages.findings.actions.answers import answer
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.queries.answers import (
    answer_called,
    drawing_of,
    figure_file,
    figure_of,
    figures_together,
    latest_answer,
    read_answer,
    told_in,
    version_asked,
    versions_read,
)
from tests.making.archive import acts
from tests.making.counting import queries_for
from tests.making.studies import a_study

FEW = Question(times=20)


@pytest.fixture
def kept(cast, study, read_twice):
    """An answer that Amina asked for."""
    return answer(study=study, version=read_twice, question=FEW, by=cast.amina)


def test_everybody_with_a_role_finds_the_answer_and_eve_does_not(cast, study, read_twice, kept):
    for member in (cast.amina, cast.dana, cast.lina, cast.edda, cast.vera):
        assert latest_answer(study, read_twice, FEW, by=member) == kept
        assert answer_called(kept.ref, study=study, by=member) == kept
    with pytest.raises(NotYours, match="may not see findings"):
        latest_answer(study, read_twice, FEW, by=cast.eve)
    with pytest.raises(NotYours, match="may not see findings"):
        answer_called(kept.ref, study=study, by=cast.eve)


def test_a_coder_who_must_not_be_swayed_yet_is_shown_no_kept_answer_either(
    cast, study, read_twice, kept, monkeypatch
):
    def refuse(study, version, *, by):
        raise NotYours("Read on first.")

    monkeypatch.setattr("exeunt.stages.findings.queries.answers.check_not_blind", refuse)
    with pytest.raises(NotYours, match="Read on first"):
        latest_answer(study, read_twice, FEW, by=cast.boris)
    with pytest.raises(NotYours, match="Read on first"):
        answer_called(kept.ref, study=study, by=cast.boris)


@pytest.mark.parametrize("ref", ["0" * 16, "", "x"])
def test_an_answer_that_is_not_there_is_refused_like_one_of_another_study(cast, study, kept, ref):
    other = a_study(cast, "other")
    for where, name in ((study, ref), (other, kept.ref)):
        with pytest.raises(NotThere, match=r"^There is nothing here\.$"):
            answer_called(name, study=where, by=cast.amina)


def test_reading_is_written_down_with_what_was_read(cast, study, kept):
    read_answer(kept, by=cast.vera)
    read_answer(kept, "agreement.read", by=cast.vera)
    entry = Entry.objects.latest("position")

    assert acts()[-2:] == ["findings.read", "agreement.read"]
    assert (entry.subject, entry.by) == (study.ref, cast.vera.ref)
    assert entry.facts == {"codebook": "reasons", "answer": kept.ref}


def test_pages_are_told_in_order_without_loading_a_drawing(kept):
    pages = told_in(kept)
    shown = [block for page in pages for block in page.blocks if block.kind == "figure"]

    assert [page.title for page in pages] == [page["title"] for page in kept.document["pages"]]
    assert [found.figure for found in shown] == list(
        kept.finding_set.order_by("place").values_list("figure", flat=True)
    )
    assert all("svg" in found.get_deferred_fields() for found in shown)
    assert queries_for(lambda: told_in(kept)) == 1


def test_an_answer_from_before_answers_were_kept_has_its_tables(kept):
    kept.document = {}
    (page,) = told_in(kept)

    assert len(page.blocks) == kept.finding_set.count()


def test_a_drawing_turns_dark_with_its_page(kept):
    assert "prefers-color-scheme: dark" in drawing_of(kept, "agreement")
    with pytest.raises(NotThere):
        drawing_of(kept, "no-such-figure")


@pytest.mark.parametrize(
    ("kind", "name", "begins"),
    [
        ("svg", "agreement.svg", b"<svg"),
        ("png", "agreement.png", b"\x89PNG"),
        ("csv", "agreement.csv", b"label,"),
        ("table", "agreement-table.csv", b"Code,"),
        ("vega-lite", "agreement.vl.json", b"{"),
    ],
)
def test_a_figure_is_handed_out_as_a_file_and_that_is_written_down(cast, kept, kind, name, begins):
    handed = figure_file(kept, "agreement", kind, by=cast.vera)
    entry = Entry.objects.latest("position")

    assert handed.name == name
    assert handed.content.startswith(begins)
    assert (entry.act, entry.subject, entry.by) == ("figure.downloaded", kept.ref, cast.vera.ref)
    assert entry.facts == {"study": kept.study.ref, "file": name}


def test_numbers_never_travel_without_what_they_rest_on(cast, kept):
    spec = json.loads(figure_file(kept, "agreement", "vega-lite", by=cast.vera).content)
    rows = figure_file(kept, "agreement", "csv", by=cast.vera).content.decode()

    assert spec["usermeta"]["data_sha256"] == kept.data_hash
    assert all(kept.data_hash in line for line in rows.splitlines()[1:])


@pytest.mark.parametrize(
    ("figure", "kind"), [("agreement", "exe"), ("agreement", "../png"), ("nothing", "svg")]
)
def test_what_is_no_file_of_a_figure_is_not_there(cast, kept, figure, kind):
    before = acts()
    with pytest.raises(NotThere, match=r"^There is nothing here\.$"):
        figure_file(kept, figure, kind, by=cast.vera)

    assert acts() == before


def test_all_figures_are_handed_out_together(cast, kept):
    handed = figures_together(kept, by=cast.vera)
    with ZipFile(io.BytesIO(handed.content)) as archive:
        names = archive.namelist()

    assert handed.name == f"figures-{kept.ref}.zip"
    assert len(names) == 4 * kept.finding_set.count()
    assert acts()[-1] == "figures.downloaded"


def test_a_figure_remembers_how_it_was_counted(kept):
    found = figure_of(kept, "agreement")
    stated = found.provenance()

    assert (stated.codebook, stated.data_hash) == ("reasons@1", kept.data_hash)
    assert "study=leaving; figure=agreement" in stated.query


def test_versions_that_were_read_are_offered_and_others_are_refused(cast, study, read_twice):
    assert versions_read(study) == [read_twice]
    assert version_asked("", [read_twice]) == read_twice
    assert version_asked("reasons@1", [read_twice]) == read_twice
    with pytest.raises(BadInput, match="Nobody has coded this study with “other@1”"):
        version_asked("other@1", [read_twice])
    assert versions_read(a_study(cast, "fresh")) == []
