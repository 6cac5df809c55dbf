"""Legal holds, by which nobody is erased while a court may ask; and erasures still to be cleaned."""

from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import exeunt.ledger.references

LIFTED = models.Q(lifted__isnull=True, lifted_by__isnull=True) | models.Q(
    lifted__isnull=False, lifted_by__isnull=False
)


def pointing(to: str, **how: Any) -> models.ForeignKey[Any, Any]:
    """Return a column that points to another table's row, which stays as long as this one."""
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=to, **how)


class Migration(migrations.Migration):
    """Two tables, both empty."""

    dependencies: ClassVar = [
        ("narrators", "0002_revisions"),
        ("studies", "0003_who_agreed_what"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("ref", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("erased", models.DateTimeField()),
                ("cleaned", models.DateTimeField(null=True)),
                ("study", pointing("studies.study")),
            ],
            options={"ordering": ["erased", "ref"]},
        ),
        migrations.CreateModel(
            name="LegalHold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ref",
                    models.CharField(
                        default=exeunt.ledger.references.new_reference,
                        editable=False,
                        max_length=16,
                        unique=True,
                    ),
                ),
                ("reference", models.CharField(max_length=80)),
                ("placed", models.DateTimeField()),
                ("lifted", models.DateTimeField(null=True)),
                (
                    "lifted_by",
                    pointing(settings.AUTH_USER_MODEL, null=True, related_name="+"),
                ),
                ("narrator", pointing("narrators.narrator", null=True)),
                ("placed_by", pointing(settings.AUTH_USER_MODEL, related_name="+")),
                ("study", pointing("studies.study")),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(condition=LIFTED, name="hold_is_lifted_by_somebody"),
                    models.CheckConstraint(
                        condition=~models.Q(reference=""), name="hold_names_what_orders_it"
                    ),
                ],
            },
        ),
    ]
