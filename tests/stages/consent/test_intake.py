"""An intake: one question a page in the narrator's language, and nothing before its end."""

import re
from datetime import date

import pytest
from django.urls import reverse

from exeunt.stages.consent.actions.events import suspend_consent
from exeunt.stages.consent.formats.words import ENDS, LEFT_TO_RIGHT, words_in
from exeunt.stages.consent.models import Event, Intake
from exeunt.stages.consent.queries.facts import facts_of
from exeunt.stages.consent.rules.intake import (
    BY_NAME,
    LANGUAGES,
    QUESTIONS,
    Kind,
    answer_to,
    asked_with,
    fault_of,
    given_by,
)
from exeunt.stages.consent.states import Age, Channel, Display, Outcome, State, Use, What
from tests.making.consent import ANSWERS

TODAY = date(2026, 3, 2)


def leaves(words, at=""):
    """Every word of a language under its path."""
    if isinstance(words, dict):
        for name, inner in words.items():
            yield from leaves(inner, f"{at}/{name}")
    elif isinstance(words, list):
        for number, inner in enumerate(words):
            yield from leaves(inner, f"{at}/{number}")
    else:
        yield at, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_and_nothing_in_another(language):
    english, spoken = dict(leaves(words_in("en").said)), dict(leaves(words_in(language).said))

    assert spoken.keys() == english.keys()
    assert all(isinstance(said, str) and said.strip() for said in spoken.values())
    if language != "en":
        same = {path for path, said in spoken.items() if said == english[path]}
        assert same <= {"/direction"}
    for path, said in spoken.items():
        places = ("{number}", "{of}", "{day}", "{ref}")
        assert [p in said for p in places] == [p in english[path] for p in places]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.name)
def test_every_question_and_answer_has_words(language, question):
    words = words_in(language)
    assert words.of(question.name)["title"]
    assert list(words.answers_to(question.name, question.offers)) == [
        str(o) for o in question.offers
    ]


DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def test_no_day_turns_round_within_arabic():
    words = words_in("ar")
    said = [
        *(said for _, said in leaves(words.said)),
        words.fault("retention", day="2031-12-31"),
        words.slip(ref="0af83d", day="2026-12-01"),
    ]
    days = [(one, found) for one in said for found in DAY.finditer(one)]

    assert len(days) == 3
    for one, found in days:
        assert (one[found.start() - 1], one[found.end()]) == (LEFT_TO_RIGHT, ENDS)


def test_there_is_no_other_language():
    with pytest.raises(KeyError):
        words_in("xx")


def test_what_was_answered_becomes_what_was_agreed_to():
    told = given_by(ANSWERS, language="ar", today=TODAY)
    scope = told.scope

    assert (told.language, told.understood, told.witnessed, told.age) == (
        "ar",
        True,
        True,
        Age.ADULT,
    )
    assert not told.freely.under_legal_process
    assert (scope.display, scope.outcome) == (Display.PSEUDONYM, Outcome.KEEP_INTERNAL)
    assert (scope.show_me_first, scope.stop_if_risk_is_high) == (True, False)
    said = {(cell.what, cell.use, cell.channel) for cell in scope.cells}
    assert said == {
        (What.TEXT, Use.STORE, Channel.INSIDE),
        (What.TEXT, Use.CODE, Channel.INSIDE),
        (What.CODED_DATA, Use.STORE, Channel.INSIDE),
        (What.CODED_DATA, Use.CODE, Channel.INSIDE),
        (What.QUOTATION, Use.STORE, Channel.INSIDE),
        (What.QUOTATION, Use.QUOTE_INTERNALLY, Channel.INSIDE),
        (What.QUOTATION, Use.PUBLISH, Channel.REPORT),
        (What.QUOTATION, Use.PUBLISH, Channel.SITE),
        (What.DEMOGRAPHICS, Use.STORE, Channel.INSIDE),
        (What.DEMOGRAPHICS, Use.PUBLISH, Channel.REPORT),
    }
    assert {cell.until for cell in scope.cells} == {date(2027, 3, 1)}


