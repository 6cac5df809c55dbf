"""A text is coded in a browser: by keyboard, mouse and finger, in two tabs, over a bad line."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.coding import ARABIC, CARS, MIXED, make_apart, texts_in
from tests.browser.pictures import take
from tests.browser.serving import PHONE, Person, served

pytestmark = pytest.mark.browser

MARKS = """() => fetch(document.getElementById("coding").dataset.marks,
    {headers: {Accept: "application/json"}}).then((answer) => answer.json())"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an archive of texts in several scripts."""
    folder = tmp_path_factory.mktemp("coded")
    make_apart(folder / "archive")
    with served(folder / "archive", folder / "log.txt") as found:
        yield found


@pytest.fixture(scope="module")
def boris(chromium: Browser, place: str) -> Iterator[Person]:
    person = Person(chromium, place, "Boris").sign_in()
    yield person
    person.context.close()


@pytest.fixture(scope="module")
def texts(boris: Person) -> dict[str, str]:
    return texts_in(boris.page)


@pytest.fixture
def page(boris: Person) -> Iterator[Page]:
    """A new tab; nothing complains in it, and nothing is fetched from elsewhere."""
    boris.complaints.clear()
    tab = boris.context.new_page()
    tab.on("pageerror", lambda fault: boris.complaints.append(str(fault)))
    tab.on("request", lambda request: boris.fetched.append(request.url))
    yield tab
    tab.close()
    assert boris.complaints == []
    assert boris.outside() == []


def begin(page: Page, address: str) -> None:
    """Open a text and put the cursor on its first sentence."""
    page.goto(address)
    page.locator("#text").focus()
    expect(page.locator(".footkeys [data-saved]")).not_to_be_empty()
    page.keyboard.press("ArrowDown")


def saved(page: Page) -> dict:
    """Wait until every act is answered, and return what the house holds."""
    expect(page.locator(".footkeys [data-saved]")).to_contain_text("Saved")
    return page.evaluate(MARKS)


def marked(page: Page, text: str) -> list[tuple[str, str, int | None]]:
    """Return the marked words with their code and value; places are code points, as here."""
    return [
        (text[start:end], code, value)
        for start, end, code, value, _gap, _note in saved(page)["marks"]
    ]


def clear(page: Page) -> None:
    """Take every mark off again by undoing, so that the next test begins with none."""
    for _ in range(20):
        if not saved(page)["marks"] and not page.evaluate(MARKS)["memos"]:
            return
        page.keyboard.press("u")
        page.wait_for_timeout(60)


def test_a_text_is_coded_by_keyboard(page, texts):
    begin(page, texts["Cars"])
    page.keyboard.press("2")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("3")
    page.keyboard.press("1")
    page.keyboard.press("+")

    first, both = CARS[:42], "Then I saw the cars. Nobody asked."
    assert marked(page, CARS) == [(first, "L1", 1), (both, "J1", 2), (both, "L2", 1)]
    expect(page.locator("#text")).to_contain_text("In-fighting")

    page.keyboard.press("m")
    page.get_by_label("What you think here").fill("Irony?")
    page.get_by_role("button", name="Keep it").click()
    assert [memo[2] for memo in saved(page)["memos"]] == ["Irony?"]
    take(page, "coding-a-text.png")

    page.keyboard.press("n")
    page.keyboard.press("3")
    assert ("My cousin said: do you want to die for a car?", "L2", 1) in marked(page, CARS)
    clear(page)


def test_undo_and_redo_outlive_a_reload(page, texts):
    begin(page, texts["Cars"])
    page.keyboard.press("2")
    assert len(marked(page, CARS)) == 1

    page.reload()
    page.locator("#text").focus()
    page.keyboard.press("Control+z")
    expect(page.locator(".footkeys [data-saved]")).to_contain_text("Saved")
    page.wait_for_timeout(200)
    assert marked(page, CARS) == []

    page.keyboard.press("Control+y")
    page.wait_for_timeout(200)
    assert len(marked(page, CARS)) == 1
    clear(page)


def test_bounds_are_moved_and_a_code_is_taken_off(page, texts):
    begin(page, texts["Cars"])
    page.keyboard.press("3")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("b")
    page.wait_for_timeout(200)
    assert marked(page, CARS) == [(CARS[:63], "L2", 1)]

    page.keyboard.press("Delete")
    page.wait_for_timeout(200)
    assert marked(page, CARS) == []


