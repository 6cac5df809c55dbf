"""Accounts as they come in: through a small file and the import."""

from collections.abc import Sequence
from pathlib import Path

from django.db import connection

from exeunt.stages.testimonies.actions.accounts import Taken, import_accounts
from exeunt.stages.testimonies.actions.by_hand import add_account
from exeunt.stages.testimonies.intake.accounts import AccountRow
from exeunt.stages.testimonies.models import Account, SearchPassage, SearchWords
from exeunt.studies.models import Study
from tests.making.tables import Row, write_csv
from tests.people import Cast

INVENTED = "invented"
NOTHING_TYPED = dict.fromkeys(AccountRow._fields, "")


def row(label: str, **cells: object) -> dict[str, object]:
    """Write one row of a table of accounts, invented unless it says otherwise."""
    return {"account_id": label, "provenance": INVENTED, **cells}


def take_in(
    rows: Sequence[Row], folder: Path, *, study: Study, cast: Cast, name: str = "accounts.csv"
) -> Taken:
    """Import these rows as Amina."""
    return import_accounts(study=study, path=write_csv(folder / name, rows), by=cast.amina)


def some_accounts(count: int, folder: Path, *, study: Study, cast: Cast) -> list[str]:
    """Import so many invented accounts, A0001 onwards, and return their labels."""
    labels = [f"A{number:04}" for number in range(1, count + 1)]
    take_in([row(label) for label in labels], folder, study=study, cast=cast)
    return labels


def words(**cells: str) -> dict[str, str]:
    """Write out what somebody typed into the form: nothing, unless it is said."""
    return {**NOTHING_TYPED, **cells}


def an_account(study: Study, cast: Cast, **cells: str) -> Account:
    """Add one invented account by hand as Boris."""
    return add_account(study=study, words=words(provenance=INVENTED, **cells), by=cast.boris)


def search_index() -> bytes:
    """Return all that the database keeps for searching, byte for byte."""
    words = SearchWords.objects.values_list("words", flat=True)
    passages = SearchPassage.objects.values_list("folded", flat=True)
    kept = "\n".join([*words, *passages]).encode()
    if connection.vendor != "sqlite":
        return kept
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT block FROM testimonies_searchindex_data "
            "UNION ALL SELECT block FROM testimonies_passageindex_data"
        )
        return kept + b"".join(block for (block,) in cursor.fetchall())
