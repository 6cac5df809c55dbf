"""Count the code points of every text that is there; what people typed or sent is confirmed."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F
from django.db.models.functions import Length


def count(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    versions = apps.get_model("testimonies", "TextVersion").objects
    versions.update(length=Length("text"), confirmed=F("made"))


class Migration(migrations.Migration):
    dependencies = [("testimonies", "0006_turns")]

    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
