"""What the tests of this folder start from."""

import pytest

from tests.making.again import made_again
from tests.making.coding import a_codebook, code, double_coded
from tests.making.fixtures import captures, cast, study
from tests.making.testimonies import row, take_in

__all__ = ["captures", "cast", "read_twice", "study"]

CODES = ("J1", "L1", "L2")
PERIODS = ["2014", "2014", "2014", "2015", "2015", "2015"]
SETTINGS = ["free", "free", "withheld", "free", "unknown", "free"]

# L1: the readers agree on all but A4. L2: they agree on everything. J1: on nothing much.
TABLE = {
    "Boris": {
        "A1": (1, 1, 0),
        "A2": (0, 1, 0),
        "A3": (1, 0, 1),
        "A4": (0, 1, 1),
        "A5": ("", 0, 1),
        "A6": ("", "", ""),
    },
    "Chidi": {
        "A1": (0, 1, 0),
        "A2": (1, 1, 0),
        "A3": (1, 0, 1),
        "A4": (1, 0, 1),
        "A5": (0, 0, 1),
        "A6": ("", "", ""),
    },
}


@pytest.fixture
def read_twice(cast, study, captures, tmp_path):
    """Six invented accounts, read by Boris and Chidi; return the codebook's version."""
    return made_again(
        "read twice", (study.ref,), lambda: reading_twice(cast, study, tmp_path), folder=tmp_path
    )


def reading_twice(cast, study, tmp_path):
    """Take the accounts in and let both read them."""
    rows = [
        row(f"A{number}", group_left="IS", period=period, setting=setting)
        for number, (period, setting) in enumerate(zip(PERIODS, SETTINGS, strict=True), start=1)
    ]
    take_in(rows, tmp_path, study=study, cast=cast)
    version = a_codebook(study, cast)
    code(double_coded(TABLE, CODES), tmp_path, study=study, cast=cast)
    return version


@pytest.fixture
def reports(settings, tmp_path):
    """The open archive's folder for reports, empty."""
    folder = tmp_path / "reports"
    folder.mkdir()
    settings.EXEUNT_REPORTS = str(folder)
    return folder


@pytest.fixture
def few_units_suffice(monkeypatch):
    """Let six accounts be enough to rank, so that alpha alone decides."""
    monkeypatch.setattr("exeunt.stages.findings.rules.claims.FEWEST_UNITS", 2)
