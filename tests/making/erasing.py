"""Somebody who entrusted a text, read and coded, as there is to erase."""

from typing import NamedTuple

from exeunt.ledger.references import new_reference
from exeunt.procedures.entrusting.finishing import finish
from exeunt.procedures.entrusting.masking import accept, have_read, open_sheet
from exeunt.procedures.entrusting.registering import Identity, register
from exeunt.procedures.entrusting.reviewing import MarkState
from exeunt.procedures.entrusting.taking_in import Received, take_in
from exeunt.stages.coding.models import CodebookVersion
from exeunt.stages.narrators.models import Narrator
from exeunt.stages.narrators.states import Gender
from exeunt.stages.testimonies.models import Account
from exeunt.studies.models import Study
from exeunt.vault.queries import Keys
from tests.making.coding import Desk, a_codebook
from tests.making.consent import agreed
from tests.making.studies import with_protocol
from tests.making.testimonies import words
from tests.making.vault import MadeVault
from tests.people import Cast

WHO = Identity(
    name="Rahma Testwell",
    aliases=("Umm Zayn",),
    contacts=({"kind": "phone", "value": "+44 7700 900123", "safe": True},),
    places="A street in an invented town",
)
TEXT = (
    "My name is Rahma Testwell and I was born in 1991. I left the Quarry of Lanterns at night, "
    "carrying {label} and a bag of walnuts.\nMy phone was +44 7700 900123."
)


class Told(NamedTuple):
    """A narrator who entrusted one text, and its account."""

    narrator: Narrator
    account: Account


class Kept(NamedTuple):
    """An entrusted study with two narrators, both coded by two people; the vault is at hand."""

    study: Study
    vault: MadeVault
    cast: Cast
    version: CodebookVersion
    first: Told
    second: Told


def somebody(study: Study, vault: MadeVault, label: str, *, keys: Keys | None = None) -> Told:
    """Register somebody who agrees to it, take their text in, and mask it."""
    keys, dana = keys or vault.keys(), vault.dana
    narrator = register(
        study=study,
        label=label,
        gender=Gender.WOMAN,
        identity=WHO,
        ref=new_reference(),
        keys=keys,
        by=dana,
    )
    text = TEXT.format(label=f"the copper key of {label}")
    agreed(narrator)
    account = take_in(
        narrator=narrator,
        received=Received(text.encode(), "told.txt"),
        words=words(account_id=f"account-{label}", group_left=f"Lodge of {label}", language="en"),
        ref=new_reference(),
        keys=keys,
        by=dana,
    )
    sheet = open_sheet(account=account, keys=keys, by=dana)
    proposed = [mark.number for mark in sheet.review.in_state(MarkState.PROPOSED)]
    sheet = accept(sheet, proposed)
    for page in sheet.pages:
        sheet = have_read(sheet, page.number)
    finish(sheet)
    return Told(narrator, account)


def two_entrusted(study: Study, vault: MadeVault, cast: Cast) -> Kept:
    """Fill a study with two narrators of whom one is to be erased."""
    with_protocol(study, cast)
    version = a_codebook(study, cast)
    keys = vault.keys()
    first, second = (somebody(study, vault, label, keys=keys) for label in ("N-first", "N-second"))
    desk = Desk(study, version)
    for told in (first, second):
        desk.complete(told.account.label, 1, 1, 0, by=cast.boris, memo="What Boris thought of it.")
        desk.complete(told.account.label, 0, 1, 0, by=cast.chidi)
    desk.settle(first.account.label, version.code_set.first().key, 1, by=cast.amina)
    return Kept(study, vault, cast, version, first, second)
