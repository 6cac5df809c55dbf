"""Whole coded projects, and their excerpts, in the formats that other programs read."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from exeunt.methods.projects import Project
from exeunt.stages.coding.formats.project.annotations import write_annotations
from exeunt.stages.coding.formats.project.excerpts import write_csv, write_jsonl
from exeunt.stages.coding.formats.project.qdpx import write_project

__all__ = ["PROJECT_WRITERS", "Format"]


class Format(NamedTuple):
    """One way of writing a project: what it holds, how it is called, and who writes it."""

    what: str
    ending: str
    content_type: str
    write: Callable[[Project], bytes]


PROJECT_WRITERS: Mapping[str, Format] = MappingProxyType(
    {
        "csv": Format("excerpts", "csv", "text/csv", write_csv),
        "jsonl": Format("excerpts", "jsonl", "application/jsonl", write_jsonl),
        "jsonld": Format("annotations", "jsonld", "application/ld+json", write_annotations),
        "qdpx": Format("project", "qdpx", "application/zip", write_project),
    }
)
