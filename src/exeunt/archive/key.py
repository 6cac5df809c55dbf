"""The server's key: seals second factors and signs sessions, and lies beside the database.

It protects a database that was copied without it. Whoever takes the whole folder has both, unless
``EXEUNT_KEY_FILE`` names a place elsewhere.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from exeunt.archive.folder import KEY
from exeunt.errors import ArchiveRefusal

LENGTH = 32


def server_key(folder: Path) -> bytes:
    """Return an archive's server key, and draw it when it is first asked for.

    Raises ArchiveRefusal where the file is damaged or cannot be written.
    """
    named = os.environ.get("EXEUNT_KEY_FILE")
    path = Path(named) if named else folder / KEY
    try:
        _draw(path)
        key = path.read_bytes()
    except OSError as fault:
        raise ArchiveRefusal(
            f"The server's key {path} cannot be used ({fault.strerror}); look at its permissions."
        ) from fault
    if len(key) != LENGTH:
        raise ArchiveRefusal(
            f"The server's key {path} is damaged. Restore it from a backup, or take it away: then "
            "everybody must be given a new link to sign in."
        )
    return key


def forget_server_key(folder: Path) -> Path | None:
    """Take an archive's server key away; the next one is drawn when it is served again.

    Returns where the key lies that was not touched, because it is kept outside the archive.
    """
    named = os.environ.get("EXEUNT_KEY_FILE")
    if named:
        return Path(named)
    (folder / KEY).unlink(missing_ok=True)
    return None


def derived(key: bytes, purpose: str) -> bytes:
    """Return a key for one purpose only (HKDF with SHA-256, RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=LENGTH, salt=None, info=purpose.encode()).derive(key)


def signing_key(key: bytes) -> str:
    """Return what Django signs sessions and forms with."""
    return derived(key, "exeunt signing v1").hex()


def _draw(path: Path) -> None:
    """Write a new key, complete before it has its name, unless there is one."""
    if path.exists():
        return
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(LENGTH))
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(beside, path)
    beside.unlink()
