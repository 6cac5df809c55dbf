"""Keep every version of a protocol, and since when somebody has a role."""

from typing import ClassVar

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PARTS = (
    "approval_reference",
    "lawful_basis",
    "retention",
    "access_contact",
    "breach_contact",
    "holder_duties",
)


def keep_what_holds(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the protocol that holds the first version kept; the ledger knows who agreed it."""
    entries = apps.get_model("ledger", "Entry").objects.filter(act="protocol.agreed")
    members = apps.get_model("members", "Member").objects
    for protocol in apps.get_model("studies", "Protocol").objects.select_related("study"):
        about = entries.filter(subject=protocol.study.ref)
        told = about.order_by("-position").values("at", "by").first()
        apps.get_model("studies", "ProtocolVersion").objects.create(
            study=protocol.study,
            number=protocol.revision,
            agreed=told["at"] if told else None,
            agreed_by=members.filter(ref=told["by"]).first() if told else None,
            **{part: getattr(protocol, part) for part in PARTS},
        )


def date_the_roles(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give every role the day of its entry in the ledger."""
    entries = apps.get_model("ledger", "Entry").objects
    told = entries.filter(act__in=["study.begun", "member.appointed"])
    since = {
        (subject, facts.get("member", by), facts.get("role", "lead")): at
        for subject, by, facts, at in told.values_list("subject", "by", "facts", "at")
    }
    for held in apps.get_model("studies", "Membership").objects.select_related("study", "member"):
        role = held.role.replace(" ", "-")
        held.since = since.get((held.study.ref, held.member.ref, role))
        held.save(update_fields=["since"])


def nothing(_apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Leave what the tables will take with them."""


class Migration(migrations.Migration):
    """History, from now on and as far back as the ledger tells it."""

    dependencies: ClassVar = [
        ("studies", "0002_editions"),
        ("ledger", "0002_guards"),
        ("members", "0002_signing_in"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AddField("study", "limits_revision", models.PositiveIntegerField(default=1)),
        migrations.AddField("membership", "since", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="ProtocolVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("approval_reference", models.CharField(max_length=500)),
                ("lawful_basis", models.CharField(max_length=500)),
                ("retention", models.DateField()),
                ("access_contact", models.CharField(max_length=500)),
                ("breach_contact", models.CharField(max_length=500)),
                ("holder_duties", models.CharField(max_length=1000)),
                ("number", models.PositiveIntegerField()),
                ("agreed", models.DateTimeField(null=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="studies.study"
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("study", "number"), name="protocol_version_is_numbered_once"
                    )
                ],
            },
        ),
        migrations.RunPython(keep_what_holds, nothing),
        migrations.RunPython(date_the_roles, nothing),
    ]
