"""Carrying an erasure out, so that whoever is interrupted finishes it by doing it again."""

from collections.abc import Collection
from typing import NamedTuple

from django.db import transaction

from exeunt.desk.actions import forget_work
from exeunt.errors import NotThere
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.procedures.erasure.cleaning import finish_cleaning
from exeunt.procedures.erasure.seeking import Proof, copies_shared, fragments_of, seek
from exeunt.procedures.erasure.touching import check_may, forgetting, texts_of
from exeunt.stages.coding.actions.erasing import erase_coded
from exeunt.stages.consent.actions.erasing import erase_consent
from exeunt.stages.findings.actions.erasing import forget_answers
from exeunt.stages.narrators.actions.erasing import begin_cleaning, erase_registered, groups_of
from exeunt.stages.narrators.models import Erasure, Narrator
from exeunt.stages.sources.actions import erase_copy, erase_sources
from exeunt.stages.sources.models import Capture
from exeunt.stages.testimonies.actions.erasing import erase_told, groups_told_by, sources_of
from exeunt.studies.actions import moved_on
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act
from exeunt.vault import door


class Erased(NamedTuple):
    """What became of an erasure.

    ``listed`` is the checkpoint of the erasure list, empty where the vault was not needed and not
    open. ``pending`` says that the disk could not be cleaned yet; it is tried again.
    """

    narrator: str
    sealed: door.Destroyed
    rows: dict[str, int]
    listed: str
    proof: Proof
    pending: bool


def erase_narrator(*, narrator: Narrator, keys: door.Keys | None, by: Member) -> Erased:
    """Erase a narrator: the keys, then the rows, then what the disk still holds of them.

    Where it is interrupted, doing it again finishes it; after the rows are gone, `finish_erasure`
    or the next opening of the archive does. Refuses under a legal hold.
    """
    check_may(narrator, keys=keys, by=by)
    fragments, shared = fragments_of(narrator), copies_shared(narrator)
    with transaction.atomic():
        # Whoever places a hold waits until this is over.
        Study.objects.select_for_update().get(pk=narrator.study_id)
        check_may(narrator, keys=keys, by=by)  # again, for a hold may have come in between
        sealed, listed = _sealed_gone(narrator, keys=keys, by=by.ref)
        rows = _rows_gone(narrator, by=by.ref, list=listed)
    pending = finish_cleaning() > 0
    proof = seek(fragments, shared=shared)
    return Erased(narrator.ref, sealed, rows, listed, proof, pending)


def finish_erasure(ref: str, *, study: Study, by: Member) -> Erasure:
    """Finish what was interrupted after the rows were gone; tells whether the disk is clean now."""
    require(Act.ERASE, study=study, by=by)
    finish_cleaning()
    erasure = Erasure.objects.filter(ref=ref, study=study).first()
    if erasure is None:
        raise NotThere("There is nothing here.")
    return erasure


def erase_again(*, tags: Collection[str], keys: door.Keys, by: Member) -> int:
    """Erase everybody whom a backup brought back although they stand in the erasure list.

    It asks for no role and for no hold: they were erased before. Returns how many there were.
    """
    there = dict(Narrator.objects.values_list("ref", "pk"))
    known = door.narrators_in(tags, narrators=list(there), keys=keys)
    for ref in known:
        _again(ref, keys=keys, by=by.ref)
    finish_cleaning()
    return len(known)


def erase_copy_called(digest: str, *, study: Study, by: Member) -> Capture:
    """Take a whole copy of a table away, by the beginning of its digest."""
    require(Act.ERASE, study=study, by=by)
    found = list(Capture.objects.filter(source__study=study, digest__startswith=digest)[:2])
    if len(found) != 1:
        raise NotThere("There is nothing here.")
    erase_copy(capture=found[0], by=by)
    return found[0]


@transaction.atomic
def _again(ref: str, *, keys: door.Keys, by: str) -> None:
    narrator = Narrator.objects.filter(ref=ref).first()
    door.erase_again(
        narrator=ref,
        texts=texts_of(narrator) if narrator is not None else [],
        forget=forgetting(ref),
        keys=keys,
        by=by,
    )
    if narrator is not None:
        _rows_gone(narrator, by=by, again="yes")


def _sealed_gone(
    narrator: Narrator, *, keys: door.Keys | None, by: str
) -> tuple[door.Destroyed, str]:
    if keys is None:
        return door.Destroyed(), ""
    sealed, checkpoint = door.erase(
        narrator=narrator.ref,
        texts=texts_of(narrator),
        forget=forgetting(narrator.ref),
        keys=keys,
        by=by,
    )
    return sealed, str(checkpoint)


def _rows_gone(narrator: Narrator, *, by: str, **facts: str) -> dict[str, int]:
    """Take every stage's rows away, the latest stage first, and write that down."""
    study, sources = narrator.study, sources_of(narrator).alone
    moved_on(study)
    groups = groups_of(narrator) | groups_told_by(narrator)
    gone = {"answers": forget_answers(study), **erase_coded(narrator), **erase_told(narrator)}
    gone |= erase_consent(narrator)
    begin_cleaning(narrator)
    gone |= erase_registered(narrator, groups=groups) | {"work": forget_work(study)}
    gone["sources"] = len(sources)

    record(
        "narrator.erased",
        subject=narrator.ref,
        by=by,
        study=study.ref,
        accounts=gone["accounts"],
        texts=gone["texts"],
        codings=gone["codings"],
        **facts,
    )
    # Last, for files come back by no rollback.
    gone["copies"] = erase_sources(sources)
    return gone
