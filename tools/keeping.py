"""An archive with a vault and invented people in it, to be backed up, erased from and restored.

The people are told apart by numbers, and no two share a word that anybody could search for.
"""

import shutil
import sqlite3
from base64 import b64encode
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import timezone

from exeunt.archive.bundling import BackedUp, back_up
from exeunt.archive.keeping import make_vault
from exeunt.archive.opening import make_archive, opened
from exeunt.archive.restoring import Brought, Paper, Restored, paper_in, paper_of, restore
from exeunt.members.actions import add_member
from exeunt.members.queries import first_person, member_called
from exeunt.procedures.entrusting import masking
from exeunt.procedures.entrusting.finishing import finish
from exeunt.procedures.entrusting.registering import Identity, register
from exeunt.procedures.entrusting.taking_in import Received, take_in
from exeunt.procedures.erasure import erase_narrator
from exeunt.stages.consent.actions.events import give_consent
from exeunt.stages.consent.rules.scope import EVERYWHERE, Cell, Given, Scope
from exeunt.stages.consent.states import Channel, Use, What
from exeunt.stages.narrators.models import Narrator
from exeunt.stages.narrators.states import Gender
from exeunt.stages.testimonies.intake.accounts import AccountRow
from exeunt.studies.actions import agree_protocol, appoint, begin_study
from exeunt.studies.queries import study_called
from exeunt.studies.roles import Role
from exeunt.studies.rules import ProtocolFacts
from exeunt.vault.actions.unlocking import keys_with
from exeunt.vault.queries import Keys

STUDY = "entrusted"
PASSPHRASE = "four lamps beside the quiet river"  # noqa: S105 - an invented one
# What a guess costs here: next to nothing.
CHEAP = "1-1-64"
PROTOCOL = ProtocolFacts(*["Invented"] * len(ProtocolFacts._fields))._replace(
    retention="2099-12-31"
)


class Kept(NamedTuple):
    """A closed archive with a vault that Dana keeps, and all that lies outside it."""

    archive: Path
    erasures: Path
    identity: Path
    dana: Paper
    sheet: Paper


def a_kept_archive(folder: Path) -> Kept:
    """Make an archive with a vault and a study for entrusted texts, without anybody in it."""
    settings.EXEUNT_GUESSING_COST = CHEAP
    archive, erasures = folder / "archive", folder / "list" / "erasures.jsonl"
    erasures.parent.mkdir(parents=True)
    make_archive(archive, lead="Amina")
    with opened(archive) as place:
        amina = first_person()
        dana = add_member(name="Dana", by=amina)
        study = begin_study(slug=STUDY, title="Entrusted", by=amina)
        agree_protocol(study=study, facts=PROTOCOL, by=amina)
        appoint(study=study, member=dana, role=Role.CUSTODIAN, by=amina)
        made = make_vault(place, erasures=erasures, first=dana, passphrase=PASSPHRASE, by=amina)
    identity = folder / "dana.age"
    identity.write_bytes(made.first.identity)
    paper = paper_in(made.first.identity, passphrase=lambda: PASSPHRASE)
    return Kept(archive, erasures, identity, paper, paper_of(made.word))


def copied(kept: Kept, folder: Path) -> Kept:
    """Copy an archive and its list into a folder, so that neither knows the other's."""
    archive = shutil.copytree(kept.archive, folder / "archive")
    erasures = shutil.copytree(kept.erasures.parent, folder / "list") / kept.erasures.name
    with closing(sqlite3.connect(archive / "vault.sqlite3")) as base:
        base.execute("UPDATE vault_vault SET erasures = ?", [str(erasures)])
        base.commit()
    return kept._replace(archive=archive, erasures=erasures)


def name_of(number: int) -> str:
    """Name somebody invented, so that no two are alike anywhere in a file."""
    return f"Zelmira{number:04}quux Vantongeren"


def words_of(number: int) -> str:
    """Return what somebody invented told, their name in it; no two told the same."""
    return f"{name_of(number)} says: by the orchard{number:04}gate I was asked again, and walked."


def left_of(number: int) -> str:
    """Return what of somebody's words nothing masks."""
    return f"orchard{number:04}gate"


def ref_of(number: int) -> str:
    """Return the reference of somebody invented."""
    return f"{number:016x}"


def somebody(number: int, *, keys: Keys) -> None:
    """Register somebody in the archive that is open, and take their text in."""
    dana = member_called("Dana")
    narrator = register(
        study=study_called(STUDY, by=dana),
        label=f"N-{number}",
        gender=Gender.UNKNOWN,
        identity=Identity(name_of(number), contacts=({"kind": "phone", "safe": True},)),
        ref=ref_of(number),
        keys=keys,
        by=dana,
    )
    agree(narrator)
    account = take_in(
        narrator=narrator,
        received=Received(words_of(number).encode(), "told.txt"),
        words=dict.fromkeys(AccountRow._fields, ""),
        ref=f"{number:08x}source00",
        keys=keys,
        by=dana,
    )
    sheet = masking.open_sheet(account=account, keys=keys, by=dana)
    sheet = masking.accept(sheet, [mark.number for mark in sheet.review.marks])
    for page in sheet.pages:
        sheet = masking.have_read(sheet, page.number)
    finish(sheet)


def with_people(kept: Kept, *numbers: int) -> None:
    """Open the archive and take in these people."""
    with opened(kept.archive):
        keys = danas_keys()
        for number in numbers:
            somebody(number, keys=keys)


def danas_keys() -> Keys:
    """Open the vault of the archive that is open, as Dana."""
    return keys_with(passphrase=PASSPHRASE, by=member_called("Dana"))


def backed_up(kept: Kept, to: Path) -> BackedUp:
    """Make a bundle."""
    return back_up(kept.archive, to=to)


def restored(kept: Kept, bundle: Path, folder: Path, **brought: Any) -> Restored:
    """Restore a bundle as Dana, with the list as it is now."""
    given = Brought(**{"erasures": kept.erasures, **brought})
    return restore(bundle, folder, paper=kept.dana, brought=given)


def narrators_in(archive: Path) -> set[str]:
    """Name everybody of whom the archive knows."""
    with opened(archive):
        return set(Narrator.objects.values_list("ref", flat=True))


def erased(kept: Kept, *numbers: int) -> None:
    """Open the archive and erase these people."""
    with opened(kept.archive):
        keys, dana = danas_keys(), member_called("Dana")
        for number in numbers:
            erase_narrator(narrator=Narrator.objects.get(ref=ref_of(number)), keys=keys, by=dana)


def found_in(folder: Path, *words: str) -> list[str]:
    """Name every file below a folder that holds any of these words, in any of four writings."""
    sought = [
        word.encode(encoding) for word in words for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    ]
    sought += [b64encode(word.encode())[:-4] for word in words]
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(one in path.read_bytes() for one in sought)
    )


def agree(narrator: Narrator) -> None:
    """Let somebody agree that the study stores and codes what they told, for a year."""
    today = timezone.localdate()
    cells = frozenset(
        Cell(what, use, Channel.INSIDE, EVERYWHERE, today + timedelta(days=365))
        for what in (What.TEXT, What.CODED_DATA)
        for use in (Use.STORE, Use.CODE)
    )
    given = Given(today, Scope(cells), language="en", limits="2026-12", understood=True)
    give_consent(narrator=narrator, given=given, seen=0, by=member_called("Dana"))
