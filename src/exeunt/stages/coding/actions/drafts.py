"""Rewriting a codebook in a draft, and keeping it as the next version."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace

from django.db import transaction
from django.utils import timezone

from exeunt.errors import Changed, NotThere
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.methods.codebooks import Code as PlainCode
from exeunt.methods.codebooks import Codebook as PlainCodebook
from exeunt.stages.coding.actions.codebooks import keep_codebook
from exeunt.stages.coding.actions.examples import carry_examples
from exeunt.stages.coding.actions.readings import carry_readings
from exeunt.stages.coding.models import Codebook, CodebookVersion, Draft
from exeunt.stages.coding.queries.codebooks import latest_of, plain
from exeunt.stages.coding.queries.drafts import base_of, codes_of, drafted, rewritten
from exeunt.stages.coding.rules.drafts import check_there, moved_by_one
from exeunt.stages.coding.rules.origins import (
    Rewritten,
    added,
    changed,
    merged,
    removed,
    split,
)
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

# How many steps a draft can go back.
MOST_STEPS = 20


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
    draft = taken(draft, by=by)
    if code in codes_of(draft):
        return draft
    return saved(draft, added(rewritten(draft), code), act="draft.code-added")


@transaction.atomic
def change_code(*, draft: Draft, code: PlainCode, revision: int, by: Member) -> Draft:
    """Say something else of a code; its key stays."""
    draft = taken(draft, by=by)
    codes = codes_of(draft)
    check_there(codes, code.key)
    if code in codes:
        return draft
    _check_fresh(draft, code.key, revision=revision)
    return saved(draft, changed(rewritten(draft), code), act="draft.code-changed")


@transaction.atomic
def remove_code(*, draft: Draft, key: str, by: Member) -> Draft:
    """Take a code out of a draft; earlier versions keep it."""
    draft = taken(draft, by=by)
    return saved(draft, removed(rewritten(draft), key), act="draft.code-removed")


@transaction.atomic
def move_code(*, draft: Draft, key: str, steps: int, by: Member) -> Draft:
    """Let a code change places with its neighbour: -1 up, 1 down."""
    draft = taken(draft, by=by)
    before = rewritten(draft)
    now = replace(before, codes=moved_by_one(before.codes, key, steps=steps))
    return saved(draft, now, act="draft.code-moved")


@transaction.atomic
def merge_codes(*, draft: Draft, keys: Collection[str], into: str, by: Member) -> Draft:
    """Let one code of a draft take over others, with what was judged of them."""
    draft = taken(draft, by=by)
    return saved(draft, merged(rewritten(draft), keys, into=into), act="draft.codes-merged")


@transaction.atomic
def split_code(*, draft: Draft, key: str, parts: Sequence[PlainCode], by: Member) -> Draft:
    """Share the meaning of a code out to new ones that narrow it."""
    draft = taken(draft, by=by)
    return saved(draft, split(rewritten(draft), key, parts), act="draft.code-split")


@transaction.atomic
def undo_step(*, draft: Draft, by: Member) -> Draft:
    """Go back to how a draft stood before its last step; with nothing to go back to it stays."""
    draft = taken(draft, by=by)
    if not draft.past:
        return draft
    *past, last = draft.past
    draft.codes, draft.origins, draft.past = last["codes"], last["origins"], past
    return _written(draft, act="draft.step-undone")


@transaction.atomic
def discard_draft(*, draft: Draft, by: Member) -> None:
    """Give a draft up."""
    draft = taken(draft, by=by)
    record(
        "draft.discarded",
        subject=draft.ref,
        by=by.ref,
        study=draft.codebook.study.ref,
        codebook=draft.codebook.slug,
    )
    draft.delete()


@transaction.atomic
def keep_draft(
    *, draft: Draft, from_version: int, carry: bool = False, by: Member
) -> CodebookVersion:
    """Keep a draft as the next version of its codebook; the draft is done with.

    With ``carry`` what was read with the version that it was begun from is carried over; that
    version stays as it is. Examples go along in any case.
    """
    draft = taken(draft, by=by)
    base, study, origins = base_of(draft), draft.codebook.study, rewritten(draft).origins
    version = revise_codebook(
        study=study, codebook=drafted(draft), from_version=from_version, by=by
    )
    carry_examples(base, version, origins)
    if carry:
        carry_readings(study=study, before=base, after=version, origins=origins, by=by)
    draft.delete()
    return version


def taken(draft: Draft, *, by: Member) -> Draft:
    """Take a draft fresh; it is there for who writes it, and for nobody else."""
    mine = Draft.objects.select_for_update().filter(pk=draft.pk, by=by)
    found = mine.select_related("codebook__study").first()
    if found is None:
        raise NotThere("There is nothing here.")
    require(Act.EDIT_CODEBOOK, study=found.codebook.study, by=by)
    return found


def saved(draft: Draft, now: Rewritten, *, act: str) -> Draft:
    """Write down how a draft stands now, and how it stood before, inside the transaction."""
    draft.past = [*draft.past, {"codes": draft.codes, "origins": draft.origins}][-MOST_STEPS:]
    draft.codes = [asdict(code) for code in now.codes]
    draft.origins = now.origins.plain()
    return _written(draft, act=act)


def _written(draft: Draft, *, act: str) -> Draft:
    draft.revision += 1
    draft.saved = timezone.now()
    draft.save(update_fields=["codes", "origins", "past", "revision", "saved"])
    record(
        act,
        subject=draft.ref,
        by=draft.by.ref,
        study=draft.codebook.study.ref,
        codes=len(draft.codes),
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
