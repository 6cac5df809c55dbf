"""The pages of findings and agreement, as each of the cast sees them."""

import re

import pytest
from django.urls import reverse

from exeunt.desk.actions import carry_out
from exeunt.desk.models import Job
from exeunt.desk.states import JobState
from exeunt.ledger.models import Entry
from exeunt.stages.findings.actions.answers import answer
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.models import Answer
from exeunt.studies.actions import moved_on
from tests.making.again import made_again
from tests.making.archive import acts, rows_everywhere
from tests.making.coding import a_codebook
from tests.making.counting import queries_for
from tests.making.studies import a_study
from tests.making.testimonies import some_accounts
from tests.making.web import browser_of

__all__ = ["browser_of"]

FEW = Question(times=100)
FEW_ASKED = {"times": "100"}
UNSAFE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)


@pytest.fixture
def kept(cast, study, read_twice):
    """An answer that Amina asked for."""
    return made_again(
        "kept",
        (study.ref, str(FEW)),
        lambda: answer(study=study, version=read_twice, question=FEW, by=cast.amina),
    )


def at(study, name, **where):
    return reverse(f"findings:{name}", kwargs={"study_ref": study.ref, **where})


def done(job):
    """Let the worker do a job, and return it as it stands then."""
    carry_out.func(job.ref)
    job.refresh_from_db()
    return job


def test_findings_lead_with_a_plain_sentence_and_show_every_figure(cast, study, kept, browser_of):
    page = browser_of(cast.vera).get(at(study, "findings"), FEW_ASKED)
    text = page.content.decode()
    entry = Entry.objects.latest("position")

    assert page.status_code == 200
    assert kept.document["pages"][0]["lead"] in text
    for found in kept.finding_set.all():
        assert at(study, "drawing", ref=kept.ref, figure=found.figure) in text
        assert at(study, "figure", ref=kept.ref, figure=found.figure) in text
        assert found.query in text.replace("&quot;", '"')
    assert kept.data_hash in text
    assert (entry.act, entry.by) == ("findings.read", cast.vera.ref)


@pytest.mark.parametrize("name", ["findings", "agreement", "reports", "make-report"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_holds_style_or_script_of_its_own(cast, study, kept, browser_of, name, language):
    page = browser_of(cast.amina).get(at(study, name), headers={"accept-language": language})

    assert page.status_code == 200
    assert UNSAFE.findall(page.content.decode()) == []


@pytest.mark.parametrize("name", ["findings", "agreement", "make-report"])
def test_where_nobody_has_coded_the_page_says_what_to_do_next(
    cast, study, captures, tmp_path, browser_of, name
):
    some_accounts(2, tmp_path, study=study, cast=cast)
    a_codebook(study, cast)
    page = browser_of(cast.amina).get(at(study, name))

    assert page.status_code == 200
    assert "Nobody has coded this study yet" in page.content.decode()
    assert reverse("coding:codebooks", kwargs={"study_ref": study.ref}) in page.content.decode()


def test_a_question_that_was_never_asked_offers_to_count_it(cast, study, kept, browser_of):
    page = browser_of(cast.vera).get(at(study, "findings"), {"blanks": "zero"})
    text = page.content.decode()

    assert "Not counted yet" in text
    assert 'value="codebook=reasons%401&amp;blanks=zero"' in text
    assert acts()[-1] != "findings.read"


def test_counting_is_work_that_leads_to_a_lasting_address(cast, study, read_twice, browser_of):
    browser = browser_of(cast.vera)
    sent = browser.post(at(study, "count"), {"question": "times=100&only-period=2014"})
    job = done(Job.objects.get())
    kept = Answer.objects.get()

    assert sent.status_code == 302
    assert job.ref in sent.url
    assert (job.state, job.result["url"]) == (JobState.DONE, "findings:answer")
    assert kept.question["only"] == {"period": "2014"}
    assert browser.get(at(study, "answer", **job.result["kwargs"])).status_code == 200


def test_a_question_about_nobody_is_refused_where_it_is_counted(
    cast, study, read_twice, browser_of
):
    browser_of(cast.vera).post(at(study, "count"), {"question": "only-period=1999"})
    job = done(Job.objects.get())

    assert (job.state, Answer.objects.count()) == (JobState.REFUSED, 0)
    assert "No account has the period “1999”" in job.says


def test_an_answer_that_is_older_than_the_study_says_so(cast, study, kept, browser_of):
    for _ in range(3):
        moved_on(study)
    page = browser_of(cast.vera).get(at(study, "findings"), FEW_ASKED)
    text = page.content.decode()

    assert "3 changes since" in text
    assert "Count again" in text
    assert kept.document["pages"][0]["lead"] in text


def test_a_lasting_address_keeps_saying_what_it_said(cast, study, kept, browser_of):
    moved_on(study)
    page = browser_of(cast.vera).get(at(study, "answer", ref=kept.ref))

    assert page.status_code == 200
    assert kept.document["pages"][0]["lead"] in page.content.decode()


def test_only_the_slices_that_were_asked_for_are_shown(cast, study, kept, browser_of):
    every = browser_of(cast.vera).get(at(study, "findings"), FEW_ASKED).content.decode()
    one = browser_of(cast.vera).get(at(study, "findings"), {**FEW_ASKED, "by": "setting"})
    slices = set(re.findall(r'id="figure-(by-[a-z]+)"', every))

    assert "by-setting" in slices or not slices
    assert set(re.findall(r'id="figure-(by-[a-z]+)"', one.content.decode())) <= {"by-setting"}


def test_agreement_is_a_table_with_every_coefficient(cast, study, kept, browser_of):
    page = browser_of(cast.vera).get(at(study, "agreement"), FEW_ASKED)
    text = page.content.decode()

    assert page.status_code == 200
    # Alpha of L1 and J1 as worked by hand in test_queries: .64 and -.4.
    assert all(words in text for words in (".640", "−.400", "1.000", "do not rely on it alone"))
    assert "see where you differ" in text
    assert acts()[-1] == "agreement.read"


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"blank": "zero"}, "“blank” is no part of a question"),
        ({"blanks": "none"}, "“none” is neither"),
        ({"codebook": "other@1"}, "Nobody has coded this study with “other@1”"),
        ({"only-period": "2" * 301}, "at most 300 characters"),
        ({"by": "name"}, "no attribute “name”"),
        ({"times": "1"}, "between 100 and 100000"),
        ({"compare": "period"}, "does not say what to compare"),
    ],
)
@pytest.mark.parametrize("name", ["findings", "agreement", "make-report"])
def test_an_address_that_asks_no_question_is_answered_in_a_sentence(
    cast, study, kept, browser_of, name, sent, says
):
    page = browser_of(cast.amina).get(at(study, name), sent)

    assert page.status_code == 422
    assert says in page.content.decode()


