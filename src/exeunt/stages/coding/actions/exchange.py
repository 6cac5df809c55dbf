"""Handing coded excerpts, or the whole project, to a colleague inside the study."""

from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.stages.coding.formats.project import PROJECT_WRITERS
from exeunt.stages.coding.formats.project.manifest import ExportedFile, Manifest, write_manifest
from exeunt.stages.coding.queries.exchange import Export, colleagues_of, export_of
from exeunt.stages.coding.rules.exchange import (
    check_count_is_confirmed,
    check_is_a_colleague,
    check_is_written,
)
from exeunt.studies.models import Study


class Exported(NamedTuple):
    """The file of an export, the manifest that goes with it, and how many rows it holds."""

    file: ExportedFile
    manifest: ExportedFile
    rows: int


@transaction.atomic
def export_coded(
    *, study: Study, codebook: str | None, kind: str, recipient: str, rows: int, by: Member
) -> Exported:
    """Write what one may export of a study as csv, jsonl, jsonld or qdpx, for one colleague.

    ``rows`` is the count that was shown and confirmed; raises NotYet where it is another now.
    """
    check_is_written(kind, PROJECT_WRITERS)
    colleague = _colleague(study, recipient, by=by)
    export = export_of(study, codebook, by=by)
    check_count_is_confirmed(rows, export.counts.rows)
    wanted = PROJECT_WRITERS[kind]
    name = f"{study.slug}-{wanted.what}.{wanted.ending}"
    file = ExportedFile(name, wanted.write(export.project))
    whole = _manifest(export, wanted.what, study=study, recipient=colleague, by=by)
    manifest = write_manifest(whole, [file])

    record(
        f"{wanted.what}.exported",
        subject=study.ref,
        by=by.ref,
        recipient=colleague.ref,
        format=kind,
        codebook=export.version.name,
        rows=export.counts.rows,
        texts=export.counts.texts,
        digest=file.digest,
    )
    return Exported(file, manifest, export.counts.rows)


def _manifest(
    export: Export, what: str, *, study: Study, recipient: Member, by: Member
) -> Manifest:
    return Manifest(
        what=what,
        study=study.title,
        codebook=export.version.name,
        by=by.name,
        recipient=recipient.name,
        at=timezone.now().isoformat(timespec="seconds"),
        counts=export.counts._asdict(),
        left_out=export.left_out,
    )


def _colleague(study: Study, name: str, *, by: Member) -> Member:
    """Return the member of the study of that name, or refuse."""
    names = {member.name: member for member in colleagues_of(study, by=by)}
    check_is_a_colleague(name, names)
    return names[name]
