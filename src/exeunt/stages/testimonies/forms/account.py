"""One account as it is typed, in the order of typing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from exeunt.desk.asking import Asked
from exeunt.desk.forms import HouseForm
from exeunt.desk.uploads import incoming
from exeunt.errors import Sentence
from exeunt.stages.narrators.queries import Suggestions
from exeunt.stages.narrators.states import ExitKind, Gender
from exeunt.stages.sources.rules import PAGES, at_the_copy
from exeunt.stages.sources.states import Provenance
from exeunt.stages.testimonies.actions.by_hand import SavedCopy
from exeunt.stages.testimonies.forms.choices import (
    DATES_LIKE,
    choice,
    exit_fields,
    line,
    numbered,
    offering,
)
from exeunt.stages.testimonies.rules.drafts import FURTHER, OF_AN_EXIT
from exeunt.stages.testimonies.states import AgeBand, Setting

PROVENANCES = (Provenance.INVENTED, Provenance.PUBLIC_RECORD)
LANGUAGES = ("ar", "en", "fr", "de", "tr", "fa", "ku", "ru", "es", "nl", "so", "ur")


class AccountForm(HouseForm):
    """What both adding and correcting ask; fields bear the names of a table's columns."""

    citation = line(_("Citation"), help_text=_("Who published it where, and when"), autofocus=True)
    address = line(_("Address on the web"), dir="ltr", inputmode="url")
    saved_copy = forms.FileField(
        label=_("Saved copy of the page"),
        required=False,
        help_text=_("HTML, MHTML, PDF, text or a picture; kept as it is, never shown as a page"),
        widget=forms.FileInput(attrs={"accept": ",".join(PAGES)}),
    )
    published = line(_("Published"), help_text=DATES_LIKE, dir="ltr")
    language = offering(
        line(_("Language"), help_text=_("ar, en, fr or the like"), dir="ltr"),
        LANGUAGES,
        name="languages",
    )
    setting = choice(_("Setting"), Setting)
    age_band = choice(_("Age when speaking"), AgeBand)
    period = line(_("Period"), help_text=_("as the study divides its time"))
    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "class": "words"}),
    )
    account_id = line(_("Label"))
    nothing_required = True
    further: ClassVar[tuple[str, ...]] = FURTHER[:2]

    def __init__(
        self, request: Asked, *, offered: Suggestions, initial: Mapping[str, Any], **how: Any
    ) -> None:
        """Offer the groups that are known; leave room for further exits."""
        super().__init__(request, initial=initial, **how)
        self.fields |= exit_fields(ExitKind)
        for number, prefix in enumerate(self.further, 2):
            for name, field in exit_fields(ExitKind, prefix).items():
                field.label = numbered(field.label or "", number)
                field.help_text = ""
                self.fields[name] = field
        for prefix in ("", *self.further):
            offering(self.fields[f"{prefix}group_left"], offered.groups)  # type: ignore[arg-type]
            offering(self.fields[f"{prefix}group_joined"], offered.groups)  # type: ignore[arg-type]

    def clean_text(self) -> str:
        """Return the text with the line ends that it is kept with."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def words(self) -> dict[str, str]:
        """Return what was typed, by the names that the actions know."""
        apart = {"saved_copy", "once", "revision"}
        return {name: said for name, said in self.cleaned_data.items() if name not in apart}

    @contextmanager
    def copy(self) -> Iterator[SavedCopy | None]:
        """Lay the copy that was sent down where it can be kept from, for as long as that takes."""
        sent = self.cleaned_data.get("saved_copy")
        if sent is None:
            yield None
            return
        with NamedTemporaryFile(dir=incoming(), prefix="copy-") as laid:
            try:
                for block in sent.chunks():
                    laid.write(block)
                laid.flush()
            except OSError as fault:
                says = "The saved copy could not be kept ({why}); nothing of this was kept."
                raise at_the_copy(Sentence(says, why=fault.strerror)) from fault
            yield SavedCopy(sent.name, Path(laid.name))

    @property
    def exits(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The fields of each exit, with its number."""
        return [
            (number, [self[f"{prefix}{name}"] for name in IN_ORDER])
            for number, prefix in enumerate(("", *self.further), 1)
        ]

    @property
    def has_further(self) -> bool:
        """Whether anything is said, or wrong, about a further exit."""
        names = [f"{prefix}{name}" for prefix in self.further for name in OF_AN_EXIT]
        return any(self[name].value() or self[name].errors for name in names)


IN_ORDER = ("group_left", "joined", "left", "exit_kind", "group_joined")


class AddForm(AccountForm):
    """Adds an account, its narrator new or known."""

    creates = True

    def __init__(
        self,
        request: Asked,
        *,
        offered: Suggestions,
        label: str,
        provenances: tuple[Provenance, ...],
    ) -> None:
        """Ask where accounts come from only while the study does not say it."""
        super().__init__(request, offered=offered, initial={})
        self.fields["account_id"].help_text = _("Left empty, it is called %(label)s.") % {
            "label": label
        }
        self.fields["narrator"] = offering(
            line(
                _("Narrator"),
                help_text=_("a label, never a name; left empty, a new one like the account"),
            ),
            offered.narrators,
            name="narrators",
        )
        self.fields["gender"] = choice(_("Gender"), Gender)
        if not provenances:
            self.fields["provenance"] = forms.ChoiceField(
                label=_("Where the study's accounts come from"),
                choices=[(one.value, _(one.value)) for one in PROVENANCES],
                widget=forms.RadioSelect,
            )


class EditForm(AccountForm):
    """Corrects an account; its narrator is corrected on a page of their own."""

    edits = True

    def __init__(
        self,
        request: Asked,
        *,
        offered: Suggestions,
        initial: Mapping[str, str],
        revision: int,
    ) -> None:
        """Have room for every exit that the account tells of, and for one more."""
        told = [prefix for prefix in FURTHER if f"{prefix}group_left" in initial]
        self.further = FURTHER[: min(len(told) + 1, len(FURTHER))]  # type: ignore[misc]
        super().__init__(request, offered=offered, initial=initial, revision=revision)
