"""Anybody chooses language, ground and density; nothing but these choices is taken."""

import pytest
from django.test import Client

from exeunt.web.looks import cleaned

PLACE = "/looks/"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"density": "compact"}, "compact.auto"),
        ({"scheme": "dark"}, "comfortable.dark"),
        ({"density": "<script>", "scheme": "x"}, "comfortable.auto"),
    ],
)
def test_a_choice_is_kept_and_anything_else_is_the_first(db, sent, kept):
    answer = Client().post(PLACE, sent)

    assert answer.cookies["looks"].value == kept
    assert answer.cookies["looks"]["httponly"]


def test_the_pages_are_drawn_as_chosen(cast, study, browser_of):
    amina = browser_of(cast.amina)
    amina.post(PLACE, {"scheme": "dark", "density": "compact"})
    body = amina.get("/studies/").content.decode()

    assert 'data-scheme="dark"' in body
    assert 'data-density="compact"' in body


def test_arabic_is_read_from_the_right(cast, study, browser_of):
    amina = browser_of(cast.amina)
    amina.post(PLACE, {"language": "ar"})
    body = amina.get("/studies/").content.decode()

    assert 'lang="ar" dir="rtl"' in body


def test_a_language_that_there_is_not_is_not_kept(db):
    assert "language" not in Client().post(PLACE, {"language": "tlh"}).cookies


@pytest.mark.parametrize(
    ("next_", "goes"),
    [
        ("/studies/", "/studies/"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_one_goes_back_to_a_page_of_ours_and_nowhere_else(db, next_, goes):
    assert Client().post(PLACE, {"next": next_}).headers["Location"] == goes


def test_choosing_is_no_reading(db):
    assert Client().get(PLACE).status_code == 405


def test_what_a_cookie_holds_is_cleaned():
    assert tuple(cleaned("compact", "purple")) == ("compact", "auto")
