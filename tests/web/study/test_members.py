"""Members are shown, invited, appointed, dismissed and let in again, by those who may."""

import re

import pytest

from exeunt.members.actions import accept, add_member
from exeunt.members.models import Member
from exeunt.studies.actions import appoint, begin_study, dismiss, invite
from exeunt.studies.queries import roles_of
from exeunt.studies.roles import Role
from tests.making.archive import acts, rows_everywhere
from tests.making.counting import queries_for
from tests.making.reading import at, fill_in, words

LINK = re.compile(r"https?://[^\s<]+/in/welcome/([A-Za-z0-9_-]+)/")
NEW = {"name": "Nadia", "role": "coder", "kind": "person"}
PAGES = ("appoint", "dismiss", "link")


def token_in(answer) -> str:
    return LINK.search(words(answer))[1]


@pytest.fixture
def amina(cast, browser_of):
    return browser_of(cast.amina)


def test_everybody_in_a_study_sees_who_works_in_it(cast, study, browser_of):
    said = words(browser_of(cast.vera).get(at("studies:members", study)))

    for member in cast[:-1]:
        assert member.name in said
    assert "Eve" not in said
    assert "since 2 March 2026" in said


def test_the_page_says_who_has_not_come_in_yet(cast, study, amina):
    invite(study=study, name="Nadia", role=Role.CODER, by=cast.amina)

    assert "has not used the link yet" in words(amina.get(at("studies:members", study)))


def test_the_number_of_queries_does_not_grow_with_the_members(cast, study, amina):
    place = at("studies:members", study)
    amina.get(place)
    few = queries_for(lambda: amina.get(place))
    for number in range(20):
        invite(study=study, name=f"Reader {number}", role=Role.CODER, by=cast.amina)
    many = queries_for(lambda: amina.get(place))

    assert many == few


def test_who_is_invited_gets_a_link_that_lets_them_in_and_is_shown_once(cast, study, amina):
    answer = fill_in(amina, at("studies:invite", study), **NEW)
    nadia = Member.objects.get(name="Nadia")

    assert answer.status_code == 200
    assert roles_of(nadia, study) == {Role.CODER}
    assert accept(token=token_in(answer), passphrase="a passphrase long enough") == nadia
    assert "welcome" not in words(amina.get(at("studies:members", study)))


def test_an_invitation_sent_twice_makes_one_member_and_no_second_link(cast, study, amina):
    place = at("studies:invite", study)
    fill_in(amina, place, **NEW)
    before = rows_everywhere()
    again = fill_in(amina, place, **NEW)

    assert again.status_code == 302
    assert rows_everywhere() == before


def test_a_member_of_the_archive_gets_the_role_and_no_link(cast, study, amina):
    answer = fill_in(amina, at("studies:invite", study), name="Eve", role="viewer", kind="person")

    assert answer.status_code == 302
    assert roles_of(cast.eve, study) == {Role.VIEWER}
    assert "member.link-drawn" not in acts()


def test_a_machine_reader_gets_no_link(cast, study, amina):
    answer = fill_in(
        amina, at("studies:invite", study), name="reader-1", role="coder", kind="machine"
    )

    assert answer.status_code == 302
    assert Member.objects.get(name="reader-1").is_machine


def test_a_machine_can_be_a_coder_and_nothing_else(cast, study, amina):
    answer = fill_in(amina, at("studies:invite", study), name="x", role="lead", kind="machine")

    assert answer.status_code == 422
    assert "A machine reader can be a coder and nothing else" in words(answer)


def test_a_further_role_is_given(cast, study, amina):
    answer = fill_in(amina, at("studies:appoint", study, ref=cast.boris.ref), role="editor")

    assert answer.status_code == 302
    assert roles_of(cast.boris, study) == {Role.CODER, Role.EDITOR}


def test_a_role_is_taken_away_and_what_was_done_stays(cast, study, amina):
    answer = fill_in(amina, at("studies:dismiss", study, ref=cast.boris.ref), role="coder")

    assert answer.status_code == 302
    assert roles_of(cast.boris, study) == frozenset()
    assert acts()[-1] == "member.dismissed"


def test_the_last_lead_stays(cast, study, amina):
    answer = fill_in(amina, at("studies:dismiss", study, ref=cast.amina.ref), role="lead")

    assert answer.status_code == 422
    assert "A study needs somebody who leads it" in words(answer)
    assert roles_of(cast.amina, study) == {Role.LEAD}


def test_a_lead_who_goes_is_led_out_of_the_study(cast, study, amina):
    appoint(study=study, member=cast.boris, role=Role.LEAD, by=cast.amina)
    answer = fill_in(amina, at("studies:dismiss", study, ref=cast.amina.ref), role="lead")

    assert answer.headers["Location"] == "/"
    assert amina.get(at("studies:members", study)).status_code == 404


