"""Rewriting a codebook in a draft, and keeping it as the next version."""

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from exeunt.errors import Changed, NotThere
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.methods.codebooks import Code as PlainCode
from exeunt.methods.codebooks import Codebook as PlainCodebook
from exeunt.stages.coding.actions.codebooks import keep_codebook
from exeunt.stages.coding.models import Codebook, CodebookVersion, Draft
from exeunt.stages.coding.queries.codebooks import latest_of, plain
from exeunt.stages.coding.queries.drafts import codes_of, drafted
from exeunt.stages.coding.rules.drafts import (
    Codes,
    check_there,
    moved_by_one,
    with_code,
    with_new_code,
    without_code,
)
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


@transaction.atomic
def revise_codebook(
    *, study: Study, codebook: PlainCodebook, from_version: int, by: Member
) -> CodebookVersion:
    """Keep a rewritten codebook as the next version.

    Raises Changed where a version was kept since the one that was rewritten.
    """
    require(Act.EDIT_CODEBOOK, study=study, by=by)
    kept = Codebook.objects.select_for_update().filter(study=study, slug=codebook.slug).first()
    if kept is None:
        raise NotThere("There is nothing here.")
    latest = latest_of(kept).number
    if latest != from_version:
        raise Changed(
            "Version {latest} was kept since you began with version {began}. Keeping yours now "
            "makes it the version after both; nothing of {latest} is merged into it.",
            revision=latest,
            theirs={},
            latest=latest,
            began=from_version,
        )
    return keep_codebook(study=study, codebook=codebook, by=by)


@transaction.atomic
def begin_draft(*, study: Study, slug: str, by: Member) -> Draft:
    """Begin to rewrite the latest version, or go on with the draft that one has."""
    require(Act.EDIT_CODEBOOK, study=study, by=by)
    kept = Codebook.objects.select_for_update().filter(study=study, slug=slug).first()
    if kept is None:
        raise NotThere("There is nothing here.")
    latest = latest_of(kept)
    draft, fresh = Draft.objects.get_or_create(
        codebook=kept,
        by=by,
        defaults={
            "base": latest.number,
            "codes": [asdict(code) for code in plain(latest)],
            "saved": timezone.now(),
        },
    )
    if fresh:
        record(
            "draft.begun",
            subject=draft.ref,
            by=by.ref,
            study=study.ref,
            codebook=slug,
            base=latest.number,
        )
    return draft


@transaction.atomic
def add_code(*, draft: Draft, code: PlainCode, by: Member) -> Draft:
    """Add a code to a draft; sent twice, it is added once."""
    draft = _taken(draft, by=by)
    if code in codes_of(draft):
        return draft
    return _saved(draft, with_new_code(codes_of(draft), code), act="draft.code-added")


@transaction.atomic
def change_code(*, draft: Draft, code: PlainCode, revision: int, by: Member) -> Draft:
    """Say something else of a code; its key stays."""
    draft = _taken(draft, by=by)
    codes = codes_of(draft)
    check_there(codes, code.key)
    if code in codes:
        return draft
    _check_fresh(draft, code.key, revision=revision)
    return _saved(draft, with_code(codes, code), act="draft.code-changed")


@transaction.atomic
def remove_code(*, draft: Draft, key: str, by: Member) -> Draft:
    """Take a code out of a draft; earlier versions keep it."""
    draft = _taken(draft, by=by)
    return _saved(draft, without_code(codes_of(draft), key), act="draft.code-removed")


@transaction.atomic
def move_code(*, draft: Draft, key: str, steps: int, by: Member) -> Draft:
    """Let a code change places with its neighbour: -1 up, 1 down."""
    draft = _taken(draft, by=by)
    moved = moved_by_one(codes_of(draft), key, steps=steps)
    return _saved(draft, moved, act="draft.code-moved")


@transaction.atomic
def discard_draft(*, draft: Draft, by: Member) -> None:
    """Give a draft up."""
    draft = _taken(draft, by=by)
    record(
        "draft.discarded",
        subject=draft.ref,
        by=by.ref,
        study=draft.codebook.study.ref,
        codebook=draft.codebook.slug,
    )
    draft.delete()


@transaction.atomic
def keep_draft(*, draft: Draft, from_version: int, by: Member) -> CodebookVersion:
    """Keep a draft as the next version of its codebook; the draft is done with."""
    draft = _taken(draft, by=by)
    version = revise_codebook(
        study=draft.codebook.study, codebook=drafted(draft), from_version=from_version, by=by
    )
    draft.delete()
    return version


def _taken(draft: Draft, *, by: Member) -> Draft:
    """Take a draft fresh; it is there for who writes it, and for nobody else."""
    mine = Draft.objects.select_for_update().filter(pk=draft.pk, by=by)
    found = mine.select_related("codebook__study").first()
    if found is None:
        raise NotThere("There is nothing here.")
    require(Act.EDIT_CODEBOOK, study=found.codebook.study, by=by)
    return found


def _saved(draft: Draft, codes: Codes, *, act: str) -> Draft:
    draft.codes = [asdict(code) for code in codes]
    draft.revision += 1
    draft.saved = timezone.now()
    draft.save(update_fields=["codes", "revision", "saved"])
    record(
        act,
        subject=draft.ref,
        by=draft.by.ref,
        study=draft.codebook.study.ref,
        codes=len(codes),
        revision=draft.revision,
    )
    return draft


def _check_fresh(draft: Draft, key: str, *, revision: int) -> None:
    if draft.revision == revision:
        return
    now = next(code for code in codes_of(draft) if code.key == key)
    raise Changed(
        "This draft was changed elsewhere since the page was opened. Both versions are shown; "
        "saving again keeps the one on this page.",
        revision=draft.revision,
        theirs={name: str(value or "") for name, value in asdict(now).items()},
    )
