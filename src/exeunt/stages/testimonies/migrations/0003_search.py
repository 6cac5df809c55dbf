"""Keep the words of every account, and an index over them in the database itself.

On SQLite this is FTS5 over the table of words, followed by triggers; a later migration that
remakes that table has to make the triggers again. FTS5's own "secure-delete" is not used, for an
older SQLite could not open the index any more: whoever takes words away merges it instead.
"""

from typing import Any, ClassVar

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from exeunt.methods.searching import searchable

AT_ONCE = 500
INDEX, TABLE = "testimonies_searchindex", "testimonies_searchwords"
FORGET = f"""
    INSERT INTO {INDEX}({INDEX}, rowid, words) VALUES ('delete', OLD.account_id, OLD.words);
"""  # noqa: S608 - nothing in it comes from outside
LEARN = f"INSERT INTO {INDEX}(rowid, words) VALUES (NEW.account_id, NEW.words);"  # noqa: S608
SQLITE = [
    f"""
    CREATE VIRTUAL TABLE {INDEX} USING fts5(
        words, content='{TABLE}', content_rowid='account_id', detail=none, columnsize=0,
        tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
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
    USING gin (array_to_tsvector(string_to_array(words, ' '))) WITH (fastupdate = off)
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
    """Find the words of every account that is there."""
    accounts = apps.get_model("testimonies", "Account").objects
    last = 0
    while batch := list(accounts.filter(pk__gt=last).order_by("pk")[:AT_ONCE].values_list("pk")):
        numbers = [number for (number,) in batch]
        _fill(apps, numbers)
        last = numbers[-1]


def _fill(apps: Apps, numbers: list[int]) -> None:
    account = apps.get_model("testimonies", "Account").objects
    telling = apps.get_model("testimonies", "Telling").objects
    version = apps.get_model("testimonies", "TextVersion").objects
    parts: dict[int, list[Any]] = {number: [] for number in numbers}
    rows: list[tuple[Any, ...]] = [
        *account.filter(pk__in=numbers).values_list(
            "pk", "label", "source__citation", "narrator__label"
        ),
        *telling.filter(account__in=numbers).values_list(
            "account", "exit__spell__group__name", "to_group__name"
        ),
        *version.filter(account__in=numbers).values_list("account", "text"),
    ]
    for number, *said in rows:
        parts[number] += filter(None, said)
    words = apps.get_model("testimonies", "SearchWords")
    words.objects.bulk_create(
        words(account_id=number, words=searchable(said)) for number, said in parts.items()
    )


class Migration(migrations.Migration):
    """The index is made first: on PostgreSQL no table is changed after it was written to."""

    dependencies: ClassVar = [("testimonies", "0002_accounts_by_hand")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="SearchWords",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="testimonies.account",
                    ),
                ),
                ("words", models.TextField(blank=True)),
            ],
        ),
        migrations.AddIndex(
            "account", models.Index(fields=["study", "id"], name="account_in_order_added")
        ),
        migrations.AddIndex(
            "account",
            models.Index(fields=["study", "published", "id"], name="account_in_order_published"),
        ),
        migrations.RunPython(index, unindex),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
