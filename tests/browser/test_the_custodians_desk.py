"""A testimony is entrusted: the vault opened, a text taken in and masked by keyboard, read masked.

The texts are invented, and were written for measuring the masks.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.consenting import hold_intake
from tests.browser.entrusting import TITLE, make_apart, open_vault
from tests.browser.pictures import take
from tests.browser.serving import PHONE, Person, let_everybody_in, served
from tests.browser.test_for_everyone import WIDER_THAN_THE_PAGE
from tests.making.vault import PASSPHRASE
from tests.methods.masking.gold_texts import gold_texts

pytestmark = pytest.mark.browser

TEXTS = {one.name: one.text for one in gold_texts()}
ENGLISH, ARABIC = "en-01", "ar-01"
NAME, OTHER_NAME = "Hamid Qasir", "Abu Layth al-Qasiri"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an archive with a vault, to which nothing is entrusted yet."""
    folder: Path = tmp_path_factory.mktemp("entrusted")
    make_apart(folder / "archive")
    let_everybody_in(folder / "archive")
    with served(folder / "archive", folder / "log.txt") as found:
        yield found


@pytest.fixture(scope="module")
def dana(chromium: Browser, address: str) -> Iterator[Person]:
    """The custodian, signed in."""
    person = Person(chromium, address, "Dana").sign_in()
    yield person
    person.context.close()


@pytest.fixture(scope="module")
def desk(dana: Person) -> str:
    """The address of the custodian's desk, where somebody is registered with the vault open."""
    page = dana.page
    page.get_by_role("navigation", name="Pages beside").get_by_role("link", name="Vault").click()
    expect(page.get_by_text("Before the first testimony")).to_be_visible()
    place = page.url
    check(page)
    page.get_by_role("link", name="Open the vault").click()
    open_vault(page, "to register somebody, or take a text in")
    assert page.url == place
    page.get_by_role("link", name="Register somebody").first.click()
    page.get_by_label("Name", exact=True).fill(NAME)
    page.get_by_label("Other names").fill(OTHER_NAME)
    check(page)
    page.get_by_role("button", name="Seal and register").click()
    expect(page.get_by_role("heading", name="N-1")).to_be_visible()
    page.get_by_role("link", name="What they agreed to").click()
    hold_intake(page, "English")
    page.goto(place)
    return place


def check(page: Page) -> None:
    """Find nothing wrong with a page: not for those who hear it, and not on its width."""
    found = Axe().run(page)
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"]] == []
    assert page.evaluate(WIDER_THAN_THE_PAGE) == []


def take_in(page: Page, desk: str, name: str, language: str) -> str:
    """Take a text in, and return the address of its first page."""
    page.goto(f"{desk}texts/take-in/")
    page.get_by_label("Or the words themselves").fill(TEXTS[name])
    page.get_by_label("Language").fill(language)
    check(page)
    page.get_by_role("button", name="Seal it, and begin masking").click()
    page.wait_for_url("**/pages/1/")
    return page.url


def far(page: Page) -> Any:
    """What is said of how far the masking is."""
    return page.locator(".leaf-how .quiet")


@pytest.fixture(scope="module")
def english(dana: Person, desk: str) -> str:
    """The first page of an English text."""
    return take_in(dana.page, desk, ENGLISH, "en")


@pytest.fixture(scope="module")
def arabic(dana: Person, desk: str, english: str) -> str:
    """The first page of an Arabic text."""
    return take_in(dana.page, desk, ARABIC, "ar")


def test_the_page_of_the_vault_says_who_keeps_it_and_until_when_it_is_open(dana, desk):
    page = dana.page
    page.goto(desk.partition("/studies/")[0] + "/vault/")
    expect(page.get_by_text("min left")).to_be_visible()
    expect(page.get_by_role("row", name="Dana")).to_be_visible()
    check(page)


def test_a_text_is_masked_by_keyboard_alone(dana, english):
    page = dana.page
    page.goto(english)
    check(page)
    first = page.locator("#text a[id]").first
    expect(first).to_have_text(NAME)
    page.locator("main").click(position={"x": 2, "y": 2})
    page.keyboard.press("j")
    expect(first).to_be_focused()
    page.keyboard.press("Shift+A")
    expect(page.locator("#text .place-accepted").first).to_have_text(NAME)
    take(page, "masking.png")
    before = far(page).inner_text()
    page.keyboard.press("r")
    expect(far(page)).not_to_have_text(before)
    page.keyboard.press("u")
    expect(far(page)).to_have_text(before)
    check(page)


def test_words_are_selected_word_by_word_and_masked(dana, english):
    page = dana.page
    page.goto(english)
    found = page.locator("#text a[id]").count()
    page.locator("main").click(position={"x": 2, "y": 2})
    page.keyboard.press("s")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("[data-selected]")).to_have_text("By the")
    check(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#text a[id]")).to_have_count(found + 1)
    expect(page.locator("#text a[id]").first).to_have_text("By the")
    page.keyboard.press("u")
    expect(page.locator("#text a[id]")).to_have_count(found)


def test_arabic_runs_from_right_to_left_and_is_selected_where_it_stands(dana, arabic):
    page = dana.page
    page.goto(arabic)
    paragraph = page.locator("#text p").first
    assert paragraph.evaluate("p => getComputedStyle(p).direction") == "rtl"
    check(page)
    page.keyboard.press("s")
    expect(page.locator("[data-selected]")).to_have_text("اسمي")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator("#text .place-accepted")).to_have_count(1)
    take(page, "masking-arabic.png")


