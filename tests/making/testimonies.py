"""Accounts as they come in: through a small file and the import."""

from collections.abc import Sequence
from pathlib import Path

from exeunt.stages.testimonies.actions.accounts import Taken, import_accounts
from exeunt.studies.models import Study
from tests.making.tables import Row, write_csv
from tests.people import Cast

INVENTED = "invented"


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
