"""Receiving sources and keeping them unchanged."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from exeunt.errors import Refusal
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.stages.sources.models import Capture, Source
from exeunt.stages.sources.rules import check_may_keep
from exeunt.stages.sources.states import Provenance, SourceKind
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
            f"{path.name} could not be copied into the archive ({fault.strerror}); nothing was "
            "kept. See whether the disk is full and the folder may be written to, then try again."
        ) from fault
    capture = Capture.objects.create(
        source=source, digest=kept, size=size, taken=timezone.now(), taken_by=by.ref
    )

    record("source.received", subject=source.ref, by=by.ref, digest=kept, size=size)
    return capture


def keep_bytes(path: Path, *, expecting: str | None = None) -> tuple[str, int]:
    """Copy a file into ``captures/`` under its SHA-256, and return digest and size.

    The copy is complete and on disk before it gets its name, so that a name never stands
    over half a file; what stood there before can only have been the same, or damaged.
    Refuses an empty file, and one whose digest is not the one expected.
    """
    captures = captures_folder()
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=captures, prefix=".incoming-", delete=False) as copy:
        try:
            with path.open("rb") as original:
                while block := original.read(ONE_MEBIBYTE):
                    digest.update(block)
                    size += len(block)
                    copy.write(block)
            if not size:
                raise Refusal(f"{path.name} is empty; check that the right file was saved.")
            if expecting is not None and digest.hexdigest() != expecting:
                raise Refusal(f"{path.name} was changed while it was read; import it again.")
            copy.flush()
            os.fsync(copy.fileno())
            Path(copy.name).replace(captures / digest.hexdigest())
            _sync(captures)
        except BaseException:
            Path(copy.name).unlink(missing_ok=True)
            raise
    return digest.hexdigest(), size


def captures_folder() -> Path:
    """Return the open archive's folder for captures."""
    folder = getattr(settings, "EXEUNT_CAPTURES", None)
    if folder is None:
        raise Refusal("No archive is open.")
    return Path(folder)


def _sync(folder: Path) -> None:
    """Make a new name in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
