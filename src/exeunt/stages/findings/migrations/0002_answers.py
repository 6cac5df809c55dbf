import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import exeunt.ledger.references


class Migration(migrations.Migration):
    dependencies = [
        ("coding", "0001_initial"),
        ("findings", "0001_initial"),
        ("studies", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Answer",
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
                ("question", models.JSONField()),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("edition", models.PositiveIntegerField()),
                ("data_hash", models.CharField(max_length=64)),
                ("fingerprint", models.CharField(max_length=64)),
                ("software", models.CharField(max_length=40)),
                ("made", models.DateTimeField()),
                ("agreements", models.JSONField(default=list)),
                ("reasons", models.JSONField(default=dict)),
                ("facets", models.JSONField(default=dict)),
                ("document", models.JSONField(default=dict)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="studies.study",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="coding.codebookversion"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("study", "version", "digest", "fingerprint"),
                        name="answer_is_kept_once",
                    )
                ],
            },
        ),
        migrations.RenameField("Finding", "rows", "table"),
        *(
            migrations.AddField("Finding", name, field)
            for name, field in (
                ("place", models.PositiveIntegerField(default=0)),
                ("alt", models.TextField(blank=True, default="")),
                ("note", models.TextField(blank=True, default="")),
                ("counted", models.TextField(blank=True, default="")),
                ("drawn", models.JSONField(default=dict)),
                ("spec", models.JSONField(default=dict)),
                ("svg", models.TextField(blank=True, default="")),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                (
                    "answer",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="findings.answer",
                    ),
                ),
            )
        ),
        *(
            migrations.AddField("Report", name, field)
            for name, field in (
                ("folder", models.CharField(blank=True, default="", max_length=120)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="findings.answer",
                    ),
                ),
            )
        ),
    ]
