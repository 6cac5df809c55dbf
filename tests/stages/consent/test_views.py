"""Consent at a browser: what stands, what ends, and what people change of it."""

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse

from exeunt.stages.consent.queries.facts import facts_of
from exeunt.stages.consent.rules.scope import Scope
from exeunt.stages.consent.states import Outcome, State, Told
from tests.making.consent import FREE, TODAY, UNTIL, consent_of, inside, quoted
from tests.making.pages import fields_of
from tests.making.testimonies import an_account

DAY = timedelta(days=1)
FORM = "//main//form[starts-with(@class, 'form')]"


@pytest.fixture
def at(study, narrator):
    """The address of a page of the narrator's consent, or of the study's."""

    def address(name, **where):
        here = {} if name in ("narrators", "calendar", "stop") else {"ref": narrator.ref}
        return reverse(f"consent:{name}", kwargs={"study_ref": study.ref, **here, **where})

    return address


def shown(client, place):
    """What a page says."""
    answer = client.get(place)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client, place, **words):
    """Fill in a form as it is shown, and send it."""
    return client.post(place, {**fields_of(client.get(place), form_at=FORM), **words})


def test_before_anything_was_asked_the_page_says_what_to_do(browser_of, cast, at):
    said = shown(browser_of(cast.boris), at("narrator"))
    assert "This narrator is invented." in said
    assert "Sit down with the narrator" in said


def test_what_stands_is_said_cell_by_cell(browser_of, cast, at, narrator):
    consent_of(narrator, cast, Scope(inside() | quoted(), show_me_first=True))
    said = shown(browser_of(cast.edda), at("narrator"))

    assert "Consent is given." in said
    assert "quotation: publish, report, everywhere, until 2027-03-01" in said
    assert "the narrator sees it first" in said


def test_the_list_is_narrowed_by_label_and_by_what_consent_is(
    browser_of, cast, at, narrator, study
):
    other = an_account(study, cast, narrator="M-7").narrator
    consent_of(other, cast)
    boris = browser_of(cast.boris)

    assert {"N-1", "M-7"} <= set(words_in_cells(shown(boris, at("narrators"))))
    assert words_in_cells(shown(boris, at("narrators") + "?state=given")) == ["M-7"]
    assert words_in_cells(shown(boris, at("narrators") + "?q=n-")) == ["N-1"]
    assert words_in_cells(shown(boris, at("narrators") + "?state=not+asked+for")) == ["N-1"]
    assert "Nobody is like that." in shown(boris, at("narrators") + "?q=nobody")


def words_in_cells(page):
    """The narrators that a list shows."""
    rows = page.partition("<tbody>")[2].partition("</tbody>")[0].split("</a>")[:-1]
    return [row.rpartition("<bdi>")[2].partition("</bdi>")[0] for row in rows]


@pytest.mark.parametrize("count", [3, 30])
def test_a_list_takes_as_many_statements_for_few_as_for_many(
    count, browser_of, cast, at, study, captures, django_assert_max_num_queries
):
    for number in range(count):
        consent_of(an_account(study, cast, narrator=f"Q-{number}").narrator, cast)
    boris = browser_of(cast.boris)
    shown(boris, at("narrators"))
    with django_assert_max_num_queries(9):
        shown(boris, at("narrators"))


def test_the_calendar_says_what_ends_and_when(browser_of, cast, at, narrator):
    boris = browser_of(cast.boris)
    assert "Nothing ends within a year." in shown(boris, at("calendar"))
    consent_of(narrator, cast, Scope(inside() | quoted(until=TODAY + DAY)))
    said = shown(boris, at("calendar"))
    assert said.index("a part ends") < said.index("everything ends")


def test_the_days_go_into_a_calendar_that_tells_a_stranger_nothing(
    browser_of, cast, study, at, narrator
):
    consent_of(narrator, cast, Scope(inside() | quoted(until=TODAY + 30 * DAY)))
    answer = browser_of(cast.edda).get(
        reverse("consent:calendar-file", kwargs={"study_ref": study.ref})
    )
    lines = answer.content.decode().split("\r\n")

    assert answer["Content-Disposition"] == 'attachment; filename="dates.ics"'
    assert [line for line in lines if line.startswith("DTSTART")] == [
        "DTSTART;VALUE=DATE:20260401",
        "DTSTART;VALUE=DATE:20270301",
    ]
    assert lines.count(f"SUMMARY:{narrator.ref}") == 2
    assert max(len(line.encode()) for line in lines) <= 75
    said = answer.content.decode().casefold()
    telling = (
        "consent",
        "exeunt",
        narrator.label.casefold(),
        study.title.casefold(),
        study.slug,
        study.ref,
    )
    assert [word for word in telling if word in said] == []


