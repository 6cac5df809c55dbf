"""Exeunt ("they leave"): a workbench for the testimony of those who left violent groups.

>>> import exeunt
>>> study = exeunt.open_archive("demo").study("leaving-2014-2026")  # doctest: +SKIP
>>> study.agreement()  # doctest: +SKIP
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from exeunt.version import __version__

if TYPE_CHECKING:
    from exeunt.archive.library import LibraryArchive as LibraryArchive
    from exeunt.archive.library import open_archive as open_archive

__all__ = ["__version__", "open_archive"]


def __getattr__(name: str) -> Any:
    """Open the door to archives only when somebody knocks, so that methods need no Django."""
    if name == "open_archive":
        return import_module("exeunt.archive.library").open_archive
    raise AttributeError(f"module “exeunt” has no attribute “{name}”")
