"""Long work is done once, says how far it is, and ends in what it did or in why it did not."""

import pytest
from django.utils import translation

from exeunt.desk import actions
from exeunt.desk.actions import FAILED, INTERRUPTED, carry_out, end_interrupted
from exeunt.desk.models import Job
from exeunt.desk.progress import progress_of, teller
from exeunt.desk.states import MOVES, JobState
from exeunt.desk.work import job_called, jobs_of
from exeunt.errors import NotThere, Refusal
from tests.making.archive import acts
from tests.making.studies import a_study
from tests.making.work import a_job


def counts(job, tell):
    """Do what is asked, and say so."""
    tell("counting", 1, 2)
    return {"says": f"Counted {job.facts['things']}.", "url": "overview", "kwargs": {}}


def refuses(_job, _tell):
    raise Refusal("“{name}” is empty.", name="a.csv")


def breaks(_job, _tell):
    raise RuntimeError("a secret path")


@pytest.fixture
def doing(monkeypatch, at_once, django_capture_on_commit_callbacks):
    """Ask for work, and have it done by this function in place of the one that is named."""

    def do(study, by, work, **facts) -> Job:
        monkeypatch.setattr(actions, "import_string", lambda _path: work)
        with django_capture_on_commit_callbacks(execute=True):
            job = a_job(study, by, **facts)
        job.refresh_from_db()
        return job

    return do


def test_work_that_is_done_says_what_it_did_and_where_to_look(cast, study, doing):
    job = doing(study, cast.amina, counts, things=12)

    assert (job.state, job.says) == (JobState.DONE, "Counted 12.")
    assert job.result["url"] == "overview"
    assert job.ended is not None
    assert job.is_over


def test_that_it_was_asked_for_is_written_down_by_reference(cast, study, doing):
    doing(study, cast.amina, counts, things=1)

    assert acts()[-1] == "work.asked"


def test_refused_work_says_why(cast, study, doing):
    job = doing(study, cast.amina, refuses)

    assert (job.state, job.says) == (JobState.REFUSED, "“a.csv” is empty.")


def test_what_came_of_it_is_said_in_the_language_in_which_it_was_asked_for(cast, study, doing):
    def looks(_job, _tell):
        raise NotThere("There is nothing here.")

    with translation.override("ar"):
        job = doing(study, cast.amina, looks)

    assert (job.language, job.says) == ("ar", "لا شيء هنا.")


def test_work_that_breaks_says_so_without_saying_what_broke(cast, study, doing, caplog):
    job = doing(study, cast.amina, breaks)

    assert (job.state, job.says) == (JobState.FAILED, FAILED)
    assert "secret" not in job.says
    assert job.ref in caplog.text


def test_work_of_a_name_that_leads_nowhere_fails_in_a_sentence(
    cast, study, at_once, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        job = a_job(study, cast.amina)
    job.refresh_from_db()

    assert (job.state, job.says) == (JobState.FAILED, FAILED)


def test_work_is_not_begun_when_what_asked_for_it_is_undone(cast, study, at_once):
    job = a_job(study, cast.amina)

    assert Job.objects.get(ref=job.ref).state == JobState.WAITING


def test_work_is_done_once_even_if_it_is_called_twice(cast, study, doing):
    job = doing(study, cast.amina, counts, things=1)
    ended = job.ended
    carry_out.call(job.ref)
    job.refresh_from_db()

    assert job.ended == ended


def test_what_ran_when_the_server_stopped_is_ended_and_says_so(cast, study, at_once):
    running, waiting = a_job(study, cast.amina), a_job(study, cast.amina)
    Job.objects.filter(pk=running.pk).update(state=JobState.RUNNING)

    assert end_interrupted() == 1
    running.refresh_from_db()
    waiting.refresh_from_db()
    assert (running.state, running.says) == (JobState.FAILED, INTERRUPTED)
    assert waiting.state == JobState.WAITING


def test_only_who_asked_finds_it(cast, study, at_once):
    job = a_job(study, cast.amina)

    assert job_called(job.ref, study=study, by=cast.amina) == job
    for other in cast[1:]:
        assert jobs_of(study, by=other) == []
        with pytest.raises(NotThere, match="There is nothing here"):
            job_called(job.ref, study=study, by=other)


def test_it_is_not_found_in_another_study(cast, study, at_once):
    job = a_job(study, cast.amina)
    with pytest.raises(NotThere):
        job_called(job.ref, study=a_study(cast, "other"), by=cast.amina)


@pytest.mark.parametrize("path", ["os.system", "exeunt.studies.actions.dismiss", "x.tasks.y"])
def test_nothing_but_the_work_of_a_stage_can_be_asked_for(cast, study, at_once, path):
    with pytest.raises(ValueError, match="no work of a stage"):
        a_job(study, cast.amina, work=path)


def test_how_far_it_is_is_told_and_forgotten_when_it_is_over(cast, study, doing, incoming):
    job = doing(study, cast.amina, counts, things=1)

    assert progress_of(job.ref).says == ""
    assert list(incoming.iterdir()) == []


def test_progress_is_told_in_words_and_in_numbers(incoming):
    teller("0123456789abcdef")("reading rows", 50, 200)
    told = progress_of("0123456789abcdef")

    assert (told.says, told.percent) == ("reading rows", 25)


@pytest.mark.parametrize(
    ("done", "total", "percent"),
    [(None, None, None), (None, 9, None), (0, 9, 0), (12, 9, 100), (1, 0, None)],
)
def test_a_percentage_is_given_only_where_it_is_known(incoming, done, total, percent):
    teller("a" * 16)("working", done, total)

    assert progress_of("a" * 16).percent == percent


def test_progress_that_cannot_be_kept_stops_nothing(incoming):
    incoming.chmod(0o000)
    (incoming.parent / "incoming").rmdir()
    teller("b" * 16)("working", 1, 2)

    assert progress_of("b" * 16).says == ""


@pytest.mark.parametrize("written", ["", "[", "{}", '["a"]', "[1, 2]"])
def test_a_damaged_file_of_progress_tells_nothing(incoming, written):
    (incoming / f"{'c' * 16}.progress").write_text(written, encoding="utf-8")

    assert progress_of("c" * 16) == ("", None, None)


def test_without_an_open_archive_nothing_is_told(settings):
    settings.EXEUNT_INCOMING = None
    teller("d" * 16)("working")

    assert progress_of("d" * 16).says == ""


def test_every_state_has_its_moves():
    assert set(MOVES) == set(JobState)
