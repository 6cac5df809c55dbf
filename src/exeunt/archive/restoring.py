"""Restoring a bundle: checked whole, and everybody erased again who was, before anybody sees it.

A bundle still holds whoever was erased after it was made. So it is not restored without the
erasure list, nor with one that is older than the bundle.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import IO, NamedTuple

from django.contrib.sessions.models import Session
from django.db import connections, transaction
from django.utils import timezone
from pyrage import DecryptError
from pyrage import passphrase as under_passphrase

from exeunt.archive.bundles.manifest import Manifest
from exeunt.archive.bundles.sealing import Progress, decrypt
from exeunt.archive.bundles.staging import made_in
from exeunt.archive.bundles.unpacking import Unpacking
from exeunt.archive.bundling import SUBJECT
from exeunt.archive.checking import check
from exeunt.archive.folder import ArchiveFolder, id_of
from exeunt.archive.opening import opened
from exeunt.errors import ArchiveRefusal, NotYet, Refusal
from exeunt.ledger.recording import ARCHIVE, record
from exeunt.ledger.verifying import Witness, problems_of_ledger, read_witness, witness
from exeunt.members.models import Invitation, Member
from exeunt.members.queries import first_person
from exeunt.procedures.erasure import erase_again
from exeunt.vault.actions.custodians import NOBODY
from exeunt.vault.actions.noting import anchor, note
from exeunt.vault.erasures import (
    Checkpoint,
    Line,
    check_holds,
    erased_in,
    public_of,
    read_list,
)
from exeunt.vault.models import Custodian, Unlocking, Vault
from exeunt.vault.queries import Keys, custodians, key_for, key_of, the_vault
from exeunt.vault.routing import VAULT
from exeunt.vault.sealing.secrets_on_paper import Paper, paper_from
from exeunt.vault.sealing.wrapping import key_pair
from exeunt.vault.states import CustodianState, Purpose

_CHECKPOINT = re.compile(r"(?P<length>\d{1,18}):(?P<digest>[0-9a-f]{64})")
PUBLIC_LENGTH = 32
SHUT = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----")

__all__ = [
    "Brought",
    "Looked",
    "Paper",
    "Restored",
    "checkpoint_from",
    "look_into",
    "paper_in",
    "paper_of",
    "restore",
]


class Brought(NamedTuple):
    """What a restore must be shown from outside: the erasure list, and what somebody noted."""

    erasures: Path | None = None
    checkpoint: Checkpoint | None = None
    witness: Witness | None = None


class Restored(NamedTuple):
    """An archive that was restored: as of when, who was erased again, who holds its keys."""

    made: str
    erased: int
    custodians: tuple[str, ...]
    ledger: Witness | None
    problems: tuple[str, ...]


class Looked(NamedTuple):
    """A bundle that was read to its end, and is whole."""

    manifest: Manifest
    files: int
    size: int


def paper_in(content: bytes, *, passphrase: Callable[[], str]) -> Paper:
    """Read a custodian's identity file, asking for its passphrase only where it has one."""
    if content.lstrip().startswith(SHUT):
        try:
            content = bytes(under_passphrase.decrypt(content, passphrase()))
        except DecryptError:
            raise Refusal("The identity file does not open with this passphrase.") from None
    lines = [line.strip() for line in content.decode(errors="replace").splitlines()]
    words = [line for line in lines if line and not line.startswith("#")]
    if len(words) != 1:
        raise Refusal("This file holds no identity, or more than one.")
    return paper_of(words[0])


def paper_of(word: str) -> Paper:
    """Read the word that somebody typed from the paper."""
    try:
        return paper_from(word)
    except ValueError:
        raise Refusal(
            "This is no secret of a custodian, or a letter of it is wrong. It begins with "
            "AGE-SECRET-KEY-1; capitals and spaces make no difference."
        ) from None


