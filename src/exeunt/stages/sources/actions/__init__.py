"""Receiving sources and keeping them unchanged."""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from exeunt.errors import Refusal, Sentence
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.stages.sources.models import Capture, Source
from exeunt.stages.sources.queries import captures_folder, provenances_in
from exeunt.stages.sources.rules import (
    THIS_ACCOUNT,
    Citation,
    at_the_copy,
    check_may_entrust,
    check_may_keep,
    check_size_of_copy,
    check_study_is_unmixed,
    ending_of,
)
from exeunt.stages.sources.states import Provenance, SourceKind
from exeunt.studies.actions import moved_on
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

ONE_MEBIBYTE = 1 << 20


@transaction.atomic
def announce_table(*, study: Study, provenance: Provenance, by: Member) -> Source:
    """Register a table of accounts as a source; its bytes are kept when it has been read.

    Refuses entrusted material, and real material without a protocol, before a byte is copied.
    """
    require(Act.IMPORT_ACCOUNTS, study=study, by=by)
    check_may_keep(provenance, study.protocol_facts())
    return Source.objects.create(
        study=study, kind=SourceKind.TABLE, provenance=provenance, received=timezone.now()
    )


@transaction.atomic
def keep_table(*, source: Source, path: Path, digest: str, by: Member) -> Capture:
    """Keep a table as it was received, byte for byte, once all of it has been found sound.

    ``digest`` is the SHA-256 of what was read; a file that has changed since is refused.
    """
    require(Act.IMPORT_ACCOUNTS, study=source.study, by=by)
    try:
        kept, size = keep_bytes(path, expecting=digest)
    except OSError as fault:
        raise Refusal(
            "{file} could not be copied into the archive ({why}); nothing was "
            "kept. See whether the disk is full and the folder may be written to, then try again.",
            file=path.name,
            why=fault.strerror,
        ) from fault
    capture = Capture.objects.create(
        source=source, digest=kept, size=size, taken=timezone.now(), taken_by=by.ref
    )

    record(
        "source.received",
        subject=source.ref,
        by=by.ref,
        study=source.study.ref,
        digest=kept,
        size=size,
    )
    return capture


@transaction.atomic
def cite_source(
    *,
    study: Study,
    provenance: Provenance,
    cited: Citation,
    ref: str | None = None,
    by: Member,
) -> Source:
    """Register where one account was found, without a table; nothing is copied yet.

    With a ``ref`` that this study's source has already, that source is returned. Refuses
    entrusted material, real material without a protocol, and whatever would mix a study.
    """
    require(Act.ADD_ACCOUNTS, study=study, by=by)
    check_study_is_unmixed(provenances_in(study), provenance, what=THIS_ACCOUNT)
    check_may_keep(provenance, study.protocol_facts())
    found = Source.objects.filter(study=study, ref=ref).first() if ref else None
    if found is not None:
        return found
    source = Source.objects.create(
        study=study,
        kind=SourceKind.CITATION,
        provenance=provenance,
        received=timezone.now(),
        **({"ref": ref} if ref else {}),
        **cited._asdict(),
    )
    moved_on(study)

    record("source.cited", subject=source.ref, by=by.ref, study=study.ref)
    return source


@transaction.atomic
def receive_text(*, study: Study, ref: str, by: Member) -> Source:
    """Register an entrusted text as a source; its words and its file go into the vault, not here.

    With a ``ref`` that this study's source has already, that source is returned.
    """
    require(Act.TAKE_IN, study=study, by=by)
    there = Source.objects.filter(study=study, ref=ref).first()
    if there is not None:
        return there
    check_may_entrust(provenances_in(study), study.protocol_facts())
    source = Source.objects.create(
        study=study,
        ref=ref,
        kind=SourceKind.TEXT,
        provenance=Provenance.ENTRUSTED,
        received=timezone.now(),
    )
    moved_on(study)

    record("source.entrusted", subject=source.ref, by=by.ref, study=study.ref)
    return source


@transaction.atomic
def correct_citation(*, source: Source, cited: Citation, by: Member) -> Source:
    """Say anew where an account was found."""
    require(Act.EDIT_ACCOUNTS, study=source.study, by=by)
    if cited == (source.citation, source.address):
        return source
    source = set_apart(source=source, by=by)
    source.citation, source.address = cited
    source.save(update_fields=Citation._fields)
    moved_on(source.study)

    record("source.corrected", subject=source.ref, by=by.ref, study=source.study.ref)
    return source


