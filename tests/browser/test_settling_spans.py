"""Where readers mark a text differently is settled by keyboard, or sent back to them."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.pictures import take
from tests.browser.serving import Person

pytestmark = pytest.mark.browser

REASON = "The sentence is about the widows; what follows is about himself."
QUESTION = "Is this what he saw, or what he was told?"
ANSWER = "He says that he stood there."


@pytest.fixture(scope="module")
def amina(chromium: Browser, address: str) -> Iterator[Person]:
    """Amina, who leads, signed in, in the study of the invented testimonies."""
    person = Person(chromium, address, "Amina").sign_in()
    person.page.goto("/studies/")
    person.page.locator("main").get_by_role("link", name="Invented testimonies").first.click()
    yield person
    person.context.close()


@pytest.fixture(scope="module")
def study(amina: Person) -> str:
    """The address of the study."""
    return re.match(r".*/studies/[0-9a-f]{16}/", amina.page.url)[0]


def sound(person: Person) -> None:
    """Check that nothing on the page is out of reach, and that it has not complained."""
    found = Axe().run(person.page)
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"]] == []
    assert person.complaints == []


def heaviest(person: Person, study: str) -> str:
    """Open the heaviest stretch that is to be settled, and return its address."""
    person.page.goto(study + "coding/stretches/")
    person.page.get_by_role("link", name="Settle the heaviest").click()
    expect(person.page.get_by_role("heading", name="Reader A")).to_be_visible()
    return person.page.url


def test_the_heaviest_stretch_is_shown_first_and_settled_by_keyboard(amina, study):
    page = amina.page
    page.goto(study + "coding/stretches/")
    listed = page.locator("tbody tr").count()
    sound(amina)
    first = heaviest(amina, study)
    assert page.locator("mark").count() >= 1
    assert "first-reader" not in page.locator("main").inner_text()
    sound(amina)
    take(page, "settling-spans.png")

    page.keyboard.press("u")
    expect(page.get_by_label("Everything that anybody marked here")).to_be_checked()
    page.keyboard.press("w")
    page.keyboard.type(REASON)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != first)
    expect(page.get_by_text("It is settled. Here is the next one.")).to_be_visible()

    page.goto(study + "coding/stretches/")
    page.get_by_label("Settled ones too").check()
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("cell", name="settled", exact=True)).to_have_count(1)
    assert page.locator("tbody tr").count() == listed


def test_sentences_are_taken_by_their_numbers_and_one_walks_by_keys(amina, study):
    page = amina.page
    first = heaviest(amina, study)
    page.keyboard.press("2")
    expect(page.get_by_label("Sentences, by their numbers")).to_have_value("2")
    page.keyboard.press("3")
    expect(page.get_by_label("Sentences, by their numbers")).to_have_value("2-3")
    expect(page.get_by_label("Other bounds, as written below")).to_be_checked()

    page.keyboard.press("n")
    page.wait_for_url(lambda url: url != first)
    page.keyboard.press("p")
    page.wait_for_url(first)


def test_a_stretch_is_sent_back_and_answered_without_a_name(amina, study, chromium, address):
    page = amina.page
    asked = heaviest(amina, study)
    page.keyboard.press("q")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != asked)

    reader = Person(chromium, address, "first-reader").sign_in()
    reader.page.goto(study + "coding/questions/")
    expect(reader.page.get_by_text(QUESTION)).to_be_visible()
    sound(reader)
    reader.page.get_by_role("link", name=re.compile("^Answer")).first.click()
    reader.page.get_by_label("Your answer").fill(ANSWER)
    sound(reader)
    reader.page.get_by_role("button", name="Answer").click()
    expect(reader.page.get_by_text("Your answer is kept.")).to_be_visible()
    reader.context.close()

    page.goto(asked)
    expect(page.get_by_text(ANSWER)).to_be_visible()
    assert "first-reader" not in page.locator("main").inner_text()
    sound(amina)
