"""A table of accounts is sent, looked at, and taken in beside the pages."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from exeunt.desk.actions import carry_out
from exeunt.desk.models import Job
from exeunt.stages.testimonies.models import Account
from exeunt.stages.testimonies.queries import preview
from tests.making.archive import rows_everywhere
from tests.making.pages import fields_of
from tests.making.studies import a_staffed_study
from tests.making.testimonies import row, take_in

SOUND = [row("A1", narrator="N1", group_left="IS", text="I left."), row("A2", language="fr")]


@pytest.fixture
def amina(cast, browser_of) -> Client:
    return browser_of(cast.amina)


def place(name: str, study, **where: str) -> str:
    return reverse(f"testimonies:{name}", kwargs={"study_ref": study.ref, **where})


def table(rows, name: str = "table.jsonl") -> SimpleUploadedFile:
    lines = "\n".join(json.dumps(one) for one in rows)
    return SimpleUploadedFile(name, lines.encode())


def sent(client: Client, study, rows, **typed) -> str:
    """Send a table; return the address where it is looked at."""
    answer = client.post(place("import", study), {"file": table(rows), "provenance": "", **typed})
    assert answer.status_code == 302
    return answer.headers["Location"]


def done(client: Client, at: str) -> Job:
    """Decide to take the table in, and have that done."""
    answer = client.post(at, fields_of(client.get(at)))
    job = Job.objects.latest("pk")
    assert answer.headers["Location"].endswith(f"/work/{job.ref}/")
    carry_out.func(job.ref)
    job.refresh_from_db()
    return job


def test_a_table_is_looked_at_before_anything_is_taken_in(amina, study, captures):
    at = sent(amina, study, SOUND)
    before = rows_everywhere()
    page = amina.get(at).content.decode()

    assert "Nothing has been taken in yet." in page
    assert "Take in 2 accounts" in page
    for words in ("table.jsonl", "invented: 2", "IS", "A1"):
        assert words in page
    assert rows_everywhere() == before


def test_what_was_looked_at_is_taken_in_as_work_of_its_own(amina, study, captures, incoming):
    job = done(amina, sent(amina, study, SOUND))

    assert (job.state, job.says) == ("done", "Took in 2 accounts.")
    assert job.result["url"] == "testimonies:accounts"
    assert Account.objects.filter(study=study).count() == 2
    assert list(incoming.glob("*.jsonl")) == []


def test_what_stands_against_a_table_is_told_by_row_and_column(amina, study, captures):
    at = sent(amina, study, [row("A1"), row("A1", left="soon"), row("A2", gender="f")])
    page = amina.get(at).content.decode()

    assert "What stands against it" in page
    for words in ("stands in row 1 already", "not a date", "is not one of"):
        assert words in page
    assert "Take in" not in page


def test_a_table_that_is_taken_in_unsound_is_refused_under_its_own_name(amina, study, captures):
    job = done(amina, sent(amina, study, [row("A1", left="soon")]))

    assert job.state == "refused"
    assert job.says.startswith("table.jsonl, row 1, column “left”")
    assert not Account.objects.exists()


def test_where_a_table_does_not_say_it_the_form_says_where_it_comes_from(amina, study, captures):
    at = sent(amina, study, [{"account_id": "A1"}], provenance="invented")

    assert "Take in 1 account" in amina.get(at).content.decode()
    assert done(amina, at).state == "done"


def test_a_table_that_is_decided_on_twice_is_taken_in_once(amina, study, captures):
    at = sent(amina, study, SOUND)
    form = fields_of(amina.get(at))
    amina.post(at, form)
    amina.post(at, form)
    for job in Job.objects.all():
        carry_out.func(job.ref)

    assert sorted(Job.objects.values_list("state", flat=True)) == ["done", "refused"]
    assert Account.objects.count() == 2


def test_a_large_table_is_taken_in_without_being_looked_at(amina, study, captures, monkeypatch):
    monkeypatch.setattr(preview, "LARGEST_LOOKED_AT", 10)
    at = sent(amina, study, SOUND)

    assert "too large to be looked at while you wait" in amina.get(at).content.decode()
    assert done(amina, at).state == "done"


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (SimpleUploadedFile("table.exe", b"MZ"), "is of no kind that is read here"),
        (SimpleUploadedFile("table.csv", b""), "empty"),
        ("", "required"),
    ],
    ids=["another kind", "empty", "none"],
)
def test_what_is_no_table_is_refused_at_the_form(amina, study, captures, file, says):
    answer = amina.post(place("import", study), {"file": file, "provenance": ""})

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_a_table_that_cannot_be_read_is_a_page_that_says_so(amina, study, captures):
    answer = amina.post(
        place("import", study), {"file": SimpleUploadedFile("t.xlsx", b"no"), "provenance": ""}
    )
    page = amina.get(answer.headers["Location"])

    assert page.status_code == 200
    assert "not a readable .xlsx workbook" in page.content.decode()


def test_a_table_is_looked_at_by_whoever_sent_it_and_in_its_study_alone(
    amina, cast, study, captures, browser_of
):
    at = sent(amina, study, SOUND)
    other = a_staffed_study(cast, "other")

    assert amina.get(at.replace(study.ref, other.ref)).status_code == 404
    assert browser_of(cast.boris).get(at).status_code == 403
    assert amina.get(place("preview", study, token="forged")).status_code == 404


@pytest.mark.parametrize("name", ["boris", "edda", "vera"])
def test_nobody_but_the_lead_sends_tables(cast, study, captures, browser_of, name):
    browser = browser_of(getattr(cast, name))

    assert browser.get(place("import", study)).status_code == 403
    assert browser.post(place("import", study), {"file": table(SOUND)}).status_code == 403


def test_a_preview_knows_what_is_there(amina, cast, study, captures, tmp_path):
    take_in([row("A1")], tmp_path, study=study, cast=cast)
    page = amina.get(sent(amina, study, SOUND)).content.decode()

    assert "“A1” is in this study already" in page
