"""Letting answers go that were counted over somebody who is erased, inside the act that does it."""

from django.db.models import Exists, OuterRef, QuerySet

from exeunt.stages.findings.models import Answer, Finding, Report
from exeunt.studies.models import Study


def answers_to_forget(study: Study) -> QuerySet[Answer]:
    """Return the kept answers on which no report stands: a small cell of them may show one person.

    They can be counted again. A report that was written stays as it was handed out.
    """
    reports = Report.objects.filter(answer=OuterRef("pk"))
    return Answer.objects.filter(~Exists(reports), study=study)


def reports_in(study: Study) -> int:
    """Count the reports of a study."""
    return Report.objects.filter(study=study).count()


def forget_answers(study: Study) -> int:
    """Delete the answers on which no report stands; returns how many."""
    answers = list(answers_to_forget(study).values_list("pk", flat=True))
    Finding.objects.filter(answer__in=answers).delete()
    Answer.objects.filter(pk__in=answers).delete()
    return len(answers)