def test_markup_in_an_address_is_shown_as_it_was_typed(cast, study, kept, browser_of):
    page = browser_of(cast.amina).get(at(study, "findings"), {"only-period": "<script>x</script>"})

    assert page.status_code == 200
    assert "<script>x" not in page.content.decode()


@pytest.mark.parametrize("name", ["findings", "agreement", "reports", "make-report"])
def test_an_outsider_and_another_study_are_answered_alike(cast, study, kept, browser_of, name):
    mine = browser_of(cast.eve).get(at(study, name))
    none = browser_of(cast.eve).get(f"/studies/{'0' * 16}/findings/")

    assert (mine.status_code, none.status_code) == (404, 404)
    assert mine.content == none.content


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("answer", {}),
        ("figures", {}),
        ("drawing", {"figure": "agreement"}),
        ("figure", {"figure": "agreement"}),
        ("figure-file", {"figure": "agreement", "kind": "csv"}),
    ],
)
def test_an_answer_of_another_study_is_not_there(cast, study, kept, browser_of, name, more):
    other = a_study(cast, "other")
    browser, before = browser_of(cast.amina), rows_everywhere()

    assert browser.get(at(study, name, ref=kept.ref, **more)).status_code == 200
    refused = browser.get(at(other, name, ref=kept.ref, **more))
    assert refused.status_code == 404
    assert browser.get(at(study, name, ref="0" * 16, **more)).status_code == 404
    assert rows_everywhere()["findings.Answer"] == before["findings.Answer"]


def test_a_drawing_may_be_kept_by_its_reader_and_a_file_by_nobody(cast, study, kept, browser_of):
    browser = browser_of(cast.vera)
    drawing = browser.get(at(study, "drawing", ref=kept.ref, figure="agreement"))
    file = browser.get(at(study, "figure-file", ref=kept.ref, figure="agreement", kind="svg"))

    assert drawing.headers["Cache-Control"] == "private, max-age=3600"
    assert drawing.headers["Content-Type"] == "image/svg+xml"
    assert "no-store" in file.headers["Cache-Control"]
    assert file.headers["Content-Disposition"] == 'attachment; filename="agreement.svg"'


@pytest.mark.parametrize("name", ["findings", "agreement", "reports", "make-report"])
def test_a_page_asks_the_database_as_often_whatever_the_number_of_rows(
    cast, study, read_twice, reports, browser_of, tmp_path, name
):
    answer(study=study, version=read_twice, question=FEW, by=cast.amina)
    browser = browser_of(cast.amina)
    browser.get(at(study, name), FEW_ASKED if name != "reports" else {})
    few = queries_for(lambda: browser.get(at(study, name), FEW_ASKED if name != "reports" else {}))
    some_accounts(60, tmp_path, study=study, cast=cast)
    answer(study=study, version=read_twice, question=FEW, by=cast.amina)
    answer(study=study, version=read_twice, question=Question(times=200), by=cast.amina)
    browser.get(at(study, name), FEW_ASKED if name != "reports" else {})
    many = queries_for(lambda: browser.get(at(study, name), FEW_ASKED if name != "reports" else {}))

    assert many == few


@pytest.mark.parametrize("name", ["findings", "answer", "agreement", "reports", "report"])
def test_pages_that_only_show_are_not_written_to(cast, study, kept, browser_of, name):
    where = {"ref": kept.ref} if name in {"answer", "report"} else {}

    assert browser_of(cast.amina).post(at(study, name, **where)).status_code == 405
