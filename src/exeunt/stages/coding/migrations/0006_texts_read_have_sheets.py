"""Give every text that was read for excerpts, before texts had sheets, its complete sheet."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from exeunt.ledger.references import new_reference

AT_ONCE = 500


def fill_sheets(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    readings = apps.get_model("coding", "Pass").objects.filter(version__unit="excerpt")
    for reading in readings.iterator():
        _fill(apps, reading)


def _fill(apps: Any, reading: Any) -> None:
    codings = apps.get_model("coding", "Coding").objects.filter(reading=reading)
    of_texts = codings.filter(excerpt__isnull=False).order_by()
    read = set(of_texts.values_list("excerpt__text_version__account", flat=True))
    sheet = apps.get_model("coding", "Sheet")
    read -= set(sheet.objects.filter(reading=reading).values_list("account", flat=True))
    sheet.objects.bulk_create(
        (
            sheet(
                ref=new_reference(),
                reading=reading,
                account_id=account,
                state="complete",
                saved=reading.began,
                completed=reading.began,
            )
            for account in sorted(read)
        ),
        batch_size=AT_ONCE,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("coding", "0005_spans"),
        ("testimonies", "0007_texts_have_lengths"),
    ]

    operations = [migrations.RunPython(fill_sheets, migrations.RunPython.noop)]
