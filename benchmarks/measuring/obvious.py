"""The obvious way to import, as a peer: pandas reads, Django's bulk_create writes.

    python -m measuring.obvious ARCHIVE accounts.csv codings.csv

It fills the same tables from the same files, and leaves out all that makes an import safe:
checks of cells, of repetitions and contradictions, the kept original, and the ledger.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pandas as pd
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from exeunt.archive.opening import opened
from exeunt.members.models import Member
from exeunt.stages.coding.models import Code, CodebookVersion, Coding, Pass
from exeunt.stages.coding.states import Gap
from exeunt.stages.narrators.models import Exit, Group, Narrator, Spell
from exeunt.stages.sources.models import Source
from exeunt.stages.sources.states import Provenance, SourceKind
from exeunt.stages.testimonies.models import Account, Telling
from exeunt.studies.models import Study

AT_ONCE = 2000
Row = dict[str, str]
Kept = TypeVar("Kept", bound=Model)


def main(archive: Path, accounts: Path, codings: Path) -> None:
    """Fill an archive that holds a study, a codebook and the coders."""
    with opened(archive), transaction.atomic():
        study = Study.objects.get()
        _fill_accounts(study, pd.read_csv(accounts, dtype=str, keep_default_na=False))
        _fill_codings(study, pd.read_csv(codings, dtype=str, keep_default_na=False))


def _fill_accounts(study: Study, frame: pd.DataFrame) -> None:
    rows = frame.to_dict("records")
    narrators = _kept(
        Narrator(study=study, label=row["account_id"], gender=row["gender"]) for row in rows
    )
    exits = _fill_exits(study, rows, narrators)
    accounts = _fill_tellers(study, rows, narrators)
    _kept(
        Telling(account=account, exit=ending, kind=ending.kind, ended=ending.ended)
        for account, ending in zip(accounts, exits, strict=True)
    )


def _fill_exits(study: Study, rows: list[Row], narrators: list[Narrator]) -> list[Exit]:
    names = {row["group_left"] for row in rows}
    groups = {group.name: group for group in _kept(Group(study=study, name=n) for n in names)}
    spells = _kept(
        Spell(narrator=narrator, group=groups[row["group_left"]], began=row["joined"])
        for row, narrator in zip(rows, narrators, strict=True)
    )
    return _kept(
        Exit(spell=spell, kind=row["exit_kind"] or "unknown", ended=row["left"])
        for row, spell in zip(rows, spells, strict=True)
    )


def _fill_tellers(study: Study, rows: list[Row], narrators: list[Narrator]) -> list[Account]:
    now = timezone.now()
    source = Source.objects.create(
        study=study, kind=SourceKind.TABLE, provenance=Provenance.INVENTED, received=now
    )
    return _kept(
        Account(
            study=study,
            label=row["account_id"],
            narrator=narrator,
            source=source,
            language=row["language"],
            published=row["published"],
            period=row["period"],
            age_band=row["age_band"] or "unknown",
            added=now,
        )
        for row, narrator in zip(rows, narrators, strict=True)
    )


def _fill_codings(study: Study, frame: pd.DataFrame) -> None:
    version = CodebookVersion.objects.get()
    coders = dict(Member.objects.values_list("name", "pk"))
    passes = {
        name: Pass.objects.create(
            study=study, coder_id=coders[name], version=version, began=timezone.now()
        )
        for name in frame["coder"].unique()
    }
    accounts = dict(Account.objects.values_list("label", "pk"))
    codes = dict(Code.objects.values_list("key", "pk"))
    gaps = {"": Gap.NOT_MENTIONED, "unknown": Gap.UNKNOWN}
    _kept(
        Coding(
            reading=passes[row.coder],
            code_id=codes[row.code],
            account_id=accounts[row.account_id],
            value=None if row.value in gaps else int(row.value),
            gap=gaps.get(row.value, ""),
        )
        for row in frame.itertuples()
    )


def _kept(objects: Iterator[Kept]) -> list[Kept]:
    made = list(objects)
    return type(made[0]).objects.bulk_create(made, batch_size=AT_ONCE)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
