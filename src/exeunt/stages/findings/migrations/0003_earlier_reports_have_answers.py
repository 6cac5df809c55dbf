"""Every report that was written before answers were kept gets one, with its findings' tables."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def answer_earlier_reports(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Answer = apps.get_model("findings", "Answer")
    Finding = apps.get_model("findings", "Finding")
    for report in apps.get_model("findings", "Report").objects.filter(answer=None):
        found = list(Finding.objects.filter(report=report).order_by("pk"))
        report.answer = Answer.objects.create(
            ref=report.ref,
            study=report.study,
            version=report.version,
            question={},
            edition=0,
            data_hash=found[0].data_hash if found else "",
            fingerprint=report.ref,
            software=report.software,
            made=report.made,
        )
        report.save(update_fields=["answer"])
        for place, finding in enumerate(found):
            finding.answer, finding.place = report.answer, place
            finding.table = whole(finding)
            finding.save(update_fields=["answer", "place", "table"])


def whole(finding: Any) -> dict[str, Any]:
    """A table as it is kept now: with a caption, and a side for every column."""
    return {
        "caption": finding.title,
        "columns": [{"heading": name, "align": "start"} for name in finding.table["columns"]],
        "rows": finding.table["rows"],
        "note": "",
    }


class Migration(migrations.Migration):
    dependencies = [("findings", "0002_answers")]

    operations = [migrations.RunPython(answer_earlier_reports, migrations.RunPython.noop)]
