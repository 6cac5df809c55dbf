"""Hard passages and limits as pages show them: folded, soberly said, never in the way of work."""

from datetime import timedelta

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse

from exeunt.stages.coding.actions.codebooks import keep_codebook
from exeunt.stages.testimonies.actions.care import agree_care, choose_care, count_beat
from exeunt.stages.testimonies.actions.passages import mark_hard
from exeunt.stages.testimonies.models import Account, CareChoice, CareTerms, Passage, ReadingDay
from exeunt.stages.testimonies.rules.care import Terms
from exeunt.stages.testimonies.states import Hardness
from tests.making.codebooks import BINARY
from tests.making.pages import fields_of
from tests.making.testimonies import an_account

HARD = "They beat a man until he did not move any more."
TEXT = f"I came in spring.\n\n{HARD}\n\nI left in autumn."
WARNING = "About 11 words on violence. Open when you are ready."


@pytest.fixture
def account(cast, study, captures) -> Account:
    return an_account(study, cast, account_id="A1", text=TEXT, language="en")


@pytest.fixture
def marked(cast, account) -> Account:
    mark_hard(account=account, number=1, paragraphs=[2], kind=Hardness.VIOLENCE, by=cast.boris)
    return account


@pytest.fixture
def boris(cast, browser_of) -> Client:
    return browser_of(cast.boris)


@pytest.fixture
def at_the_limit(cast, study, clock) -> None:
    """Boris has read for 15 minutes, and that is the limit."""
    agree_care(
        study=study,
        terms=Terms(10, 15),
        support_contact="Noor, an invented counsellor",
        revision=0,
        by=cast.amina,
    )
    count_beat(study, by=cast.boris)
    for _ in range(15):
        clock.shift(timedelta(minutes=1))
        count_beat(study, by=cast.boris)


def place(name: str, study, **where: str) -> str:
    return reverse(f"testimonies:{name}", kwargs={"study_ref": study.ref, **where})


def where_text_is_shown(study, account, cast) -> list[str]:
    """The account's page and Boris's sheet on it."""
    version = keep_codebook(study=study, codebook=BINARY, by=cast.amina)
    named = {"study_ref": study.ref, "codebook": version.name, "ref": account.ref}
    return [place("account", study, ref=account.ref), reverse("coding:sheet", kwargs=named)]


def folds(answer) -> list[lxml.html.HtmlElement]:
    """The hard passages of a page."""
    return lxml.html.document_fromstring(answer.content).xpath("//details[@class='hard']")


def test_a_hard_passage_is_folded_wherever_the_text_is_read(boris, cast, study, marked):
    answers = [boris.get(at) for at in where_text_is_shown(study, marked, cast)]
    found = [fold for answer in answers for fold in folds(answer)]

    assert [fold.find("summary").text for fold in found] == [WARNING, WARNING]
    assert [fold.text_content().count(HARD) for fold in found] == [1, 1]
    assert [fold.get("open") for fold in found] == [None, None]
    for answer in answers:
        assert "1 hard passage; it is folded." in answer.content.decode()
        assert answer.content.decode().count(HARD) == 1


def test_who_chose_so_has_it_open(boris, cast, study, marked):
    choose_care(opens=True, day_limit=None, by=cast.boris)
    answer = boris.get(place("account", study, ref=marked.ref))

    assert [fold.get("open") for fold in folds(answer)] == [""]
    assert "1 hard passage; it is open, as you chose." in answer.content.decode()


def test_the_list_of_accounts_shows_nothing_of_it_even_when_it_is_searched(boris, study, marked):
    answer = boris.get(place("accounts", study), {"q": "beat"})

    assert marked.label in answer.content.decode()
    assert HARD not in answer.content.decode()


def test_who_edits_opens_the_text_when_they_are_ready(boris, study, marked):
    answer = boris.get(place("edit", study, ref=marked.ref))

    assert [HARD in fold.text_content() for fold in folds(answer)] == [True]
    assert fields_of(answer)["text"] == TEXT.replace("\n", "\r\n")


