"""Sealing signed papers of consent: files that are somebody's without being a text of theirs."""

from django.db import transaction

from exeunt.errors import NotThere
from exeunt.members.models import Member
from exeunt.vault.actions.noting import anchor, note_of
from exeunt.vault.actions.people import files_of, rewrite_files
from exeunt.vault.actions.texts import read_file, remove_file, write_file
from exeunt.vault.actions.unlocking import spend
from exeunt.vault.actions.wrapping import hold
from exeunt.vault.queries import Keys, person_called, person_key
from exeunt.vault.routing import VAULT


def seal_form(*, form: str, narrator: str, content: bytes, keys: Keys, by: Member) -> None:
    """Seal a signed paper, byte for byte, under the key of whoever signed it.

    It stands among their files from then on: what erases, rotates and backs those up carries it.
    """
    person = person_called(narrator, keys=keys)
    name = write_file(content, key=person_key(person, keys=keys))
    try:
        with transaction.atomic(using=VAULT):
            hold(keys.vault)
            files = files_of(person, keys=keys)
            files["files"].append({"name": name, "form": form})
            rewrite_files(person, files, keys=keys)
            note_of(person, "form.sealed", keys=keys, by=by.ref, original=True)
    except BaseException:
        remove_file(name)
        raise
    anchor(by=by.ref)


def open_form(*, form: str, narrator: str, keys: Keys, by: Member) -> bytes:
    """Return a signed paper, byte for byte; written down and counted first."""
    with transaction.atomic(using=VAULT):
        person = person_called(narrator, keys=keys)
        spend(person.pk, keys=keys)
        note_of(person, "form.opened", keys=keys, by=by.ref)
    files = files_of(person, keys=keys)["files"]
    named = [one["name"] for one in files if one.get("form") == form]
    if not named:
        raise NotThere("There is nothing here.")
    return read_file(named[0], key=person_key(person, keys=keys))