def test_promotion_and_training_are_of_what_may_leave():
    more = {**ANSWERS, "more": ["promotion", "training"], "whole_text": ["partner"]}
    said = {
        (c.what, c.use, c.channel) for c in given_by(more, language="en", today=TODAY).scope.cells
    }

    assert {what for what, use, _ in said if use is Use.PROMOTE} == {
        What.QUOTATION,
        What.DEMOGRAPHICS,
    }
    assert (What.TEXT, Use.TRAIN, Channel.PARTNER) in said
    assert (What.TEXT, Use.SHARE, Channel.PARTNER) in said


def test_a_question_that_does_not_apply_is_not_asked():
    names = {one.name for one in asked_with(ANSWERS)}
    assert not names & {"proxy", "proof", "seal_until"}
    with_proxy = asked_with({**ANSWERS, "proxy_there": ["yes"], "outcome": ["seal until"]})
    assert {"proxy", "proof", "seal_until"} <= {one.name for one in with_proxy}
    assert {one.name for one in asked_with({"inside": ["no"]})} & {"quotation", "until"} == set()


@pytest.mark.parametrize(
    ("name", "sent", "fault"),
    [
        ("custody", [], "empty"),
        ("custody", ["perhaps"], "unknown"),
        ("quotation", ["report", "the moon"], "unknown"),
        ("until", ["31 March"], "no_day"),
        ("until", ["2027-02-30"], "no_day"),
        ("countries", ["Germany"], "no_country"),
        ("proof", ["x" * 201], "long"),
        ("proof", ["a\x00b"], "long"),
    ],
)
def test_an_answer_that_is_none_is_named(name, sent, fault):
    with pytest.raises(ValueError, match=f"^{fault}$"):
        answer_to(BY_NAME[name], sent)


@pytest.mark.parametrize(
    ("name", "more", "fault"),
    [
        ("interpreter", {"interpreter": ["a party"]}, "party"),
        ("proxy_there", {"age": ["minor now"]}, "alone"),
        ("whole_text", {"whole_text": ["site"], "quotation": []}, "no_quotation"),
        ("countries", {"countries": ["DE FR"]}, "borderless"),
        ("until", {"until": ["2026-03-01"]}, "past"),
        ("until", {"until": ["2031-12-31"]}, "retention"),
        ("display", {"face": ["report"], "display": ["none"]}, "face"),
        ("not_before", {"not_before": ["2028-01-01"]}, "after_the_end"),
        ("outcome", {"outcome": ["erase"], "more": ["training"]}, "learned"),
        ("seal_until", {"outcome": ["seal until"], "seal_until": ["2026-03-02"]}, "past"),
        ("custody", {}, None),
        ("until", {}, None),
    ],
)
def test_an_answer_that_clashes_with_another_is_named(name, more, fault):
    answers = {**ANSWERS, **more}
    known = {"today": TODAY, "retention": date(2030, 1, 1)}
    assert fault_of(BY_NAME[name], answers, **known) == fault
    for language in LANGUAGES:
        assert fault is None or words_in(language).fault(fault, day=known["retention"])


# --- at a browser ---------------------------------------------------------------------------------


@pytest.fixture
def asked(browser_of, cast, study, narrator):
    """Boris at a browser, sitting beside the narrator: he sends an answer, or looks at a page."""
    client = browser_of(cast.boris)

    def ask(name, sent=None, language="ar"):
        where = {"study_ref": study.ref, "ref": narrator.ref}
        if name == "begin":
            return client.post(reverse("consent:intake", kwargs=where), {"language": language})
        if name in ("check", "halt"):
            place = reverse(f"consent:{name}", kwargs=where)
        else:
            place = reverse("consent:question", kwargs={**where, "name": name})
        return client.get(place) if sent is None else client.post(place, {"answer": sent})

    return ask


