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
    renew_paper,
)
from exeunt.vault.actions.forms import open_form, seal_form
from exeunt.vault.actions.people import Opened, edit_record, open_record, seal_person
from exeunt.vault.actions.rotating import Rotated, rotate
from exeunt.vault.actions.texts import (
    RawText,
    go_on_with_text,
    keep_review,
    open_original,
    open_text,
    seal_text,
)
from exeunt.vault.actions.unlocking import (
    identity_again,
    keys_now,
    keys_on_paper,
    keys_with,
    open_vault,
    shut_vault,
)
from exeunt.vault.entries import entries_of, latest_entries
from exeunt.vault.models import Custodian
from exeunt.vault.queries import Keys, custodian_with, custodians, standing, the_vault
from exeunt.vault.rules.custodians import check_may_keep
from exeunt.vault.rules.opening import BUDGET, MINUTES, STANDINGS, check_stands
from exeunt.vault.states import CustodianState, Reason, Record, Standing
from exeunt.vault.status import Status, status

__all__ = [
    "BUDGET",
    "MINUTES",
    "STANDINGS",
    "Custodian",
    "CustodianState",
    "Keys",
    "OpenBook",
    "Opened",
    "Prepared",
    "RawText",
    "Reason",
    "Record",
    "Rotated",
    "Standing",
    "Status",
    "admit_custodian",
    "check_is_there",
    "check_may_keep",
    "custodian_with",
    "custodians",
    "edit_record",
    "entries_of",
    "go_on_with_text",
    "identity_again",
    "keep_book",
    "keep_review",
    "keys_now",
    "keys_on_paper",
    "keys_with",
    "latest_entries",
    "open_book",
    "open_form",
    "open_original",
    "open_record",
    "open_text",
    "open_vault",
    "prepare_custodian",
    "remove_custodian",
    "renew_paper",
    "rotate",
    "seal_form",
    "seal_person",
    "seal_text",
    "shut_vault",
    "standing",
    "status",
    "the_vault",
]


def check_is_there() -> None:
    """Refuse where there is no vault, or none that can be used, and say why."""
    check_stands(standing())
