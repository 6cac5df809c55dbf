"""Codebooks and codings as they come in: through plain values, small files and the imports."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from django.db.models import Model

from exeunt.members.models import Member
from exeunt.methods.codebooks import Codebook
from exeunt.stages.coding.actions.codebooks import keep_codebook
from exeunt.stages.coding.actions.codings import TakenCodings, import_codings
from exeunt.stages.coding.actions.settling import settle
from exeunt.stages.coding.actions.sheets import complete_sheet, reopen_sheet, save_sheet
from exeunt.stages.coding.models import Adjudication, CodebookVersion, Sheet
from exeunt.stages.coding.rules.answers import Answers
from exeunt.stages.narrators.models import Exit, Spell
from exeunt.stages.testimonies.models import Account
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


def thing(label: str, study: Study, model: type[Model] = Account) -> str:
    """Return the reference of an account of that label, or of the exit or spell it tells of."""
    path = {Account: "label", Exit: "telling__account__label"}.get(
        model, "exit__telling__account__label"
    )
    within = "study" if model is Account else "spell__narrator__study"
    within = "narrator__study" if model is Spell else within
    return model.objects.filter(**{path: label, within: study}).get().ref


def answers(*cells: object, memo: str = "", notes: dict[str, str] | None = None) -> Answers:
    """Answer the codes of a small codebook in their order; None leaves one open."""
    keys = [code.key for code in BINARY]
    said = {key: str(cell) for key, cell in zip(keys, cells, strict=False) if cell is not None}
    return Answers(cells=said, notes=notes or {}, memo=memo)


class Desk(NamedTuple):
    """A study and a version, and what coders do there by hand."""

    study: Study
    version: CodebookVersion

    def save(self, label: str, *cells: object, by: Member, revision: int = 0, **more) -> Sheet:
        """Save an account's sheet as it is filled in so far."""
        return save_sheet(
            study=self.study,
            version=self.version,
            ref=thing(label, self.study),
            answers=answers(*cells, **more),
            revision=revision,
            by=by,
        )

    def complete(self, label: str, *cells: object, by: Member, revision: int = 0, **more) -> Sheet:
        """Complete an account's sheet."""
        return complete_sheet(
            study=self.study,
            version=self.version,
            ref=thing(label, self.study),
            answers=answers(*cells, **more),
            revision=revision,
            by=by,
        )

    def reopen(self, label: str, *, by: Member) -> Sheet:
        """Open an account's sheet again."""
        ref = thing(label, self.study)
        return reopen_sheet(study=self.study, version=self.version, ref=ref, by=by)

    def settle(self, label: str, code: str, cell: object, *, by: Member, **more) -> Adjudication:
        """Settle one code of an account."""
        return settle(
            study=self.study,
            version=self.version,
            ref=thing(label, self.study),
            code=code,
            cell=str(cell),
            by=by,
            **({"reason": "We read the page again.", "revision": 0} | more),
        )
