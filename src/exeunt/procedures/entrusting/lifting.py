"""Lifting a mask: the words come back into the working text, for a reason and by a custodian."""

from enum import StrEnum

from django.db import transaction

from exeunt.errors import NotThere, NotYet
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.procedures.entrusting.masking import Sheet, finish, masked_text, open_sheet, refuse
from exeunt.procedures.entrusting.reviewing import Mark, MarkState
from exeunt.stages.testimonies.models import Account, Mask, TextVersion
from exeunt.studies.queries import require
from exeunt.studies.roles import Act
from exeunt.vault.room import Keys


class Why(StrEnum):
    """Why a mask is lifted; the word stands in the ledger."""

    NOTHING_HIDDEN = "nothing-hidden"
    PUBLIC_FACT = "public-fact"
    NARRATOR_ASKED = "narrator-asked"
    COURT_ORDER = "court-order"


def lift(*, account: Account, mask: str, why: Why, keys: Keys, by: Member) -> TextVersion:
    """Lift one mask of the latest working text, by its reference; makes the next version."""
    require(Act.TAKE_IN, study=account.study, by=by)
    sheet = open_sheet(account=account, keys=keys, by=by)
    mark = _mark_of(_latest(account, mask), sheet)
    sheet = refuse(sheet, [one.number for one in sheet.alike(mark)], keys=keys)
    with transaction.atomic():
        version = finish(sheet, keys=keys, by=by)
        record(
            "mask.lifted",
            subject=account.ref,
            by=by.ref,
            study=account.study.ref,
            mask=mask,
            why=why.value,
            version=version.number,
        )
    return version


def _latest(account: Account, ref: str) -> Mask:
    found = Mask.objects.filter(version__account=account, ref=ref).first()
    if found is None:
        raise NotThere("There is nothing here.")
    latest = TextVersion.objects.filter(account=account).order_by("-number").first()
    if latest is None or found.version_id != latest.pk:
        raise NotYet("This mask stands in an earlier version; lift it in the latest one.")
    return found


def _mark_of(mask: Mask, sheet: Sheet) -> Mark:
    """Return the mark of the raw text that stands where a mask stands in the working text."""
    place = masked_text(sheet).original_place(mask.start)
    accepted = sheet.review.in_state(MarkState.ACCEPTED)
    found = next((one for one in accepted if one.start <= place < one.end), None)
    if found is None:
        raise NotYet(
            "The masking of this text has gone on since; finish it first, then lift the mask."
        )
    return found
