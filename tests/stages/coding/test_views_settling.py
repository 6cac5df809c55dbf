"""The pages on which differences are listed and settled."""

import pytest

from exeunt.stages.coding.models import Adjudication
from tests.making.coding import Desk, thing
from tests.making.counting import queries_for
from tests.making.reading import at, fill_in, hidden_in, words

NAME = "reasons@1"


@pytest.fixture
def compared(cast, desk) -> Desk:
    """Boris and Chidi differ on L1 of A0001, and on nothing else."""
    desk.complete("A0001", 1, 0, "", by=cast.boris)
    desk.complete("A0001", 1, 1, "", by=cast.chidi)
    return desk


def place(desk: Desk, page: str = "coding:settle", **more: object) -> str:
    more = {"place": 1} | more if page == "coding:settle" else more
    return at(page, desk.study, codebook=NAME, ref=thing("A0001", desk.study), **more)


def test_the_list_leads_to_what_is_to_be_settled(cast, compared, browser_of):
    page = browser_of(cast.boris).get(at("coding:differences", compared.study))

    assert "A0001 1 1" in words(page)
    assert place(compared, "coding:difference") in page.content.decode()


def test_an_empty_list_says_what_will_fill_it(cast, desk, browser_of):
    page = words(browser_of(cast.amina).get(at("coding:differences", desk.study)))

    assert "There is nothing to settle here." in page


def test_a_coder_is_told_how_much_is_not_listed_yet(cast, compared, browser_of):
    compared.complete("A0002", 1, 0, "", by=cast.chidi)
    page = words(browser_of(cast.boris).get(at("coding:differences", compared.study)))

    assert "1 that others have completed is not listed until you have read it" in page


def test_a_difference_is_settled_with_a_reason(cast, compared, browser_of):
    boris = browser_of(cast.boris)
    answer = fill_in(boris, place(compared), cell="1", reason="He names the emirs.")
    page = words(boris.get(place(compared, "coding:difference")))

    assert (answer.status_code, answer.url) == (302, place(compared, "coding:difference"))
    assert "He names the emirs." in page
    assert "Nothing is left to settle." in page
    assert "Chidi" in page  # all is settled, so the readers are named


def test_without_a_reason_nothing_is_settled(cast, compared, browser_of):
    answer = fill_in(browser_of(cast.boris), place(compared), cell="1", reason=" ")

    assert answer.status_code == 422
    assert not Adjudication.objects.exists()


def test_what_readers_agree_on_is_not_settled(cast, compared, browser_of):
    answer = fill_in(browser_of(cast.boris), place(compared, place=0), cell="1", reason="So.")

    assert answer.status_code == 422
    assert "The readers do not differ on “J1”" in words(answer)


def test_what_another_has_settled_meanwhile_is_shown(cast, compared, browser_of):
    boris = browser_of(cast.boris)
    opened = hidden_in(boris.get(place(compared)))
    compared.settle("A0001", "L1", 1, by=cast.chidi, reason="He names the emirs.")
    clash = boris.post(place(compared), {**opened, "cell": "0", "reason": "He only hints."})
    again = boris.post(
        place(compared), {**hidden_in(clash), "cell": "0", "reason": "He only hints."}
    )

    assert clash.status_code == 409
    for said in ("He names the emirs.", "He only hints.", "Both versions"):
        assert said in words(clash)
    assert again.status_code == 302
    assert Adjudication.objects.get().reason == "He only hints."


def test_a_code_that_is_not_there_is_answered_like_any_other(cast, compared, browser_of):
    assert browser_of(cast.boris).get(place(compared, place=9)).status_code == 404


@pytest.mark.parametrize("member", ["dana", "lina", "edda", "vera"])
def test_who_may_not_settle_is_told_so(cast, compared, browser_of, member):
    browser = browser_of(getattr(cast, member))
    pages = (
        place(compared),
        place(compared, "coding:difference"),
        at("coding:differences", compared.study),
    )
    for page in pages:
        answer = browser.get(page)

        assert answer.status_code == 403
        assert "You may not settle differences" in words(answer)


def test_the_list_asks_as_often_for_one_difference_as_for_three(cast, compared, browser_of):
    boris = browser_of(cast.boris)
    page = at("coding:differences", compared.study)
    boris.get(page)
    one = queries_for(lambda: boris.get(page))
    for label in ("A0002", "A0003"):
        compared.complete(label, 1, 0, "", by=cast.boris)
        compared.complete(label, 0, 1, "", by=cast.chidi)
    boris.get(page)

    assert queries_for(lambda: boris.get(page)) == one
