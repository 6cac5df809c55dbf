"""A form that a page sends by script: it is told where to go, and loses nothing on the way."""

from django.urls import reverse


def test_a_redirection_becomes_a_place_to_go(cast, study, browser_of):
    browser = browser_of(cast.amina)

    answer = browser.post(reverse("looks"), {"next": "/studies/"}, headers={"X-Keeps": "1"})

    assert (answer.status_code, answer.headers["X-Go"]) == (204, "/studies/")
    assert "Location" not in answer.headers
    assert answer.content == b""


def test_without_a_script_the_browser_is_sent_there(cast, study, browser_of):
    answer = browser_of(cast.amina).post(reverse("looks"), {"next": "/studies/"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/studies/")


def test_a_page_is_answered_as_ever(cast, study, browser_of):
    answer = browser_of(cast.amina).get(reverse("studies"), headers={"X-Keeps": "1"})

    assert answer.status_code == 200
