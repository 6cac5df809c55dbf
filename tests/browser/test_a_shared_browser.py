"""Two people at one browser, one after the other: nothing is sent under another's name."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.serving import Person

pytestmark = pytest.mark.browser

MEMO = "What the first reader thought of it"


@pytest.fixture
def first(chromium, address):
    """The first reader, signed in."""
    person = Person(chromium, address, "first-reader").sign_in()
    yield person
    person.context.close()


@pytest.fixture
def left_open(first):
    """A page on which the first reader has typed into a sheet, and which lies open."""
    page = first.page
    page.get_by_role("navigation", name="Stages").get_by_role("link", name="testimonies").click()
    page.get_by_role("link", name="Add an account").first.click()
    page.get_by_label("Citation").fill("The Lantern, 5 May 2016, an invented newspaper")
    page.get_by_label("Group left", exact=True).fill("The Banner")
    page.get_by_label("Citation").press("Enter")
    page.wait_for_url(re.compile("/coding/with/"))
    page.get_by_label("Memo").fill(MEMO)
    return page


def test_what_somebody_typed_is_not_saved_by_whoever_signs_in_after_them(first, left_open):
    first.context.clear_cookies()
    first.page, first.name = first.context.new_page(), "second-reader"
    first.sign_in()
    left_open.get_by_role("button", name="Save", exact=True).click()

    expect(left_open.locator(".kept")).to_be_visible()
    expect(left_open.get_by_label("Memo")).to_have_value(MEMO)
    first.page.goto(left_open.url)
    expect(first.page.get_by_label("Memo")).to_have_value("")
