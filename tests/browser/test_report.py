"""The report as a reader meets it: in a real Chromium, by everybody, and with the network cut."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

pytestmark = pytest.mark.browser

STUDIES = ("invented-testimonies", "leaving-2014-2026")
# Where pictures go when somebody asks for them; a test run never writes into the checkout.
PICTURES = os.environ.get("EXEUNT_PICTURES")
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
WIDER_THAN_THE_PAGE = """() => [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .slice(0, 5).map(e => e.tagName + '.' + e.className)"""


@pytest.fixture(scope="module")
def browser(chromium_path: Path) -> Browser:
    """One Chromium for all journeys."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=chromium_path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Browser, demonstration: Path):
    """Open a report in a fresh window; whatever it fetches or complains of is written down."""
    contexts = []

    def open_report(study: str, **options: object) -> Page:
        context = browser.new_context(**{"viewport": DESK, **options})
        contexts.append(context)
        page = context.new_page()
        page.fetched, page.complaints = [], []
        page.on("request", lambda request: page.fetched.append(request.url))
        page.on("console", lambda said: page.complaints.append(f"{said.type}: {said.text}"))
        page.on("pageerror", lambda fault: page.complaints.append(str(fault)))
        page.goto((demonstration / "reports" / study / "report.html").as_uri())
        page.evaluate("() => document.fonts.ready")
        return page

    yield open_report
    for context in contexts:
        context.close()


def violations_of(page: Page) -> list[str]:
    """What axe finds, with the first element of each."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']} ({len(one['nodes'])}x): {one['nodes'][0]['html'][:160]}" for one in found]


def picture(page: Page, name: str) -> None:
    """Take a picture for the documentation, where somebody asked for it."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


@pytest.fixture(params=STUDIES)
def study(request):
    """Each of the two studies."""
    return request.param


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_everybody_can_read_the_report(opened, study, colours):
    page = opened(study, color_scheme=colours)
    picture(page, f"report-{study}-{colours}")

    assert violations_of(page) == []


def test_everybody_can_read_the_report_on_a_telephone(opened, study):
    assert violations_of(opened(study, viewport=PHONE)) == []


def test_the_report_fetches_nothing_from_outside(opened, study):
    page = opened(study)
    page.mouse.wheel(0, 20_000)
    page.wait_for_load_state("networkidle")

    own = Path(page.url.removeprefix("file://")).parent.as_uri()
    assert [url for url in page.fetched if not url.startswith((own, "data:"))] == []


def test_the_report_can_be_passed_on_as_one_file(opened, study):
    assert [url for url in opened(study).fetched if url.startswith("file:")] == [
        opened(study).url
    ]


def test_the_report_complains_of_nothing(opened, study):
    assert opened(study).complaints == []


def test_the_dark_is_dark(opened, study):
    def lightness(colours):
        colour = opened(study, color_scheme=colours).evaluate(
            "() => { const of = e => getComputedStyle(e).backgroundColor;"
            "const clear = 'rgba(0, 0, 0, 0)';"
            "return of(document.body) === clear ? of(document.documentElement) : of(document.body) }"
        )
        return sum(float(part) for part in colour[colour.index("(") + 1 : -1].split(",")[:3]) / 3

    assert lightness("light") > 200
    assert lightness("dark") < 60


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_is_wider_than_the_page(opened, study, width):
    page = opened(study, viewport={"width": width, "height": 740})
    if width == PHONE["width"]:
        picture(page, f"report-{study}-telephone")

    wide = page.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= width, page.evaluate(WIDER_THAN_THE_PAGE)


def test_letters_can_be_made_twice_as_large(opened, study):
    page = opened(study, viewport={"width": 640, "height": 740})
    page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")

    assert page.evaluate("() => document.documentElement.scrollWidth") <= 640


def test_the_report_has_one_heading_a_title_and_a_language(opened, study):
    page = opened(study)

    assert page.locator("h1").count() == 1
    assert page.title() != ""
    assert page.locator("html").get_attribute("lang") == "en"


def test_every_figure_has_a_name_and_its_table_beside_it(opened, study):
    page = opened(study)

    assert page.locator("figure").count() > 0
    unnamed = page.evaluate(
        "() => [...document.querySelectorAll('figure svg, figure img')].filter("
        "e => !(e.getAttribute('alt') || e.getAttribute('aria-label')"
        " || e.getAttribute('aria-labelledby') || e.querySelector(':scope > title'))"
        " && e.getAttribute('aria-hidden') !== 'true').length"
    )
    assert unnamed == 0
    assert page.locator("table").count() >= page.locator("figure").count() // 2


def test_every_link_inside_the_report_leads_somewhere(opened, study):
    lost = opened(study).evaluate(
        "() => [...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.hash.slice(1))"
        ".filter(id => id && !document.getElementById(decodeURIComponent(id)))"
    )

    assert lost == []


def test_the_keyboard_reaches_what_can_be_used_and_shows_where_it_is(opened, study):
    page = opened(study)
    page.keyboard.press("Tab")

    outline = page.evaluate(
        "() => { const e = document.activeElement, s = getComputedStyle(e);"
        "return [e.tagName, s.outlineStyle, s.boxShadow] }"
    )
    assert outline[0] != "BODY"
    assert outline[1] != "none" or outline[2] != "none"


def test_invented_material_is_marked_on_the_screen_and_on_paper(opened):
    page = opened("invented-testimonies")

    for medium in ("screen", "print"):
        page.emulate_media(media=medium)
        marks = page.get_by_text("invented", exact=False).locator("visible=true")
        assert marks.count() > 0
        assert marks.first.is_visible()


def test_real_material_is_not_marked_as_invented(opened):
    assert "nvented" not in opened("leaving-2014-2026").inner_text("body")


def test_arabic_words_run_from_right_to_left(opened):
    page = opened("invented-testimonies")
    directions = page.evaluate(
        "() => [...document.querySelectorAll('[lang=ar]')].map(e => getComputedStyle(e).direction)"
    )

    assert directions
    assert set(directions) == {"rtl"}


def test_on_paper_it_is_black_on_white_and_whole(opened, study):
    page = opened(study, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    colour = page.evaluate("() => getComputedStyle(document.body).color")
    hidden = page.evaluate(
        "() => [...document.querySelectorAll('h1, h2, h3, table, figure')]"
        ".filter(e => !e.checkVisibility()).map(e => e.tagName + ' ' + e.textContent.slice(0, 40))"
    )

    red, green, blue = (float(part) for part in colour[colour.index("(") + 1 : -1].split(",")[:3])
    assert (red + green + blue) / 3 < 90
    assert hidden == []
    assert len(page.pdf(format="A4")) > 10_000
