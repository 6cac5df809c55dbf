"""Finishing a text, and codes that a coder finds missing while reading it."""

from django.db import transaction
from django.db.models import Max

from exeunt.errors import Refusal, Word
from exeunt.ledger.recording import record
from exeunt.ledger.references import new_reference
from exeunt.members.models import Member
from exeunt.members.rules import clean_line
from exeunt.methods.codebooks import LONGEST
from exeunt.stages.coding.actions.sheets import complete_sheet
from exeunt.stages.coding.models import Code, CodebookVersion, Sheet
from exeunt.stages.coding.queries.sheets import sheet_of
from exeunt.stages.coding.queries.things import thing_called
from exeunt.stages.coding.rules.answers import Answers
from exeunt.stages.coding.rules.sheets import check_codes_by_hand, check_is_finished_in_text
from exeunt.stages.coding.states import Target
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

PROPOSED = "new-"
MOST_PROPOSED = 50
LENGTH_DRAWN = 4


@transaction.atomic
def complete_text(*, study: Study, version: CodebookVersion, ref: str, by: Member) -> Sheet:
    """Close a coder's reading of a text: from now on what they marked counts, and may be shown.

    Only with a codebook of excerpts; one that asks about the account is completed on its sheet.
    """
    require(Act.CODE, study=study, by=by)
    thing = thing_called(study, version, ref)
    check_is_finished_in_text(Target(version.unit), version.name)
    sheet = sheet_of(study, version, thing, by=by)
    return complete_sheet(
        study=study,
        version=version,
        ref=ref,
        answers=Answers({}, {}, memo=sheet.memo if sheet is not None else ""),
        revision=sheet.revision if sheet is not None else 0,
        by=by,
    )


@transaction.atomic
def propose_code(*, study: Study, version: CodebookVersion, label: str, by: Member) -> Code:
    """Add a code that one coder found missing; it marks excerpts of theirs and nothing else.

    Proposing the same label again returns the code that is there.
    """
    require(Act.CODE, study=study, by=by)
    check_codes_by_hand(is_machine=by.is_machine)
    label = clean_line(label, Word("A code"), longest=LONGEST["label"])
    version = CodebookVersion.objects.select_for_update(of=["self"]).get(pk=version.pk)
    before = _proposed_before(version, label, by=by)
    if before is not None:
        return before
    last = Code.every.filter(version=version).aggregate(last=Max("position"))["last"]
    code = Code.every.create(
        version=version,
        position=(last or 0) + 1,
        key=_drawn_key(version),
        label=label,
        proposed_by=by,
    )

    record(
        "code.proposed",
        subject=study.ref,
        by=by.ref,
        codebook=version.codebook.slug,
        version=version.number,
    )
    return code


def _drawn_key(version: CodebookVersion) -> str:
    """Draw a key that is free: counted on, it would tell how many others have proposed."""
    while True:
        key = f"{PROPOSED}{new_reference()[:LENGTH_DRAWN]}"
        if not Code.every.filter(version=version, key=key).exists():
            return key


def _proposed_before(version: CodebookVersion, label: str, *, by: Member) -> Code | None:
    """Return the same proposal if it is there; refuse what the codebook has, and too many."""
    known = version.code_set.filter(label=label).first()
    if known is not None:
        raise Refusal("“{label}” is in the codebook already, as {key}.", label=label, key=known.key)
    mine = Code.every.filter(version=version, proposed_by=by)
    before = mine.filter(label=label).first()
    if before is None and mine.count() >= MOST_PROPOSED:
        raise Refusal(
            "You have proposed {most} codes for this version. Ask whoever leads to take some "
            "into the codebook first.",
            most=MOST_PROPOSED,
        )
    return before
