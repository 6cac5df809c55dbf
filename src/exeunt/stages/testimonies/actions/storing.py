"""Writing down the accounts of a table, many at once and as plain values."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection
from django.utils import timezone

from exeunt.desk.bulk import Written, number_rows, write_rows
from exeunt.ledger.references import new_references
from exeunt.members.models import Member
from exeunt.stages.narrators.actions.register import ExitColumns, Register
from exeunt.stages.narrators.rules import gap_in
from exeunt.stages.sources.models import Source
from exeunt.stages.sources.rules import Citation
from exeunt.stages.sources.states import SourceKind
from exeunt.stages.testimonies.actions.searching import keep_passages, keep_words
from exeunt.stages.testimonies.models import Account, Telling, TextVersion
from exeunt.stages.testimonies.rules.drafts import AccountDraft, Described

Drafts = Sequence[AccountDraft]

ACCOUNT = ("ref", "study", "label", "narrator", "source", *Described._fields)
ADDED = ("added", "added_by", "revision")
TELLING = ("account", "exit", "began", *ExitColumns._fields)
TEXT = ("account", "number", "text", "length", "digest", "made", "confirmed")
SOURCE = ("ref", "study", "kind", "provenance", "received", "received_in", *Citation._fields)


def store(drafts: Drafts, *, register: Register, source: Source, by: Member) -> None:
    """Write down sound accounts of the table ``source``, inside the caller's transaction."""
    people = register.admit([draft.exit for draft in drafts])
    narrators = [narrator for narrator, _ in people]
    accounts = number_rows(
        Account, (*ACCOUNT, *ADDED), _accounts(drafts, narrators, table=source, by=by)
    )
    tellings = (
        (account, left, draft.exit.began, *register.exit_columns(draft.exit))
        for account, draft, (_, left) in zip(accounts, drafts, people, strict=True)
    )
    write_rows(Telling, TELLING, tellings)
    numbered = list(zip(accounts, drafts, strict=True))
    write_rows(TextVersion, TEXT, _texts(numbered, source))
    keep_words((account, _parts(draft)) for account, draft in numbered)
    keep_passages(account for account, draft in numbered if draft.has_text)


def keep_version(
    account: Account, text: str, *, after: TextVersion | None, confirmed: bool = True
) -> TextVersion:
    """Keep the next version of an account's text, inside the caller's transaction.

    One that is not ``confirmed`` waits for a person, who compares it with its source.
    """
    now = timezone.now()
    return TextVersion.objects.create(
        account=account,
        number=after.number + 1 if after else 1,
        text=text,
        length=len(text),
        digest=digest_of(text),
        made=now,
        confirmed=now if confirmed else None,
    )


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _accounts(
    drafts: Drafts, narrators: Sequence[int], *, table: Source, by: Member
) -> Iterator[Written]:
    sources, added = _sources(drafts, table), (_when(table), by.ref, 1)
    refs = new_references(len(drafts))
    for ref, draft, narrator in zip(refs, drafts, narrators, strict=True):
        source = sources.get(draft.row, table.pk)
        said = map(str, draft.described)
        yield ref, table.study_id, draft.label, narrator, source, *said, *added


def _sources(drafts: Drafts, table: Source) -> dict[int, int]:
    """Keep what rows cite as sources of their own; return these by row."""
    own = [draft for draft in drafts if any(draft.cited)]
    kind, now = SourceKind.CITATION.value, _when(table)
    rows = (
        (ref, table.study_id, kind, draft.provenance.value, now, table.pk, *draft.cited)
        for ref, draft in zip(new_references(len(own)), own, strict=True)
    )
    made = number_rows(Source, SOURCE, rows)
    return {draft.row: source for draft, source in zip(own, made, strict=True)}


def _texts(numbered: Iterable[tuple[int, AccountDraft]], table: Source) -> Iterator[Written]:
    now = _when(table)
    for account, draft in numbered:
        if draft.has_text:
            yield account, 1, draft.text, len(draft.text), digest_of(draft.text), now, now


def _when(table: Source) -> Any:
    """Return the one moment at which all of a table came in, as the database writes it."""
    return connection.ops.adapt_datetimefield_value(table.received)


def _parts(draft: AccountDraft) -> tuple[str, ...]:
    """Return what a new account is found by."""
    told = draft.exit
    named = [group for group in (told.group, told.to_group) if group and not gap_in(group)]
    return (draft.label, draft.cited.citation, told.narrator, *named, draft.text)