def look_into(bundle: Path, *, paper: Paper, progress: Progress = lambda _done: None) -> Looked:
    """Read a bundle to its end and check every digest in it; nothing is written."""
    into = Unpacking(first=lambda _manifest: None, place=lambda _name: None)
    manifest = decrypt(bundle, word=paper.word, into=into, progress=progress)
    return Looked(manifest, len(into.sizes), sum(into.sizes.values()))


def restore(
    bundle: Path,
    path: Path,
    *,
    paper: Paper,
    brought: Brought,
    progress: Progress = lambda _done: None,
) -> Restored:
    """Restore a bundle into a folder that is new or empty.

    The folder becomes an archive when all of it was checked and everybody on the erasure list was
    erased again; where anything stands against it, nothing of it stays.
    """
    _refuse_on_a_server()
    with made_in(path) as staging:
        manifest = _unpacked(bundle, staging, paper=paper, brought=brought, progress=progress)
        with opened(staging.path) as archive:
            restored = _settled(archive, manifest, paper=paper, brought=brought)
        for left in (*staging.path.glob("before-*"), staging.lock):
            left.unlink(missing_ok=True)
    return restored


def _unpacked(
    bundle: Path, staging: ArchiveFolder, *, paper: Paper, brought: Brought, progress: Progress
) -> Manifest:
    """Unpack a bundle, having looked at the erasure list before anything of it is written."""

    def place(name: str) -> IO[bytes]:
        path = staging.path / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    def first(manifest: Manifest) -> None:
        if manifest.vault:
            _lines(manifest, brought, staging)

    return decrypt(
        bundle, word=paper.word, into=Unpacking(first=first, place=place), progress=progress
    )


def _settled(
    archive: ArchiveFolder, manifest: Manifest, *, paper: Paper, brought: Brought
) -> Restored:
    """Make an archive that was unpacked fit to be opened; raises Refusal where it is not whole."""
    _check_belongs(archive, manifest)
    _check_ledgers(manifest, brought)
    by, erased = first_person(), 0
    if manifest.vault:
        lines = _lines(manifest, brought, archive)
        keys = _keys(paper)
        by = Member.objects.filter(ref=keys.custodian.member).first() or by
        erased = _erased_again(lines, brought, keys=keys, by=by)
    _shut_everybody_out(archive, manifest, erased=erased, by=by)
    _pack_anew()
    found = check(archive, earlier=read_witness(manifest.ledger))
    names = Member.objects.filter(ref__in=[one.member for one in _holding(manifest)])
    return Restored(
        manifest.made, erased, tuple(one.name for one in names), witness(), found.problems
    )


def _lines(manifest: Manifest, brought: Brought, target: ArchiveFolder) -> list[Line]:
    """Read the erasure list, as it must be for this bundle and for what somebody noted."""
    if brought.erasures is None:
        raise NotYet(
            "This bundle holds people who may have been erased since. Bring the erasure list, "
            "which lies outside the archive and its backups: --erasures LIST."
        )
    place = brought.erasures.expanduser().resolve()
    if place.is_relative_to(target.path.parent.resolve()):
        raise ArchiveRefusal(f"{place} lies where the archive will be; put the list elsewhere.")
    lines = read_list(place, public=_public(manifest))
    check_holds(lines, checkpoint_from(manifest.erasures))
    if brought.checkpoint is not None:
        check_holds(lines, brought.checkpoint)
    return lines


def checkpoint_from(word: str) -> Checkpoint:
    """Read a checkpoint as it was printed: LENGTH:DIGEST."""
    found = _CHECKPOINT.fullmatch(word.strip())
    if found is None:
        raise Refusal(
            "“{word}” is no checkpoint; it should look like 12:ab34…, as “exeunt backup” prints "
            "it.",
            word=word,
        )
    return Checkpoint(int(found["length"]), found["digest"])


def _public(manifest: Manifest) -> bytes:
    try:
        public = bytes.fromhex(manifest.signs_with)
    except ValueError:
        public = b""
    if len(public) != PUBLIC_LENGTH:
        raise _not_as_it_says()
    return public


