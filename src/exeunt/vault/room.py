"""The custodian's room: what only a custodian's own pages and commands may do.

Unlike the door it answers with names and raw text, so nothing but those pages, those commands and
the procedures of intake may import it.
"""

from exeunt.vault.actions.books import OpenBook, keep_book, open_book
from exeunt.vault.actions.custodians import (
    Prepared,
    admit_custodian,
    prepare_custodian,
    remove_custodian,
)
from exeunt.vault.actions.people import Opened, edit_record, open_record, seal_person
from exeunt.vault.actions.texts import (
    RawText,
    keep_review,
    open_original,
    open_text,
    seal_text,
)
from exeunt.vault.actions.unlocking import keys_now, keys_with, open_vault, shut_vault
from exeunt.vault.queries import Keys, custodian_with, custodians, standing, the_vault
from exeunt.vault.rules.opening import BUDGET, MINUTES
from exeunt.vault.states import CustodianState, Reason, Record, Standing

__all__ = [
    "BUDGET",
    "MINUTES",
    "CustodianState",
    "Keys",
    "OpenBook",
    "Opened",
    "Prepared",
    "RawText",
    "Reason",
    "Record",
    "Standing",
    "admit_custodian",
    "custodian_with",
    "custodians",
    "edit_record",
    "keep_book",
    "keep_review",
    "keys_now",
    "keys_with",
    "open_book",
    "open_original",
    "open_record",
    "open_text",
    "open_vault",
    "prepare_custodian",
    "remove_custodian",
    "seal_person",
    "seal_text",
    "shut_vault",
    "standing",
    "the_vault",
]
