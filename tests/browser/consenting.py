"""An intake as it is held at a screen: every question answered by the keyboard alone."""

from collections.abc import Callable, Mapping, Sequence

from playwright.sync_api import Page

from tests.making.consent import ANSWERS

MOST_TABS = 40
FOCUSED = "() => document.activeElement?.getAttribute('value') ?? ''"
KIND = "() => document.activeElement?.type ?? ''"


def hold_intake(
    page: Page,
    language: str,
    *,
    answers: Mapping[str, Sequence[str]] = ANSWERS,
    look: Callable[[Page], None] = lambda page: None,
) -> None:
    """Begin at a narrator's consent and answer to the end; ``look`` looks at every page."""
    page.locator("main").locator("a[href$='/intake/']").first.click()
    page.get_by_role("radio", name=language).check()
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/intake/limits/")
    while not page.url.endswith("/check/"):
        name = page.url.rstrip("/").rpartition("/")[2]
        look(page)
        answer(page, answers[name])
        page.wait_for_url(lambda url, name=name: not url.endswith(f"/{name}/"))
    look(page)
    press(page, "submit")
    page.wait_for_url("**/over/given/**")
    look(page)


def answer(page: Page, wanted: Sequence[str]) -> None:
    """Answer one question by the keyboard, and go on."""
    radios = page.locator("input[type=radio]")
    boxes = page.locator("input[type=checkbox]")
    if radios.count():
        go_to(page, "radio")
        page.keyboard.press("Space")
        for _ in range(radios.count()):
            if page.evaluate(FOCUSED) in wanted:
                break
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        return
    for _ in range(boxes.count()):
        go_to(page, "checkbox")
        if page.evaluate(FOCUSED) in wanted:
            page.keyboard.press("Space")
    if page.locator("#answer").count() and wanted:
        go_to(page, page.locator("#answer").get_attribute("type") or "text")
        page.locator("#answer").fill(wanted[0])
    press(page, "submit")


def press(page: Page, kind: str) -> None:
    """Go to the next button by Tab, and press it."""
    go_to(page, kind)
    page.keyboard.press("Enter")


def go_to(page: Page, kind: str) -> None:
    """Press Tab until something of a kind is reached."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(KIND) == kind:
            return
    raise AssertionError(f"no {kind} is reached by Tab at {page.url}")
