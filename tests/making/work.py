"""Long work that is done at once, and the folder in which it says how far it is."""

from pathlib import Path

import pytest

from exeunt.desk.actions import ask_for
from exeunt.desk.models import Job

NOTHING = "exeunt.stages.findings.tasks.no_such_work"


@pytest.fixture
def incoming(settings, tmp_path: Path) -> Path:
    """The open archive's folder for what is not taken in yet, empty."""
    folder = tmp_path / "incoming"
    folder.mkdir()
    settings.EXEUNT_INCOMING = str(folder)
    return folder


@pytest.fixture
def at_once(settings, incoming: Path) -> None:
    """Do work where it is asked for, instead of in the process beside the pages."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}
    }


def a_job(study, by, work: str = NOTHING, **facts: object) -> Job:
    """Ask for a piece of work."""
    return ask_for(work=work, title="Counting everything", study=study, facts=facts, by=by)
