"""Codebooks and codings as they come in: through plain values, small files and the imports."""

from collections.abc import Sequence
from pathlib import Path

from exeunt.methods.codebooks import Codebook
from exeunt.stages.coding.actions.codebooks import keep_codebook
from exeunt.stages.coding.actions.codings import TakenCodings, import_codings
from exeunt.stages.coding.models import CodebookVersion
from exeunt.studies.models import Study
from tests.making.codebooks import BINARY
from tests.making.tables import Row, write_csv
from tests.people import Cast


def a_codebook(study: Study, cast: Cast, codebook: Codebook = BINARY) -> CodebookVersion:
    """Keep a codebook in a study as Amina."""
    return keep_codebook(study=study, codebook=codebook, by=cast.amina)


def judgement(account: str, code: str, value: object = 1, **cells: object) -> dict[str, object]:
    """Write one row of a table of codings, Boris's unless it says otherwise."""
    return {"account_id": account, "coder": "Boris", "code": code, "value": value, **cells}


def code(
    rows: Sequence[Row],
    folder: Path,
    *,
    study: Study,
    cast: Cast,
    name: str = "codings.csv",
    codebook: str | None = None,
) -> TakenCodings:
    """Import these rows as Amina."""
    path = write_csv(folder / name, rows)
    return import_codings(study=study, path=path, codebook=codebook, by=cast.amina)


def double_coded(
    values: dict[str, dict[str, Sequence[object]]], codes: Sequence[str]
) -> list[dict[str, object]]:
    """Write out a table {coder: {account: a value for each code}} as rows of codings."""
    return [
        judgement(account, code_, value, coder=coder)
        for coder, accounts in values.items()
        for account, given in accounts.items()
        for code_, value in zip(codes, given, strict=True)
    ]