def test_a_code_is_found_by_its_name_and_a_missing_one_proposed(page, texts):
    begin(page, texts["Talk"])
    page.keyboard.press("/")
    page.keyboard.type("brut")
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert [code for _, code, _ in marked(page, "x" * 99)] == ["L2"]

    page.keyboard.press("/")
    page.keyboard.type("Shame")
    page.get_by_role("button", name="Propose").click()
    page.wait_for_timeout(400)
    codes = [code for _, code, _ in marked(page, "x" * 99)]
    assert [code.startswith("new-") for code in codes] == [False, True]


def test_arabic_and_signs_of_two_units_keep_their_places(page, texts):
    begin(page, texts["Arabic"])
    page.keyboard.press("2")
    page.wait_for_timeout(200)
    assert marked(page, ARABIC) == [(ARABIC.split(" ثم")[0], "L1", 1)]

    begin(page, texts["Mixed"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("2")
    page.wait_for_timeout(200)
    assert marked(page, MIXED) == [("Then he went \U0001f697 away.", "L1", 1)]


def test_words_are_marked_with_the_mouse(page, texts):
    page.goto(texts["Hard"])
    first = page.locator("#text p[data-start]").first
    box = first.bounding_box()
    page.mouse.move(box["x"] + 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    page.get_by_role("button", name="Brutality").click()
    page.wait_for_timeout(300)

    (mark,) = saved(page)["marks"]
    assert mark[0] == 0
    assert 1 < mark[1] < 24
    expect(page.locator("#text details.hard")).not_to_have_attribute("open", "")


def test_nothing_is_lost_when_the_line_drops(page, texts, boris):
    begin(page, texts["Long"])
    page.route("**/act/", lambda route: route.abort())
    page.keyboard.press("2")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("3")
    expect(page.locator("#notice")).to_contain_text("Not saved yet")

    page.unroute("**/act/")
    expect(page.locator("#notice")).not_to_contain_text("Not saved yet", timeout=15_000)
    assert [code for _, code, _ in marked(page, "x" * 200)] == ["L1", "L2"]


def test_another_tab_shows_what_this_one_does(page, texts, boris):
    begin(page, texts["Cars"])
    other = boris.context.new_page()
    other.goto(texts["Cars"])
    page.keyboard.press("2")

    expect(other.locator("#text")).to_contain_text("In-fighting")
    other.close()
    clear(page)


def test_a_finger_on_a_phone_is_enough(chromium, place, boris, texts):
    phone = Person(
        chromium, place, "Boris", viewport=PHONE, has_touch=True, storage_state=boris.signed_in()
    )
    page = phone.page
    page.goto(texts["Cars"])
    page.locator("#text p[data-start]").first.tap(position={"x": 12, "y": 10})
    page.get_by_role("button", name="Codes", exact=True).tap()
    page.get_by_role("button", name="Faith").tap()
    page.wait_for_timeout(400)

    assert [mark[2] for mark in page.evaluate(MARKS)["marks"]] == ["J1"]
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"] + 1
    assert phone.complaints == []
    phone.context.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_also_from_right_to_left(chromium, place, boris, texts, language):
    reader = Person(chromium, place, "Boris", locale=language, storage_state=boris.signed_in())
    for address in (texts["Cars"], texts["Cars"].replace("/text/", "/plain/")):
        reader.page.goto(address)
        assert reader.page.locator("html").get_attribute("lang") == language
        assert Axe().run(reader.page).response["violations"] == []
    assert reader.complaints == []
    reader.context.close()


def test_without_a_script_sentences_are_marked_by_their_numbers(chromium, place, boris, texts):
    plain = Person(
        chromium, place, "Boris", java_script_enabled=False, storage_state=boris.signed_in()
    )
    page = plain.page
    page.goto(texts["Talk"].replace("/text/", "/plain/"))
    page.get_by_label("From sentence").fill("2")
    page.get_by_label("Code").first.select_option("J1")
    page.get_by_role("button", name="Mark them").click()

    expect(page.locator("mark", has_text="Because of the bread.")).to_be_visible()
    plain.context.close()


def test_a_reading_is_completed_shown_and_opened_again(page, texts):
    page.goto(texts["Arabic"])
    page.get_by_role("button", name="Complete, and read the next one").click()
    page.wait_for_url(lambda url: url != texts["Arabic"])

    page.goto(texts["Arabic"])
    expect(page.get_by_text("you finished this reading")).to_be_visible()
    page.locator("#text").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("1")
    assert page.evaluate(MARKS)["state"] == "complete"
    page.get_by_role("button", name="Open it again").click()
    page.goto(texts["Arabic"])
    assert page.evaluate(MARKS)["state"] == "open"
