"""Lifting a mask: the words come back into the working text, for a reason and by a custodian."""

from enum import StrEnum

from django.db import transaction

from exeunt.errors import NotThere, NotYet
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.procedures.entrusting.finishing import finish, masked_text
from exeunt.procedures.entrusting.masking import Sheet, open_sheet, refuse
from exeunt.procedures.entrusting.reviewing import Mark, MarkState, check_may_finish
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
    """Lift one mask of the latest working text, by its reference; makes the next version.

    It is lifted wherever it hides the same words: a name that can be read once hides nowhere.
    """
    require(Act.TAKE_IN, study=account.study, by=by)
    found = latest_mask(account, mask)
    sheet = open_sheet(account=account, keys=keys, by=by)
    mark = _mark_of(found, sheet)
    check_may_finish(sheet.review, sheet.pages)
    sheet = refuse(sheet, [one.number for one in sheet.alike(mark)])
    with transaction.atomic():
        version = finish(sheet)
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


def latest_mask(account: Account, ref: str) -> Mask:
    """Return a mask of an account's latest working text, by its reference."""
    found = Mask.everything.filter(version__account=account, ref=ref).first()
    if found is None:
        raise NotThere("There is nothing here.")
    latest = TextVersion.everything.filter(account=account).order_by("-number").first()
    if latest is None or found.version_id != latest.pk:
        raise NotYet("This mask stands in an earlier version; lift it in the latest one.")
    return found


def _mark_of(mask: Mask, sheet: Sheet) -> Mark:
    """Return the mark of the raw text that stands where a mask stands in the working text."""
    masked = masked_text(sheet)
    number = next(
        (place for place, put in enumerate(masked.placed) if put[:2] == (mask.start, mask.end)),
        None,
    )
    if number is None or masked.text != mask.version.text:
        raise NotYet(
            "The masking of this text has gone on since; finish it first, then lift the mask."
        )
    there = masked.masks[number]
    accepted = sheet.review.in_state(MarkState.ACCEPTED)
    return next(one for one in accepted if one.start < there.end and there.start < one.end)
