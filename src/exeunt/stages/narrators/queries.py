"""Finding narrators, groups and spells; who may look was asked where they are shown."""

from typing import NamedTuple

from django.db.models import Q, QuerySet

from exeunt.errors import NotThere
from exeunt.members.models import Member
from exeunt.stages.narrators.models import Erasure, Exit, Group, LegalHold, Narrator, Spell
from exeunt.stages.narrators.rules import HoldFacts
from exeunt.stages.narrators.states import Gender
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


class Suggestions(NamedTuple):
    """What a form may offer while somebody types."""

    narrators: list[str]
    groups: list[str]


def narrators_in(study: Study) -> int:
    """Count the narrators of a study."""
    return Narrator.objects.filter(study=study).count()


def genders_in(study: Study) -> dict[str, Gender]:
    """Return what is known of each narrator's gender, by label."""
    known = Narrator.objects.filter(study=study).values_list("label", "gender")
    return {label: Gender(gender) for label, gender in known}


def groups_in(study: Study) -> list[str]:
    """Return the names of a study's groups, in alphabetical order."""
    return list(Group.objects.filter(study=study).order_by("name").values_list("name", flat=True))


def suggestions_for(study: Study, *, most: int = 200) -> Suggestions:
    """Return groups, and the narrators who came last, for a form to offer."""
    narrators = Narrator.objects.filter(study=study).order_by("-pk").values_list("label", flat=True)
    return Suggestions(list(narrators[:most]), groups_in(study)[:most])


def narrator_called(study: Study, ref: str) -> Narrator:
    """Return a narrator of a study, or refuse as if there were none."""
    narrator = Narrator.objects.filter(study=study, ref=ref).first()
    if narrator is None:
        raise NotThere("There is nothing here.")
    return narrator


def spell_called(study: Study, ref: str) -> Spell:
    """Return a spell of a study's narrator, or refuse as if there were none."""
    spell = (
        Spell.objects.filter(narrator__study=study, ref=ref)
        .select_related("narrator__study", "group")
        .first()
    )
    if spell is None:
        raise NotThere("There is nothing here.")
    return spell


def exits_of(narrator: Narrator) -> list[Exit]:
    """Return how each of a narrator's spells ended, in the order in which they were entered."""
    exits = Exit.objects.filter(spell__narrator=narrator)
    return list(exits.select_related("spell__group", "to_group").order_by("pk"))


def narrator_named(study: Study, words: str) -> Narrator:
    """Return a narrator of a study by label or reference, or refuse as if there were none."""
    found = Narrator.objects.filter(Q(label=words) | Q(ref=words), study=study).first()
    if found is None:
        raise NotThere("There is nothing here.")
    return found


def holds_in(study: Study, *, by: Member) -> list[LegalHold]:
    """Return every legal hold of a study, the latest first, lifted ones included."""
    require(Act.SEE_HOLDS, study=study, by=by)
    holds = LegalHold.objects.filter(study=study)
    return list(holds.select_related("narrator", "placed_by", "lifted_by"))


def hold_called(study: Study, ref: str, *, by: Member) -> LegalHold:
    """Return a legal hold of a study, or refuse as if there were none."""
    require(Act.SEE_HOLDS, study=study, by=by)
    hold = LegalHold.objects.filter(study=study, ref=ref).select_related("narrator").first()
    if hold is None:
        raise NotThere("There is nothing here.")
    return hold


def holds_on(narrator: Narrator) -> list[HoldFacts]:
    """Return the holds that stand on a narrator or on the whole study, as plain facts."""
    on = Q(narrator=narrator) | Q(narrator=None, study=narrator.study)
    return [
        HoldFacts(
            reference=hold.reference,
            placed_by=hold.placed_by.name,
            day=hold.placed.date().isoformat(),
            whole_study=hold.narrator_id is None,
        )
        for hold in standing_holds().filter(on).select_related("placed_by").order_by("id")
    ]


def standing_holds() -> QuerySet[LegalHold]:
    """Return the holds that were not lifted, of every study."""
    return LegalHold.objects.filter(lifted=None)


def pending_erasures() -> QuerySet[Erasure]:
    """Return the erasures after which the disk has not been cleaned yet, of every study."""
    return Erasure.objects.filter(cleaned=None)


def uncleaned_in(study: Study, *, by: Member) -> int:
    """Count the erasures of a study after which the disk has not been cleaned yet."""
    require(Act.SEE_HOLDS, study=study, by=by)
    return pending_erasures().filter(study=study).count()
