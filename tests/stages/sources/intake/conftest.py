"""Files as spreadsheets and other programs leave them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from exeunt.stages.sources.intake.columns import Column
from exeunt.stages.sources.intake.documents import document_at
from exeunt.stages.sources.intake.grid import Table
from tests.making.tables import table_here

COLUMNS = (
    Column("account_id", aliases=("رقم الرواية", "récit")),
    Column("code"),
    Column("value", required=False, aliases=("valeur",)),
    Column("text", required=False, long=True),
)

ReadBytes = Callable[..., Table]


@pytest.fixture
def reading(tmp_path: Path) -> ReadBytes:
    """Write bytes to a file of the given name and open it as a table of codings."""

    def read(data: bytes | str, name: str = "codings.csv", **how: object) -> Table:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return table_here(document_at(path), COLUMNS, **how)  # type: ignore[arg-type]

    return read
