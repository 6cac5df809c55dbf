"""A table of codings is sent, looked at, and taken in beside the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from exeunt.desk.models import Job
from exeunt.desk.progress import Tell
from exeunt.errors import BadInput
from exeunt.stages.coding.models import Coding, Sheet
from exeunt.stages.coding.tasks import take_in
from exeunt.studies.actions import appoint
from exeunt.studies.roles import Role
from tests.making.reading import at, fill_in, words

SOUND = b"account_id,coder,code,value\nA0001,Boris,J1,1\nA0001,Chidi,J1,0\n"
WRONG = b"account_id,coder,code,value\nA0001,Boris,J1,7\nA9,Boris,J1,1\n"


@pytest.fixture
def amina(cast, desk, browser_of, settings, tmp_path):
    """Amina's browser, in a study with accounts and a codebook."""
    settings.EXEUNT_INCOMING = str(tmp_path / "incoming")
    return browser_of(cast.amina)


def send(amina, desk, table: bytes, name: str = "codings.csv"):
    file = SimpleUploadedFile(name, table)
    place = at("coding:import", desk.study)
    return amina.post(place, {"file": file, "codebook": "reasons@1"})


def silently(*_told: object) -> None:
    """Tell nobody how far it is."""


def test_what_would_come_in_is_shown_and_nothing_is_taken_in(amina, desk):
    page = words(amina.get(send(amina, desk, SOUND).url))

    for said in ("codings.csv", "Boris 1 1", "Chidi 1 1", "Take them in"):
        assert said in page
    assert not Coding.objects.exists()


def test_every_fault_is_listed_with_its_place(amina, desk):
    page = words(amina.get(send(amina, desk, WRONG).url))

    assert "2 value “7” is outside the scale" in page
    assert "3 account_id There is no account “A9”" in page
    assert "Take them in" not in page


def test_what_is_confirmed_is_asked_for_and_done_beside_the_pages(amina, desk):
    sent = send(amina, desk, SOUND)
    asked = fill_in(amina, sent.url)
    job = Job.objects.get()
    tell: Tell = silently
    done = take_in(job, tell)

    assert asked.url == at("work", desk.study, ref=job.ref)
    assert done["url"] == "coding:differences"
    assert Sheet.objects.filter(state="complete").count() == 2
    assert amina.get(sent.url).status_code == 404


def test_a_fault_found_while_it_is_taken_in_names_the_file_as_its_owner_does(amina, desk):
    fill_in(amina, send(amina, desk, WRONG).url)
    with pytest.raises(BadInput, match=r"codings\.csv, row 2"):
        take_in(Job.objects.get(), silently)


@pytest.mark.parametrize(
    ("name", "table"), [("codings.pdf", SOUND), ("codings.csv", b"")], ids=["a PDF", "nothing"]
)
def test_a_file_that_is_not_read_here_is_refused(amina, desk, name, table):
    assert send(amina, desk, table, name).status_code == 422


def test_only_a_lead_imports(cast, amina, desk, browser_of):
    place = send(amina, desk, SOUND).url
    for member in cast[1:-1]:
        browser = browser_of(member)
        for page in (place, at("coding:import", desk.study)):
            assert browser.get(page).status_code == 403


def test_what_another_has_sent_is_not_there(cast, amina, desk, browser_of):
    place = send(amina, desk, SOUND).url
    appoint(study=desk.study, member=cast.edda, role=Role.LEAD, by=cast.amina)

    assert browser_of(cast.edda).get(place).status_code == 404
    assert amina.get(place.replace("reasons", "other")).status_code == 404