def _check_belongs(archive: ArchiveFolder, manifest: Manifest) -> None:
    facts = archive.facts()
    if id_of(archive) != manifest.archive or facts.get("vault", "") != manifest.vault:
        raise _not_as_it_says()
    if not manifest.vault:
        return
    vault = the_vault()
    if vault.ref != manifest.vault or bytes(vault.signs_with) != _public(manifest):
        raise _not_as_it_says()


def _check_ledgers(manifest: Manifest, brought: Brought) -> None:
    """Both ledgers must be sound, and begin with all that was witnessed."""
    problems = problems_of_ledger(brought.witness) if brought.witness is not None else []
    for alias, said in ((ARCHIVE, manifest.ledger), (VAULT, manifest.vault_ledger)):
        if said:
            problems += problems_of_ledger(read_witness(said), on=alias)
    if problems:
        raise Refusal(
            "This bundle is not restored: a ledger in it is not sound. {problems}",
            problems=" ".join(dict.fromkeys(problems)),
        )


def _keys(paper: Paper) -> Keys:
    """Return the keys by the secret that opened the bundle: a custodian's, or the paper's."""
    vault = the_vault()
    pair = key_pair(paper.secret)
    holder = Custodian.objects.filter(
        state=CustodianState.ACTIVE, recipient=paper.recipient
    ).first()
    if holder is None or bytes(holder.public_key) != pair.public:
        raise Refusal(
            "This identity opens the bundle but not its vault, so nobody in it could be erased "
            "again. Use a custodian's identity, or the word on paper."
        )
    link = key_for(Purpose.LINK, NOBODY, vault.link_version, vault=vault, holder=holder, pair=pair)
    keys = Keys(vault, holder, pair, link)
    if public_of(key_of(Purpose.SIGNING, NOBODY, 1, keys=keys)) != bytes(vault.signs_with):
        raise _not_as_it_says()
    return keys


def _erased_again(lines: list[Line], brought: Brought, *, keys: Keys, by: Member) -> int:
    """Erase everybody who is on the list, and go on with the list that was brought."""
    keys.vault.erasures = str(brought.erasures.expanduser().resolve()) if brought.erasures else ""
    Vault.objects.filter(pk=1).update(erasures=keys.vault.erasures)
    erased = erase_again(tags=erased_in(lines), keys=keys, by=by)
    with transaction.atomic(using=VAULT):
        Unlocking.objects.all().delete()
        note("vault.restored", subject=keys.vault.ref, by=by.ref, erased=erased, lines=len(lines))
    anchor(by=by.ref)
    return erased


@transaction.atomic
def _shut_everybody_out(
    archive: ArchiveFolder, manifest: Manifest, *, erased: int, by: Member
) -> None:
    """End what was open on the day of the bundle: sessions, and links that may be used by now."""
    now = timezone.now()
    Session.objects.all().delete()
    Invitation.objects.filter(used=None, expires__gt=now, made__lte=now).update(expires=now)
    seen = read_witness(manifest.ledger)
    record(
        "archive.restored",
        subject=id_of(archive)[:SUBJECT],
        by=by.ref,
        entries=seen.size,
        root=seen.root,
        erased=erased,
    )


def _pack_anew() -> None:
    """Write both databases anew, so that no page of them holds what was erased."""
    for name in connections:
        with connections[name].cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _holding(manifest: Manifest) -> list[Custodian]:
    return custodians() if manifest.vault else []


def _refuse_on_a_server() -> None:
    if all(connections[name].vendor == "sqlite" for name in connections):
        return
    raise NotYet(
        "A bundle is restored into a folder of its own. Leave EXEUNT_DATABASE_URL and "
        "EXEUNT_VAULT_URL empty, then try again."
    )


def _not_as_it_says() -> Refusal:
    return Refusal(
        "This bundle is not what it says of itself: its archive, its vault and its manifest do not "
        "belong together. Nothing was restored."
    )