def test_anybody_stops_everything_by_a_label(browser_of, cast, at, narrator):
    vera = browser_of(cast.vera)
    wrong = send(vera, at("stop"), label="nobody")
    assert (wrong.status_code, "Nobody in this study has that label" in wrong.content.decode()) == (
        422,
        True,
    )
    assert send(vera, at("stop"), label="N-1").status_code == 302
    assert facts_of(narrator).state is State.SUSPENDED


def test_whoever_may_only_stop_is_not_led_to_what_they_may_not_see(browser_of, cast, at, narrator):
    answer = send(browser_of(cast.vera), at("suspend"))
    assert answer.url == reverse("overview", kwargs={"study_ref": narrator.study.ref})


def test_a_withdrawal_begins_with_what_was_chosen_in_advance(browser_of, cast, at, narrator):
    consent_of(narrator, cast, Scope(inside(), outcome=Outcome.DEIDENTIFY))
    boris = browser_of(cast.boris)
    given = fields_of(boris.get(at("withdraw")), form_at=FORM)
    assert given["outcome"] == "de-identify and keep"
    wrong = send(boris, at("withdraw"), outcome="seal until")
    assert "A day belongs to" in wrong.content.decode()
    send(boris, at("withdraw"), outcome="seal until", seal_until="2040-01-01")

    assert facts_of(narrator).state is State.WITHDRAWN
    assert facts_of(narrator).outcome is Outcome.SEAL_UNTIL


def test_consent_is_renewed_until_a_later_day(browser_of, cast, at, narrator):
    assert browser_of(cast.boris).get(at("renew")).status_code in (409, 422)
    consent_of(narrator, cast)
    send(browser_of(cast.boris), at("renew"), until="2028-03-01", understood="on")
    assert facts_of(narrator).state is State.RENEWED
    assert facts_of(narrator).scope.until == date(2028, 3, 1)


def test_consent_is_narrowed_by_unticking(browser_of, cast, at, narrator):
    consent_of(narrator, cast, Scope(inside() | quoted()))
    boris = browser_of(cast.boris)
    cells = sorted(facts_of(narrator).scope.cells)
    kept = [str(place) for place, cell in enumerate(cells) if cell in inside()]
    send(boris, at("narrow"), kept=kept)
    assert facts_of(narrator).scope == Scope(inside())


def test_who_was_slower_sees_that_something_happened(browser_of, cast, at, narrator):
    consent_of(narrator, cast)
    boris = browser_of(cast.boris)
    filled = fields_of(boris.get(at("renew")), form_at=FORM)
    consent_of(narrator, cast)
    answer = boris.post(at("renew"), {**filled, "until": "2028-03-01", "understood": "on"})
    assert answer.status_code == 409
    assert "Something happened to this consent" in answer.content.decode()


def test_consent_under_legal_process_is_vouched_for_by_name(browser_of, cast, at, narrator):
    consent_of(narrator, cast, freely=FREE._replace(custody=Told.YES))
    lina = browser_of(cast.lina)
    assert "never published without a reviewer" in shown(lina, at("narrator"))
    send(lina, at("vouch"), reason="Spoke with counsel beside them, twice, freely.")
    said = shown(lina, at("narrator"))
    assert "Lina</bdi> vouches for it" in said
    assert "Spoke with counsel beside them, twice, freely." in said


def test_consent_that_never_was_one_is_called_invalid(browser_of, cast, at, narrator):
    consent_of(narrator, cast)
    send(browser_of(cast.boris), at("invalidate"))
    assert facts_of(narrator).state is State.INVALIDATED


def test_the_record_is_a_file_that_others_read(browser_of, cast, at, narrator):
    consent_of(narrator, cast, Scope(inside() | quoted()))
    boris = browser_of(cast.boris)
    answer = boris.get(at("export"))
    record = json.loads(answer.content)

    assert answer["Content-Type"] == "application/ld+json"
    assert narrator.ref in answer["Content-Disposition"]
    (event,) = record["dpv:hasConsentStatus"]
    assert event["@type"] == "dpv:ConsentGiven"
    assert event["dpv:hasDuration"]["rdf:value"]["@value"] == UNTIL.isoformat()
    assert len(event["dpv:hasProcess"]) == len(record["dpv:hasProcess"]) == 6
    assert narrator.label not in answer.content.decode()
    assert boris.get(at("export")).content == answer.content


def test_the_language_of_an_intake_is_chosen_first(browser_of, cast, at, narrator):
    boris = browser_of(cast.boris)
    assert "العربية" in shown(boris, at("intake"))
    assert send(boris, at("intake"), language="fr").url.endswith("/limits/")
