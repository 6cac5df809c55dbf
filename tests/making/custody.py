"""A study to which testimonies are entrusted, and its custodian at a browser."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from exeunt.stages.narrators.models import Narrator
from exeunt.stages.testimonies.models import Account
from exeunt.studies.models import Study
from exeunt.vault.states import Reason
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
    """Register somebody by the form."""
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
    return Narrator.objects.get(study=study, label=label)


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
