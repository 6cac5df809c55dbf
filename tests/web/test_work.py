"""The page of long work shows how far it is, to whoever asked, and survives being left."""

import pytest

from exeunt.desk.actions import INTERRUPTED
from exeunt.desk.models import Job
from exeunt.desk.progress import teller
from exeunt.desk.states import JobState
from tests.making.counting import queries_for
from tests.making.reading import at, words
from tests.making.work import a_job, at_once, incoming

__all__ = ["at_once", "incoming"]
FRAGMENT = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def job(cast, study, at_once):
    return a_job(study, cast.amina)


@pytest.fixture
def seen(cast, study, job, browser_of):
    """Open the page of the work as Amina."""
    amina = browser_of(cast.amina)
    return lambda **headers: amina.get(at("work", study, ref=job.ref), **headers)


def ended(job, state, says="", **result):
    Job.objects.filter(pk=job.pk).update(state=state, says=says, result=result, ended=job.asked)


def test_work_that_waits_says_so_and_refreshes_without_scripts(seen):
    answer = seen()

    assert "Counting everything Waiting for its turn." in words(answer)
    assert '<noscript><meta http-equiv="refresh"' in answer.content.decode()


def test_work_that_runs_tells_how_far_it_is(job, seen):
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    teller(job.ref)("reading rows", 50, 200)
    answer = seen()

    assert "reading rows 50 of 200" in words(answer)
    assert 'value="25"' in answer.content.decode()


def test_a_page_that_is_open_asks_for_the_part_that_changes(seen):
    body = seen(**FRAGMENT).content.decode()

    assert "<html" not in body
    assert 'hx-trigger="every 1s"' in body


def test_work_that_is_done_says_what_it_did_and_leads_there(job, study, seen):
    ended(job, JobState.DONE, "Counted 12.", url="studies:protocol", kwargs={})
    answer = seen()

    assert "Done: Counted 12." in words(answer)
    assert at("studies:protocol", study) in answer.content.decode()
    assert "hx-trigger" not in seen(**FRAGMENT).content.decode()
    assert 'http-equiv="refresh"' not in answer.content.decode()


@pytest.mark.parametrize(
    ("state", "says"),
    [(JobState.REFUSED, "“a.csv” is empty."), (JobState.FAILED, INTERRUPTED)],
)
def test_work_that_was_not_done_says_why(job, seen, state, says):
    ended(job, state, says)

    assert f"Not done: {says}" in words(seen())


def test_nobody_else_finds_it(cast, study, job, browser_of):
    for other in cast[1:]:
        assert browser_of(other).get(at("work", study, ref=job.ref)).status_code == 404


def test_looking_asks_the_database_the_same_few_things(job, seen):
    seen()

    assert queries_for(seen) == queries_for(seen)
