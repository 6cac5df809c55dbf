"""A kept search is counted as any finding: with its numbers, and kept at a lasting address."""

import pytest
from django.urls import reverse

from exeunt.errors import NotThere, NotYet, NotYours
from exeunt.ledger.models import Entry
from exeunt.ledger.references import new_reference
from exeunt.stages.coding.actions.searches import keep_search
from exeunt.stages.coding.queries.finding.counted import count_search
from exeunt.stages.coding.rules.seeking import seeking_in
from exeunt.stages.findings.actions.searches import count_and_keep
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.models import Answer, Finding
from exeunt.stages.findings.queries.answers import latest_answer
from tests.making.marking import Reading, a_reading
from tests.making.reading import words
from tests.making.spans import a_disputed_text
from tests.making.studies import a_study
from tests.making.testimonies import an_account
from tests.making.web import browser_of

__all__ = ["browser_of"]

ONE = "They took the money.\n\nThe money was gone."
TWO = "They took the bread."


@pytest.fixture
def reading(cast, study, captures) -> Reading:
    """Three accounts with a text, by two narrators, and one without.

    Boris has read two of them: in one the money is L2, in the other nothing is.
    """
    reading = a_reading(study, cast, text=ONE)
    an_account(study, cast, narrator="N", text=TWO, published="2015")
    other = an_account(study, cast, narrator="N", text=f"{TWO} No money.", published="2014-05")
    an_account(study, cast, text="")
    reading.mark("the money", "L2", by=cast.boris)
    reading.complete(by=cast.boris)
    reading._replace(account=other).complete(by=cast.boris)
    return reading


def kept(reading: Reading, by, **asked: str) -> str:
    return keep_search(
        study=reading.study,
        title="Money",
        seeking=seeking_in(asked),
        ref=new_reference(),
        by=by,
    ).ref


@pytest.mark.parametrize(
    ("asked", "accounts", "narrators", "places"),
    [
        # Three accounts hold a text; two say money, in three passages.
        ({"q": "money"}, (2, 3), (2, 2), 3),
        ({"q": "bread"}, (2, 3), (1, 2), 2),
        ({"q": "nowhere"}, (0, 3), (0, 2), 0),
        ({"q": "took", "period": "none"}, (0, 0), (0, 0), 0),
        # Boris has read two accounts.
        ({"code": "L2"}, (1, 2), (1, 2), 1),
        ({"q": "money", "code": "L2"}, (1, 2), (1, 2), 1),
        ({"q": "money", "without": "L2"}, (2, 2), (2, 2), 2),
        ({"q": "money", "without": "L2", "of": "account"}, (1, 2), (1, 2), 1),
        ({"q": "took", "beside": "L2", "most": "0"}, (1, 2), (1, 2), 1),
        ({"code": "L1"}, (0, 2), (0, 2), 0),
        # Nothing has been read by two.
        ({"code": "L2", "whose": "settled"}, (0, 0), (0, 0), 0),
    ],
)
def test_accounts_narrators_and_places_are_counted(
    reading, cast, asked, accounts, narrators, places
):
    found = count_search(reading.study, kept(reading, cast.amina, **asked), by=cast.amina)

    assert found.accounts[:2] == accounts
    assert found.narrators[:2] == narrators
    assert found.places == places


def test_an_account_that_says_it_twice_is_one_account_and_two_coders_are_one_excerpt(
    cast, study, captures
):
    disputed = a_disputed_text(study, cast)
    asked = {"code": "L2", "codebook": disputed.version.name}

    for whose in ("all", "settled"):
        ref = kept(disputed.reading, cast.amina, **asked, whose=whose)
        found = count_search(study, ref, by=cast.amina)
        assert (found.accounts[:2], found.places, found.of) == ((1, 1), 1, "excerpts")


