"""Archives that are full of accounts, made by the real commands."""

from pathlib import Path

from .page import ROOT
from .processes import cost_of_exeunt, cost_of_module
from .tables import write_accounts, write_codings

PUBLISHED = "leaving-2014-2026"


def fill(archive: Path, accounts: int) -> None:
    """Make an archive of invented accounts and their codings."""
    cost_of_module("measuring.archive", archive)
    first = write_accounts(archive.with_name("accounts.csv"), accounts)
    second = write_codings(archive.with_name("codings.csv"), accounts)
    cost_of_exeunt("import", "accounts", first, "--provenance", "invented", archive=archive)
    cost_of_exeunt("import", "codings", second, archive=archive)


def demonstrate(archive: Path) -> None:
    """Make the demonstration."""
    published = ROOT / "examples" / "published-accounts"
    cost_of_exeunt("demo", archive, "--published", published, archive=archive)
