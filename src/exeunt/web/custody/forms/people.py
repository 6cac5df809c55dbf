"""Who somebody is, as a custodian writes it down and corrects it."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from exeunt.desk.forms import HouseForm
from exeunt.procedures.entrusting.registering import Identity
from exeunt.stages.narrators.states import Gender
from exeunt.stages.testimonies.forms.choices import choice
from exeunt.vault.room import Record
from exeunt.web.custody.words import WAYS

LONGEST_NAME, LONGEST_LINES, LONGEST_WORDS = 200, 4_000, 20_000
WAYS_AT_ONCE, ROOM_FOR_MORE = 3, 2
PARTS_OF_A_WAY = ("kind", "value", "safe", "note")


def line(label: Any, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    """Make a field for a line that no browser keeps."""
    widget = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=LONGEST_NAME,
        widget=widget,
    )


def lines(
    label: Any, *, help_text: Any = "", rows: int = 3, most: int = LONGEST_WORDS
) -> forms.CharField:
    """Make a field for some lines that no browser keeps."""
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto", "autocomplete": "off"})
    return forms.CharField(
        label=label, required=False, help_text=help_text, max_length=most, widget=widget
    )


def name_fields() -> dict[str, forms.Field]:
    """Make the fields for what somebody is called."""
    return {
        "name": line(_("Name"), required=True),
        "aliases": lines(
            _("Other names"),
            help_text=_("One a line: war names, nicknames, other spellings, other scripts."),
            most=LONGEST_LINES,
        ),
    }


def way_fields(number: int) -> dict[str, forms.Field]:
    """Make the fields for one way of reaching somebody."""
    numbered = "{label} ({number})"
    return {
        f"kind_{number}": forms.ChoiceField(
            label=format_lazy(numbered, label=_("Way"), number=number),
            required=False,
            choices=[("", "–"), *WAYS.items()],
        ),
        f"value_{number}": line(format_lazy(numbered, label=_("Number or address"), number=number)),
        f"note_{number}": line(
            format_lazy(numbered, label=_("What to mind"), number=number),
            help_text=_("when, in which language, what not to say") if number == 1 else "",
        ),
        f"safe_{number}": forms.BooleanField(
            label=format_lazy(numbered, label=_("It is safe to use"), number=number), required=False
        ),
    }


def ways_in(typed: Mapping[str, Any], count: int) -> list[dict[str, Any]]:
    """Return the ways that were filled in, in their order."""
    rows = (
        {part: typed.get(f"{part}_{number}") or "" for part in PARTS_OF_A_WAY}
        for number in range(1, count + 1)
    )
    return [{**row, "safe": bool(row["safe"])} for row in rows if row["value"]]


class RowsOfWays:
    """What a form with several ways of contact shows of them."""

    ways: int

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of each way."""
        order = ("kind", "value", "note", "safe")
        return [
            [self[f"{part}_{number}"] for part in order]  # type: ignore[index]
            for number in range(1, self.ways + 1)
        ]


class RegisterForm(RowsOfWays, HouseForm):
    """Registers somebody: a label for the house, an identity for the vault."""

    creates = True
    ways = WAYS_AT_ONCE

    def __init__(self, *asked: Any, label: str, **how: Any) -> None:
        """Ask for everything at once; whatever stays empty can be added later."""
        super().__init__(*asked, initial={"label": label}, **how)
        self.fields["label"] = line(
            _("Label"),
            required=True,
            help_text=_("What everybody in the study reads, such as N12; never a name."),
        )
        self.fields["gender"] = choice(_("Gender"), Gender)
        self.fields |= name_fields()
        for number in range(1, self.ways + 1):
            self.fields |= way_fields(number)
        self.fields["places"] = lines(_("Places"))
        self.fields["papers"] = lines(_("Papers"))
        self.fields["risks"] = lines(_("Risks"))

    def identity(self) -> Identity:
        """Return who they are."""
        typed = self.cleaned_data
        return Identity(
            name=typed["name"],
            aliases=aliases_in(typed["aliases"]),
            contacts=tuple(ways_in(typed, self.ways)),
            places=typed["places"],
            papers=typed["papers"],
            risks=typed["risks"],
        )

    def gender(self) -> Gender:
        """Return the gender; not known where nothing was chosen."""
        return Gender(self.cleaned_data["gender"] or Gender.UNKNOWN)


