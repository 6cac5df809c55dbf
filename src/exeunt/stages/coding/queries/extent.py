"""How far the coding of a study has come, in numbers only."""

from typing import NamedTuple

from django.db.models import Count

from exeunt.stages.coding.models import Codebook, Sheet
from exeunt.stages.coding.states import SheetState
from exeunt.studies.models import Study


class Coded(NamedTuple):
    """How many codebooks a study has, and how many things its furthest reading has coded."""

    codebooks: int
    things: int


def coded_in(study: Study) -> Coded:
    """Count; no judgement is looked at."""
    complete = Sheet.objects.filter(reading__study=study, state=SheetState.COMPLETE)
    readings = complete.values("reading").annotate(things=Count("pk")).order_by("-things")
    furthest = readings.values_list("things", flat=True).first()
    return Coded(Codebook.objects.filter(study=study).count(), furthest or 0)
