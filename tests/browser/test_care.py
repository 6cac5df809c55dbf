"""A hard passage marked, folded and opened; that a page is looked at is told, and nothing else."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import Person

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def amina(chromium: Browser, address: str) -> Iterator[Person]:
    """Amina, signed in, on the page of an account."""
    person = Person(chromium, address, "Amina").sign_in()
    page = person.page
    page.goto("/studies/")
    page.locator("main").get_by_role("link", name="Invented testimonies").first.click()
    study = re.match(r".*/studies/[0-9a-f]{16}/", page.url)[0]
    page.goto(f"{study}accounts/?q=bread")
    with page.expect_response("**/care/beat/") as told:
        page.locator("tbody th a").first.click()
    assert told.value.json() == {"says": ""}
    yield person
    person.context.close()


def save_marks(page: Page) -> None:
    """Save, and wait until the house has said so: the form is sent without leaving the page."""
    with page.expect_navigation():
        page.get_by_role("button", name="Save the marks").click()
    expect(page.get_by_text("The marks were saved.")).to_be_visible()


def test_a_passage_is_marked_folded_opened_and_the_mark_taken_away(amina):
    page = amina.page
    page.get_by_role("link", name="Hard passages").click()
    page.get_by_label("Paragraph 1", exact=True).check()
    page.get_by_label("torture").check()
    assert Axe().run(page).violations_count == 0
    save_marks(page)
    page.get_by_role("link", name="Back to the account").click()

    fold = page.locator("details.hard").first
    expect(fold.locator(".words")).to_be_hidden()
    expect(page.get_by_text("1 hard passage; it is folded.")).to_be_visible()
    assert Axe().run(page).violations_count == 0
    fold.locator("summary").click()
    expect(fold.locator(".words")).to_be_visible()

    page.get_by_role("link", name="Hard passages").click()
    page.get_by_label("Take this mark away").first.check()
    save_marks(page)
    expect(page.locator("details.hard")).to_have_count(0)
    assert amina.complaints == []


def test_looking_away_is_told(amina):
    with amina.page.expect_response("**/care/beat/?away") as told:
        amina.page.evaluate(
            """() => {
                Object.defineProperty(document, "visibilityState", { value: "hidden" });
                document.dispatchEvent(new Event("visibilitychange"));
            }"""
        )

    assert told.value.status == 200
