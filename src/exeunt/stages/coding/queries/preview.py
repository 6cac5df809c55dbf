"""What an import of codings would do, without doing it."""

from collections.abc import Iterator
from typing import NamedTuple

from exeunt.desk.uploads import Upload
from exeunt.errors import BadInput, Problem
from exeunt.members.models import Member
from exeunt.stages.coding.intake.codings import COLUMNS
from exeunt.stages.coding.models import CodebookVersion
from exeunt.stages.coding.queries.codebooks import version_called
from exeunt.stages.coding.queries.coded_table import CodedTable, read_whole
from exeunt.stages.coding.queries.lookup import Lookup
from exeunt.stages.sources.intake.tables import read_table
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

MOST_SHOWN = 500
LARGEST_LOOKED_AT = 5_000_000


class CoderLine(NamedTuple):
    """What one coder's rows would bring in."""

    coder: str
    codings: int
    things: int


class CodingsPreview(NamedTuple):
    """What would come in, and everything that keeps it from coming in."""

    version: CodebookVersion
    codings: int
    excerpts: int
    coders: tuple[CoderLine, ...]
    problems: tuple[Problem, ...]
    unlisted: int

    @property
    def is_sound(self) -> bool:
        """Whether the import would be taken."""
        return not self.problems


def preview_codings(
    study: Study,
    upload: Upload,
    *,
    codebook: str | None = None,
    by: Member,
) -> CodingsPreview | None:
    """Read a table of codings as the import would, and take nothing in.

    Problems are told instead of raised; a codebook that is not there is still refused. None
    where the table is too large to be looked at while somebody waits.
    """
    require(Act.IMPORT_CODINGS, study=study, by=by)
    version = version_called(codebook, study=study)
    if upload.path.stat().st_size > LARGEST_LOOKED_AT:
        return None
    try:
        table = read_table(upload.path, COLUMNS)
    except BadInput as refused:
        return CodingsPreview(version, 0, 0, (), refused.about("").problems, refused.unlisted)
    coded = CodedTable(table, Lookup(study, version), version, most=MOST_SHOWN)
    read_whole(coded)
    return CodingsPreview(
        version=version,
        codings=coded.coders().total(),
        excerpts=len(coded.spans),
        coders=tuple(_coders(coded)),
        problems=tuple(coded.problems.listed),
        unlisted=coded.problems.unlisted,
    )


def _coders(coded: CodedTable) -> Iterator[CoderLine]:
    names = {number: name for name, number in coded.lookup.coders.items()}
    for coder, count in coded.coders().items():
        yield CoderLine(names[coder], count, len(coded.read_by.get(coder, ())))
