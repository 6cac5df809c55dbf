"""Narrators, spells and exits as they are typed."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from exeunt.desk.asking import Asked
from exeunt.desk.forms import HouseForm
from exeunt.stages.narrators.queries import Suggestions
from exeunt.stages.narrators.states import ExitKind, Gender
from exeunt.stages.testimonies.forms.choices import choice, exit_fields, line, offering


class NarratorForm(HouseForm):
    """Corrects a narrator's label and bands."""

    edits = True
    label = line(_("Label"), help_text=_("never a name"), autofocus=True)
    gender = choice(_("Gender"), Gender)


class SpellForm(HouseForm):
    """What both adding and correcting a spell ask."""

    nothing_required = True

    def __init__(
        self,
        request: Asked,
        *,
        offered: Suggestions,
        initial: Mapping[str, str] | None = None,
        **how: Any,
    ) -> None:
        """Offer the groups that are known."""
        super().__init__(request, initial=initial, **how)
        self.fields |= exit_fields(ExitKind)
        for name in ("group_left", "group_joined"):
            offering(self.fields[name], offered.groups)  # type: ignore[arg-type]
        self.fields["group_left"].widget.attrs["autofocus"] = True

    def words(self) -> dict[str, str]:
        """Return what was typed, by the names that the actions know."""
        apart = {"once", "revision"}
        return {name: said for name, said in self.cleaned_data.items() if name not in apart}


class AddSpellForm(SpellForm):
    """Adds a spell and how it ended."""

    creates = True


class EditSpellForm(SpellForm):
    """Corrects a spell and how it ended."""

    edits = True
