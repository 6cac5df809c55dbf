"""A study to which testimonies are entrusted, and its custodian at a browser."""

import html
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from exeunt.stages.narrators.models import Narrator
from exeunt.stages.testimonies.models import Account
from exeunt.studies.models import Study
from exeunt.vault.states import Reason
from tests.making.consent import agreed
from tests.making.pages import fields_of
from tests.making.vault import PASSPHRASE

# Beside it stands the small form that shuts the vault.
FORM = "//main//form[starts-with(@class, 'form')]"
NAME, ALIAS, PHONE = "Rahma Testwell", "Umm Zayn", "+44 7700 900123"
# Everything is invented; the words stand in no other test.
TELLING = (
    "I joined with Abu Salim al-Tunisi in Raqqa on 3 May 2014.\n"
    "Abu Salim al-Tunisi told me that Rahma Testwell had left.\n"
    "My telephone was +44 7700 900456, and I was 23 years old."
)


def unlock(client: Client, reason: Reason = Reason.MASKING) -> HttpResponse:
    """Open the vault for who is signed in, by the form."""
    place = reverse("custody:open")
    return client.post(place, {"passphrase": PASSPHRASE, "reason": reason.value})


def at(name: str, study: Study, **where: Any) -> str:
    """Return the address of a page of the custodian's desk."""
    return reverse(f"custody:{name}", kwargs={"study_ref": study.ref, **where})


def register(client: Client, study: Study, label: str = "N-1", **more: str) -> Narrator:
    """Register somebody by the form, who agrees to being read."""
    place = at("register", study)
    given = {
        **fields_of(client.get(place), form_at=FORM),
        "label": label,
        "gender": "woman",
        "name": NAME,
        "aliases": ALIAS,
        "kind_1": "phone",
        "value_1": PHONE,
        "safe_1": "on",
        **more,
    }
    answer = client.post(place, given)
    assert answer.status_code == 302, answer.content.decode()
    return agreed(Narrator.objects.get(study=study, label=label))


def take_in(client: Client, study: Study, narrator: Narrator, **more: Any) -> Account:
    """Take a text in by the form."""
    place = at("receive", study)
    given = {
        **fields_of(client.get(place), form_at=FORM),
        "narrator": narrator.ref,
        "text": TELLING,
        "account_id": "A-1",
        "language": "en",
        "group_left": "The Banner",
        **more,
    }
    answer = client.post(place, given)
    assert answer.status_code == 302, answer.content.decode()
    return Account.objects.filter(study=study).latest("pk")


def said(answer: HttpResponse) -> str:
    """Return what a page says, as somebody reads its source: spaces as one, signs as they are."""
    return html.unescape(re.sub(r"\s+", " ", answer.content.decode()))


def step(client: Client, place: str, act: str, **more: str) -> HttpResponse:
    """Take one step of masking by its button, on the page as it stands."""
    sent = fields_of(client.get(place), form_at="//form[@id='steps']")
    return client.post(place, {**sent, "act": act, **more})


def masked(client: Client, study: Study, account: Account) -> HttpResponse:
    """Mask everything that was proposed, read the one page, and hand the text over."""
    place = at("page", study, ref=account.ref, number=1)
    page = client.get(place)
    for mark in page.context["leaf"].marks:
        assert step(client, place, f"accept {mark.number}").status_code == 302
    assert step(client, place, "read").status_code == 302
    finish = at("finish", study, ref=account.ref)
    return client.post(finish, fields_of(client.get(finish), form_at=FORM))
