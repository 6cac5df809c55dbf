"""Consent events, and what each grants."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import exeunt.ledger.references


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("narrators", "0003_legal_holds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Event",
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
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "requested"),
                            ("refused", "refused"),
                            ("given", "given"),
                            ("renewed", "renewed"),
                            ("suspended", "suspended"),
                            ("withdrawn", "withdrawn"),
                            ("expired", "expired"),
                            ("invalidated", "invalidated"),
                            ("superseded", "superseded"),
                        ],
                        max_length=24,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("erase", "erase"),
                            ("seal until", "seal until"),
                            ("de-identify and keep", "de-identify and keep"),
                            ("keep internal", "keep internal"),
                        ],
                        max_length=24,
                    ),
                ),
                ("seal_until", models.DateField(null=True)),
                (
                    "timing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("at once", "at once"),
                            ("with the next rebuild", "with the next rebuild"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "narrator",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="narrators.narrator",
                    ),
                ),
            ],
            options={
                "ordering": ["narrator", "number"],
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="consent.event",
                    ),
                ),
                ("day", models.DateField()),
                ("language", models.CharField(max_length=35)),
                ("limits", models.CharField(max_length=24)),
                ("understood", models.BooleanField()),
                (
                    "age",
                    models.CharField(
                        choices=[
                            ("adult throughout", "adult throughout"),
                            ("minor then", "minor then"),
                            ("minor now", "minor now"),
                            ("unknown", "unknown"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "custody",
                    models.CharField(
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        max_length=24,
                    ),
                ),
                (
                    "payment",
                    models.CharField(
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        max_length=24,
                    ),
                ),
                (
                    "official_present",
                    models.CharField(
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        max_length=24,
                    ),
                ),
                (
                    "pending_case",
                    models.CharField(
                        choices=[("yes", "yes"), ("no", "no"), ("unknown", "unknown")],
                        max_length=24,
                    ),
                ),
                (
                    "interpreter",
                    models.CharField(
                        choices=[
                            ("none", "none"),
                            ("independent", "independent"),
                            ("a party", "a party"),
                        ],
                        max_length=24,
                    ),
                ),
                ("witnessed", models.BooleanField()),
                (
                    "proxy",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("guardian", "guardian"),
                            ("counsel", "counsel"),
                            ("relative", "relative"),
                        ],
                        max_length=24,
                    ),
                ),
                ("proof", models.CharField(blank=True, max_length=80)),
                (
                    "display",
                    models.CharField(
                        choices=[
                            ("none", "none"),
                            ("pseudonym", "pseudonym"),
                            ("chosen name", "chosen name"),
                        ],
                        max_length=24,
                    ),
                ),
                ("not_before", models.DateField(null=True)),
                ("show_me_first", models.BooleanField()),
                ("stop_if_risk_is_high", models.BooleanField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("erase", "erase"),
                            ("seal until", "seal until"),
                            ("de-identify and keep", "de-identify and keep"),
                            ("keep internal", "keep internal"),
                        ],
                        max_length=24,
                    ),
                ),
                ("seal_until", models.DateField(null=True)),
                (
                    "timing",
                    models.CharField(
                        choices=[
                            ("at once", "at once"),
                            ("with the next rebuild", "with the next rebuild"),
                        ],
                        max_length=24,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Form",
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
                ("sealed", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to="consent.event"
                    ),
                ),
                (
                    "narrator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="narrators.narrator"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Intake",
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
                ("language", models.CharField(max_length=35)),
                ("seen", models.PositiveIntegerField()),
                ("answers", models.JSONField(default=dict)),
                ("begun", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "narrator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="narrators.narrator"
                    ),
                ),
            ],
        ),
    ]
