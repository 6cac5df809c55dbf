"""Files that somebody sends: kept beside the archive until they are taken in, or for a day."""

import os
import re
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from exeunt.errors import NotThere, Refusal
from exeunt.ledger.references import new_reference
from exeunt.members.models import Member
from exeunt.studies.models import Study

ONE_DAY = 86_400
LARGEST = 512 << 20
LONGEST_STEM = 100
_PLAIN = re.compile(r"\.[a-z0-9]{1,16}")
SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".jsonl", ".yaml", ".yml", ".qdc"})


class Upload(NamedTuple):
    """A file that was sent: where it lies, and what its owner calls it."""

    path: Path
    name: str
    token: str


def keep_upload(
    file: UploadedFile[Any],
    *,
    study: Study,
    kinds: Collection[str] | None = SUFFIXES,
    by: Member,
) -> Upload:
    """Keep a file that was sent until somebody decides what becomes of it.

    Raises Refusal where it is empty, too large, of no kind we read, or does not fit on the disk;
    without ``kinds`` any may come, and an empty one too, for a work that tells of each file.
    """
    name = _shown(file.name or "file")
    suffix = Path(name).suffix.casefold()
    if kinds is not None:
        _check_kind(name, suffix, kinds=kinds, size=file.size or 0)
    if (file.size or 0) > LARGEST:
        raise Refusal("“{name}” is larger than 512 MB; split it.", name=name)
    drop_left_over()
    ref = f"{new_reference()}{suffix if _PLAIN.fullmatch(suffix) else ''}"
    path = incoming() / ref
    try:
        with path.open("xb") as copy:
            os.chmod(path, 0o600)
            for block in file.chunks():
                copy.write(block)
    except OSError as fault:
        path.unlink(missing_ok=True)
        raise Refusal(
            "“{name}” could not be kept ({why}). See whether the disk is full, then send it again.",
            name=name,
            why=fault.strerror or "the disk refused it",
        ) from fault
    return Upload(path, name, signing.dumps([ref, name], salt=_salt(study, by)))


def upload_called(token: str, *, study: Study, by: Member) -> Upload:
    """Return a file that this member sent to this study earlier on."""
    try:
        ref, name = signing.loads(token, salt=_salt(study, by), max_age=ONE_DAY)
    except signing.BadSignature:
        ref, name = "", ""
    path = incoming() / ref
    if not ref or not path.is_file():
        raise NotThere("The file that was sent is not here any more; send it again.")
    return Upload(path, name, token)


def drop(upload: Upload) -> None:
    """Take a file away that is needed no longer."""
    upload.path.unlink(missing_ok=True)


def drop_left_over() -> None:
    """Take away what has lain for more than a day: when the server starts, and at each upload."""
    for path in incoming().iterdir():
        # Another worker may be sweeping at the same moment.
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < time.time() - ONE_DAY:
                path.unlink()


def incoming() -> Path:
    """Return the open archive's folder for files that are not taken in yet."""
    if settings.EXEUNT_INCOMING is None:
        raise Refusal("No archive is open.")
    folder = Path(settings.EXEUNT_INCOMING)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _check_kind(name: str, suffix: str, *, kinds: Collection[str], size: int) -> None:
    if suffix not in kinds:
        raise Refusal(
            "“{name}” is of no kind that is read here; send one of {kinds}.",
            name=name,
            kinds=", ".join(sorted(kinds)),
        )
    if not size:
        raise Refusal("“{name}” is empty; check that the right file was saved.", name=name)


def _shown(name: str) -> str:
    """Return a file's name as it may stand on a page: nothing in it is hidden or turned round."""
    plain = "".join(sign for sign in Path(name).name if sign.isprintable())
    stem, dot, suffix = plain.rpartition(".")
    return f"{stem[:LONGEST_STEM]}{dot}{suffix[:LONGEST_STEM]}"


def _salt(study: Study, by: Member) -> str:
    return f"upload:{by.ref}:{study.ref}"
