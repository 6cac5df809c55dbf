"""The pictures that the pages of the documentation show: taken by journeys, only when asked for.

``make pictures`` sets EXEUNT_PICTURES; a test run never writes into the checkout.
"""

import os
from pathlib import Path

from playwright.sync_api import Page

FOLDER = os.environ.get("EXEUNT_PICTURES")

# Every picture and the journey that takes it.
TAKEN = {
    "overview.png": "test_exploring",
    "accounts.png": "test_exploring",
    "findings.png": "test_exploring",
    "agreement.png": "test_exploring",
    "finding-again.png": "test_finding_again",
    "overview-arabic.png": "test_for_everyone",
    "account-by-hand.png": "test_an_account_by_hand",
    "coding-a-text.png": "test_coding_texts",
    "coding-sheet.png": "test_an_account_by_hand",
    "where-you-differ.png": "test_an_account_by_hand",
    "sign-in.png": "test_an_account_by_hand",
    "settling-spans.png": "test_settling_spans",
    "intake-arabic.png": "test_an_intake",
    "masking.png": "test_the_custodians_desk",
    "masking-arabic.png": "test_the_custodians_desk",
}


def take(page: Page, name: str, *, whole: bool = False) -> None:
    """Take a picture that the documentation shows, if pictures were asked for."""
    if name not in TAKEN:
        raise ValueError(f"{name} is not among the pictures that journeys take")
    if FOLDER:
        page.screenshot(path=Path(FOLDER) / name, full_page=whole)