def test_whoever_lost_a_link_gets_a_new_one_and_the_old_one_is_dead(cast, study, amina):
    first = token_in(fill_in(amina, at("studies:invite", study), **NEW))
    nadia = Member.objects.get(name="Nadia")
    second = token_in(fill_in(amina, at("studies:link", study, ref=nadia.ref)))

    assert first != second
    assert accept(token=second, passphrase="a passphrase long enough") == nadia


def test_no_link_is_drawn_for_oneself(cast, study, amina):
    answer = fill_in(amina, at("studies:link", study, ref=cast.amina.ref))

    assert answer.status_code == 403
    assert "change your passphrase instead" in words(answer)


def test_no_lead_takes_over_whom_others_let_in_and_who_works_nowhere_now(
    cast, study, amina, browser_of
):
    fill_in(amina, at("studies:invite", study), **NEW)
    nadia = Member.objects.get(name="Nadia")
    dismiss(study=study, member=nadia, role=Role.CODER, by=cast.amina)
    theirs = begin_study(slug="elsewhere", by=cast.eve)
    invite(study=theirs, name="Nadia", role=Role.VIEWER, by=cast.eve)
    answer = fill_in(browser_of(cast.eve), at("studies:link", theirs, ref=nadia.ref))

    assert answer.status_code == 403
    assert "also works where you do not lead" in words(answer)


def test_a_lead_draws_a_link_for_whom_another_lead_of_the_study_let_in(
    cast, study, amina, browser_of
):
    fill_in(amina, at("studies:invite", study), **NEW)
    nadia = Member.objects.get(name="Nadia")
    appoint(study=study, member=cast.dana, role=Role.LEAD, by=cast.amina)

    assert token_in(fill_in(browser_of(cast.dana), at("studies:link", study, ref=nadia.ref)))


def test_no_lead_enters_another_study_by_a_link_in_somebody_s_name(cast, study, amina):
    theirs = begin_study(slug="elsewhere", by=cast.eve)
    appoint(study=theirs, member=cast.boris, role=Role.VIEWER, by=cast.eve)
    before = acts()
    answer = fill_in(amina, at("studies:link", study, ref=cast.boris.ref))

    assert answer.status_code == 403
    assert "also works where you do not lead" in words(answer)
    assert "member.link-drawn" not in acts()[len(before) :]


def test_nobody_draws_a_link_for_whoever_made_the_archive(cast, study, browser_of):
    appoint(study=study, member=cast.boris, role=Role.LEAD, by=cast.amina)
    answer = fill_in(browser_of(cast.boris), at("studies:link", study, ref=cast.amina.ref))

    assert answer.status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_somebody_who_is_no_member_of_the_study_is_not_there(cast, study, amina, page):
    assert amina.get(at(f"studies:{page}", study, ref=cast.eve.ref)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_only_a_lead_comes_to_these_pages(cast, study, browser_of, page):
    place = at(f"studies:{page}", study, ref=cast.chidi.ref)

    assert browser_of(cast.boris).get(place).status_code == 403


def test_a_role_taken_away_while_the_page_was_open_is_said_and_nothing_typed_is_lost(
    cast, study, browser_of
):
    appoint(study=study, member=cast.boris, role=Role.LEAD, by=cast.amina)
    boris = browser_of(cast.boris)
    place = at("studies:invite", study)
    boris.get(place)
    fill_in(browser_of(cast.amina), at("studies:dismiss", study, ref=cast.boris.ref), role="lead")
    answer = boris.post(place, NEW)

    assert answer.status_code == 403
    assert "You may not appoint members" in words(answer)
    assert "Nadia" in words(answer)


BAD_NAMES = {
    "empty": "",
    "spaces": "   ",
    "too long": "x" * 10_000,
    "turned round": "Na\u202edia",
    "nothing": "Na\x00dia",
    "an escape": "Na\x1b[31mdia",
    "taken, but for capitals": "boris",
}


@pytest.mark.parametrize("name", BAD_NAMES.values(), ids=BAD_NAMES)
def test_an_unfit_name_is_refused_in_a_sentence_and_leaves_no_trace(cast, study, amina, name):
    before = rows_everywhere()
    answer = fill_in(amina, at("studies:invite", study), **{**NEW, "name": name})

    assert answer.status_code == 422
    assert "This could not be done yet" in words(answer)
    assert rows_everywhere() == before


def test_a_name_in_another_script_is_welcome(cast, study, amina):
    add_member(name="Zoë", by=cast.amina)
    fill_in(amina, at("studies:invite", study), **{**NEW, "name": "نادية"})

    assert Member.objects.filter(name="نادية").exists()
