"""The protocol is read by everybody, agreed by leads, and every version of it is kept."""

import pytest

from exeunt.ledger.models import Entry
from exeunt.studies.actions import agree_protocol, appoint, state_limits
from exeunt.studies.models import Protocol, ProtocolVersion, Study
from exeunt.studies.roles import Role
from tests.making.archive import acts, rows_everywhere
from tests.making.counting import queries_for
from tests.making.reading import at, fill_in, hidden_in, words
from tests.making.studies import COMPLETE

SAID = COMPLETE._asdict()
LATER = {**SAID, "retention": "2033-06-30"}


@pytest.fixture
def amina(cast, browser_of):
    return browser_of(cast.amina)


@pytest.fixture
def agreed(cast, study):
    return agree_protocol(study=study, facts=COMPLETE, by=cast.amina)


def test_a_study_without_a_protocol_says_what_that_means(cast, study, browser_of):
    said = words(browser_of(cast.vera).get(at("studies:protocol", study)))

    assert "nothing about real people can be stored here" in said
    assert said.count("not agreed yet") == len(SAID)


def test_a_protocol_is_agreed_and_everybody_reads_it(cast, study, amina, browser_of):
    answer = fill_in(amina, at("studies:agree", study), **SAID)
    said = words(browser_of(cast.vera).get(at("studies:protocol", study)))

    assert answer.status_code == 302
    assert all(part in said for part in SAID.values())
    assert "Agreed by Amina" in said


def test_every_version_is_kept_with_who_agreed_it_and_what_it_changed(
    cast, study, agreed, amina, browser_of
):
    appoint(study=study, member=cast.boris, role=Role.LEAD, by=cast.amina)
    fill_in(browser_of(cast.boris), at("studies:agree", study), **LATER)
    said = words(amina.get(at("studies:protocol", study)))

    assert list(ProtocolVersion.objects.values_list("number", "agreed_by__name")) == [
        (2, "Boris"),
        (1, "Amina"),
    ]
    assert (
        "What version 2 changed Part Before From then on Kept until 2031-12-31 2033-06-30" in said
    )


def test_agreeing_what_holds_already_changes_nothing(cast, study, agreed, amina):
    before = rows_everywhere()
    answer = fill_in(amina, at("studies:agree", study), **SAID)

    assert answer.status_code == 302
    assert rows_everywhere() == before


def test_a_form_sent_twice_makes_one_version(cast, study, amina):
    place = at("studies:agree", study)
    sent = {**hidden_in(amina.get(place)), **SAID}
    amina.post(place, sent)
    again = amina.post(place, sent)

    assert again.status_code == 302
    assert ProtocolVersion.objects.count() == 1


def test_whoever_saves_second_sees_both_versions_and_decides(cast, study, agreed, amina):
    place = at("studies:agree", study)
    opened = hidden_in(amina.get(place))
    agree_protocol(study=study, facts=COMPLETE._replace(lawful_basis="Consent"), by=cast.amina)
    refused = amina.post(place, {**opened, **LATER})
    saved = amina.post(place, {**hidden_in(refused), **LATER})

    assert refused.status_code == 409
    assert "Both versions" in words(refused)
    assert "Lawful basis Public record, research Consent" in words(refused)
    assert saved.status_code == 302
    assert Protocol.objects.get().revision == 3


@pytest.mark.parametrize("part", SAID)
@pytest.mark.parametrize(
    "typed",
    ["", "x" * 10_000, "a\u202eb", "a\x00b", "a\x1bb"],
    ids=["empty", "long", "rtl", "nul", "esc"],
)
def test_a_part_that_is_unfit_is_refused_at_its_field(cast, study, amina, part, typed):
    before = rows_everywhere()
    answer = fill_in(amina, at("studies:agree", study), **{**SAID, part: typed})

    assert answer.status_code == 422
    assert f'<a href="#id_{part}">' in answer.content.decode()
    assert rows_everywhere() == before


@pytest.mark.parametrize("day", ["31.12.2031", "2026-03-01"])
def test_a_day_that_is_none_or_has_passed_is_refused_and_nothing_is_lost(cast, study, amina, day):
    answer = fill_in(amina, at("studies:agree", study), **{**SAID, "retention": day})

    assert answer.status_code == 422
    assert SAID["holder_duties"] in answer.content.decode()
    assert f"The retention date “{day}”" in words(answer) or "has passed" in words(answer)


def test_limits_are_stated_a_sentence_a_line(cast, study, amina):
    answer = fill_in(amina, at("studies:limits", study), limits="Two papers.\n\n  Few women. \n")

    assert answer.status_code == 302
    assert Study.objects.get(pk=study.pk).limits == ["Two papers.", "Few women."]
    assert "Few women." in words(amina.get(at("studies:protocol", study)))


def test_whoever_states_limits_second_sees_both(cast, study, amina):
    place = at("studies:limits", study)
    opened = hidden_in(amina.get(place))
    state_limits(study=study, limits=["Theirs."], by=cast.amina)
    answer = amina.post(place, {**opened, "limits": "Mine."})

    assert answer.status_code == 409
    assert "Mine. Theirs." in words(answer)


def test_a_limit_that_could_deceive_is_refused(cast, study, amina):
    answer = fill_in(amina, at("studies:limits", study), limits="Two \u202e papers.")

    assert answer.status_code == 422


@pytest.mark.parametrize("page", ["agree", "limits"])
def test_nobody_but_a_lead_comes_to_the_forms(cast, study, browser_of, page):
    for other in cast[1:-1]:
        assert browser_of(other).get(at(f"studies:{page}", study)).status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_versions(cast, study, agreed, amina):
    place = at("studies:protocol", study)
    amina.get(place)
    few = queries_for(lambda: amina.get(place))
    for number in range(10):
        facts = COMPLETE._replace(access_contact=f"Office {number}")
        agree_protocol(study=study, facts=facts, by=cast.amina)
    amina.get(place)  # every agreement makes what is counted once a change be counted again

    assert queries_for(lambda: amina.get(place)) == few


def test_the_ledger_holds_no_word_of_the_protocol(cast, study, amina):
    fill_in(amina, at("studies:agree", study), **SAID)

    assert acts()[-1] == "protocol.agreed"
    assert Entry.objects.latest("position").facts == {"retention": "2031-12-31"}
