"""Invented tables of any length: accounts, and the codings of two coders who mostly agree."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

STUDY = "measured"
CODEBOOK = "icsr-2015"
CODERS = ("first-reader", "second-reader")
CODES = ("L1", "L2", "L3", "L4", "J1", "J2")
VALUES = ("0", "1", "", "unknown")

ACCOUNT_COLUMNS = (
    "account_id",
    "gender",
    "age_band",
    "group_left",
    "exit_kind",
    "joined",
    "left",
    "published",
    "period",
    "language",
)
CODING_COLUMNS = ("account_id", "coder", "code", "value")


def write_accounts(path: Path, accounts: int) -> Path:
    """Write a table of so many invented accounts; the same each time."""
    chance = random.Random(1)
    rows = (
        (
            _label(number),
            chance.choice(("woman", "man", "unknown")),
            chance.choice(("18-24", "25-34", "")),
            f"Group {chance.choice('ABCD')}",
            chance.choice(("left", "captured", "demobilised", "")),
            str(chance.randrange(2005, 2014)),
            f"{chance.randrange(2014, 2020)}-{chance.randrange(1, 13):02}",
            str(chance.randrange(2020, 2026)),
            chance.choice(("early", "late")),
            chance.choice(("en", "ar", "fr")),
        )
        for number in range(accounts)
    )
    return _write(path, ACCOUNT_COLUMNS, rows)


def write_codings(path: Path, accounts: int) -> Path:
    """Write what two coders say of six codes: twelve rows for each account."""
    return _write(path, CODING_COLUMNS, _codings(accounts))


def _codings(accounts: int) -> Iterator[tuple[str, ...]]:
    chance = random.Random(2)
    for number in range(accounts):
        for code in CODES:
            seen = chance.choice(VALUES)
            for coder in CODERS:
                said = seen if chance.random() < 0.9 else chance.choice(VALUES)
                yield _label(number), coder, code, said


def _label(number: int) -> str:
    return f"A{number:06}"


def _write(path: Path, header: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path
