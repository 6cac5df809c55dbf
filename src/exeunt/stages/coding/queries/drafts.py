"""A member's own draft of a codebook."""

from dataclasses import replace
from typing import NamedTuple

from exeunt.errors import NotThere
from exeunt.members.models import Member
from exeunt.methods.codebook_changes import CodebookChanges, changes_between
from exeunt.methods.codebooks import Code as PlainCode
from exeunt.methods.codebooks import Codebook as PlainCodebook
from exeunt.stages.coding.models import CodebookVersion, Draft
from exeunt.stages.coding.queries.codebook_pages import CodeLine, lines_of
from exeunt.stages.coding.queries.codebooks import latest_of, plain
from exeunt.stages.coding.rules.origins import Rewritten, origins_from
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


class DraftLine(NamedTuple):
    """One code of a draft: its line in the tree, and its place among all."""

    line: CodeLine
    place: int


def own_draft(study: Study, slug: str, *, by: Member) -> Draft | None:
    """Return the draft of who asks of the codebook of that short name, or None."""
    require(Act.EDIT_CODEBOOK, study=study, by=by)
    drafts = Draft.objects.filter(codebook__study=study, codebook__slug=slug, by=by)
    return drafts.select_related("codebook").first()


def draft_called(study: Study, slug: str, *, by: Member) -> Draft:
    """Return one's own draft, or refuse as if there were nothing."""
    draft = own_draft(study, slug, by=by)
    if draft is None:
        raise NotThere("There is nothing here.")
    return draft


def base_of(draft: Draft) -> CodebookVersion:
    """Return the version that a draft started from."""
    versions = CodebookVersion.objects.select_related("codebook")
    return versions.get(codebook=draft.codebook, number=draft.base)


def codes_of(draft: Draft) -> tuple[PlainCode, ...]:
    """Return the codes of a draft as plain data."""
    return tuple(PlainCode(**code) for code in draft.codes)


def rewritten(draft: Draft) -> Rewritten:
    """Return the codes of a draft, and where they take their readings from."""
    return Rewritten(codes_of(draft), origins_from(draft.origins))


def drafted(draft: Draft) -> PlainCodebook:
    """Return the codebook that a draft would make."""
    return replace(plain(base_of(draft)), codes=codes_of(draft))


class DraftPage(NamedTuple):
    """A draft beside the version it started from, and beside what was kept since."""

    draft: Draft
    codebook: PlainCodebook
    lines: tuple[DraftLine, ...]
    changes: CodebookChanges
    meanwhile: CodebookChanges | None
    latest: int


def draft_page(study: Study, slug: str, *, by: Member) -> DraftPage:
    """Return one's own draft of a codebook, and all that keeping it would change."""
    draft = draft_called(study, slug, by=by)
    base, codebook = base_of(draft), drafted(draft)
    latest = latest_of(draft.codebook)
    places = {code.key: place for place, code in enumerate(codebook.codes)}
    before = plain(base)
    return DraftPage(
        draft=draft,
        codebook=codebook,
        lines=tuple(DraftLine(line, places[line.code.key]) for line in lines_of(codebook)),
        changes=changes_between(before, codebook),
        meanwhile=changes_between(before, plain(latest)) if latest != base else None,
        latest=latest.number,
    )


def code_in(draft: Draft, place: int) -> PlainCode:
    """Return the code at a place of a draft, counted from 0."""
    codes = codes_of(draft)
    if place >= len(codes):
        raise NotThere("There is nothing here.")
    return codes[place]
