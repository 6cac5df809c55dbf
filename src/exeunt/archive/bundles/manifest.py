"""What a bundle says of itself, and which files may lie in one."""

import json
import re
from typing import NamedTuple

from exeunt.archive.folder import DATABASE, MARKER, VAULT
from exeunt.errors import Refusal

FORMAT = 1
MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
_NAME = re.compile(
    rf"{re.escape(MARKER)}|{re.escape(DATABASE)}|{re.escape(VAULT)}"
    r"|captures/[0-9a-f]{64}|sealed/[0-9a-f]{32}"
    r"|reports(?:/(?!\.)[^/\\\x00-\x1f\x7f]{1,200}){1,8}"
)


class Manifest(NamedTuple):
    """What a bundle says of itself before anything else."""

    made_with: str
    made: str
    archive: str
    ledger: str
    recipients: list[str]
    vault: str = ""
    vault_ledger: str = ""
    signs_with: str = ""
    erasures: str = ""
    format: int = FORMAT

    def written(self) -> bytes:
        """Return it as it stands in the bundle."""
        return json.dumps(self._asdict(), indent=1, sort_keys=True).encode() + b"\n"


def is_known(name: str) -> bool:
    """Tell whether a file of that name may lie in a bundle."""
    return _NAME.fullmatch(name) is not None


def manifest_from(content: bytes) -> Manifest:
    """Read a manifest; refuses one of a newer version, and what is none."""
    try:
        said = json.loads(content)
        number = int(said["format"])
    except (ValueError, TypeError, KeyError, OverflowError):
        raise damaged() from None
    if number > FORMAT:
        raise Refusal(
            "This bundle was made by a newer version of Exeunt (format {number}; this one knows "
            "{known}). Install that version.",
            number=number,
            known=FORMAT,
        )
    try:
        manifest = Manifest(**said)
    except TypeError:
        raise damaged() from None
    words = (value for name, value in said.items() if name not in {"format", "recipients"})
    if not all(isinstance(word, str) for word in [*words, *manifest.recipients]):
        raise damaged()
    return manifest


def line_of(digest: str, name: str) -> str:
    """Return one line of the sums, as ``sha256sum`` writes it."""
    return f"{digest}  {name}\n"


def damaged() -> Refusal:
    """Return the one refusal for what is cut, changed, or no bundle at all."""
    return Refusal(
        "This bundle is damaged or was cut off: it does not end as it began. Use another copy of "
        "it, or another bundle."
    )