def test_what_was_counted_is_kept_with_all_that_it_takes_to_count_it_again(reading, cast):
    ref = kept(reading, cast.boris, q="money")
    answer = count_and_keep(study=reading.study, ref=ref, by=cast.amina)
    finding = Finding.objects.get(answer=answer)

    assert answer.is_search
    # 2 of 3 by Wilson: from .208 to .939.
    (page,) = answer.document["pages"]
    assert page["lead"] == (
        "Of 3 accounts with a text, 2 hold what was sought: 67\u00a0% (illustrative 95\u00a0% "
        "interval 21–94\u00a0%). It stands in 3 passages."
    )
    assert finding.table["rows"][0] == ["Accounts", "2/3", "67\u00a0%", "21–94\u00a0%"]
    assert finding.table["rows"][2] == ["Passages", "3", "", ""]
    assert finding.query == "study=leaving; sought: words money"
    assert finding.window == "3 accounts, published 2014 to 2015, 1 undated"
    assert finding.provenance().codebook == reading.version.name
    assert "Of 3 accounts" not in str(list(Entry.objects.values("facts")))
    assert "money" not in str(list(Entry.objects.values("facts")))


def test_counted_again_it_is_the_same_answer_until_something_changes(reading, cast):
    ref = kept(reading, cast.boris, q="money")

    def count():
        return count_and_keep(study=reading.study, ref=ref, by=cast.amina)

    first = count()
    assert count().pk == first.pk
    an_account(reading.study, cast, text="More money.")
    later = count()
    assert later.pk != first.pk
    assert later.edition > first.edition
    assert Answer.objects.count() == 2
    # A question on codes has no answer by it.
    assert latest_answer(reading.study, reading.version, Question(), by=cast.amina) is None


@pytest.mark.parametrize("asked", [{"code": "L2", "whose": "mine"}, {"code": "L2", "coder": "x"}])
def test_what_one_reader_did_is_no_finding(reading, cast, asked):
    ref = kept(reading, cast.boris, **asked)

    with pytest.raises(NotYet, match="not what one of them did"):
        count_search(reading.study, ref, by=cast.amina)


def test_a_coder_who_has_still_to_read_counts_nothing_by_codes_and_is_shown_nothing(
    reading, cast, browser_of
):
    ref = kept(reading, cast.boris, code="L2")
    answer = count_and_keep(study=reading.study, ref=ref, by=cast.boris)

    with pytest.raises(NotYet, match="still have 2 to read"):
        count_search(reading.study, ref, by=cast.chidi)
    at = {"study_ref": reading.study.ref}
    browser = browser_of(cast.chidi)
    assert (
        browser.get(reverse("findings:answer", kwargs={**at, "ref": answer.ref})).status_code == 409
    )
    listed = words(browser.get(reverse("findings:searches", kwargs=at)))
    assert "No search has been counted yet." in listed
    assert "Money" in words(browser_of(cast.vera).get(reverse("findings:searches", kwargs=at)))


def test_a_search_is_counted_from_the_page_and_shown_at_its_lasting_address(
    reading, cast, browser_of
):
    browser = browser_of(cast.amina)
    ref = kept(reading, cast.boris, q='"the money"', code="L2")
    at = {"study_ref": reading.study.ref}
    answer = browser.post(reverse("findings:count-search", kwargs={**at, "ref": ref}), follow=True)

    assert answer.status_code == 200
    assert "Of 2 accounts that 1 or more have read with excerpts@1, 1 hold" in words(answer)
    assert "How far readers agree on each" in words(answer)
    again = answer.content.decode()
    assert "?q=%22the+money%22&amp;codebook=excerpts%401&amp;code=L2" in again
    figure = answer.redirect_chain[-1][0] + "figures/search/csv/"
    assert browser.get(figure).status_code == 200


def test_a_search_of_another_study_or_nobodys_is_not_there(reading, cast):
    ref = kept(reading, cast.boris, q="money")

    with pytest.raises(NotThere):
        count_search(a_study(cast, "other"), ref, by=cast.amina)
    with pytest.raises(NotYours):
        count_search(reading.study, ref, by=cast.vera)
