"""Give every reading that was taken in before there were sheets its complete sheets."""

from collections.abc import Iterator
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from exeunt.ledger.references import new_reference

AT_ONCE = 500
SHEETED = ("account", "exit", "spell")
OF_AN_ACCOUNT = {
    "account": "account",
    "excerpt": "excerpt__text_version__account",
}


def fill_sheets(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for reading in apps.get_model("coding", "Pass").objects.select_related("version"):
        unit = reading.version.unit
        if unit in SHEETED:
            _fill(apps, reading, unit)
    for version in apps.get_model("coding", "CodebookVersion").objects.all():
        if version.unit in SHEETED:
            _count(apps, version)


def empty_sheets(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("coding", "Difference").objects.all().delete()
    apps.get_model("coding", "Sheet").objects.all().delete()


def _fill(apps: Any, reading: Any, unit: str) -> None:
    codings = apps.get_model("coding", "Coding").objects.filter(reading=reading)
    paths = OF_AN_ACCOUNT.values() if unit == "account" else [unit]
    things: set[int] = set()
    for path in paths:
        stored = codings.filter(**{f"{path}__isnull": False}).order_by()
        things.update(stored.values_list(path, flat=True).distinct())
    if unit == "account":
        things |= _accounts_of_endings(apps, codings)
    sheet = apps.get_model("coding", "Sheet")
    sheet.objects.bulk_create(
        (
            sheet(
                ref=new_reference(),
                reading=reading,
                state="complete",
                saved=reading.began,
                completed=reading.began,
                **{f"{unit}_id": thing},
            )
            for thing in sorted(things)
        ),
        batch_size=AT_ONCE,
    )


def _accounts_of_endings(apps: Any, codings: Any) -> set[int]:
    """Find the accounts through which exits and spells were judged: all that tell of them."""
    tellings = apps.get_model("testimonies", "Telling").objects
    exits = codings.filter(exit__isnull=False).values("exit")
    spells = codings.filter(spell__isnull=False).values("spell")
    found = tellings.filter(exit__in=exits).values_list("account", flat=True)
    others = tellings.filter(exit__spell__in=spells).values_list("account", flat=True)
    return {*found, *others}


def _count(apps: Any, version: Any) -> None:
    difference = apps.get_model("coding", "Difference")
    rows = (
        difference(version=version, codes=codes, unsettled=codes, **{f"{version.unit}_id": thing})
        for thing, codes in _differing(apps, version)
        if codes
    )
    while batch := list(islice(rows, AT_ONCE)):
        difference.objects.bulk_create(batch)


def _differing(apps: Any, version: Any) -> Iterator[tuple[int, int]]:
    stored = (
        apps.get_model("coding", "Coding")
        .objects.filter(reading__version=version, **{f"{version.unit}__isnull": False})
        .order_by(version.unit)
        .values_list(version.unit, "code", "value", "gap")
    )
    for thing, rows in groupby(stored.iterator(20_000), key=itemgetter(0)):
        said: dict[int, set[tuple[int | None, str]]] = {}
        for _, code, *judged in rows:
            said.setdefault(code, set()).add(tuple(judged))
        yield thing, sum(len(ways) > 1 for ways in said.values())


class Migration(migrations.Migration):
    dependencies = [
        ("coding", "0002_sheets"),
        ("testimonies", "0001_initial"),
    ]

    operations = [migrations.RunPython(fill_sheets, empty_sheets)]