@transaction.atomic
def set_apart(*, source: Source, by: Member) -> Source:
    """Return a source that speaks for one account; a table of many gets one beside it."""
    require(Act.EDIT_ACCOUNTS, study=source.study, by=by)
    source = Source.objects.select_for_update().get(pk=source.pk)
    if source.kind != SourceKind.TABLE:
        return source
    apart = Source.objects.create(
        study=source.study,
        kind=SourceKind.CITATION,
        provenance=source.provenance,
        received=source.received,
        received_in=source,
    )

    record(
        "source.set-apart", subject=apart.ref, by=by.ref, study=source.study.ref, table=source.ref
    )
    return apart


@transaction.atomic
def keep_page(*, source: Source, name: str, content: Path, by: Member) -> Capture:
    """Keep a saved copy of a web page with its source, byte for byte, never to be shown as a page.

    The same bytes a second time are the copy that is there. Raises BadInput for a file that is
    empty, too large, of another kind, or that does not fit on the disk.
    """
    require(Act.ADD_ACCOUNTS, study=source.study, by=by)
    ending = ending_of(name)
    digest, size = _keep_copy(content)
    there = Capture.objects.filter(source=source, digest=digest).first()
    if there is not None:
        return there
    capture = Capture.objects.create(
        source=source,
        ending=ending,
        digest=digest,
        size=size,
        taken=timezone.now(),
        taken_by=by.ref,
    )
    moved_on(source.study)

    record(
        "page.kept",
        subject=capture.ref,
        by=by.ref,
        study=source.study.ref,
        source=source.ref,
        digest=digest,
        size=size,
    )
    return capture


def _keep_copy(content: Path) -> tuple[str, int]:
    try:
        check_size_of_copy(content.stat().st_size)
        return keep_bytes(content)
    except OSError as fault:
        raise at_the_copy(
            Sentence(
                "The saved copy could not be kept ({why}); nothing of this was kept. "
                "See whether the disk is full, then send it again.",
                why=fault.strerror,
            )
        ) from fault


def keep_bytes(path: Path, *, expecting: str | None = None) -> tuple[str, int]:
    """Copy a file into ``captures/`` under its SHA-256, and return digest and size.

    The copy is complete and on disk before it gets its name, so that a name never stands
    over half a file; what stood there before can only have been the same, or damaged.
    Refuses an empty file, and one whose digest is not the one expected.
    """
    with path.open("rb") as original:
        return keep_stream(original, name=path.name, expecting=expecting)


def keep_stream(original: BinaryIO, *, name: str, expecting: str | None = None) -> tuple[str, int]:
    """Copy what is open into ``captures/`` as `keep_bytes` does; ``name`` is for refusals."""
    captures = captures_folder()
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=captures, prefix=".incoming-", delete=False) as copy:
        try:
            while block := original.read(ONE_MEBIBYTE):
                digest.update(block)
                size += len(block)
                copy.write(block)
            if not size:
                raise Refusal("{file} is empty; check that the right file was saved.", file=name)
            if expecting is not None and digest.hexdigest() != expecting:
                raise Refusal("{file} was changed while it was read; import it again.", file=name)
            copy.flush()
            os.fsync(copy.fileno())
            Path(copy.name).replace(captures / digest.hexdigest())
            _sync(captures)
        except BaseException:
            Path(copy.name).unlink(missing_ok=True)
            raise
    return digest.hexdigest(), size


def erase_sources(sources: Sequence[Source]) -> int:
    """Take sources and their copies away, inside the act that erases whose accounts came in them.

    They come in an order in which each may go. Returns how many copies there were. The files go
    before the transaction ends: once it has, nothing would name them any more.
    """
    captures = Capture.objects.filter(source__in=sources)
    digests = list(captures.values_list("digest", flat=True))
    captures.delete()
    for source in sources:
        source.delete()
    _drop_copies(digests)
    return len(digests)


@transaction.atomic
def erase_copy(*, capture: Capture, by: Member) -> None:
    """Take away a copy that still holds somebody who was erased; where it came from stays."""
    study = capture.source.study
    require(Act.ERASE, study=study, by=by)
    Capture.objects.filter(pk=capture.pk).delete()
    moved_on(study)

    record("capture.erased", subject=capture.ref, by=by.ref, study=study.ref, digest=capture.digest)
    _drop_copies([capture.digest])


def _drop_copies(digests: Sequence[str]) -> None:
    """Delete the files of copies, but for those that another source has as well."""
    still = set(Capture.objects.filter(digest__in=digests).values_list("digest", flat=True))
    for digest in set(digests) - still:
        (captures_folder() / digest).unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Make a new name in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
