"""Count the revisions of what is edited by hand, so that nobody overwrites what they never saw."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """What is there already is in its first version."""

    dependencies: ClassVar = [("narrators", "0001_initial")]
    operations: ClassVar = [
        migrations.AddField("narrator", "revision", models.PositiveIntegerField(default=1)),
        migrations.AddField("spell", "revision", models.PositiveIntegerField(default=1)),
    ]
