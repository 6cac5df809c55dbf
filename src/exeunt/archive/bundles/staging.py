"""The folder of an archive that is being restored: all of it or nothing."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from exeunt.archive.folder import (
    MARKER,
    OF_AN_ARCHIVE,
    SUBFOLDERS,
    ArchiveFolder,
    sentences_for,
)
from exeunt.errors import ArchiveRefusal

STAGING = ".restoring"


@contextmanager
def made_in(path: Path) -> Iterator[ArchiveFolder]:
    """Make an archive in a hidden part of its own folder, and move it up when it is finished.

    So nothing in clear ever lies elsewhere, on a disk that may not be encrypted.
    """
    if path.is_symlink() or (path.exists() and not path.is_dir()):
        raise ArchiveRefusal(f"{path} is a file or a link; name a folder that is new or empty.")
    with sentences_for(path):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone_in(path):
            _clear_away(path)
            staging = ArchiveFolder(path / STAGING)
            try:
                for name in ("", *SUBFOLDERS):
                    (staging.path / name).mkdir(mode=0o700)
                yield staging
                _move_up(staging.path, path)
            except BaseException:
                if not (path / MARKER).exists():
                    _clear_away(path)
                raise


@contextmanager
def _alone_in(path: Path) -> Iterator[None]:
    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise ArchiveRefusal(f"Another process is restoring into {path}.") from None
    finally:
        os.close(handle)


def _clear_away(path: Path) -> None:
    """Take away what a restore left that was cut off; refuse a folder that holds anything else."""
    names = {found.name for found in path.iterdir()}
    if MARKER in names:
        raise ArchiveRefusal(f"{path} is an archive already; choose another folder.")
    if names and (STAGING not in names or names - OF_AN_ARCHIVE - {STAGING}):
        raise ArchiveRefusal(f"{path} is not empty; name a folder that is new or empty.")
    # The staging last: as long as it is there, all the rest is known to be ours.
    for name in sorted(names, key=lambda name: name == STAGING):
        found = path / name
        shutil.rmtree(found) if found.is_dir() else found.unlink()


def _move_up(staging: Path, path: Path) -> None:
    """Move everything up, the marker last: without it the folder is no archive."""
    os.sync()
    for found in sorted(staging.iterdir(), key=lambda found: found.name == MARKER):
        if found.name == MARKER:
            bring_to_disk(path)
        os.replace(found, path / found.name)
    bring_to_disk(path)
    staging.rmdir()


def bring_to_disk(folder: Path) -> None:
    """Bring the names in a folder to the disk, where its file system can."""
    handle = os.open(folder, os.O_RDONLY)
    with suppress(OSError):
        os.fsync(handle)
    os.close(handle)
