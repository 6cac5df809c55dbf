"""A lead drops files onto a page, sees what became of each, and confirms what was guessed."""

import base64
import json
import os
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from exeunt.procedures import demonstration
from exeunt.stages.findings.formats.drawn import FONTS
from exeunt.stages.sources.intake.texts import read_text
from tests.browser.serving import Person
from tests.making import pdfs

pytestmark = pytest.mark.browser

TOLD = "تركت الجماعة في عام 2014 لأنهم كذبوا علينا، وقال لي أحدهم: لا تسأل عن المال."
FILES = {
    "one.txt": b"I left because they lied to us.",
    "talk.txt": b"AMINA: Why?\nBORIS: They lied.\nAMINA: When?\nBORIS: In May.",
    "old.doc": b"\xd0\xcf\x11\xe0",
}
DROP = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name));
  const form = document.querySelector("main form");
  for (const kind of ["dragover", "drop"])
    form.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer }));
}"""
DRAWN = "() => [...document.querySelectorAll('main img')].every((one) => one.naturalWidth > 100)"


@pytest.fixture(scope="module")
def amina(chromium: Browser, address: str) -> Iterator[Person]:
    """Amina, signed in, in the study of invented testimonies."""
    person = Person(chromium, address, "Amina").sign_in()
    person.page.goto("/studies/")
    person.page.locator("main").get_by_role("link", name="Invented testimonies").first.click()
    yield person
    person.context.close()


@pytest.fixture(scope="module")
def study(amina: Person) -> str:
    """The address of the study."""
    return re.match(r".*/studies/[0-9a-f]{16}/", amina.page.url)[0]


def drop(page: Page, name: str, content: bytes) -> None:
    """Drop a file onto the form, as a hand would."""
    page.evaluate(DROP, [name, base64.b64encode(content).decode()])


def seen(page: Page, name: str) -> None:
    """Keep a picture for whoever looks at the pages while working on them."""
    if os.environ.get("EXEUNT_SEEN"):
        page.screenshot(path=f"{os.environ['EXEUNT_SEEN']}/{name}.png", full_page=True)


def test_files_are_dropped_and_taken_in_and_what_became_of_each_is_told(amina, study):
    page = amina.page
    page.goto(study + "accounts/import-texts/")
    for name, content in {**FILES, "arabic.pdf": pdfs.arabic(TOLD)}.items():
        drop(page, name, content)
    expect(page.locator(".drop-list li")).to_have_count(4)
    seen(page, "send")
    page.get_by_role("button", name="Take them in").click()
    page.get_by_role("link", name="See what came of it").click(timeout=60_000)

    rows = page.locator("tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.filter(has_text="one.txt")).to_contain_text("taken")
    expect(rows.filter(has_text="old.doc")).to_contain_text("before 2007")
    expect(rows.filter(has_text="arabic.pdf")).to_contain_text("to be confirmed")
    seen(page, "taken")
    assert Axe().run(page).violations_count == 0


def test_a_pdf_is_compared_with_its_pages_and_confirmed(amina, study):
    page = amina.page
    page.goto(study + "accounts/to-confirm/")
    page.locator("main").get_by_role("link", name="arabic").click()
    expect(page.locator("textarea")).to_have_value(TOLD)
    page.locator("main img").first.scroll_into_view_if_needed()
    page.wait_for_function(DRAWN)
    seen(page, "confirm")
    assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name="Confirm the text as it stands here").click()
    expect(page.get_by_text("The text of arabic was confirmed.")).to_be_visible()


def test_a_layout_is_switched_off_by_reading_the_file_anew(amina, study):
    page = amina.page
    page.goto(study + "accounts/to-confirm/")
    page.locator("main").get_by_role("link", name="talk").click()
    expect(page.get_by_text("Who speaks:")).to_be_visible()
    page.get_by_role("button", name="Read the file anew").click()
    expect(page.get_by_text("Who speaks:")).to_have_count(0)
    page.get_by_role("button", name="Throw it away").click()
    expect(page.get_by_text("No text waits to be confirmed.")).to_be_visible()
    assert amina.complaints == []


def printed(chromium: Browser, text: str, font: str) -> bytes:
    """Print a text to PDF as people do from a browser, in one of the report's fonts."""
    data = base64.b64encode((FONTS / f"{font}-Regular.ttf").read_bytes()).decode()
    face = f"@font-face{{font-family:F;src:url(data:font/ttf;base64,{data})}}"
    arabic = sum("\u0600" <= sign <= "\u06ff" for sign in text) > len(text) / 3
    paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    page = chromium.new_page()
    page.set_content(
        f"<style>{face} body{{font:13pt F;margin:0}}</style>"
        f"<body dir={'rtl' if arabic else 'ltr'}>{paragraphs}"
    )
    data = page.pdf(format="A5")
    page.close()
    return data


@pytest.mark.parametrize("font", ["Vazirmatn", "Amiri"])
def test_what_a_browser_printed_is_read_in_order(chromium, font):
    rows = (Path(demonstration.__file__).parent / "data" / "accounts.jsonl").read_text()
    texts = [json.loads(row).get("text", "") for row in rows.splitlines()]
    told = ["\n".join(filter(str.strip, text.split("\n"))) for text in texts if text][:6]
    read = [read_text(printed(chromium, text, font), name="a.pdf").text for text in told]
    alike = [
        SequenceMatcher(None, one, other, autojunk=False).ratio()
        for one, other in zip(told, read, strict=True)
    ]
    assert min(alike) > 0.995
