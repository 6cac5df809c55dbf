"""Taking away what a narrator agreed to, inside the act that erases them."""

from typing import Any

from django.db.models import QuerySet

from exeunt.stages.consent.models import Event, Form, Intake, Standing
from exeunt.stages.narrators.models import Narrator


def consented_of(narrator: Narrator) -> dict[str, QuerySet[Any]]:
    """Return the rows of this stage that are somebody's, in the order in which they must go."""
    return {
        "standings": Standing.objects.filter(narrator=narrator),
        "signed papers": Form.objects.filter(narrator=narrator),
        "intakes": Intake.objects.filter(narrator=narrator),
        "consent events": Event.objects.filter(narrator=narrator),
    }


def erase_consent(narrator: Narrator) -> dict[str, int]:
    """Take away what a narrator agreed to, inside the act that erases them."""
    gone = {kind: rows.count() for kind, rows in consented_of(narrator).items()}
    for rows in consented_of(narrator).values():
        rows.delete()
    return gone
