"""An account by hand, coded twice and blind, compared and settled: by keyboard, in a browser."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pictures import take
from tests.browser.serving import Person

pytestmark = pytest.mark.browser

CITATION = "The Lantern, 4 May 2016, page 3, an invented newspaper"
FIRST_MEMO = "A heron memo of the first reader"
REASON = "He speaks of the widows' money, so it is corruption"


@pytest.fixture(scope="module")
def first(chromium: Browser, address: str) -> Iterator[Person]:
    """The first reader, signed in."""
    person = Person(chromium, address, "first-reader")
    person.page.goto("/in/login/")
    take(person.page, "sign-in.png")
    yield person.sign_in()
    person.context.close()


@pytest.fixture(scope="module")
def second(chromium: Browser, address: str) -> Iterator[Person]:
    """The second reader, signed in."""
    person = Person(chromium, address, "second-reader").sign_in()
    yield person
    person.context.close()


def type_in(page: Page, *cells: str) -> int:
    """Type one cell after another, going on by Tab; return how many keys that took."""
    for cell in cells:
        if cell:
            page.keyboard.type(cell)
        page.keyboard.press("Tab")
    return sum(len(cell) + 1 for cell in cells)


def judge(page: Page, *keys: str) -> None:
    """Code a sheet by its keys, from the first code on."""
    page.locator("main").click(position={"x": 2, "y": 2})
    page.keyboard.press("j")
    for key in keys:
        page.keyboard.press(key)


def complete(page: Page) -> None:
    """Say that the rest was not mentioned, and complete the sheet by its keys."""
    sheet = page.url
    page.get_by_label("Whatever I left without an answer was not mentioned").check()
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != sheet)


@pytest.fixture(scope="module")
def sheet_address(first: Person) -> str:
    """Add an account by keyboard alone and arrive at its sheet."""
    page = first.page
    stages = page.get_by_role("navigation", name="Stages")
    stages.get_by_role("link", name="testimonies").click()
    page.get_by_role("link", name="Add an account").first.click()
    expect(page.get_by_label("Citation")).to_be_focused()
    type_in(page, CITATION, "https://lantern.example/4")
    page.get_by_label("Published", exact=True).focus()
    type_in(page, "2016-05-04", "en", "N-77")
    page.get_by_label("Group left", exact=True).focus()
    type_in(page, "The Banner", "2014")
    page.keyboard.type("2016-03~")
    take(page, "account-by-hand.png")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/coding/with/"))
    return page.url


def test_an_account_is_added_and_coded_by_keyboard(first, sheet_address):
    page = first.page
    page.goto(sheet_address)
    expect(page.get_by_text(CITATION)).to_be_visible()

    judge(page, "1", "0", "1")
    page.evaluate("() => scrollTo(0, 0)")
    take(page, "coding-sheet.png")
    page.get_by_label("Memo").fill(FIRST_MEMO)
    complete(page)

    page.goto(sheet_address)
    expect(page.get_by_text("you finished this reading")).to_be_visible()
    expect(page.get_by_text(FIRST_MEMO)).to_be_visible()


def test_the_second_reader_sees_nothing_of_the_first_before_they_have_finished(
    second, sheet_address
):
    page = second.page
    study = sheet_address.partition("/coding/")[0]
    seen = []
    for place in (
        "/",
        "/accounts/",
        "/coding/",
        "/coding/differences/",
        "/findings/",
        "/agreement/",
    ):
        page.goto(study + place)
        seen.append(page.content())
    page.goto(sheet_address)
    seen.append(page.content())

    assert [FIRST_MEMO in content for content in seen] == [False] * len(seen)
    page.goto(study + "/findings/")
    expect(page.get_by_text("to read with").first).to_be_visible()


def test_where_they_differ_is_shown_nameless_and_settled_with_a_reason(
    first, second, sheet_address
):
    page = second.page
    page.goto(sheet_address)
    judge(page, "1", "1", "1")
    complete(page)

    page.goto(sheet_address + "compared/")
    expect(page.get_by_text(FIRST_MEMO)).to_be_visible()
    assert "first-reader" not in page.locator("main").inner_text()
    take(page, "where-you-differ.png")

    page.get_by_role("link", name=re.compile("^Settle")).first.click()
    page.get_by_role("radio").first.check()
    page.get_by_role("textbox", name="Why").fill(REASON)
    page.get_by_role("button", name="Settle it").click()
    expect(page.get_by_text(REASON)).to_be_visible()

    first.page.goto(sheet_address)
    expect(first.page.get_by_text("you finished this reading")).to_be_visible()


def test_no_page_complained_or_fetched_anything_from_elsewhere(first, second):
    assert first.complaints + second.complaints == []
    assert first.outside() + second.outside() == []
