"""Codebooks as files: handed out, and looked at before they are kept."""

from pathlib import Path
from typing import NamedTuple

from exeunt.errors import BadInput, NotThere
from exeunt.ledger.recording import record_alone
from exeunt.members.models import Member
from exeunt.methods.codebook_changes import CodebookChanges, changes_between
from exeunt.methods.codebooks import Codebook as PlainCodebook
from exeunt.stages.coding.formats import CODEBOOK_WRITERS, write_codebook
from exeunt.stages.coding.intake import read_codebook_file
from exeunt.stages.coding.models import CodebookVersion
from exeunt.stages.coding.queries.codebooks import current_versions, plain, version_called
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

CONTENT = {"yaml": "application/yaml", "csv": "text/csv", "qdc": "application/xml"}


class CodebookFile(NamedTuple):
    """A codebook written out."""

    name: str
    data: bytes
    content_type: str


class CodebookSent(NamedTuple):
    """A codebook that somebody sent: what it holds, and what keeping it would change."""

    codebook: PlainCodebook
    dropped: tuple[str, ...]
    latest: CodebookVersion | None
    changes: CodebookChanges | None


def codebook_file(study: Study, name: str, kind: str, *, by: Member) -> CodebookFile:
    """Write one version out, and write down that it was taken away."""
    require(Act.SEE_FINDINGS, study=study, by=by)
    if kind not in CODEBOOK_WRITERS:
        raise NotThere("There is nothing here.")
    version = version_called(name, study=study)
    data = write_codebook(plain(version), kind)
    record_alone("codebook.taken", subject=study.ref, by=by.ref, codebook=version.name, format=kind)
    return CodebookFile(f"{version.codebook.slug}-{version.number}.{kind}", data, CONTENT[kind])


def codebook_sent(study: Study, path: Path, *, named: str, by: Member) -> CodebookSent:
    """Read a codebook's file and say what keeping it would change; ``named`` is its own name."""
    require(Act.EDIT_CODEBOOK, study=study, by=by)
    try:
        draft = read_codebook_file(path)
    except BadInput as refused:
        raise refused.about(named) from refused
    slug = draft.codebook.slug
    there = (version for version in current_versions(study) if version.codebook.slug == slug)
    latest = next(there, None)
    changes = changes_between(plain(latest), draft.codebook) if latest is not None else None
    return CodebookSent(draft.codebook, draft.dropped, latest, changes)
