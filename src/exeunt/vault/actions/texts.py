"""Sealing raw texts and their originals, and keeping how far their masking is."""

import os
import re
import secrets
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from exeunt.errors import Changed, NotYet, Refusal
from exeunt.members.models import Member
from exeunt.vault.actions.noting import anchor, note_of
from exeunt.vault.actions.people import files_of, rewrite_files
from exeunt.vault.actions.unlocking import opens_first, spend
from exeunt.vault.actions.wrapping import hold
from exeunt.vault.models import Person, Text
from exeunt.vault.queries import (
    Keys,
    Plain,
    as_written,
    context_of_text,
    person_called,
    person_key,
    read_plain,
    text_of,
    tie_under,
)
from exeunt.vault.routing import VAULT
from exeunt.vault.sealing.envelopes import derived, seal, unseal
from exeunt.vault.sealing.files import blocks_in, opened_blocks, sealed_blocks

CONTENT, REVIEW = "content", "review"
FILE_KEY = b"exeunt vault file 1"
_NAME = re.compile("[0-9a-f]{32}")


class FileIsMissing(Refusal):
    """A sealed file is not where it was written."""


class RawText(NamedTuple):
    """A raw text as it was taken in, how far its masking is, and the revision of both."""

    content: Plain
    review: Plain
    revision: int


def seal_text(
    *,
    source: str,
    narrator: str,
    content: Plain,
    original: bytes,
    keys: Keys,
    by: Member,
) -> Text:
    """Seal a raw text and, byte for byte, the file that it came in; nothing is written in clear.

    ``original`` may be empty, where the text was typed.
    """
    person = person_called(narrator, keys=keys)
    key = person_key(person, keys=keys)
    name = write_file(original, key=key) if original else ""
    try:
        with transaction.atomic(using=VAULT):
            hold(keys.vault)
            text = Text(handle=keys.handle("text", source), key_version=person.key_version)
            text.tie = tie_under(keys.link, text, vault=keys.vault)
            text.content = _sealed(content, text, CONTENT, key=key, keys=keys)
            text.review = _sealed({}, text, REVIEW, key=key, keys=keys)
            text.save(force_insert=True)
            files = files_of(person, keys=keys)
            files["texts"].append(source)
            files["files"] += [{"name": name, "source": source}] if name else []
            rewrite_files(person, files, keys=keys)
            note_of(person, "text.sealed", keys=keys, by=by.ref, original=bool(name))
    except BaseException:
        remove_file(name)
        raise
    anchor(by=by.ref)
    return text


def open_text(*, source: str, narrator: str, keys: Keys, by: Member) -> RawText:
    """Open a raw text and how far its masking is; it is counted and written down first."""
    with transaction.atomic(using=VAULT):
        person = person_called(narrator, keys=keys)
        spend(person.pk, keys=keys)
        opens_first(text_of(source, keys=keys).pk, keys=keys)
        note_of(person, "text.opened", keys=keys, by=by.ref)
    return read_text(person, source, keys=keys)


def go_on_with_text(*, source: str, narrator: str, keys: Keys, by: Member) -> RawText:
    """Open a raw text for the next step of masking; opening it for the first was written down."""
    with transaction.atomic(using=VAULT):
        person = person_called(narrator, keys=keys)
        spend(person.pk, keys=keys)
        if opens_first(text_of(source, keys=keys).pk, keys=keys):
            note_of(person, "text.opened", keys=keys, by=by.ref)
    return read_text(person, source, keys=keys)


def read_text(person: Person, source: str, *, keys: Keys) -> RawText:
    """Return a raw text for an act that has been counted and written down already."""
    return opened_text(text_of(source, keys=keys), key=person_key(person, keys=keys), keys=keys)


def opened_text(text: Text, *, key: bytes, keys: Keys) -> RawText:
    """Return a raw text by the key that it lies under."""
    content = unseal(
        bytes(text.content), key=key, context=context_of_text(keys.vault, _as_first(text), CONTENT)
    )
    review = unseal(bytes(text.review), key=key, context=context_of_text(keys.vault, text, REVIEW))
    return RawText(read_plain(content), read_plain(review), text.revision)