class RecordForm(HouseForm):
    """Corrects one record of somebody."""

    edits = True
    record: ClassVar[Record]

    def __init__(self, *asked: Any, content: Mapping[str, Any], revision: int) -> None:
        """Show the record as it was opened."""
        super().__init__(*asked, initial=self.in_fields(content), revision=revision)

    @classmethod
    def in_fields(cls, content: Mapping[str, Any]) -> dict[str, Any]:
        """Return a record by the names of the form's fields."""
        return {"words": content.get("words", "")}

    def content(self) -> dict[str, Any]:
        """Return the record as the vault keeps it."""
        return {"words": self.cleaned_data["words"]}


class WordsForm(RecordForm):
    """Corrects a record that is plain words."""

    words = lines(_("What is known"), rows=12)


class NamesForm(RecordForm):
    """Corrects what somebody is called."""

    def __init__(self, *asked: Any, **how: Any) -> None:
        """Show the name and the others below it."""
        super().__init__(*asked, **how)
        self.fields |= name_fields()

    @classmethod
    def in_fields(cls, content: Mapping[str, Any]) -> dict[str, Any]:
        """Return the names, one a line."""
        return {
            "name": content.get("name", ""),
            "aliases": "\n".join(content.get("aliases", [])),
        }

    def content(self) -> dict[str, Any]:
        """Return the names as the vault keeps them."""
        typed = self.cleaned_data
        return {"name": typed["name"], "aliases": list(aliases_in(typed["aliases"]))}


class ContactsForm(RowsOfWays, RecordForm):
    """Corrects how somebody can be reached."""

    def __init__(self, *asked: Any, content: Mapping[str, Any], revision: int) -> None:
        """Have room for every way that is kept, and for some more."""
        super().__init__(*asked, content=content, revision=revision)
        posted = sum(name.startswith("value_") for name in self.data)
        self.ways = max(len(content.get("ways", [])) + ROOM_FOR_MORE, posted)
        for number in range(1, self.ways + 1):
            self.fields |= way_fields(number)

    @classmethod
    def in_fields(cls, content: Mapping[str, Any]) -> dict[str, Any]:
        """Return the ways by the names of their fields."""
        return {
            f"{part}_{number}": way.get(part, "")
            for number, way in enumerate(content.get("ways", []), 1)
            for part in PARTS_OF_A_WAY
        }

    def content(self) -> dict[str, Any]:
        """Return the ways as the vault keeps them."""
        return {"ways": ways_in(self.cleaned_data, self.ways)}


class EraseForm(HouseForm):
    """Erases somebody, once their label was typed: it cannot be taken back."""

    def __init__(self, *asked: Any, label: str) -> None:
        """Ask for the label."""
        super().__init__(*asked)
        self._label = label
        self.fields["label"] = line(
            _("Type the label of whom you erase"), required=True, help_text=label
        )

    def clean_label(self) -> str:
        """Refuse another label."""
        typed = str(self.cleaned_data["label"]).strip()
        if typed != self._label:
            raise forms.ValidationError(
                _("This is not the label of this page; nothing was erased."), code="label"
            )
        return typed


FORMS: dict[Record, type[RecordForm]] = {
    Record.NAMES: NamesForm,
    Record.CONTACTS: ContactsForm,
    Record.PLACES: WordsForm,
    Record.PAPERS: WordsForm,
    Record.RISKS: WordsForm,
}


def aliases_in(typed: str) -> tuple[str, ...]:
    """Return the names that were typed, one a line."""
    return tuple(line.strip() for line in typed.splitlines() if line.strip())
