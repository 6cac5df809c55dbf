"""Files of texts: received and kept byte for byte, each a source of its own."""

import io
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from exeunt.errors import Refusal
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.stages.sources.actions import keep_stream
from exeunt.stages.sources.models import Capture, Source
from exeunt.stages.sources.queries import provenances_in
from exeunt.stages.sources.rules import (
    LONGEST_CITATION,
    THESE_TEXTS,
    check_may_keep,
    check_study_is_unmixed,
)
from exeunt.stages.sources.states import Provenance, SourceKind
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

LONGEST_ENDING = 6
# Endings that are longer than an ending is kept.
SHORTER = {".markdown": ".md"}


class ReceivedFile(NamedTuple):
    """A file as somebody handed it over: what they call it, and its bytes."""

    name: str
    content: bytes


@transaction.atomic
def receive_file(
    *, study: Study, provenance: Provenance, received: ReceivedFile, by: Member
) -> Source:
    """Register a file as a source and keep it byte for byte; its name says where it was found.

    Refuses entrusted material, real material without a protocol, and whatever would mix a study.
    """
    require(Act.IMPORT_ACCOUNTS, study=study, by=by)
    check_study_is_unmixed(provenances_in(study), provenance, what=THESE_TEXTS)
    check_may_keep(provenance, study.protocol_facts())
    now = timezone.now()
    source = Source.objects.create(
        study=study,
        kind=SourceKind.CITATION,
        provenance=provenance,
        citation=received.name[-LONGEST_CITATION:],
        received=now,
    )
    digest, size = _kept(received)
    told: dict[str, Any] = {"digest": digest, "size": size}
    Capture.objects.create(
        source=source, ending=ending_kept(received.name), taken=now, taken_by=by.ref, **told
    )

    record("source.received", subject=source.ref, by=by.ref, study=study.ref, **told)
    return source


def ending_kept(name: str) -> str:
    """Return the ending under which a file is handed out again."""
    ending = PurePosixPath(name).suffix.casefold()
    return SHORTER.get(ending, ending)[:LONGEST_ENDING]


def _kept(received: ReceivedFile) -> tuple[str, int]:
    try:
        return keep_stream(io.BytesIO(received.content), name=received.name)
    except OSError as fault:
        raise Refusal(
            "{file} could not be copied into the archive ({why}); nothing of it was kept. See "
            "whether the disk is full and the folder may be written to, then try again.",
            file=received.name,
            why=fault.strerror,
        ) from fault
