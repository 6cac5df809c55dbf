"""Texts that wait for a person, and what is needed to compare one with its source."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from exeunt.errors import BadInput, NotThere, Refusal
from exeunt.ledger.recording import record_alone
from exeunt.members.models import Member
from exeunt.stages.sources.actions.files import ReceivedFile
from exeunt.stages.sources.intake.texts import read_text
from exeunt.stages.sources.intake.texts.pictures import has_pages, read_page
from exeunt.stages.sources.models import Capture
from exeunt.stages.sources.queries import captures_folder
from exeunt.stages.testimonies.models import Account, TextVersion, Turn
from exeunt.stages.testimonies.queries.account import account_called
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


class Confirming(NamedTuple):
    """A text beside its source: what is not sure of it, what was left out, its pages."""

    account: Account
    version: TextVersion
    unsure: tuple[str, ...]
    left_out: tuple[str, ...]
    speakers: tuple[str, ...]
    pages: range
    may_be_thrown_away: bool


def texts_to_confirm(study: Study, *, by: Member) -> list[Account]:
    """Return the accounts whose text waits for a person, in the order in which they came."""
    require(Act.READ_ACCOUNTS, study=study, by=by)
    return list(_waiting(study).select_related("source").order_by("pk"))


def how_many_to_confirm(study: Study) -> int:
    """Count the texts of a study that wait for a person."""
    return _waiting(study).count()


def confirming(study: Study, ref: str, *, by: Member) -> Confirming | None:
    """Return a text that waits, beside what its source says; None where it waits no longer.

    Its file is read anew, in a process of its own, so that what is said of it is what is so.
    """
    account = account_called(study, ref, by=by)
    version = latest_of(account)
    if version is None or version.confirmed is not None:
        return None
    unsure, left_out, pages = _read_anew(account)
    speakers = Turn.objects.filter(version=version).exclude(speaker="").order_by("number")
    record_alone("account.read", subject=account.ref, by=by.ref, study=study.ref)
    return Confirming(
        account=account,
        version=version,
        unsure=unsure,
        left_out=left_out,
        speakers=tuple(dict.fromkeys(speakers.values_list("speaker", flat=True))),
        pages=range(1, pages + 1),
        may_be_thrown_away=not was_confirmed(account),
    )


def picture_of_page(study: Study, ref: str, number: int, *, by: Member) -> bytes:
    """Draw one page of an account's source, counted from 1, and write down that it was read."""
    account = account_called(study, ref, by=by)
    file = file_of(account)
    if file is None or not has_pages(file.name):
        raise NotThere("There is nothing here.")
    try:
        picture = read_page(file.content, name=file.name, number=number).picture
    except BadInput as trouble:
        raise NotThere("There is nothing here.") from trouble
    record_alone("page.read", subject=account.ref, by=by.ref, study=study.ref, page=number)
    return picture


def latest_of(account: Account) -> TextVersion | None:
    """Return the text of an account as it stands now."""
    return TextVersion.objects.filter(account=account).order_by("-number").first()


def was_confirmed(account: Account) -> bool:
    """Tell whether somebody has confirmed any text of an account."""
    return TextVersion.objects.filter(account=account, confirmed__isnull=False).exists()


def file_of(account: Account) -> ReceivedFile | None:
    """Return the file from which an account was read, if it is kept; its name has its ending."""
    capture = Capture.objects.filter(source=account.source_id).order_by("pk").first()
    if capture is None:
        return None
    path = captures_folder() / capture.digest
    if not path.is_file():
        raise Refusal(
            "This copy is missing from the archive's captures; run “exeunt check”, and restore "
            "it from a backup."
        )
    return ReceivedFile(f"{account.label}{capture.ending}", path.read_bytes())


def _waiting(study: Study) -> QuerySet[Account]:
    latest = TextVersion.objects.filter(account=OuterRef("pk")).order_by("-number")
    return Account.objects.annotate(
        last=Subquery(latest.values("pk")[:1]), sure=Subquery(latest.values("confirmed")[:1])
    ).filter(study=study, last__isnull=False, sure__isnull=True)


def _read_anew(account: Account) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Return what the source's reader is not sure of, what it leaves out, and how many pages."""
    file = file_of(account)
    if file is None:
        return (), (), 0
    try:
        draft = read_text(file.content, name=file.name)
        pages = (
            read_page(file.content, name=file.name, number=1).pages if has_pages(file.name) else 0
        )
    except BadInput as refused:
        return tuple(_says(refused)), (), 0
    return draft.unsure, draft.left_out, pages


def _says(refused: BadInput) -> Iterator[str]:
    return (problem.says for problem in refused.problems)
