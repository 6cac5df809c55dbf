"""Consent is asked for side by side: in Arabic on a phone, in French at a desk, by keyboard."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.consenting import hold_intake
from tests.browser.pictures import take
from tests.browser.serving import DESK, PHONE, Person
from tests.browser.test_for_everyone import WIDER_THAN_THE_PAGE

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def amina(chromium: Browser, address: str) -> Iterator[Person]:
    """Amina, signed in."""
    person = Person(chromium, address, "Amina").sign_in()
    yield person
    assert person.complaints == []
    assert person.outside() == []
    person.context.close()


@pytest.fixture
def consent(amina: Person) -> str:
    """The address of the list of consent."""
    page = amina.page
    page.goto("/studies/")
    page.locator("main").get_by_role("link", name="Invented testimonies").first.click()
    study = re.match(r".*/studies/[0-9a-f]{16}/", page.url)[0]
    return f"{study}consent/"


def sound(page: Page) -> None:
    """Nothing stands in anybody's way, and nothing hangs over the edge."""
    found = Axe().run(page)
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"]] == []
    assert page.evaluate(WIDER_THAN_THE_PAGE) == []


@pytest.mark.parametrize(
    ("language", "spoken", "viewport", "place"),
    [("العربية", "ar", PHONE, 0), ("Français", "fr", DESK, 1)],
    ids=["Arabic on a phone", "French at a desk"],
)
def test_an_intake_is_held_to_its_end_by_keyboard(
    amina, consent, language, spoken, viewport, place
):
    page = amina.page
    page.set_viewport_size(viewport)
    page.goto(consent)
    sound(page)
    page.locator("tbody th a").nth(place).click()
    seen = []

    def look(shown: Page) -> None:
        assert shown.locator("html").get_attribute("lang") == spoken
        sound(shown)
        seen.append(shown.url)
        if shown.url.endswith("/quotation/") and spoken == "ar":
            take(shown, "intake-arabic.png")

    hold_intake(page, language, look=look)

    assert len(seen) == len(set(seen)) > 20
    page.locator(".back a").click()
    expect(page.get_by_text("Consent is given.")).to_be_visible()
    sound(page)
    page.set_viewport_size(DESK)


def test_whoever_stops_half_way_leaves_nothing(amina, consent):
    page = amina.page
    page.goto(consent)
    page.locator("tbody th a").nth(2).click()
    page.get_by_role("link", name="Ask for consent").click()
    page.get_by_role("radio", name="English").check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="We have read this together").click()
    page.get_by_role("button", name="Stop here").click()
    expect(page.get_by_role("heading", name="We have stopped")).to_be_visible()
    sound(page)
    page.locator(".back a").click()
    expect(page.get_by_text("Nothing yet.")).to_be_visible()


def test_a_word_stops_everything(amina, consent):
    page = amina.page
    page.goto(consent)
    page.locator("tbody th a").nth(3).click()
    page.get_by_role("link", name="Stop everything", exact=True).click()
    sound(page)
    page.get_by_role("button", name="Stop it now").click()
    expect(page.get_by_text("Consent is suspended.")).to_be_visible()
