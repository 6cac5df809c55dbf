"""Finding narrators, groups and spells; who may look was asked where they are shown."""

from typing import NamedTuple

from exeunt.errors import NotThere
from exeunt.stages.narrators.models import Exit, Group, Narrator, Spell
from exeunt.stages.narrators.states import Gender
from exeunt.studies.models import Study


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