def test_a_paragraph_is_marked_and_the_mark_taken_away(boris, study, account):
    at = place("hard", study, ref=account.ref)
    typed = {**fields_of(boris.get(at)), "paragraphs": ["2"], "kind": "violence"}
    answer = boris.post(at, typed, follow=True)
    (passage,) = Passage.objects.all()

    assert "The marks were saved." in answer.content.decode()
    assert [HARD in fold.text_content() for fold in folds(answer)] == [True]

    boris.post(at, {**fields_of(boris.get(at)), "taken": [passage.ref]})
    assert not Passage.objects.exists()


@pytest.mark.parametrize(
    ("typed", "says", "ticked"),
    [
        ({}, "Choose at least one paragraph", []),
        ({"paragraphs": ["2"]}, "Say what makes these paragraphs hard to read.", ["2"]),
        (
            {"paragraphs": ["1", "2"], "kind": "torture", "number": "7"},
            "The text was changed while",
            ["1", "2"],
        ),
        ({"paragraphs": ["2", "99"], "kind": "violence"}, "99", ["2"]),
    ],
)
def test_marks_that_make_no_sense_are_refused_and_nothing_chosen_is_lost(
    boris, study, account, typed, says, ticked
):
    at = place("hard", study, ref=account.ref)
    answer = boris.post(at, {**fields_of(boris.get(at)), **typed})

    assert (answer.status_code, Passage.objects.count()) == (422, 0)
    page = lxml.html.document_fromstring(answer.content)

    assert says in answer.content.decode()
    assert page.xpath("//input[@name='paragraphs'][@checked]/@value") == ticked


def test_a_custodian_marks_without_a_link_to_what_she_may_not_read(browser_of, cast, study, marked):
    answer = browser_of(cast.dana).get(place("hard", study, ref=marked.ref))

    assert answer.status_code == 200
    assert place("account", study, ref=marked.ref) not in answer.content.decode().replace(
        place("hard", study, ref=marked.ref), ""
    )


def test_a_lost_passage_is_listed_and_the_whole_text_folded(boris, cast, study, marked):
    at = place("edit", study, ref=marked.ref)
    boris.post(at, {**fields_of(boris.get(at)), "text": "Something else entirely."})
    page = boris.get(place("account", study, ref=marked.ref))
    to_mark = boris.get(place("hard", study, ref=marked.ref))

    assert "1 hard passage was not found again" in page.content.decode()
    assert ["Something else" in fold.text_content() for fold in folds(page)][:1] == [True]
    assert "Not found again" in to_mark.content.decode()
    assert HARD in to_mark.content.decode()


def test_at_the_limit_text_is_folded_away_and_says_why(boris, cast, study, marked, at_the_limit):
    for at in where_text_is_shown(study, marked, cast):
        said = boris.get(at).content.decode()

        assert HARD not in said
        assert "I came in spring" not in said
        assert "You have read for 15 minutes today. The limit is 15." in said
        assert "Noor, an invented counsellor" in said
        assert "Go on for 15 minutes" in said


def test_work_that_is_open_is_saved_at_the_limit(boris, cast, study, marked, at_the_limit):
    _, at = where_text_is_shown(study, marked, cast)
    page = lxml.html.document_fromstring(boris.get(at).content)
    (revision,) = page.xpath("//form[@id='sheet']//input[@name='revision']/@value")
    answer = boris.post(at, {"revision": revision, "memo": "Typed before.", "do": "save"})

    assert answer.status_code == 302


def test_one_goes_on_with_a_press_and_comes_back(boris, study, marked, at_the_limit):
    at = place("account", study, ref=marked.ref)
    answer = boris.post(place("further", study), {"next": at}, follow=True)

    assert answer.redirect_chain == [(at, 302)]
    assert "I came in spring" in answer.content.decode()


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "javascript:1", "", "x"])
def test_going_on_leads_nowhere_else(boris, study, back):
    answer = boris.post(place("further", study), {"next": back})

    assert answer.headers["Location"] == place("care", study)


