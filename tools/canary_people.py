"""People with planted identities, taken in and coded by the actions; and a failure with a name."""

import csv
import logging
from contextlib import suppress
from pathlib import Path

from exeunt.errors import Refusal
from exeunt.ledger.references import new_reference
from exeunt.members.actions import add_member
from exeunt.members.queries import first_person, member_called
from exeunt.methods.identifiers import Kind
from exeunt.procedures.entrusting import masking
from exeunt.procedures.entrusting.finishing import finish
from exeunt.procedures.entrusting.registering import Identity, register
from exeunt.procedures.entrusting.taking_in import Received, take_in
from exeunt.stages.coding.actions.codings import import_codings
from exeunt.stages.narrators.states import Gender
from exeunt.stages.testimonies.intake.accounts import AccountRow
from exeunt.stages.testimonies.models import Account
from exeunt.studies.actions import appoint
from exeunt.studies.models import Study
from exeunt.studies.roles import Role
from exeunt.vault.queries import Keys
from tools.canaries import Planted
from tools.keeping import agree

KINDS = {"name": "person", "elsewise": "person", "arabic": "person", "phone": "phone"}


def take_in_by_actions(who: Planted, study: Study, *, label: str, keys: Keys) -> None:
    """Register somebody, take their text in, mask it, read it and hand it over."""
    dana = member_called("Dana")
    narrator = register(
        study=study,
        label=label,
        gender=Gender.UNKNOWN,
        identity=Identity(
            who.name,
            aliases=(who.elsewise, who.arabic),
            contacts=({"kind": "phone", "value": who.phone, "safe": True},),
            risks=f"They ask for {who.name} at {who.phone}.",
        ),
        ref=new_reference(),
        keys=keys,
        by=dana,
    )
    agree(narrator)
    account = take_in(
        narrator=narrator,
        received=Received(who.told().encode(), "told.txt"),
        words=dict.fromkeys(AccountRow._fields, ""),
        ref=new_reference(),
        keys=keys,
        by=dana,
    )
    _mask(account, who, keys=keys)


def _mask(account: Account, who: Planted, *, keys: Keys) -> None:
    sheet = masking.open_sheet(account=account, keys=keys, by=member_called("Dana"))
    sheet = masking.accept(sheet, [mark.number for mark in sheet.review.marks])
    for words, kind in zip(who, KINDS.values(), strict=True):
        # A person who reads masks what no rule has found.
        with suppress(Refusal):
            sheet = masking.add_everywhere(sheet, words, kind=Kind(kind))
    for page in sheet.pages:
        sheet = masking.have_read(sheet, page.number)
    finish(sheet)


def coded(study: Study, *, within: Path) -> None:
    """Let two people code every account, so that there is something to report on."""
    amina, labels = first_person(), Account.objects.values_list("label", flat=True)
    coders = ("Boris", "Chidi")
    for name in coders:
        member = add_member(name=name, by=amina)
        appoint(study=study, member=member, role=Role.CODER, by=amina)
    path = within / "codings.csv"
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["account_id", "coder", "code", "value"])
        for number, label in enumerate(labels):
            for coder in coders:
                rows.writerows([label, coder, code, number % 2] for code in ("L1", "L2"))
    import_codings(study=study, path=path, by=amina)


def fail_with(who: Planted) -> None:
    """Fail as a library does that quotes what it was given, and let it be written to the log."""
    try:
        int(who.name)
    except ValueError:
        logging.getLogger("exeunt").exception("something failed")