def answer_all(asked, **others):
    """Answer every question that is asked, in order, by where each answer leads."""
    answers = {**ANSWERS, **others}
    name = "limits"
    while name != "check":
        answer = asked(name, answers[name])
        assert answer.status_code == 302, answer.content.decode()
        name = answer.url.rstrip("/").rpartition("/")[2]


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl")])
def test_every_page_is_in_the_narrators_language(asked, language, direction):
    asked("begin", language=language)
    spoken = words_in(language)
    for question in QUESTIONS:
        said = asked(question.name).content.decode()
        assert f'<html lang="{language}" dir="{direction}"' in said
        assert spoken.of(question.name)["title"].replace("'", "&#x27;") in said
        assert spoken.said["page"]["stop"] in said


def test_nothing_is_written_down_before_the_end(asked, narrator):
    asked("begin")
    answer_all(asked)
    assert not Event.objects.exists()
    shown = asked("check").content.decode()
    assert words_in("ar").said["check"]["agree"] in shown
    over = asked("check", [])

    assert over.url.endswith("/over/given/?in=ar")
    assert facts_of(narrator).state is State.GIVEN
    assert facts_of(narrator).given == given_by(ANSWERS, language="ar", today=TODAY)
    assert not Intake.objects.exists()


def test_a_wrong_answer_to_the_teach_back_leads_back_to_what_was_read(asked):
    asked("begin")
    asked("limits", [])
    answer = asked("taught_copies", ["all"])
    assert answer.url.endswith("/limits/?again")


def test_a_no_is_written_down_as_a_no_and_asks_nothing_more(asked, narrator):
    asked("begin", language="fr")
    answer_all(asked, inside=["no"])
    assert words_in("fr").said["refusing"]["title"] in asked("check").content.decode()
    asked("check", [])

    assert facts_of(narrator).state is State.REFUSED


def test_whoever_stops_leaves_nothing(asked, narrator):
    asked("begin")
    asked("limits", [])
    answer = asked("halt", [])

    assert answer.url.endswith("/over/stopped/?in=ar")
    assert not Event.objects.exists()
    assert not Intake.objects.exists()
    assert asked("limits").status_code == 404


def test_what_is_wrong_is_said_at_the_question_and_what_was_sent_stays(asked):
    asked("begin", language="en")
    answer = asked("until", ["soon"])
    said = answer.content.decode()

    assert answer.status_code == 422
    assert words_in("en").fault("no_day") in said
    assert 'value="soon"' in said


def test_the_check_asks_first_for_what_is_missing(asked):
    asked("begin")
    assert asked("check").url.endswith("/limits/")


def test_an_interpreter_with_a_stake_ends_it_there(asked):
    asked("begin", language="en")
    answer = asked("interpreter", ["a party"])
    assert answer.status_code == 422
    assert words_in("en").fault("party") in answer.content.decode()


def test_somebody_who_recorded_meanwhile_is_not_overwritten(asked, narrator, cast):
    asked("begin")
    answer_all(asked)
    suspend_consent(narrator=narrator, by=cast.vera)
    answer = asked("check", [])

    assert answer.status_code == 409
    assert facts_of(narrator).state is State.SUSPENDED


def test_only_the_two_at_the_table_see_an_intake(asked, browser_of, cast, study, narrator):
    asked("begin")
    where = {"study_ref": study.ref, "ref": narrator.ref, "name": "limits"}
    place = reverse("consent:question", kwargs=where)
    assert browser_of(cast.amina).get(place).status_code == 404
    assert browser_of(cast.vera).get(place).status_code == 403
    assert browser_of(cast.eve).get(place).status_code == 404


def test_the_slip_says_nothing_of_what_it_is_about(browser_of, cast, study, narrator):
    where = {"study_ref": study.ref, "ref": narrator.ref}
    place = reverse("consent:slip", kwargs=where)
    said = browser_of(cast.boris).get(place).content.decode()
    # A browser prints the title and the address in the margins.
    title = said.partition("<title>")[2].partition("</title>")[0]
    printed = f"{said.partition('<body')[2]} {title} {place.replace(narrator.ref, '')}".lower()
    for word in ("consent", "exeunt", study.title, narrator.label, narrator.ref, "testimony"):
        assert word.lower() not in printed
    assert "extrem" not in printed


def test_every_kind_of_question_is_there():
    assert {one.kind for one in QUESTIONS} == set(Kind)
