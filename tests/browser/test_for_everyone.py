"""Every page for everybody: read aloud, right to left, in the dark, on a phone, without script."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.pictures import take
from tests.browser.serving import DESK, PHONE, Person

pytestmark = pytest.mark.browser

# What scrolls in a region of its own may be wide; the page itself may not.
WIDER_THAN_THE_PAGE = """() => {
    const scrolls = e => e && (getComputedStyle(e).overflowX !== 'visible'
        || scrolls(e.parentElement === document.body ? null : e.parentElement));
    const edge = document.documentElement.clientWidth + 1;
    return [document.documentElement.scrollWidth > edge ? 'page' : '',
        ...[...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > edge && !scrolls(e.parentElement))
            .filter(e => getComputedStyle(e).position !== 'absolute')
            .slice(0, 5).map(e => e.tagName + '.' + e.className)].filter(Boolean);
}"""
PAGES = (
    "",
    "accounts/",
    "accounts/?q=nothing-of-the-kind",
    "accounts/add/",
    "accounts/import/",
    "accounts/import-texts/",
    "accounts/to-confirm/",
    "consent/",
    "consent/ending/",
    "consent/stop/",
    "codebooks/",
    "codebook/icsr-2015@1/examples/J3/",
    "find/",
    "find/?q=the",
    "find/?codebook=&code=L2&of=account",
    "coding/memos/",
    "coding/import-project/",
    "coding/export/",
    "coding/rounds/",
    "coding/rounds/new/icsr-2015@1/",
    "coding/differences/",
    "coding/stretches/",
    "findings/",
    "findings/searches/",
    "agreement/",
    "reports/",
    "reports/new/",
    "members/",
    "members/invite/",
    "protocol/",
    "protocol/agree/",
    "protocol/limits/",
    "ledger/",
    "care/",
    "care/limits/",
)


class Way(NamedTuple):
    """How somebody looks at pages."""

    language: str
    scheme: str
    viewport: dict[str, int]


WAYS = {
    "a desk": Way("en", "light", DESK),
    "a phone in the dark": Way("en", "dark", PHONE),
    "Arabic": Way("ar", "light", DESK),
    "Arabic on a phone in the dark": Way("ar", "dark", PHONE),
}


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, address: str) -> Any:
    """Amina's being signed in."""
    person = Person(chromium, address, "Amina").sign_in()
    yield person.signed_in()
    person.context.close()


# Arabic at a desk says what Arabic on a phone says: `make prove` looks at both.
ONCE = [
    pytest.param(way, id=name, marks=[pytest.mark.prove] if name == "Arabic" else [])
    for name, way in WAYS.items()
]


@pytest.fixture(scope="module", params=ONCE)
def reader(
    request, chromium: Browser, address: str, signed_in: Any
) -> Iterator[tuple[Person, Way]]:
    """Amina, signed in, who looks in one of the ways."""
    way = request.param
    looks = {"viewport": way.viewport, "color_scheme": way.scheme, "storage_state": signed_in}
    person = Person(chromium, address, "Amina", **looks)
    person.context.add_cookies([{"name": "language", "value": way.language, "url": address}])
    yield person, way
    person.context.close()


@pytest.fixture(scope="module")
def study(reader: tuple[Person, Way]) -> str:
    """The address of the study of invented testimonies."""
    page = reader[0].page
    page.goto("/studies/")
    page.locator("main").get_by_role("link", name="Invented testimonies").first.click()
    return re.match(r".*/studies/[0-9a-f]{16}/", page.url)[0]


@pytest.mark.parametrize("place", PAGES)
def test_a_page_is_sound_in_every_way(reader, study, place):
    person, way = reader
    answer = person.page.goto(study + place)
    found = Axe().run(person.page)

    assert answer.status == 200
    assert person.page.locator("html").get_attribute("lang") == way.language
    assert person.page.locator("html").get_attribute("dir") == {"ar": "rtl"}.get(
        way.language, "ltr"
    )
    assert person.page.locator("h1").count() == 1
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"]] == []
    assert person.page.evaluate(WIDER_THAN_THE_PAGE) == []
    assert person.complaints == []


@pytest.mark.parametrize("place", ["in/login/", "studies/", "studies/begin/", "in/factors/"])
def test_a_page_outside_a_study_is_sound_too(reader, study, place):
    person, _ = reader
    person.page.goto(study.partition("studies/")[0] + place)

    assert Axe().run(person.page).violations_count == 0
    assert person.page.evaluate(WIDER_THAN_THE_PAGE) == []


def test_the_arabic_overview_runs_from_right_to_left(chromium, address, signed_in):
    person = Person(chromium, address, "Amina", storage_state=signed_in)
    person.page.goto("/studies/")
    person.page.get_by_role("button", name="العربيّة").click()
    person.page.locator("main").get_by_role("link", name="Published accounts").first.click()
    expect(person.page.locator("html")).to_have_attribute("dir", "rtl")
    brand = person.page.locator(".brand").bounding_box()

    assert brand["x"] > DESK["width"] / 2
    take(person.page, "overview-arabic.png")
    person.context.close()


def test_reading_needs_no_script(chromium, address, signed_in):
    person = Person(chromium, address, "Amina", java_script_enabled=False, storage_state=signed_in)
    person.page.goto("/studies/")
    person.page.locator("main").get_by_role("link", name="Invented testimonies").first.click()
    person.page.get_by_role("navigation", name="Stages").get_by_role("link", name="testi").click()
    person.page.get_by_role("searchbox", name="Search this study").fill("bread")
    person.page.keyboard.press("Enter")
    expect(person.page.locator("tbody tr").first).to_be_visible()
    person.page.locator("tbody th a").first.click()

    expect(person.page.locator(".words").first).to_be_visible()
    person.context.close()


def test_no_page_may_run_anything_inline(reader, study):
    person, _ = reader
    policy = person.page.goto(study).headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