def keep_review(*, source: str, narrator: str, review: Plain, revision: int, keys: Keys) -> int:
    """Keep how far a text's masking is; raises Changed where another custodian was quicker.

    Returns the new revision. A step of masking is not written down by itself; opening was.
    """
    with transaction.atomic(using=VAULT):
        hold(keys.vault)
        person = person_called(narrator, keys=keys)
        text = Text.objects.select_for_update().get(pk=text_of(source, keys=keys).pk)
        if text.revision != revision:
            raise Changed(
                "Another custodian has gone on with this text since you opened it.",
                revision=text.revision,
                theirs={},
            )
        text.revision += 1
        key = person_key(person, keys=keys)
        text.review = _sealed(review, text, REVIEW, key=key, keys=keys)
        text.save()
    return text.revision


def open_original(*, source: str, narrator: str, keys: Keys, by: Member) -> bytes:
    """Return the file that a text came in, byte for byte; written down and counted first."""
    with transaction.atomic(using=VAULT):
        person = person_called(narrator, keys=keys)
        spend(person.pk, keys=keys)
        note_of(person, "original.opened", keys=keys, by=by.ref)
    named = [
        one["name"] for one in files_of(person, keys=keys)["files"] if one.get("source") == source
    ]
    if not named:
        raise NotYet("This text was typed; there is no file that it came in.")
    return read_file(named[0], key=person_key(person, keys=keys))


def reseal_text(text: Text, raw: RawText, *, key: bytes, version: int, keys: Keys) -> None:
    """Seal a text anew under another key, inside the caller's transaction."""
    text.key_version = version
    text.content = _sealed(raw.content, _as_first(text), CONTENT, key=key, keys=keys)
    text.review = _sealed(raw.review, text, REVIEW, key=key, keys=keys)
    text.save()


def sealed_folder() -> Path:
    """Return the folder of sealed files of the archive that is open."""
    if settings.EXEUNT_SEALED is None:
        raise NotYet("No archive is open.")
    folder = Path(settings.EXEUNT_SEALED)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def write_file(content: bytes, *, key: bytes) -> str:
    """Seal a file under a name by lot, bring it to the disk, and return the name."""
    name = secrets.token_hex(16)
    path = sealed_folder() / name
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(sealed_blocks(content, key=derived(key, FILE_KEY), name=name))
            file.flush()
            os.fsync(file.fileno())
        # When a file was written would tell which act wrote it.
        os.utime(path, (0, 0))
    except OSError as fault:
        path.unlink(missing_ok=True)
        raise Refusal(
            "The file could not be sealed ({why}); nothing of it was kept. See whether the disk "
            "is full, then send it again.",
            why=fault.strerror or "the disk refused it",
        ) from fault
    return name


def read_file(name: str, *, key: bytes) -> bytes:
    """Open a sealed file."""
    try:
        content = (sealed_folder() / name).read_bytes()
    except OSError as fault:
        raise FileIsMissing(
            "A sealed file is missing from sealed/ ({why}). Restore it from a backup.",
            why=fault.strerror or "it is not there",
        ) from fault
    return opened_blocks(blocks_in(content), key=derived(key, FILE_KEY), name=name)


def sealed_names() -> set[str]:
    """Return the names of all sealed files that lie on the disk."""
    return {path.name for path in sealed_folder().iterdir() if _NAME.fullmatch(path.name)}


def remove_file(name: str) -> None:
    """Take a sealed file away."""
    if name:
        (sealed_folder() / name).unlink(missing_ok=True)


def _sealed(plain: Plain, text: Text, part: str, *, key: bytes, keys: Keys) -> bytes:
    return seal(as_written(plain), key=key, context=context_of_text(keys.vault, text, part))


def _as_first(text: Text) -> Text:
    """Return the text as its content knows it: the content is never rewritten by a review."""
    return Text(pk=text.pk, handle=text.handle, key_version=text.key_version, revision=1)
