"""The pages of codebooks: read, compared, rewritten in a draft, brought in and taken away."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.formats import date_format

from exeunt.stages.coding.formats import write_codebook
from exeunt.stages.coding.models import CodebookVersion, Draft
from exeunt.stages.coding.queries.drafts import codes_of
from tests.making.archive import acts
from tests.making.codebooks import BINARY
from tests.making.coding import a_codebook, code, judgement
from tests.making.reading import at, fill_in, hidden_in, words

NAME = "reasons@1"


@pytest.fixture
def incoming(settings, tmp_path):
    """Where files lie that are not taken in yet."""
    settings.EXEUNT_INCOMING = str(tmp_path / "incoming")


@pytest.fixture
def amina(cast, desk, browser_of):
    """Amina's browser, in a study with a codebook."""
    return browser_of(cast.amina)


def drafting(amina, desk) -> Draft:
    amina.post(at("coding:begin-draft", desk.study, slug="reasons"))
    return Draft.objects.get()


def to_draft(desk, page: str = "coding:draft", **places: object) -> str:
    return at(page, desk.study, slug="reasons", **places)


# --- reading ------------------------------------------------------------------------------------


def test_an_empty_list_says_what_to_do_next(cast, study, browser_of):
    page = words(browser_of(cast.amina).get(at("coding:codebooks", study)))

    assert "This study has no codebook yet." in page
    assert "Take a ready one" in page


def test_codebooks_are_listed(amina, desk):
    assert "reasons Reasons 1 3 0" in words(amina.get(at("coding:codebooks", desk.study)))


def test_a_version_shows_its_codes_and_how_often_each_was_given(cast, amina, desk, tmp_path):
    code([judgement("A0001", "L1")], tmp_path, study=desk.study, cast=cast)
    page = words(amina.get(at("coding:codebook", desk.study, codebook=NAME)))

    for said in (
        "L1 In-fighting Left because of in-fighting.",
        "L1 leaving 1",
        "L2 Brutality",
        "Boris",
    ):
        assert said in page
    assert date_format(desk.version.made) in page


def test_everybody_reads_and_only_a_lead_rewrites(cast, amina, desk, browser_of):
    page = words(browser_of(cast.vera).get(at("coding:codebook", desk.study, codebook=NAME)))

    assert "You may not edit a codebook" in page


def test_a_version_that_is_not_there(amina, desk):
    for name in ("reasons@9", "other", "reasons@x"):
        assert amina.get(at("coding:codebook", desk.study, codebook=name)).status_code == 404


def test_two_versions_are_compared_word_by_word(cast, amina, desk):
    changed = replace(BINARY.codes[1], definition="Left because of quarrels.")
    a_codebook(desk.study, cast, replace(BINARY, codes=(BINARY.codes[0], changed)))
    page = amina.get(at("coding:compare", desk.study, codebook="reasons@2"))
    body = page.content.decode()

    assert "<del>in-fighting</del><ins>quarrels</ins>" in body.replace("fighting.", "fighting")
    assert "Taken out L2 Brutality" in words(page)


@pytest.mark.parametrize("kind", ["yaml", "csv", "qdc"])
def test_a_version_is_taken_away_as_a_file(amina, desk, kind):
    answer = amina.get(at("coding:codebook-file", desk.study, codebook=NAME, kind=kind))

    assert answer.content == write_codebook(BINARY, kind)
    assert answer["Content-Disposition"] == f'attachment; filename="reasons-1.{kind}"'
    assert acts()[-1] == "codebook.taken"


def test_another_kind_of_file_is_not_there(amina, desk):
    place = at("coding:codebook-file", desk.study, codebook=NAME, kind="exe")
    assert amina.get(place).status_code == 404


# --- rewriting ----------------------------------------------------------------------------------


def test_a_draft_is_begun_once(amina, desk):
    first, second = drafting(amina, desk), drafting(amina, desk)

    assert first == second
    assert "Nothing differs." in words(amina.get(to_draft(desk)))


def test_codes_are_added_changed_moved_and_taken_out(amina, desk):
    draft = drafting(amina, desk)
    added = fill_in(
        amina, to_draft(desk, "coding:add-code"), key="L3", label="Conduct", parent="L1"
    )
    fill_in(amina, to_draft(desk, "coding:change-code", place=2), label="Cruelty")
    amina.post(to_draft(desk, "coding:move-code"), {"key": "L2", "to": "up"})
    amina.post(to_draft(desk, "coding:remove-code"), {"key": "J1"})
    draft.refresh_from_db()

    assert (added.status_code, added.url) == (302, to_draft(desk))
    assert [(one.key, one.label) for one in codes_of(draft)] == [
        ("L2", "Cruelty"),
        ("L1", "In-fighting"),
        ("L3", "Conduct"),
    ]
    page = words(amina.get(to_draft(desk)))
    for said in ("Added L3 Conduct", "Taken out J1 Faith", "– L3 Conduct"):
        assert said in page


