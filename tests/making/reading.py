"""Reading a page as a person would, and filling in the form that is on it."""

import re
from html import unescape

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from exeunt.studies.models import Study

HIDDEN = re.compile(r'<input type="hidden" name="(once|revision)" value="([^"]*)"')


def at(name: str, study: Study, **places: object) -> str:
    """Return the address of a page of a study."""
    return reverse(name, kwargs={"study_ref": study.ref, **places})


def words(answer: HttpResponse) -> str:
    """Return what a page says, without its markup, in one line."""
    body = re.sub(r"<(head|template)\b.*?</\1>", " ", answer.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def hidden_in(answer: HttpResponse) -> dict[str, str]:
    """Return what a form on a page carries unseen."""
    return {name: unescape(value) for name, value in HIDDEN.findall(answer.content.decode())}


def fill_in(client: Client, place: str, **typed: object) -> HttpResponse:
    """Open a form and send it with these fields."""
    return client.post(place, {**hidden_in(client.get(place)), **typed})
