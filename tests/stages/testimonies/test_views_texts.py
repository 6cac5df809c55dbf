"""Files of texts are sent by a page, taken in beside it, and confirmed by a person."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from exeunt.desk.actions import carry_out, end_interrupted
from exeunt.desk.models import Job
from exeunt.desk.states import JobState
from exeunt.stages.sources.models import Capture, Source
from exeunt.stages.testimonies import tasks
from exeunt.stages.testimonies.actions.by_hand import edit_account
from exeunt.stages.testimonies.models import Account, TextVersion, Turn
from exeunt.stages.testimonies.queries.account import words_of
from tests.making import pdfs
from tests.making.archive import acts, files_in, rows_everywhere
from tests.making.pages import fields_of

WORDS = "//main//form[.//textarea]"
TOLD = "I left because they lied to us."
TALK = "AMINA: Why?\nBORIS: They lied.\nAMINA: When?\nBORIS: In May."


@pytest.fixture
def amina(cast, browser_of) -> Client:
    return browser_of(cast.amina)


def place(name: str, study, **where: object) -> str:
    return reverse(f"testimonies:{name}", kwargs={"study_ref": study.ref, **where})


def sent(client: Client, study, files, **typed) -> Job:
    """Send files, and have them taken in."""
    given = [
        SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
        for name, content in files.items()
    ]
    words = {"provenance": "invented", "turns": "on", **typed}
    answer = client.post(place("import-texts", study), {"sent": given, **words})
    assert answer.status_code == 302, answer.content.decode()
    job = Job.objects.latest("pk")
    carry_out.func(job.ref)
    job.refresh_from_db()
    return job


def said(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_what_became_of_each_file_is_told_and_can_be_found_again(amina, study, captures):
    job = sent(
        amina,
        study,
        {"a.txt": TOLD, "b.docx": b"none", "=c.xyz": "x", "d.txt": "", "talk.txt": TALK},
    )
    page = said(amina.get(place("texts-taken", study, job=job.ref)))
    table = amina.get(place("texts-table", study, job=job.ref)).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table)))

    assert (job.state, job.result["url"]) == (JobState.DONE, "testimonies:texts-taken")
    assert job.says == "taken: 1, to be confirmed: 1, refused: 3"
    for words in ("a.txt", "b.docx", "no .docx document", "The file is empty"):
        assert words in page
    assert [row[:3] for row in rows[1:]] == [
        ["a.txt", "taken", "a"],
        ["b.docx", "refused", ""],
        ["'=c.xyz", "refused", ""],
        ["d.txt", "refused", ""],
        ["talk.txt", "to be confirmed", "talk"],
    ]
    confirm = place("confirm", study, ref=Account.objects.get(label="talk").ref)
    assert confirm in page


def test_nothing_that_was_sent_is_left_lying_about(amina, study, captures, incoming):
    sent(amina, study, {"a.txt": TOLD, "b.docx": b"none"})
    assert files_in(incoming) == set()


def test_the_same_file_is_not_taken_twice(amina, study, captures):
    sent(amina, study, {"a.txt": TOLD})
    assert sent(amina, study, {"b.txt": TOLD}).says == "taken before: 1"
    assert Account.objects.count() == 1


def test_work_that_is_stopped_keeps_what_it_told(amina, study, captures, monkeypatch):
    monkeypatch.setattr(tasks, "KEPT_EVERY", 1)
    real = tasks.import_texts

    def failing(**asked):
        for number, outcome in enumerate(real(**asked)):
            yield outcome
            if number == 1:
                raise RuntimeError("the machine went down")

    monkeypatch.setattr(tasks, "import_texts", failing)
    files = {"a.txt": TOLD, "b.txt": "They lied.", "c.txt": "In May."}
    job = sent(amina, study, files)
    assert job.state == JobState.FAILED
    assert "What it had taken in by then is kept" in job.says
    assert "a.txt" in said(amina.get(place("texts-taken", study, job=job.ref)))
    assert Account.objects.count() == 2
    monkeypatch.undo()
    assert sent(amina, study, files).says == "taken: 1, taken before: 2"


def test_a_server_that_was_stopped_says_that_the_rest_stays(amina, study, captures):
    job = sent(amina, study, {"a.txt": TOLD})
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    assert end_interrupted() == 1
    job.refresh_from_db()
    assert "What it had taken in by then is kept" in job.says


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"provenance": "public record"}, "protocol"),
        ({"provenance": "entrusted"}, "Select a valid choice"),
        ({"language": "no tag"}, "no language tag"),
        ({"sent": []}, "This field is required"),
    ],
)
def test_what_may_not_be_taken_in_is_refused_on_the_page(amina, study, captures, typed, says):
    files = {"sent": [SimpleUploadedFile("a.txt", b"x")], "provenance": "invented"}
    answer = amina.post(place("import-texts", study), {**files, **typed})
    assert answer.status_code == 422
    assert says in said(answer)
    assert not Job.objects.exists()


@pytest.fixture
def waiting(amina, study, captures):
    """A transcript that waits for a person."""
    sent(amina, study, {"talk.txt": TALK})
    return Account.objects.get()


def test_a_text_that_waits_is_listed_and_shown_with_what_is_not_sure(amina, study, waiting):
    listed = said(amina.get(place("to-confirm", study)))
    page = said(amina.get(place("confirm", study, ref=waiting.ref)))
    account = said(amina.get(place("account", study, ref=waiting.ref)))
    assert "talk.txt" in listed
    assert "Nobody has compared this text" in account
    assert "Read as a transcript" in page
    assert "<bdi>AMINA</bdi>, <bdi>BORIS</bdi>" in page
    assert acts()[-2:] == ["account.read"] * 2


def test_a_person_confirms_a_text_as_it_stands(amina, study, waiting, cast):
    at = place("confirm", study, ref=waiting.ref)
    answer = amina.post(at, fields_of(amina.get(at), form_at=WORDS))
    assert answer.headers["Location"] == place("to-confirm", study)
    version = TextVersion.objects.get()
    assert (version.text, version.confirmed is None) == (TALK, False)
    assert acts()[-1] == "text.confirmed"
    assert amina.get(at).status_code == 302
    assert "No text waits" in said(amina.get(place("to-confirm", study)))


def test_a_person_corrects_and_confirms(amina, study, waiting):
    at = place("confirm", study, ref=waiting.ref)
    corrected = TALK.replace("Why?", "Why did you leave?")
    amina.post(
        at, {**fields_of(amina.get(at), form_at=WORDS), "text": corrected.replace("\n", "\r\n")}
    )
    latest = TextVersion.objects.latest("number")
    assert (latest.number, latest.text, latest.confirmed is None) == (2, corrected, False)
    turns = Turn.objects.filter(version=latest)
    assert [latest.text[turn.start : turn.end] for turn in turns] == corrected.split("\n")


@pytest.mark.parametrize(("text", "says"), [(" \n", "required"), ("a\x07", "U+0007")])
def test_a_text_that_cannot_be_kept_is_refused(amina, study, waiting, text, says):
    at = place("confirm", study, ref=waiting.ref)
    before = rows_everywhere()
    answer = amina.post(at, {**fields_of(amina.get(at), form_at=WORDS), "text": text})
    assert answer.status_code == 422
    assert says in said(answer)
    assert TextVersion.objects.get().confirmed is None
    assert len(before)


def test_two_who_confirm_at_once_see_both_texts(amina, study, waiting):
    at = place("confirm", study, ref=waiting.ref)
    form = fields_of(amina.get(at), form_at=WORDS)
    amina.post(place("read-anew", study, ref=waiting.ref), {"revision": "1", "encoding": ""})
    answer = amina.post(at, {**form, "text": "Mine."})
    assert answer.status_code == 409
    assert "Both versions" in said(answer)


def test_a_layout_is_switched_off_by_reading_anew(amina, study, waiting):
    amina.post(place("read-anew", study, ref=waiting.ref), {"revision": "1", "encoding": ""})
    latest = TextVersion.objects.latest("number")
    assert (latest.number, latest.text, latest.confirmed) == (2, TALK, None)
    assert not Turn.objects.filter(version=latest).exists()
    assert Turn.objects.filter(version__number=1).count() == 4


def test_an_encoding_is_corrected_by_reading_anew(amina, study, captures):
    sent(amina, study, {"a.txt": "schön war es früher".encode("mac_roman")})
    account = Account.objects.get()
    at = place("read-anew", study, ref=account.ref)
    refused = amina.post(at, {"revision": "1", "encoding": "utf-8"}, follow=True)
    assert "is not UTF-8" in said(refused)
    amina.post(at, {"revision": "1", "encoding": "mac_roman"})
    assert TextVersion.objects.latest("number").text == "schön war es früher"


def test_what_is_thrown_away_is_gone_with_its_file(amina, study, waiting, captures):
    answer = amina.post(place("throw-away", study, ref=waiting.ref), {"revision": "1"})
    assert answer.headers["Location"] == place("to-confirm", study)
    assert not Account.objects.exists()
    assert not Source.objects.exists()
    assert not Capture.objects.exists()
    assert files_in(captures) == set()
    assert acts()[-1] == "text.thrown-away"
    assert sent(amina, study, {"talk.txt": TALK}).says == "to be confirmed: 1"


def test_what_somebody_has_confirmed_cannot_be_thrown_away(amina, study, waiting, cast):
    edited = {**words_of(waiting), "text": "Corrected."}
    edit_account(account=waiting, revision=1, words=edited, by=cast.boris)
    answer = amina.post(place("throw-away", study, ref=waiting.ref), {"revision": "1"}, follow=True)
    assert "confirmed already" in said(answer)
    assert Account.objects.exists()


def test_a_coder_confirms_but_does_not_throw_away(browser_of, cast, study, waiting):
    boris = browser_of(cast.boris)
    page = said(boris.get(place("confirm", study, ref=waiting.ref)))
    assert "Throw it away" not in page
    answer = boris.post(place("throw-away", study, ref=waiting.ref), {"revision": "1"})
    assert answer.status_code == 403


def test_the_pages_of_a_pdf_stand_beside_its_text(amina, study, captures):
    sent(amina, study, {"a.pdf": pdfs.drawn(pdfs.at(20, 300, "Told."), pages=2)})
    account = Account.objects.get()
    page = said(amina.get(place("confirm", study, ref=account.ref)))
    second = place("page", study, ref=account.ref, number=2)
    answer = amina.get(second)
    assert "Page 2 of 2, as a picture" in page
    assert second in page
    assert (answer.headers["Content-Type"], answer.content[:4]) == ("image/png", b"\x89PNG")
    assert acts()[-1] == "page.read"
    assert amina.get(place("page", study, ref=account.ref, number=3)).status_code == 404
