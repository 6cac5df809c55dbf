"""The report as a reader meets it: in a real Chromium, by everybody, and with the network cut."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

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


class Report(NamedTuple):
    """An open report, what it fetched, and what it complained of."""

    page: Page
    fetched: list[str]
    complaints: list[str]


@pytest.fixture(scope="module")
def reports(browser: Browser, demonstration: Path) -> dict[str, Report]:
    """Both reports, each open in a window of its own."""
    return {study: opened(browser, demonstration / "reports" / study) for study in STUDIES}


def opened(browser: Browser, folder: Path) -> Report:
    """Open a report; whatever it fetches or complains of is written down."""
    page = browser.new_page(viewport=DESK)
    report = Report(page, [], [])
    page.on("request", lambda request: report.fetched.append(request.url))
    page.on("console", lambda said: report.complaints.append(f"{said.type}: {said.text}"))
    page.on("pageerror", lambda fault: report.complaints.append(str(fault)))
    page.goto((folder / "report.html").as_uri())
    page.evaluate("() => document.fonts.ready")
    return report


@pytest.fixture(params=STUDIES)
def study(request: pytest.FixtureRequest) -> str:
    """Each of the two studies."""
    return request.param


@pytest.fixture
def report(reports: dict[str, Report], study: str) -> Iterator[Report]:
    """Each report, at a desk and in the light again after every test."""
    yield reports[study]
    at_a_desk(reports[study].page)


@pytest.fixture
def page(report: Report) -> Page:
    """The page of each report."""
    return report.page


@pytest.fixture
def invented(reports: dict[str, Report]) -> Iterator[Page]:
    """The page of the invented study."""
    yield reports["invented-testimonies"].page
    at_a_desk(reports["invented-testimonies"].page)


def at_a_desk(page: Page) -> None:
    """Put a page back to how it was opened."""
    page.set_viewport_size(DESK)
    page.emulate_media(media="screen", color_scheme="light")
    page.evaluate("() => { document.documentElement.style.fontSize = '' }")


def violations_of(page: Page) -> list[str]:
    """What axe finds, with the first element of each."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']} ({len(one['nodes'])}x): {one['nodes'][0]['html'][:160]}" for one in found]


def lightness(colour: str) -> float:
    """The mean of red, green and blue in a computed colour."""
    return sum(float(part) for part in colour[colour.index("(") + 1 : -1].split(",")[:3]) / 3


def picture(page: Page, name: str) -> None:
    """Take a picture for the documentation, where somebody asked for it."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_everybody_can_read_the_report(page, study, colours):
    page.emulate_media(color_scheme=colours)
    picture(page, f"report-{study}-{colours}")

    assert violations_of(page) == []


def test_everybody_can_read_the_report_on_a_telephone(page):
    page.set_viewport_size(PHONE)

    assert violations_of(page) == []


def test_the_report_is_one_file_that_fetches_nothing(report):
    report.page.mouse.wheel(0, 20_000)
    report.page.wait_for_load_state("networkidle")

    assert [url for url in report.fetched if not url.startswith("data:")] == [report.page.url]


def test_the_report_complains_of_nothing(report):
    assert report.complaints == []


def test_the_dark_is_dark(page):
    background = (
        "() => { const of = e => getComputedStyle(e).backgroundColor;"
        "const clear = 'rgba(0, 0, 0, 0)';"
        "return of(document.body) === clear ? of(document.documentElement) : of(document.body) }"
    )
    assert lightness(page.evaluate(background)) > 200

    page.emulate_media(color_scheme="dark")
    assert lightness(page.evaluate(background)) < 60


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_is_wider_than_the_page(page, study, width):
    page.set_viewport_size({"width": width, "height": 740})
    if width == PHONE["width"]:
        picture(page, f"report-{study}-telephone")

    wide = page.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= width, page.evaluate(WIDER_THAN_THE_PAGE)


def test_letters_can_be_made_twice_as_large(page):
    page.set_viewport_size({"width": 640, "height": 740})
    page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")

    assert page.evaluate("() => document.documentElement.scrollWidth") <= 640


def test_the_report_has_one_heading_a_title_and_a_language(page):
    assert page.locator("h1").count() == 1
    assert page.title() != ""
    assert page.locator("html").get_attribute("lang") == "en"


def test_every_figure_has_a_caption_and_every_picture_a_name(page):
    told = page.evaluate(
        """() => [...document.querySelectorAll('.figure')].map(figure => ({
            id: figure.id,
            tables: figure.querySelectorAll('table').length,
            unnamed: [...figure.querySelectorAll('svg[role=img]')].filter(
                svg => !document.getElementById(svg.getAttribute('aria-labelledby'))).length,
            loose: figure.querySelectorAll('svg:not([role=img]):not(svg svg)').length,
        }))"""
    )

    assert told
    assert [one for one in told if not one["tables"] or one["unnamed"] or one["loose"]] == []


def test_every_link_inside_the_report_leads_somewhere(page):
    lost = page.evaluate(
        "() => [...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.hash.slice(1))"
        ".filter(id => id && !document.getElementById(decodeURIComponent(id)))"
    )

    assert lost == []


def test_the_keyboard_begins_at_a_way_past_the_cover_and_shows_where_it_is(page):
    page.evaluate("() => { document.activeElement.blur(); window.scrollTo(0, 0) }")
    page.keyboard.press("Tab")

    tag, target, outline, shadow = page.evaluate(
        "() => { const e = document.activeElement, s = getComputedStyle(e);"
        "return [e.tagName, e.getAttribute('href'), s.outlineStyle, s.boxShadow] }"
    )
    assert (tag, target) == ("A", "#found")
    assert outline != "none" or shadow != "none"


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_invented_material_is_marked_on_every_page(invented, medium):
    invented.emulate_media(media=medium)

    unmarked = invented.evaluate(
        """() => [...document.querySelectorAll('main > section')].filter(section =>
            ![...section.querySelectorAll('.invented')].some(mark => mark.checkVisibility())
        ).map(section => section.id)"""
    )
    assert invented.locator("main > section").count() > 3
    assert unmarked == []


def test_real_material_is_not_marked_as_invented(reports):
    assert "nvented" not in reports["leaving-2014-2026"].page.inner_text("body")


def test_arabic_words_run_from_right_to_left(invented):
    directions = invented.evaluate(
        "() => [...document.querySelectorAll('[lang=ar]')].map(e => getComputedStyle(e).direction)"
    )

    assert directions
    assert set(directions) == {"rtl"}


def test_on_paper_it_is_dark_on_white_and_whole(page):
    page.emulate_media(media="print", color_scheme="dark")
    ink = page.evaluate("() => getComputedStyle(document.body).color")
    hidden = page.evaluate(
        "() => [...document.querySelectorAll('h1, h2, h3, table, .figure')]"
        ".filter(e => !e.checkVisibility()).map(e => e.tagName + ' ' + e.textContent.slice(0, 40))"
    )

    assert lightness(ink) < 90
    assert hidden == []
    assert page.pdf(format="A4").startswith(b"%PDF-")
