"""A lead explores a study: where it stands, what the accounts say, how sure the coders are."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.pictures import take
from tests.browser.serving import Person

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def amina(chromium: Browser, address: str) -> Iterator[Person]:
    """Amina, signed in, in the study of the published accounts."""
    person = Person(chromium, address, "Amina").sign_in()
    person.page.goto("/studies/")
    person.page.locator("main").get_by_role("link", name="Published accounts").first.click()
    yield person
    person.context.close()


@pytest.fixture(scope="module")
def study(amina: Person) -> str:
    """The address of the study."""
    return re.match(r".*/studies/[0-9a-f]{16}/", amina.page.url)[0]


def test_the_overview_says_where_everything_stands(amina, study):
    page = amina.page
    page.goto(study)

    expect(page.get_by_role("heading", level=1)).to_have_text("Published accounts of leaving")
    expect(page.get_by_role("navigation", name="Stages")).to_contain_text("131")
    expect(page.get_by_role("heading", name="What the accounts say")).to_be_visible()
    take(page, "overview.png")


def test_accounts_are_searched_filtered_and_opened(amina, study):
    page = amina.page
    page.goto(study + "accounts/")
    expect(page.locator("tbody tr")).to_have_count(25)
    take(page, "accounts.png")

    page.get_by_role("link", name="Next").first.click()
    expect(page.get_by_text("26–50")).to_be_visible()
    page.locator("tbody th a").first.click()
    expect(page.get_by_role("heading", name="Coding")).to_be_visible()


def test_a_number_leads_to_its_query_and_a_permalink_shows_it_again(amina, study):
    page = amina.page
    page.goto(study + "findings/")
    reasons = page.get_by_role("heading", name="Reasons for leaving", exact=True)
    reasons.evaluate("heading => heading.scrollIntoView()")
    page.wait_for_function("() => [...document.images].some(drawn => drawn.complete)")
    page.wait_for_load_state("networkidle")
    take(page, "findings.png")
    expect(page.locator("figure").first).to_be_visible()

    page.get_by_role("link", name="Lasting address").first.click()
    lasting = page.url
    page.goto(study)
    page.goto(lasting)
    expect(page.locator("figure").first).to_be_visible()


def test_the_agreement_table_is_there_with_intervals(amina, study):
    page = amina.page
    page.goto(study + "agreement/")

    expect(page.get_by_role("table").first).to_contain_text("[")
    take(page, "agreement.png")


def test_a_report_is_asked_for_and_survives_leaving_the_page(amina, study):
    page = amina.page
    page.goto(study + "reports/new/")
    page.get_by_role("button", name=re.compile("report", re.IGNORECASE)).click()
    page.wait_for_url(re.compile("/work/"))
    working = page.url

    page.goto(study)
    page.goto(working)
    page.get_by_role("link", name="See what came of it").wait_for(timeout=60_000)
    page.goto(study + "reports/")
    expect(page.locator("tbody tr").first).to_be_visible()


def test_no_page_complained_or_fetched_anything_from_elsewhere(amina):
    assert (amina.complaints, amina.outside()) == ([], [])