def test_a_phone_in_the_dark_shows_the_page_of_masking_whole(
    chromium, address, dana, arabic, english
):
    looks = {"viewport": PHONE, "color_scheme": "dark"}
    shared = dana.context.storage_state()
    person = Person(chromium, address, "Dana", storage_state=shared, **looks)
    for place in (english, arabic):
        person.page.goto(place)
        expect(person.page.locator("#text")).to_be_visible()
        check(person.page)
    person.context.close()


def test_without_a_script_every_step_works_by_buttons(chromium, address, dana, english):
    shared = dana.context.storage_state()
    person = Person(chromium, address, "Dana", java_script_enabled=False, storage_state=shared)
    page = person.page
    page.goto(english)
    before = far(page).inner_text()
    page.locator(".group-proposed").first.get_by_role("button", name="Mask").click()
    expect(far(page)).not_to_have_text(before)
    page.get_by_role("button", name="Undo").click()
    expect(far(page)).to_have_text(before)
    page.get_by_label("Words").fill("glass of tea")
    page.get_by_role("button", name="Mask it everywhere").click()
    expect(page.locator("#text .place-chosen")).to_have_text("glass of tea")
    page.get_by_role("button", name="Undo").click()
    person.context.close()


def test_what_is_read_and_decided_is_handed_over_and_the_study_reads_it_masked(
    chromium, address, dana, english
):
    page = dana.page
    page.goto(english)
    page.locator("main").click(position={"x": 2, "y": 2})
    page.keyboard.press("n")
    for _ in range(page.locator("#text .place-proposed a[id]").count()):
        done = far(page).inner_text()
        page.keyboard.press("a")
        expect(far(page)).not_to_have_text(done)
    page.get_by_role("button", name="I have read this page").click()
    expect(page.get_by_role("heading", name="As the study will read it")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Hand it over to the study").click()
    expect(page.get_by_role("heading", name="What the study reads")).to_be_visible()
    check(page)
    assert NAME not in page.content()
    boris = Person(chromium, address, "Boris").sign_in()
    boris.page.get_by_role("navigation", name="Stages").get_by_role("link", name="testi").click()
    boris.page.locator("main tbody").get_by_role("link", name="A-001").click()
    expect(boris.page.locator(".mask").first).to_have_text("[Person 1]")
    assert NAME not in boris.page.content()
    boris.context.close()


def test_a_second_custodian_makes_a_key_which_the_first_lets_in(chromium, address, dana):
    ines = Person(chromium, address, "Ines").sign_in()
    ines.page.goto("/vault/key/")
    check(ines.page)
    ines.page.get_by_label("A passphrase for this key").fill("nine lanterns over a slow canal")
    ines.page.get_by_label("The same once more").fill("nine lanterns over a slow canal")
    ines.page.get_by_role("button", name="Make the key").click()
    with ines.page.expect_download() as saved:
        ines.page.get_by_role("link", name="Save the file").click()
    assert Path(saved.value.path()).read_text().startswith("-----BEGIN AGE ENCRYPTED FILE-----")
    check(ines.page)
    dana.page.goto("/vault/")
    dana.page.get_by_role("link", name="Let in Ines").click()
    check(dana.page)
    dana.page.get_by_label("Passphrase of your key").fill(PASSPHRASE)
    dana.page.get_by_role("button", name="Let them in").click()
    expect(dana.page.get_by_text("Ines is a custodian of the vault.")).to_be_visible()
    ines.context.close()


def test_the_other_pages_of_the_desk_are_sound(dana, desk, english):
    page = dana.page
    page.goto(desk)
    page.locator("main tbody").get_by_role("link", name="N-1").click()
    check(page)
    narrator = page.url
    for record in ("names", "contacts", "places", "files"):
        page.goto(f"{narrator}records/{record}/")
        check(page)
        assert NAME not in page.title()
    for place in (f"{narrator}ledger/", f"{narrator}erase/", "/vault/ledger/", desk):
        page.goto(place)
        check(page)
    page.goto(english.replace("pages/1/", ""))
    page.get_by_role("link", name="Lift").first.click()
    check(page)


def test_a_vault_that_is_shut_leads_to_where_it_is_opened_and_back(dana, english):
    page = dana.page
    page.goto("/vault/")
    page.get_by_role("button", name="Shut it").click()
    expect(page.get_by_text("The vault is shut.")).to_be_visible()
    page.goto(english)
    expect(page.get_by_role("heading", name="Open the vault")).to_be_visible()
    check(page)
    open_vault(page)
    expect(page.locator("#text")).to_be_visible()


def test_no_page_complained_or_fetched_anything_from_elsewhere(dana, english):
    assert dana.complaints == []
    assert dana.outside() == []
    assert TITLE in dana.page.title()