def test_a_draft_is_kept_as_one_version(amina, desk):
    drafting(amina, desk)
    fill_in(amina, to_draft(desk, "coding:add-code"), key="L3", label="Conduct")
    kept = fill_in(amina, to_draft(desk))

    assert kept.url == at("coding:codebook", desk.study, codebook="reasons@2")
    assert "Version 2 is kept." in words(amina.get(kept.url))
    assert not Draft.objects.exists()


def test_a_version_kept_meanwhile_is_shown_before_one_decides(cast, amina, desk):
    drafting(amina, desk)
    fill_in(amina, to_draft(desk, "coding:add-code"), key="L3", label="Conduct")
    opened = hidden_in(amina.get(to_draft(desk)))
    a_codebook(desk.study, cast, replace(BINARY, title="Another title"))
    clash = amina.post(to_draft(desk), opened)
    again = amina.post(to_draft(desk), hidden_in(clash))

    assert clash.status_code == 409
    assert "Version 2 was kept meanwhile" in words(clash)
    assert "Another title" in words(clash)
    assert again.url == at("coding:codebook", desk.study, codebook="reasons@3")


def test_a_draft_that_changes_nothing_is_not_kept(amina, desk):
    drafting(amina, desk)
    answer = fill_in(amina, to_draft(desk))

    assert answer.status_code == 422
    assert "nothing has changed" in words(answer)


def test_a_taken_key_is_said_and_nothing_typed_is_lost(amina, desk):
    drafting(amina, desk)
    place = to_draft(desk, "coding:add-code")
    answer = fill_in(amina, place, key="L1", label="Other", definition="Typed with care.")

    assert answer.status_code == 422
    assert "The key “L1” is taken" in words(answer)
    assert "Typed with care." in words(answer)


def test_a_draft_changed_elsewhere_shows_both(amina, desk):
    drafting(amina, desk)
    place = to_draft(desk, "coding:change-code", place=2)
    opened = hidden_in(amina.get(place))
    fill_in(amina, place, label="Cruelty")
    clash = amina.post(place, {**opened, "label": "Violence"})

    assert clash.status_code == 409
    assert "Cruelty" in words(clash)


def test_a_draft_is_given_up(amina, desk):
    drafting(amina, desk)
    answer = amina.post(to_draft(desk, "coding:discard-draft"))

    assert answer.url == at("coding:codebook", desk.study, codebook="reasons")
    assert not Draft.objects.exists()


def test_only_a_lead_sees_any_of_this(cast, amina, desk, browser_of):
    drafting(amina, desk)
    boris = browser_of(cast.boris)
    for page in ("coding:draft", "coding:add-code"):
        assert boris.get(to_draft(desk, page)).status_code == 403
    for page in ("coding:begin-draft", "coding:move-code", "coding:discard-draft"):
        assert boris.post(to_draft(desk, page)).status_code == 403
    for page in ("coding:adopt", "coding:import-codebook"):
        assert boris.get(at(page, desk.study)).status_code == 403


# --- bringing in --------------------------------------------------------------------------------


def test_a_ready_codebook_is_taken(amina, desk):
    answer = fill_in(amina, at("coding:adopt", desk.study), slug="icsr-2015")

    assert answer.url == at("coding:codebook", desk.study, codebook="icsr-2015@1")
    again = fill_in(amina, at("coding:adopt", desk.study), slug="icsr-2015")
    assert again.status_code == 422
    assert "nothing has changed" in words(again)


def test_a_file_is_shown_before_it_is_kept(amina, desk, incoming):
    other = replace(BINARY, codes=BINARY.codes[:2])
    file = SimpleUploadedFile("reasons.yaml", write_codebook(other, "yaml"))
    sent = amina.post(at("coding:import-codebook", desk.study), {"file": file})
    shown = amina.get(sent.url)
    assert CodebookVersion.objects.count() == 1
    kept = fill_in(amina, sent.url)

    assert "Taken out L2 Brutality" in words(shown)
    assert kept.url == at("coding:codebook", desk.study, codebook="reasons@2")
    assert amina.get(sent.url).status_code == 404


def test_a_file_that_is_no_codebook_says_why(amina, desk, incoming):
    file = SimpleUploadedFile("reasons.yaml", b"- nothing")
    sent = amina.post(at("coding:import-codebook", desk.study), {"file": file})
    answer = amina.get(sent.url)

    assert answer.status_code == 422
    assert "reasons.yaml" in words(answer)
