"""Taking an entrusted text in: sealed before a word of it is written anywhere else."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db import transaction

from exeunt.errors import Refusal
from exeunt.members.models import Member
from exeunt.stages.consent.actions.events import await_consent
from exeunt.stages.narrators.models import Narrator
from exeunt.stages.sources.actions import receive_text
from exeunt.stages.sources.intake.texts import TextDraft, read_text, typed_text
from exeunt.stages.testimonies.actions.entrusted import begin_account
from exeunt.stages.testimonies.models import Account
from exeunt.studies.queries import require
from exeunt.studies.roles import Act
from exeunt.vault import room
from exeunt.vault.room import Keys

LARGEST = 20 << 20
LONGEST_TEXT = 1_000_000


class Received(NamedTuple):
    """A text as it was handed over: a file with its name, or typed words without one."""

    content: bytes
    name: str = ""


def take_in(
    *,
    narrator: Narrator,
    received: Received,
    words: Mapping[str, str],
    ref: str,
    keys: Keys,
    by: Member,
) -> Account:
    """Read a text apart, seal it and its file, and add its account, which has no text yet.

    ``ref`` is the reference that the form gave the source; sent twice, it is one account.
    Raises BadInput or Refusal where the file cannot be read; then nothing of it is kept.
    """
    study = narrator.study
    require(Act.TAKE_IN, study=study, by=by)
    draft = _read(received)
    with transaction.atomic():
        source = receive_text(study=study, ref=ref, by=by)
        there = Account.everything.filter(source=source).first()
        if there is not None:
            return there
        await_consent(narrator=narrator, by=by)
        account = begin_account(source=source, narrator=narrator, words=words, by=by)
        room.seal_text(
            source=source.ref,
            narrator=narrator.ref,
            content=_content(draft, received.name, language=account.language),
            original=received.content if received.name else b"",
            keys=keys,
            by=by,
        )
    return account


def _read(received: Received) -> TextDraft:
    if len(received.content) > LARGEST:
        raise Refusal(
            "This file has more than {most} MB. Take pictures and sound out of it, or split it.",
            most=LARGEST >> 20,
        )
    draft = _draft(received)
    text = _whole(draft)
    if not text.strip():
        raise Refusal("There are no words in it; check that the right file was chosen.")
    if len(text) > LONGEST_TEXT:
        raise Refusal("This text has more than {most:,} characters; split it.", most=LONGEST_TEXT)
    return draft


def _draft(received: Received) -> TextDraft:
    if received.name:
        return read_text(received.content, name=received.name)
    return typed_text(received.content.decode())


def _content(draft: TextDraft, name: str, *, language: str) -> dict[str, object]:
    return {
        "name": name,
        "text": _whole(draft),
        "language": language,
        "turns": [[p.speaker, p.begins, p.ends] for p in draft.paragraphs],
        "left_out": [str(sentence) for sentence in (*draft.unsure, *draft.left_out)],
    }


def _whole(draft: TextDraft) -> str:
    """Return a text with its speakers, whose names are to be masked as well."""
    return "\n".join(
        f"{paragraph.speaker}: {paragraph.text}" if paragraph.speaker else paragraph.text
        for paragraph in draft.paragraphs
    )
