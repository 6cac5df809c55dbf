"""A coder seeks words, sees them below one another in both directions, and keeps the search."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.pictures import take
from tests.browser.serving import Person

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def amina(chromium: Browser, address: str) -> Iterator[Person]:
    """Amina, signed in, in the study of invented testimonies."""
    person = Person(chromium, address, "Amina").sign_in()
    person.page.goto("/studies/")
    person.page.locator("main").get_by_role("link", name="Invented testimonies").first.click()
    yield person
    person.context.close()


@pytest.fixture(scope="module")
def study(amina: Person) -> str:
    """The address of the study."""
    return re.match(r".*/studies/[0-9a-f]{16}/", amina.page.url)[0]


def edges(page, part: str) -> list[int]:
    """Return where a part of each line ends on the screen, in whole pixels."""
    boxes = [one.bounding_box() for one in page.locator(part).all()]
    return [round(box["x"] + box["width"] / 2) for box in boxes]


def test_words_are_sought_by_the_keyboard_and_stand_below_one_another(amina, study):
    page = amina.page
    page.goto(study + "find/")
    page.get_by_role("searchbox", name="Words").fill('"the money" OR widow* OR bread')
    page.keyboard.press("Enter")
    expect(page.locator(".kwic").first).to_be_visible()

    assert len(edges(page, ".kwic mark")) > 1
    centres = edges(page, ".kwic:dir(ltr) mark")
    assert max(centres) - min(centres) < 60
    assert amina.complaints == []


def test_an_arabic_keyword_has_what_comes_before_it_on_its_right(amina, study):
    page = amina.page
    page.goto(study + "find/?q=" + "من")
    line = page.locator('.kwic[dir="rtl"]').first
    expect(line).to_be_visible()
    before, keyword = line.locator(".kwic-before"), line.locator("mark")

    assert before.bounding_box()["x"] > keyword.bounding_box()["x"]


def test_a_search_is_ordered_narrowed_kept_and_asked_again(amina, study):
    page = amina.page
    page.goto(study + "find/?q=left&order=before")
    expect(page.locator(".kwic").first).to_be_visible()
    take(page, "finding-again.png")
    page.get_by_role("textbox", name="Title").fill("What came before leaving")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("is kept.")).to_be_visible()

    page.goto(study + "find/")
    page.get_by_role("link", name="What came before leaving").click()
    expect(page.locator(".kwic").first).to_be_visible()
    assert "order=before" in page.url


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(amina, study):
    page = amina.page
    page.goto(study + "find/")
    page.get_by_role("searchbox", name="Words").fill('"open')
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("A quotation mark is open.")
    expect(page.get_by_role("searchbox", name="Words")).to_have_value('"open')
