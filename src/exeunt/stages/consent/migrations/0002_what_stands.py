"""Papers, intakes, what stands, and what must never be false of any of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import exeunt.stages.consent.states


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Standing",
            fields=[
                (
                    "narrator",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="narrators.narrator",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        blank=True,
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
                ("entrusted", models.BooleanField(default=False)),
                ("until", models.DateField(null=True)),
                ("text_until", models.DateField(null=True)),
                ("data_until", models.DateField(null=True)),
                (
                    "event",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, to="consent.event"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "grant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="consent.grant",
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="GrantedCell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("text", "text"),
                            ("quotation", "quotation"),
                            ("coded data", "coded data"),
                            ("demographics in bands", "demographics in bands"),
                            ("voice", "voice"),
                            ("face", "face"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("store", "store"),
                            ("code", "code"),
                            ("quote internally", "quote internally"),
                            ("publish", "publish"),
                            ("broadcast", "broadcast"),
                            ("teach", "teach"),
                            ("share with partner", "share with partner"),
                            ("paid promotion", "paid promotion"),
                            ("train a model", "train a model"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("inside the study", "inside the study"),
                            ("our site", "our site"),
                            ("report", "report"),
                            ("print", "print"),
                            ("social media", "social media"),
                            ("radio or television", "radio or television"),
                            ("event", "event"),
                            ("classroom", "classroom"),
                            ("partner", "partner"),
                        ],
                        max_length=24,
                    ),
                ),
                ("territory", models.CharField(max_length=200)),
                ("until", models.DateField()),
                (
                    "grant",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="consent.grant",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("proof", ""), ("proxy", "")),
                    models.Q(
                        models.Q(("proxy", ""), _negated=True),
                        models.Q(("proof", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="grant_by_proxy_has_a_proof",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("outcome", exeunt.stages.consent.states.Outcome["SEAL_UNTIL"]),
                        ("seal_until__isnull", False),
                    ),
                    models.Q(
                        models.Q(
                            ("outcome", exeunt.stages.consent.states.Outcome["SEAL_UNTIL"]),
                            _negated=True,
                        ),
                        ("seal_until__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="grant_seals_until_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(
                fields=("narrator", "number"), name="consent_event_is_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", exeunt.stages.consent.states.State["WITHDRAWN"]),
                        models.Q(("outcome", ""), _negated=True),
                        models.Q(("timing", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(
                            ("state", exeunt.stages.consent.states.State["WITHDRAWN"]),
                            _negated=True,
                        ),
                        ("outcome", ""),
                        ("seal_until__isnull", True),
                        ("timing", ""),
                    ),
                    _connector="OR",
                ),
                name="consent_withdrawn_with_an_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.UniqueConstraint(
                fields=("narrator", "by"), name="intake_is_one_a_member"
            ),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["text_until"], name="standing_by_text"),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["data_until"], name="standing_by_data"),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["until"], name="standing_by_end"),
        ),
        migrations.AddField(
            model_name="review",
            name="reviewer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="grantedcell",
            constraint=models.UniqueConstraint(
                fields=("grant", "what", "use", "channel", "territory"), name="cell_granted_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="grantedcell",
            constraint=models.CheckConstraint(
                condition=models.Q(("territory", ""), _negated=True), name="cell_is_somewhere"
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="review_gives_a_reason"
            ),
        ),
    ]
