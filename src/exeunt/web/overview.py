"""Facts about several stages on one page."""

from typing import NamedTuple

from exeunt.desk.asking import Asked
from exeunt.desk.models import Job
from exeunt.desk.work import jobs_of
from exeunt.web.stages import counts_of


class Overview(NamedTuple):
    """Where a study stands."""

    counts: dict[str, int]
    work: list[Job]


def overview_of(asked: Asked) -> Overview:
    """Return where a study stands, for who asks."""
    return Overview(
        counts=counts_of(asked.study).of,
        work=jobs_of(asked.study, by=asked.member),
    )
