"""A project is looked at and taken in on a page, and coded material handed to a colleague."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from exeunt.desk.models import Job
from exeunt.errors import BadInput
from exeunt.stages.coding.actions.projects import import_project
from exeunt.stages.coding.models import Coding
from exeunt.stages.coding.queries.projects import Wishes
from exeunt.stages.coding.tasks import take_project
from exeunt.stages.testimonies.models import Account
from exeunt.studies.actions import dismiss
from exeunt.studies.roles import Role
from tests.making.projects import ATLAS, TEXTS, a_project
from tests.making.reading import at, fill_in, words

PROVENANCE = "?provenance=invented"


@pytest.fixture
def amina(cast, study, captures, browser_of, settings, tmp_path):
    """Amina's browser, in an empty study."""
    settings.EXEUNT_INCOMING = str(tmp_path / "incoming")
    return browser_of(cast.amina)


@pytest.fixture
def coded(study, cast, captures, tmp_path):
    """A study with both texts, each read by Boris and by Chidi."""
    path = tmp_path / "leaving.qdpx"
    path.write_bytes(a_project(ATLAS))
    import_project(study=study, path=path, wishes=Wishes("invented"), by=cast.amina)
    return study


def send(amina, study, data: bytes, name: str = "leaving.qdpx"):
    return amina.post(at("coding:import-project", study), {"file": SimpleUploadedFile(name, data)})


def confirmed(browser, place: str, **typed: str):
    """Ask for an export, with the count that the page shows."""
    return browser.post(place, {"rows": Coding.objects.count(), **typed})


def silently(*_told: object) -> None:
    """Tell nobody how far it is."""


def test_what_a_project_would_bring_is_shown_and_nothing_is_taken_in(amina, study):
    page = words(amina.get(send(amina, study, a_project(ATLAS)).url + PROVENANCE))

    for said in ("leaving.qdpx", "Boris", "Chidi", "would be new", *TEXTS, "Take it in"):
        assert said in page
    assert not Coding.objects.exists()
    assert not Account.objects.exists()


def test_what_the_address_wishes_is_what_is_taken_in(amina, study):
    place = send(amina, study, a_project(ATLAS)).url
    asked = fill_in(amina, place + PROVENANCE)
    job = Job.objects.get()
    done = take_project(job, silently)

    assert asked.url == at("work", study, ref=job.ref)
    assert done["url"] == "coding:codebook"
    assert Account.objects.count() == len(TEXTS)
    assert Coding.objects.exists()
    assert amina.get(place).status_code == 404


def test_somebody_unknown_is_asked_for_and_can_be_said(amina, cast, study):
    dismiss(study=study, member=cast.chidi, role=Role.CODER, by=cast.amina)
    place = send(amina, study, a_project(ATLAS)).url + PROVENANCE
    page = words(amina.get(place))
    said = words(amina.get(f"{place}&coder:Chidi=Boris"))

    assert "“Chidi” coded in the project and is no coder of this study" in page
    assert "Take it in" not in page
    assert "Take it in" in said


def test_a_fault_found_while_it_is_taken_in_names_the_file_as_its_owner_does(amina, study):
    sent = send(amina, study, b"PK no project")
    page = words(amina.get(sent.url))
    assert "What stands against it" in page
    assert "Take it in" not in page

    fill_in(amina, sent.url)
    with pytest.raises(BadInput, match=r"leaving\.qdpx"):
        take_project(Job.objects.get(), silently)


def test_an_export_says_what_it_would_hold_and_comes_with_its_manifest(coded, cast, browser_of):
    browser = browser_of(cast.amina)
    place = at("coding:export", coded)
    page = words(browser.get(place))
    made = confirmed(browser, place, kind="qdpx", recipient="Chidi")

    with zipfile.ZipFile(io.BytesIO(made.content)) as packed:
        names = sorted(packed.namelist())
        manifest = json.loads(packed.read("manifest.json"))
    assert f"Judgements {Coding.objects.count()}" in page
    assert "manifest.json" in names
    assert any(name.endswith(".qdpx") for name in names)
    assert manifest["recipient"] == "Chidi"
    assert manifest["counts"]["rows"] == Coding.objects.count()


def test_nothing_goes_to_a_stranger_or_without_a_recipient(coded, cast, browser_of):
    browser = browser_of(cast.amina)
    place = at("coding:export", coded)
    for recipient in ("", "Eve"):
        answer = confirmed(browser, place, kind="csv", recipient=recipient)
        assert answer.status_code == 422


def test_after_another_count_was_refused_the_page_confirms_the_one_that_is(coded, cast, browser_of):
    browser = browser_of(cast.amina)
    place = at("coding:export", coded)
    stale = browser.post(place, {"rows": 1, "kind": "csv", "recipient": "Chidi"})

    assert stale.status_code == 422
    assert f'name="rows" value="{Coding.objects.count()}"' in stale.content.decode()


def test_a_study_without_a_codebook_is_told_what_comes_first(amina, study):
    assert "There is no codebook yet" in words(amina.get(at("coding:export", study)))
