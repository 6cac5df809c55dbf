"""A codebook is rewritten with its readings: the effect is seen before, and a version after."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import DESK, PHONE, Person
from tests.browser.test_for_everyone import WIDER_THAN_THE_PAGE

pytestmark = pytest.mark.browser


def check(page: Page) -> None:
    """Nothing stands in anybody's way, and nothing hangs over the edge."""
    assert Axe().run(page).violations_count == 0
    assert page.evaluate(WIDER_THAN_THE_PAGE) == []


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, address: str) -> object:
    """What Amina's browser keeps of her having signed in; her code works once."""
    return Person(chromium, address, "Amina").sign_in().signed_in()


@pytest.fixture(params=[DESK, PHONE], ids=["a desk", "a phone"])
def page(request, chromium: Browser, address: str, signed_in: object) -> Iterator[Page]:
    """Amina's draft of the codebook, just begun."""
    looks = {"viewport": request.param, "storage_state": signed_in}
    amina = Person(chromium, address, "Amina", **looks)
    page = amina.page
    page.goto("/studies/")
    page.locator("main").get_by_role("link", name="Invented testimonies").first.click()
    page.goto(f"{page.url}codebook/icsr-2015@1/")
    page.get_by_role("button", name="Rewrite").click()
    yield page
    page.get_by_role("button", name="Give the draft up").click()
    assert amina.complaints == []
    amina.context.close()


def merge(page: Page) -> None:
    page.get_by_role("link", name="Merge codes").click()
    check(page)
    page.get_by_label("J1.1 Opposition").check()
    page.get_by_label("J2 Faith").check()
    page.get_by_label("Into").select_option("J2")
    page.get_by_role("button", name="Put it into the draft").click()


def split(page: Page) -> None:
    page.get_by_role("link", name="Split L2", exact=True).click()
    page.get_by_label("New codes below it").fill("X1 Fear of reprisal\nX2 Fear of flight")
    page.get_by_role("button", name="Put it into the draft").click()


def test_codes_are_merged_and_split_the_effect_is_seen_and_a_step_taken_back(page):
    merge(page)
    split(page)

    expect(page.get_by_role("heading", name="What becomes of the readings")).to_be_visible()
    expect(page.get_by_text("What is merged")).to_be_visible()
    expect(page.get_by_text("What is split")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Take the last step back").click()
    expect(page.get_by_text("What is split")).to_have_count(0)
