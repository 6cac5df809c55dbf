"""Facts about several stages on one page: where a study stands, and what to do next."""

from datetime import date
from typing import NamedTuple

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exeunt.desk.asking import Asked
from exeunt.desk.models import Job
from exeunt.desk.work import jobs_of
from exeunt.stages.coding.queries.waiting import Waiting, waiting_for
from exeunt.stages.findings.queries.standing import Standing, standing_of
from exeunt.studies.queries import colleagues_in, kept_until
from exeunt.studies.roles import Role
from exeunt.web.stages import counts_of

TWO_READERS = 2


class Step(NamedTuple):
    """One thing that a study needs before it can say anything, and where it is done."""

    says: str | Promise
    why: str | Promise
    done: bool
    act: str
    page: str
    label: str | Promise


class Overview(NamedTuple):
    """Where a study stands, and what waits for who asks."""

    steps: list[Step]
    waiting: list[Waiting]
    running: list[Job]
    ended: list[Job]
    overdue: date | None
    standing: Standing

    @property
    def is_set_up(self) -> bool:
        """Whether everything is there that a study needs."""
        return all(step.done for step in self.steps)


def overview_of(asked: Asked) -> Overview:
    """Return where a study stands, for who asks."""
    study, by = asked.study, asked.member
    jobs = jobs_of(study, by=by)
    until = kept_until(study)
    return Overview(
        steps=_steps(asked, agreed=until is not None),
        waiting=waiting_for(study, by=by),
        running=[job for job in jobs if not job.is_over],
        ended=[job for job in jobs if job.is_over][:5],
        overdue=until if until is not None and until < timezone.localdate() else None,
        standing=standing_of(study, by=by),
    )


def _steps(asked: Asked, *, agreed: bool) -> list[Step]:
    """Return what a study needs, in the order in which it is best done."""
    held = counts_of(asked.study).of
    return [
        Step(
            _("Agree the protocol"),
            _("Nothing about real people is stored before it."),
            agreed,
            "EDIT_PROTOCOL",
            "studies:agree",
            _("Agree the protocol"),
        ),
        Step(
            _("Bring a codebook"),
            _("It says what readers look for; several are ready to be taken."),
            bool(held["codebooks"]),
            "EDIT_CODEBOOK",
            "coding:codebooks",
            _("Choose a codebook"),
        ),
        Step(
            _("Invite two coders"),
            _("Only a second reader, who sees nothing of the first, shows how sure a code is."),
            _coders(asked) >= TWO_READERS,
            "APPOINT",
            "studies:invite",
            _("Invite somebody"),
        ),
        Step(
            _("Enter accounts"),
            _("By hand, one by one, or many from a table."),
            bool(held["accounts"]),
            "ADD_ACCOUNTS",
            "testimonies:add",
            _("Add an account"),
        ),
    ]


def _coders(asked: Asked) -> int:
    colleagues = colleagues_in(asked.study, by=asked.member)
    return sum(any(held.role is Role.CODER for held in one.roles) for one in colleagues)