def test_a_beat_counts_and_says_when_a_pause_is_due(boris, study, clock):
    at = place("beat", study)
    for _ in range(50):
        assert boris.post(at).json() == {"says": ""}
        clock.shift(timedelta(minutes=1))

    assert boris.post(at).json()["says"].startswith("You have read for 50 minutes in a row.")
    assert boris.post(f"{at}?away").status_code == 200
    assert ReadingDay.objects.get().longest == 0


def test_a_beat_keeps_nobody_signed_in(boris, study, clock):
    for _ in range(31):
        clock.shift(timedelta(minutes=1))
        answer = boris.post(place("beat", study), headers={"HX-Request": "true"})

    assert answer.status_code == 204
    assert ReadingDay.objects.get().seconds < 31 * 60


def test_at_the_limit_an_open_page_is_told_and_stays(boris, study, at_the_limit):
    says = boris.post(place("beat", study)).json()["says"]

    assert says.startswith("You have read for 15 minutes today")


def test_a_page_with_text_carries_the_bar_and_one_without_does_not(boris, cast, study, account):
    bare = an_account(study, cast, account_id="A2")
    with_text = boris.get(place("account", study, ref=account.ref)).content.decode()
    without = boris.get(place("account", study, ref=bare.ref)).content.decode()

    assert "exeunt/care.js" in with_text
    assert place("beat", study) in with_text
    assert "exeunt/care.js" not in without


@pytest.mark.parametrize("name", ["amina", "boris", "dana", "lina", "edda", "vera"])
def test_everybody_in_a_study_finds_whom_to_talk_to(browser_of, cast, study, at_the_limit, name):
    said = browser_of(getattr(cast, name)).get(place("care", study)).content.decode()

    assert "Noor, an invented counsellor" in said


def test_a_lead_sees_nobodys_minutes(browser_of, cast, study, at_the_limit):
    said = browser_of(cast.amina).get(place("care", study)).content.decode()

    assert "0 minutes" in said
    assert "Boris" not in said.partition("<main")[2]


def test_one_chooses_for_oneself(boris, study):
    at = place("care", study)
    answer = boris.post(at, {**fields_of(boris.get(at)), "hard": "open", "day_limit": "60"})
    chosen = CareChoice.objects.get()

    assert answer.status_code == 302
    assert (chosen.opens, chosen.day_limit) == (True, 60)
    assert fields_of(boris.get(at)) == {"hard": "open", "day_limit": "60"}


@pytest.mark.parametrize("limit", ["5", "500", "999999999", "-1", "many"])
def test_a_limit_that_is_none_is_refused(boris, study, limit):
    answer = boris.post(place("care", study), {"hard": "folded", "day_limit": limit})

    assert (answer.status_code, CareChoice.objects.count()) == (422, 0)


def test_a_lead_agrees_the_limits(browser_of, cast, study):
    amina, at = browser_of(cast.amina), place("care-terms", study)
    typed = {"pause_after": "30", "day_limit": "120", "support_contact": "نور"}
    answer = amina.post(at, {**fields_of(amina.get(at)), **typed}, follow=True)

    assert "نور" in answer.content.decode()
    assert CareTerms.objects.get().as_terms() == Terms(30, 120)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"pause_after": "5"}, "A pause is suggested after 10 to 120 minutes."),
        ({"day_limit": "9"}, "between 15 and 480 minutes."),
        ({"support_contact": "a\u202eb"}, "support contact"),
    ],
)
def test_senseless_limits_are_refused(browser_of, cast, study, typed, says):
    amina, at = browser_of(cast.amina), place("care-terms", study)
    answer = amina.post(at, {**fields_of(amina.get(at)), **typed})

    assert (answer.status_code, CareTerms.objects.count()) == (422, 0)
    assert says in answer.content.decode()
