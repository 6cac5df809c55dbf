"""One version of a codebook as it is read: its tree, and how often each code was given."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Count

from exeunt.members.models import Member
from exeunt.methods.codebook_changes import CodebookChanges, changes_between
from exeunt.methods.codebooks import Code as PlainCode
from exeunt.methods.codebooks import Codebook as PlainCodebook
from exeunt.stages.coding.models import CodebookVersion, Coding, Sheet
from exeunt.stages.coding.queries.codebooks import plain, version_called
from exeunt.stages.coding.queries.examples import ShownExample, examples_of
from exeunt.stages.coding.queries.visibility import (
    ONE_DAY,
    check_not_blind,
    edition_of,
    left_to_read,
    passes_of,
    that_count,
)
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

FEW_SHEETS = 2_000


class CodeLine(NamedTuple):
    """One code, and how many steps below the top it stands."""

    depth: int
    code: PlainCode
    dimension: str
    given: int | None = None
    examples: tuple[ShownExample, ...] = ()

    @property
    def steps(self) -> range:
        """One for each step below the top."""
        return range(self.depth)


class CodebookPage(NamedTuple):
    """One version of a codebook, and the other versions there are.

    ``counted`` says whether the lines tell how often each code was given.
    """

    version: CodebookVersion
    codebook: PlainCodebook
    lines: tuple[CodeLine, ...]
    versions: tuple[CodebookVersion, ...]
    counted: bool = False

    @property
    def is_latest(self) -> bool:
        """Whether nothing newer was kept."""
        return self.version == self.versions[0]

    @property
    def before(self) -> str:
        """The name of the version before this one; of the first, its own."""
        older = (one.name for one in self.versions if one.number < self.version.number)
        return next(older, self.version.name)


def codebook_page(study: Study, name: str, *, by: Member) -> CodebookPage:
    """Return a version by its name, such as ``icsr-2015@1``, with its codes as a tree."""
    require(Act.SEE_FINDINGS, study=study, by=by)
    version = version_called(name, study=study)
    codebook = plain(version)
    versions = CodebookVersion.objects.filter(codebook=version.codebook).order_by("-number")
    shown = examples_of(study, version, by=by)
    lines = (line._replace(examples=shown.get(line.code.key, ())) for line in lines_of(codebook))
    return CodebookPage(
        version=version,
        codebook=codebook,
        lines=tuple(lines),
        versions=tuple(versions.select_related("codebook")),
    )


def with_counts(page: CodebookPage, given: Mapping[str, int] | None) -> CodebookPage:
    """Say on every line how often its code was given, where that could be counted."""
    if given is None:
        return page
    lines = (line._replace(given=given.get(line.code.key, 0)) for line in page.lines)
    return page._replace(lines=tuple(lines), counted=True)


def lines_of(codebook: PlainCodebook) -> Iterator[CodeLine]:
    """Walk a codebook's codes, each above those that narrow it."""
    below: dict[str | None, list[PlainCode]] = {}
    for code in codebook:
        below.setdefault(code.parent, []).append(code)
    waiting = [(0, code) for code in reversed(below.get(None, []))]
    while waiting:
        depth, code = waiting.pop()
        yield CodeLine(depth, code, codebook.dimension_of(code))
        waiting += [(depth + 1, narrower) for narrower in reversed(below.get(code.key, []))]


def compare_versions(study: Study, before: str, after: str, *, by: Member) -> CodebookChanges:
    """Say in what one version of a codebook differs from another."""
    require(Act.SEE_FINDINGS, study=study, by=by)
    older, newer = (version_called(name, study=study) for name in (before, after))
    return changes_between(plain(older), plain(newer))


def times_given(study: Study, version: CodebookVersion, *, by: Member) -> dict[str, int]:
    """Count how often readers gave each code, on complete sheets; none of it to a blind coder.

    Counted once for every edition of the study.
    """
    require(Act.SEE_FINDINGS, study=study, by=by)
    check_not_blind(study, version, by=by)
    key = f"given:{study.ref}:{edition_of(study)}:{version.pk}"
    given: dict[str, int] | None = cache.get(key)
    if given is None:
        given = _times_given(study, version)
        cache.set(key, given, timeout=ONE_DAY)
    return given


def times_given_at_once(
    study: Study, version: CodebookVersion, *, by: Member
) -> dict[str, int] | None:
    """Count as ``times_given`` does, but only where that is quick and allowed; None otherwise."""
    require(Act.SEE_FINDINGS, study=study, by=by)
    if left_to_read(study, version, by=by):
        return None
    sheets = Sheet.objects.filter(reading__in=list(passes_of(study, version)))
    if len(sheets.values_list("pk")[: FEW_SHEETS + 1]) > FEW_SHEETS:
        return None
    return times_given(study, version, by=by)


def _times_given(study: Study, version: CodebookVersion) -> dict[str, int]:
    given = Coding.objects.filter(reading__in=list(passes_of(study, version)), value__gt=0)
    rows = that_count(given, version).order_by().values_list("code__key").annotate(Count("pk"))
    return dict(rows.iterator())
