"""Signed papers from before: a scan is sealed byte for byte, and opened by custodians alone."""

from typing import NamedTuple

from django.db import transaction

from exeunt.errors import BadInput, NotThere, Problem, Sentence
from exeunt.members.models import Member
from exeunt.stages.consent.actions.forms import note_form
from exeunt.stages.consent.models import Form
from exeunt.stages.narrators.models import Narrator
from exeunt.studies.queries import require
from exeunt.studies.roles import Act
from exeunt.vault import room
from exeunt.vault.room import Keys

LARGEST = 20 << 20
# How the files that we seal begin. Nothing here reads further: what is never parsed harms nobody.
KINDS: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".jpg": (b"\xff\xd8\xff",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".tiff": (b"II*\x00", b"MM\x00*"),
}


class Scan(NamedTuple):
    """A signed paper as it was sealed, and the ending of files of its kind."""

    content: bytes
    ending: str


def seal_signed(*, narrator: Narrator, content: bytes, ref: str, keys: Keys, by: Member) -> Form:
    """Seal the scan of a signed paper; outside the vault it is only said that there is one.

    ``ref`` is the reference that the form gave it; sent twice, it is one paper.
    Raises BadInput where it is no scan; then nothing of it is kept.
    """
    require(Act.TAKE_IN, study=narrator.study, by=by)
    ending_of(content)
    with transaction.atomic():
        form, is_new = note_form(narrator=narrator, ref=ref, by=by)
        if is_new:
            room.seal_form(form=form.ref, narrator=narrator.ref, content=content, keys=keys, by=by)
    return form


def open_signed(*, form: Form, keys: Keys, by: Member) -> Scan:
    """Open the scan of a signed paper, which is counted and written down in the vault."""
    require(Act.TAKE_IN, study=form.narrator.study, by=by)
    content = room.open_form(form=form.ref, narrator=form.narrator.ref, keys=keys, by=by)
    return Scan(content, ending_of(content))


def form_called(narrator: Narrator, ref: str, *, by: Member) -> Form:
    """Return a signed paper of a narrator by reference, or refuse as if there were none."""
    require(Act.TAKE_IN, study=narrator.study, by=by)
    found = (
        Form.objects.filter(narrator=narrator, ref=ref).select_related("narrator__study").first()
    )
    if found is None:
        raise NotThere("There is nothing here.")
    return found


def ending_of(content: bytes) -> str:
    """Return how names of such files end, by their first bytes; raises BadInput for no scan."""
    if len(content) > LARGEST:
        says = Sentence("This file has more than {most} MB. Scan it smaller.", most=LARGEST >> 20)
        raise BadInput(Problem(says, column="file"))
    for ending, beginnings in KINDS.items():
        if content.startswith(beginnings):
            return ending
    says = Sentence("This is no scan. Send a PDF, or a JPEG, PNG or TIFF picture.")
    raise BadInput(Problem(says, column="file"))
