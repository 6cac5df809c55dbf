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

ONE_MEBIBYTE = 1 << 20


@transaction.atomic
def receive_table(*, study: Study, path: Path, provenance: Provenance, by: Member) -> Source:
    """Keep a table of accounts as it was received, and register it as a source."""
    check_may_keep(provenance, study.protocol_facts())
    digest, size = keep_bytes(path)
    now = timezone.now()
    source = Source.objects.create(
        study=study, kind=SourceKind.TABLE, provenance=provenance, received=now
    )
    Capture.objects.create(source=source, digest=digest, size=size, taken=now, taken_by=by.ref)

    record("source.received", subject=source.ref, by=by.ref, digest=digest, size=size)
    return source


def keep_bytes(path: Path) -> tuple[str, int]:
    """Copy a file into ``captures/`` under its SHA-256, and return digest and size.

    The copy is complete and on disk before it gets its name, so that a name never
    stands over half a file; a file that is there already is left alone.
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
            copy.flush()
            os.fsync(copy.fileno())
            _name_unless_there(Path(copy.name), captures / digest.hexdigest())
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


def _name_unless_there(copy: Path, name: Path) -> None:
    if name.exists():
        copy.unlink()
    else:
        copy.replace(name)
