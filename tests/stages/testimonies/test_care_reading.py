"""What somebody reads is counted for them alone; limits fold text and never stop work."""

from datetime import date, timedelta

import pytest

from exeunt.errors import Changed, NotYours, Refusal
from exeunt.ledger.models import Entry
from exeunt.stages.testimonies.actions.care import (
    agree_care,
    choose_care,
    count_away,
    count_beat,
    count_page,
    count_page_of,
    forget_reading,
    go_on,
)
from exeunt.stages.testimonies.models import ReadingDay
from exeunt.stages.testimonies.queries.care import care_for, care_terms
from exeunt.stages.testimonies.rules.care import Terms
from tests.making.archive import acts
from tests.making.studies import a_staffed_study

A_MINUTE = timedelta(minutes=1)


def read_for(minutes, clock, study, by):
    """Look at one page for so many minutes, as its script tells."""
    count_beat(study, by=by)
    for _ in range(minutes):
        clock.shift(A_MINUTE)
        count_beat(study, by=by)
    return care_for(study, by=by)


def agree(study, by, *, terms=Terms(), contact="", revision=0):  # noqa: B008
    return agree_care(study=study, terms=terms, support_contact=contact, revision=revision, by=by)


def test_minutes_are_counted_for_who_reads_and_nobody_else(cast, study, clock):
    care = read_for(20, clock, study, cast.boris)

    assert (care.minutes, care.in_a_row) == (20, 20)
    assert care_for(study, by=cast.chidi).minutes == 0


def test_minutes_of_all_studies_are_one_sum(cast, study, clock):
    other = a_staffed_study(cast, "other")
    read_for(20, clock, study, cast.boris)

    assert read_for(10, clock, other, cast.boris).minutes == 30
    assert ReadingDay.objects.count() == 1


def test_a_pause_is_suggested_and_taken(cast, study, clock):
    assert read_for(50, clock, study, cast.boris).pause
    count_away(study, by=cast.boris)
    clock.shift(10 * A_MINUTE)

    assert not care_for(study, by=cast.boris).pause
    assert count_page(study, by=cast.boris).minutes == 50


def test_at_the_limit_text_is_held_until_one_goes_on(cast, study, clock):
    agree(study, cast.amina, terms=Terms(20, 30))
    assert read_for(30, clock, study, cast.boris).held
    assert count_page(study, by=cast.boris).held

    assert not go_on(study=study, by=cast.boris).held
    assert not read_for(14, clock, study, cast.boris).held
    assert read_for(1, clock, study, cast.boris).held
    assert ReadingDay.objects.get().went_on == 1


def test_held_text_is_not_counted_as_read(cast, study, clock):
    agree(study, cast.amina, terms=Terms(20, 30))
    read_for(30, clock, study, cast.boris)
    count_page(study, by=cast.boris)
    clock.shift(5 * A_MINUTE)

    assert count_page(study, by=cast.boris).minutes == 30


def test_going_on_before_the_limit_changes_nothing(cast, study, clock):
    read_for(5, clock, study, cast.boris)
    go_on(study=study, by=cast.boris)

    assert ReadingDay.objects.get().went_on == 0


def test_the_next_day_begins_anew(cast, study, clock):
    agree(study, cast.amina, terms=Terms(20, 30))
    read_for(30, clock, study, cast.boris)
    clock.shift(timedelta(days=1))

    assert care_for(study, by=cast.boris).minutes == 0
    assert not count_page(study, by=cast.boris).held


def test_a_page_without_text_is_no_reading(cast, study):
    assert count_page_of(study, ["", ""], by=cast.boris) is None
    assert not ReadingDay.objects.exists()
    assert count_page_of(study, ["", "I left."], by=cast.boris) is not None


def test_ones_own_limit_is_the_lower_one_and_only_ones_own(cast, study, clock):
    choose_care(opens=True, day_limit=15, by=cast.boris)
    boris, chidi = (read_for(15, clock, study, by) for by in (cast.boris, cast.chidi))

    assert (boris.held, boris.opens) == (True, True)
    assert (chidi.held, chidi.opens) == (False, False)


def test_a_limit_of_ones_own_can_be_taken_back(cast, study):
    choose_care(opens=True, day_limit=15, by=cast.boris)
    choose_care(opens=False, day_limit=None, by=cast.boris)

    assert care_for(study, by=cast.boris).terms == Terms()


def test_a_senseless_limit_is_refused(cast, study):
    with pytest.raises(Refusal, match="between 15 and 480"):
        choose_care(opens=False, day_limit=5, by=cast.boris)


def test_nothing_of_what_somebody_reads_or_chooses_is_in_the_ledger(cast, study, clock):
    before = acts()
    read_for(3, clock, study, cast.boris)
    choose_care(opens=True, day_limit=15, by=cast.boris)
    go_on(study=study, by=cast.boris)

    assert acts() == before


def test_a_lead_agrees_limits_and_whom_to_talk_to(cast, study):
    agree(study, cast.amina, terms=Terms(30, 120), contact="Noor, an invented counsellor")
    agreed = care_terms(study, by=cast.vera)

    assert (agreed.as_terms(), agreed.support_contact) == (
        Terms(30, 120),
        "Noor, an invented counsellor",
    )
    assert Entry.objects.latest("position").facts == {"pause_after": 30, "day_limit": 120}


@pytest.mark.parametrize("name", ["boris", "dana", "lina", "edda", "vera", "eve"])
def test_nobody_else_agrees_them(cast, study, name):
    with pytest.raises(NotYours):
        agree(study, getattr(cast, name))


def test_two_leads_who_save_are_told(cast, study):
    agree(study, cast.amina, terms=Terms(30, 120))
    with pytest.raises(Changed) as caught:
        agree(study, cast.amina, terms=Terms(40, 120))

    assert (caught.value.revision, caught.value.theirs["pause_after"]) == (1, "30")


def test_an_outsider_has_no_clock_here(cast, study):
    for ask in (care_for, count_page, count_beat, count_away):
        with pytest.raises(NotYours):
            ask(study, by=cast.eve)


def test_after_30_days_nothing_is_left_and_of_past_days_only_minutes(cast, study, clock):
    read_for(3, clock, study, cast.boris)
    clock.shift(timedelta(seconds=40))
    count_beat(study, by=cast.boris)  # 3 minutes and 40 seconds on 2 March
    clock.shift(timedelta(days=3))
    count_page(study, by=cast.chidi)
    past = ReadingDay.objects.get(member=cast.boris)

    assert (past.day, past.seconds) == (date(2026, 3, 2), 180)
    assert (past.latest, past.in_a_row, past.longest, past.allowed) == (None, 0, 0, 0)

    clock.shift(timedelta(days=27))
    forget_reading()
    assert ReadingDay.objects.filter(member=cast.boris).exists()
    clock.shift(timedelta(days=1))
    forget_reading()
    assert not ReadingDay.objects.filter(member=cast.boris).exists()


def test_who_reads_past_midnight_has_not_paused(cast, study, clock):
    clock.shift(timedelta(hours=14, minutes=30))  # half past eleven at night
    read_for(40, clock, study, cast.boris)
    care = care_for(study, by=cast.boris)

    # ten minutes, and the one that ended at midnight
    assert (care.minutes, care.in_a_row) == (11, 40)
