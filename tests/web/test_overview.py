"""The overview of a study says where everything stands, and what to do next."""

from datetime import timedelta

import pytest
from django.db.models import F

from exeunt.studies.actions import agree_protocol
from exeunt.studies.models import Study
from exeunt.web.stages import STAGES, counts_of
from tests.making.codebooks import BINARY
from tests.making.coding import a_codebook
from tests.making.counting import queries_for
from tests.making.reading import at, words
from tests.making.studies import COMPLETE, a_study
from tests.making.testimonies import some_accounts
from tests.making.work import a_job, at_once, incoming

__all__ = ["at_once", "incoming"]


@pytest.fixture
def seen(study, browser_of):
    """Open the overview as a member."""
    return lambda member: browser_of(member).get(at("overview", study))


def test_an_empty_study_says_what_to_do_next_in_order(cast, browser_of):
    study = a_study(cast)
    said = words(browser_of(cast.amina).get(at("overview", study)))
    steps = ["Agree the protocol.", "Bring a codebook.", "Invite two coders.", "Enter accounts."]
    places = [said.index(step) for step in steps]

    assert places == sorted(places)
    assert "Nothing waits for you." in said


def test_a_step_that_is_done_is_ticked_off_and_all_of_them_vanish(
    cast, study, seen, tmp_path, captures
):
    assert "done Invite two coders" in words(seen(cast.amina))
    agree_protocol(study=study, facts=COMPLETE, by=cast.amina)
    a_codebook(study, cast)
    some_accounts(3, tmp_path, study=study, cast=cast)

    assert "What this study needs first" not in words(seen(cast.amina))


def test_whoever_may_not_do_a_step_reads_why(cast, study, seen):
    said = words(seen(cast.vera))

    assert "You may not edit the protocol: that is for lead, and you have viewer." in said
    assert "You may not import accounts" in said


def test_what_waits_for_a_coder_is_counted_and_linked(cast, study, seen, tmp_path, captures):
    a_codebook(study, cast, BINARY)
    some_accounts(3, tmp_path, study=study, cast=cast)
    answer = seen(cast.boris)

    assert "3 accounts to code" in words(answer)
    assert at("coding:following", study, codebook="reasons@1") in answer.content.decode()
    assert "to code" not in words(seen(cast.vera))


def test_a_day_until_which_data_may_be_kept_that_has_passed_is_said(cast, study, seen, clock):
    agree_protocol(study=study, facts=COMPLETE._replace(retention="2026-03-02"), by=cast.amina)
    assert "That day has passed" not in words(seen(cast.amina))
    clock.shift(timedelta(days=1))

    assert "until 2 March 2026. That day has passed" in words(seen(cast.amina))


def test_work_that_runs_waits_for_whoever_asked_and_nobody_else(cast, study, seen, at_once):
    a_job(study, cast.amina)

    assert "Counting everything waiting" in words(seen(cast.amina))
    assert "Counting everything" not in words(seen(cast.boris))


def test_the_stages_are_told_with_what_they_hold(cast, study, seen, tmp_path, captures):
    some_accounts(4, tmp_path, study=study, cast=cast)
    answer = words(seen(cast.amina))

    assert [str(stage.words) for stage in STAGES][:3] == ["discovery", "sources", "narrators"]
    assert "sources 1 , begun" in answer
    assert "narrators 4 , begun" in answer
    assert "discovery – , ahead" in answer


def test_counts_are_made_once_an_edition(cast, study, tmp_path, captures):
    some_accounts(2, tmp_path, study=study, cast=cast)
    now = Study.objects.get(pk=study.pk)
    first = queries_for(lambda: counts_of(now))
    second = queries_for(lambda: counts_of(now))
    Study.objects.filter(pk=study.pk).update(edition=F("edition") + 1)
    later = Study.objects.get(pk=study.pk)

    assert second == 1
    assert first > second
    assert queries_for(lambda: counts_of(later)) == first


def test_the_number_of_queries_does_not_grow_with_the_accounts(
    cast, study, browser_of, tmp_path, captures
):
    a_codebook(study, cast)
    some_accounts(2, tmp_path, study=study, cast=cast)
    boris, place = browser_of(cast.boris), at("overview", study)
    boris.get(place)
    few = queries_for(lambda: boris.get(place))
    folder = tmp_path / "more"
    folder.mkdir()
    some_accounts(40, folder, study=a_study(cast, "elsewhere"), cast=cast)

    assert queries_for(lambda: boris.get(place)) == few


def test_a_study_of_others_is_not_there(cast, study, browser_of):
    assert browser_of(cast.eve).get(at("overview", study)).status_code == 404


def test_the_title_of_a_study_is_no_markup(cast, browser_of):
    study = a_study(cast)
    Study.objects.filter(pk=study.pk).update(title="<script>x</script>")
    body = browser_of(cast.amina).get(at("overview", study)).content.decode()

    assert "<script>x" not in body
    assert "&lt;script&gt;x" in body
