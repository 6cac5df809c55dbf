import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("findings", "0003_earlier_reports_have_answers")]

    operations = [
        migrations.AlterField(
            "Finding",
            "answer",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="findings.answer",
            ),
        ),
        migrations.AlterField(
            "Report",
            "answer",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="findings.answer"),
        ),
        migrations.RemoveConstraint("Finding", "finding_stands_once"),
        migrations.RemoveField("Finding", "report"),
        migrations.AddConstraint(
            "Finding",
            models.UniqueConstraint(fields=["answer", "figure"], name="finding_stands_once"),
        ),
        migrations.AlterModelOptions("Finding", {"ordering": ["answer", "place"]}),
        *(
            migrations.AlterField("Finding", name, models.TextField(blank=True))
            for name in ("alt", "note", "counted", "svg")
        ),
        migrations.AlterField("Report", "folder", models.CharField(blank=True, max_length=120)),
    ]
