"""Registering somebody: a label for the house, an identity for the vault."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db import transaction

from exeunt.errors import BadInput, Problem, Sentence
from exeunt.members.models import Member
from exeunt.methods.folding import fold
from exeunt.stages.consent.actions.events import await_consent
from exeunt.stages.narrators.actions.by_hand import register_entrusted
from exeunt.stages.narrators.models import Narrator
from exeunt.stages.narrators.states import Gender
from exeunt.stages.sources.queries import provenances_in
from exeunt.stages.sources.rules import check_may_entrust
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act
from exeunt.vault import door
from exeunt.vault.room import Keys, Record

# A shorter part of a name, such as “al”, tells nobody apart.
SHORTEST_PART = 3


class Identity(NamedTuple):
    """Who somebody is, as a custodian writes it down; every part may be empty but the name."""

    name: str
    aliases: tuple[str, ...] = ()
    contacts: tuple[Mapping[str, Any], ...] = ()
    places: str = ""
    papers: str = ""
    risks: str = ""

    def records(self) -> dict[Record, dict[str, Any]]:
        """Return it as the vault keeps it, each record apart."""
        return {
            Record.NAMES: {"name": self.name, "aliases": list(self.aliases)},
            Record.CONTACTS: {"ways": [dict(way) for way in self.contacts]},
            Record.PLACES: {"words": self.places},
            Record.PAPERS: {"words": self.papers},
            Record.RISKS: {"words": self.risks},
        }


@transaction.atomic
def register(
    *,
    study: Study,
    label: str,
    gender: Gender,
    identity: Identity,
    ref: str,
    keys: Keys,
    by: Member,
) -> Narrator:
    """Register somebody who entrusts their testimony: nothing that names them stays outside.

    ``ref`` is the reference that the form gave the narrator; sent twice, it is one narrator.
    """
    require(Act.TAKE_IN, study=study, by=by)
    check_may_entrust(provenances_in(study), study.protocol_facts())
    known = Narrator.objects.filter(study=study, ref=ref).first()
    if known is not None:
        return known
    check_label(label, identity)
    narrator = register_entrusted(study=study, label=label, gender=gender, ref=ref, by=by)
    await_consent(narrator=narrator, by=by)
    door.register_narrator(narrator=ref, records=identity.records(), keys=keys, by=by)
    return narrator


def check_label(label: str, identity: Identity) -> None:
    """Refuse a label that says who somebody is: everybody in the study will read it."""
    words = set(fold(label).text.split())
    names = [fold(name).text for name in (identity.name, *identity.aliases)]
    parts = {part for name in names for part in name.split() if len(part) >= SHORTEST_PART}
    if words & parts or any(name and name in fold(label).text for name in names):
        says = "The label holds a part of a name. Take one that says nothing, such as “N12”."
        raise BadInput(Problem(Sentence(says), column="label"))
