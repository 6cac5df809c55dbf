"""What goes beside an export: who had it made for whom, what it holds and what it does not."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from exeunt.version import __version__

FOR_WHOM = "For colleagues inside the study. It is not cleared to leave it."


class ExportedFile(NamedTuple):
    """One file of an export."""

    name: str
    data: bytes

    @property
    def digest(self) -> str:
        """Return the SHA-256 of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


class Manifest(NamedTuple):
    """What is said of an export as a whole."""

    what: str
    study: str
    codebook: str
    by: str
    recipient: str
    at: str
    counts: Mapping[str, int]
    left_out: Sequence[str]


def write_manifest(manifest: Manifest, files: Sequence[ExportedFile]) -> ExportedFile:
    """Write the manifest of these files."""
    said = {
        **manifest._asdict(),
        "note": FOR_WHOM,
        "made_with": f"Exeunt {__version__}",
        "left_out": [str(says) for says in manifest.left_out],
        "files": [
            {"name": one.name, "bytes": len(one.data), "sha256": one.digest} for one in files
        ],
    }
    text = json.dumps(said, ensure_ascii=False, indent=2)
    return ExportedFile("manifest.json", f"{text}\n".encode())


def packed(files: Sequence[ExportedFile]) -> bytes:
    """Put the files of an export into one ZIP, so that none goes without its manifest."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(file.name, file.data)
    return whole.getvalue()
