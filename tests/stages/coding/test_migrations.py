"""Readings that were taken in before there were sheets get theirs when an archive is upgraded."""

from importlib import import_module

from django.apps import apps

from exeunt.stages.coding.models import Difference, Sheet
from tests.making.coding import code, judgement

MIGRATION = import_module("exeunt.stages.coding.migrations.0003_earlier_readings_have_sheets")


def stands() -> tuple[list[object], list[object]]:
    sheets = Sheet.objects.order_by("reading", "account").values_list(
        "reading", "account", "state", "revision"
    )
    differences = Difference.objects.order_by("account")
    return list(sheets), list(differences.values_list("account", "codes", "unsettled"))


def test_earlier_readings_get_the_sheets_that_an_import_gives(cast, desk, tmp_path):
    rows = [
        judgement("A0001", "L1", 1),
        judgement("A0001", "L1", 0, coder="Chidi"),
        judgement("A0002", "L1", 1, coder="Chidi"),
        judgement("A0003", "L1", 1, coder="Chidi", target="exit"),
    ]
    code(rows, tmp_path, study=desk.study, cast=cast)
    before = stands()
    MIGRATION.empty_sheets(apps, None)
    assert stands() == ([], [])
    MIGRATION.fill_sheets(apps, None)

    assert stands() == before
