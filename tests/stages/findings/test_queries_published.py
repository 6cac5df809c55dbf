"""The 131 published accounts give the figures that an independent count of the files gives.

The oracle reads the two CSV files with pandas, counts by the words of `README.md` beside them,
and takes alpha from another library; it knows nothing of Exeunt.
"""

import re
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
import pytest
from django.utils import timezone

from exeunt.members.actions import add_first_member
from exeunt.methods.readings import Blanks
from exeunt.procedures.demonstration import show_published
from exeunt.stages.findings.formats.facts import Facts
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.queries.narrative import findings_of

FOLDER = Path(__file__).parents[3] / "examples" / "published-accounts"
READERS = ("reader-1", "reader-2")
WAYS = (*READERS, "given by all readers", "given by any reader")
BLANKS = pytest.mark.parametrize("blanks", Blanks)


@pytest.fixture
def facts(db, captures):
    """Ask one question of the demonstration's published study."""
    amina = add_first_member(name="Amina")
    shown = show_published(FOLDER, by=amina, tell=lambda _: None)

    def ask(**question) -> Facts:
        asked = Question(times=2, **question)
        return findings_of(shown.study, shown.version, asked, made=timezone.now(), by=amina)

    return ask


def as_read(blanks: Blanks = Blanks.MISSING) -> dict[str, pd.DataFrame]:
    """Return accounts by readers for each code, NaN where a reader left a blank."""
    codings = pd.read_csv(FOLDER / "codings.csv")
    tables = {
        code: rows.pivot(index="account_id", columns="coder", values="value")
        for code, rows in codings.groupby("code")
    }
    return {code: t if blanks is Blanks.MISSING else t.fillna(0) for code, t in tables.items()}


def counted(table: pd.DataFrame, way: str) -> tuple[int, int]:
    """Count, account by account, how often a code was given and how often it could be told."""
    given = told = 0
    for values in table[list(READERS)].itertuples(index=False):
        if way in READERS:
            known = [values[READERS.index(way)]]
        elif way == "given by all readers":
            known = [float("nan") if any(map(np.isnan, values)) else min(values)]
        else:
            known = [float("nan") if all(map(np.isnan, values)) else np.nanmax(values)]
        told += not np.isnan(known[0])
        given += known[0] == 1
    return int(given), told


def alpha_of(ratings: pd.DataFrame) -> float:
    return krippendorff.alpha(ratings[list(READERS)].to_numpy().T, level_of_measurement="nominal")


@BLANKS
def test_every_share_is_that_of_the_files(facts, blanks):
    found, tables = facts(blanks=blanks), as_read(blanks)

    assert {row.code for row in found.narratives} == set(tables)
    for row in found.narratives:
        for way, shares in zip(WAYS, row.ways, strict=True):
            given, told = counted(tables[row.code], way)
            assert (way, row.code, shares.among_stated[:2]) == (shares.way, row.code, (given, told))
            assert shares.among_all[:2] == (given, 131)


@BLANKS
def test_every_alpha_is_that_of_another_library(facts, blanks):
    found, tables = facts(blanks=blanks), as_read(blanks)

    for row in found.agreements:
        assert row.agreement.alpha == pytest.approx(alpha_of(tables[row.code])), row.code
        both = tables[row.code].dropna()
        assert row.agreement.units == len(both)
        assert row.agreement.percent == pytest.approx((both.iloc[:, 0] == both.iloc[:, 1]).mean())


def test_agreement_on_whether_anything_was_stated_is_that_of_another_library(facts):
    tables = as_read()
    for row in facts().stating:
        first = row.dimension[0].upper()  # J1 to J4 of joining, L1 and so on of leaving
        codes = [table for code, table in tables.items() if re.match(rf"{first}\d", code)]
        stated = sum(table.notna().astype(int) for table in codes).clip(upper=1)

        assert codes
        assert row.agreement.units == 131
        assert row.agreement.alpha == pytest.approx(alpha_of(stated))


def test_only_codes_from_the_threshold_on_are_ranked(facts):
    expected = {code for code, table in as_read().items() if alpha_of(table) >= 0.667}

    assert facts().ranked == expected
    assert 0 < len(expected) < len(as_read())


@pytest.mark.parametrize(
    ("attribute", "column"), [("period", "published"), ("group", "group_left"), ("setting",) * 2]
)
def test_every_slice_is_that_of_the_files(facts, attribute, column):
    accounts = pd.read_csv(FOLDER / "accounts.csv", index_col="account_id")
    tables = as_read()
    for part in facts().slices[attribute]:
        names = accounts.index[accounts[column] == part.value]
        expected = counted(tables[part.code].loc[names], "given by all readers")

        assert (part.value, part.code, part.share[:2]) == (part.value, part.code, expected)


def test_the_body_is_told_for_what_it_is(facts):
    body = facts().body

    assert (body.accounts, body.machines, body.invented) == (131, True, False)
    assert "names" in body.protocol["approval_reference"]
