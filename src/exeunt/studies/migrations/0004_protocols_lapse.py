"""A protocol lapses when those who agreed it hand the archive over."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """What holds goes on holding."""

    dependencies: ClassVar = [("studies", "0003_who_agreed_what")]
    operations: ClassVar = [
        migrations.AddField("protocol", "lapsed", models.BooleanField(default=False)),
    ]
