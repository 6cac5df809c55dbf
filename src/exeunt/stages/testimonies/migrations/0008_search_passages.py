"""Keep every passage of the latest texts, and an index over their words in the database itself.

On SQLite this is FTS5 over the table of passages, followed by triggers; a later migration that
remakes that table has to make the triggers again. Words stand in it apart already, so that the
plainest tokenizer tells them.
"""

from collections.abc import Iterator
from typing import Any, ClassVar

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from exeunt.stages.testimonies.rules.searched import Speech, passages_of

AT_ONCE, ROWS_AT_ONCE = 100, 500
INDEX, TABLE = "testimonies_passageindex", "testimonies_searchpassage"
FORGET = f"""
    INSERT INTO {INDEX}({INDEX}, rowid, folded) VALUES ('delete', OLD.id, OLD.folded);
"""  # noqa: S608 - nothing in it comes from outside
LEARN = f"INSERT INTO {INDEX}(rowid, folded) VALUES (NEW.id, NEW.folded);"  # noqa: S608
SQLITE = [
    f"""
    CREATE VIRTUAL TABLE {INDEX} USING fts5(
        folded, content='{TABLE}', content_rowid='id', columnsize=0, tokenize='ascii'
    )
    """,
    f"CREATE TRIGGER {INDEX}_insert AFTER INSERT ON {TABLE} BEGIN {LEARN} END",
    f"CREATE TRIGGER {INDEX}_delete AFTER DELETE ON {TABLE} BEGIN {FORGET} END",
    f"CREATE TRIGGER {INDEX}_update AFTER UPDATE ON {TABLE} BEGIN {FORGET} {LEARN} END",
]
SQLITE_UNDO = [
    *(f"DROP TRIGGER {INDEX}_{act}" for act in ("insert", "delete", "update")),
    f"DROP TABLE {INDEX}",
]
POSTGRES = [
    f"""
    CREATE INDEX {INDEX} ON {TABLE}
    USING gin (array_to_tsvector(string_to_array(folded, ' '))) WITH (fastupdate = off)
    """
]
POSTGRES_UNDO = [f"DROP INDEX {INDEX}"]


def index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the index of the database that is used."""
    on_postgres = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRES if on_postgres else SQLITE:
        schema_editor.execute(statement)


def unindex(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the index away."""
    on_postgres = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRES_UNDO if on_postgres else SQLITE_UNDO:
        schema_editor.execute(statement)


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Cut the latest text of every account that is there."""
    accounts = apps.get_model("testimonies", "Account").objects
    passage = apps.get_model("testimonies", "SearchPassage")
    last = 0
    while batch := list(accounts.filter(pk__gt=last).order_by("pk")[:AT_ONCE].values_list("pk")):
        numbers = [number for (number,) in batch]
        rows = (passage(**row) for row in _rows(apps, numbers))
        passage.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
        last = numbers[-1]


def _rows(apps: Apps, numbers: list[int]) -> Iterator[dict[str, Any]]:
    version = apps.get_model("testimonies", "TextVersion").objects
    turn = apps.get_model("testimonies", "Turn").objects
    texts = version.filter(account__in=numbers).order_by("account", "number")
    latest = {
        account: (pk, text) for pk, account, text in texts.values_list("pk", "account", "text")
    }
    said: dict[int, list[Speech]] = {}
    turns = turn.filter(version__in=[pk for pk, _ in latest.values()]).order_by("start")
    for pk, start, end, speaker in turns.values_list("version", "start", "end", "speaker"):
        said.setdefault(pk, []).append(Speech(start, end, speaker))
    for account, (pk, text) in latest.items():
        for found in passages_of(text, said.get(pk, ())):
            yield {"account_id": account, "version_id": pk, **found._asdict()}


class Migration(migrations.Migration):
    """The index is made first: on PostgreSQL no table is changed after it was written to."""

    dependencies: ClassVar = [("testimonies", "0007_texts_have_lengths")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="SearchPassage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("speaker", models.CharField(blank=True, max_length=80)),
                ("folded", models.TextField()),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="testimonies.account",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="testimonies.textversion",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["version"], name="search_passages_of_a_version")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["account", "start"], name="search_passage_stands_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(start__lt=models.F("end")),
                        name="search_passage_has_a_length",
                    ),
                ],
            },
        ),
        migrations.RunPython(index, unindex),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
