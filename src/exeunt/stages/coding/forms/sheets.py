"""A coder's sheet, and the settling of one difference."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exeunt.desk.asking import Asked
from exeunt.desk.forms import Done, HouseForm
from exeunt.errors import BadInput, Changed
from exeunt.methods.codebooks import Code, Scale
from exeunt.stages.coding.queries.differences import Row
from exeunt.stages.coding.queries.sheets import OwnSheet
from exeunt.stages.coding.rules.answers import Answers
from exeunt.stages.coding.rules.prose import LONGEST_PROSE
from exeunt.stages.coding.states import Gap

GAPS_IN_WORDS: dict[str, Promise] = {
    Gap.NOT_MENTIONED.value: _("not mentioned"),
    Gap.UNKNOWN.value: _("unknown"),
    Gap.NOT_APPLICABLE.value: _("not applicable"),
}
COMPLETE = "complete"


class CodeFields(NamedTuple):
    """One code of a sheet with the fields in which it is answered."""

    code: Code
    dimension: str
    answer: BoundField
    note: BoundField


class SheetForm(HouseForm):
    """One coder's answers about one thing, code by code.

    Fields are named by the places of codes, since a key may hold any character.
    """

    edits = True

    def __init__(self, request: Asked, own: OwnSheet) -> None:
        """Ask for every code of the codebook, and show what stands so far."""
        super().__init__(request, initial={"memo": own.memo}, revision=own.revision)
        self.own = own
        self.places = {code.key: place for place, code in enumerate(own.codebook.codes)}
        choices = answers_on(own.codebook.scale)
        for key, place in self.places.items():
            judged = own.judgements.get(key)
            self.fields[f"value-{place}"] = forms.ChoiceField(
                label=key,
                choices=choices,
                widget=forms.RadioSelect(attrs={"class": "choices-inline"}),
                initial=judged.cell if judged is not None else None,
                required=False,
            )
            self.fields[f"note-{place}"] = forms.CharField(
                label=_("Note on %(code)s") % {"code": key},
                initial=judged.note if judged is not None else "",
                max_length=LONGEST_PROSE,
                required=False,
            )
        self.fields["memo"] = forms.CharField(
            label=_("Memo"),
            help_text=_("What you thought while reading; others see it once all have finished."),
            widget=forms.Textarea(attrs={"rows": 3}),
            required=False,
        )
        self.fields["rest"] = forms.BooleanField(
            label=_("Whatever I left without an answer was not mentioned"), required=False
        )

    @property
    def completes(self) -> bool:
        """Whether the reading is to be completed, not only saved."""
        return self.request.POST.get("do") == COMPLETE

    @property
    def codes(self) -> Iterator[CodeFields]:
        """Every code with its fields, in the order of the codebook."""
        codebook = self.own.codebook
        for code in codebook:
            place = self.places[code.key]
            fields = self[f"value-{place}"], self[f"note-{place}"]
            yield CodeFields(code, codebook.dimension_of(code), *fields)

    def facts(self) -> dict[str, Any]:
        """Return the answers, and the number of the version that they were written over."""
        typed = self.cleaned_data
        otherwise = Gap.NOT_MENTIONED.value if typed["rest"] else ""
        cells = {key: typed[f"value-{at}"] or otherwise for key, at in self.places.items()}
        notes = {key: typed[f"note-{at}"] for key, at in self.places.items()}
        return {
            "answers": Answers(
                cells={key: cell for key, cell in cells.items() if cell},
                notes={key: note for key, note in notes.items() if note},
                memo=typed["memo"],
            ),
            "revision": typed["revision"],
        }

    def carry_out(self, act: Callable[[], Done]) -> Done | None:
        """Do it, and say what is refused at this form's own fields."""
        return super().carry_out(lambda: self._at_my_fields(act))

    def _at_my_fields(self, act: Callable[[], Done]) -> Done:
        try:
            return act()
        except BadInput as refused:
            mine = (one._replace(column=self._mine(one.column)) for one in refused.problems)
            raise BadInput(*mine, unlisted=refused.unlisted) from refused
        except Changed as changed:
            raise Changed(
                changed.says,
                revision=changed.revision,
                theirs={self._mine(name) or name: said for name, said in changed.theirs.items()},
                **changed.facts,
            ) from changed

    def _mine(self, column: str | None) -> str | None:
        """Return the name of the field that the house calls ``value:L1`` or ``note:L1``."""
        kind, _colon, key = (column or "").partition(":")
        return f"{kind}-{self.places[key]}" if key in self.places else column


class SettleForm(HouseForm):
    """The agreed judgement on one code, and why."""

    edits = True

    def __init__(self, request: Asked, row: Row, scale: Scale) -> None:
        """Offer the scale, and show what was settled before."""
        settled = row.settled
        super().__init__(
            request,
            initial={
                "cell": settled.judgement.cell if settled is not None else None,
                "reason": settled.reason if settled is not None else "",
            },
            revision=settled.revision if settled is not None else 0,
        )
        self.fields["cell"] = forms.ChoiceField(
            label=_("Agreed judgement"), choices=answers_on(scale), widget=forms.RadioSelect
        )
        self.fields["reason"] = forms.CharField(
            label=_("Why"),
            help_text=_("What in the account decides it; both readings stay as they are."),
            widget=forms.Textarea(attrs={"rows": 3}),
        )


def answers_on(scale: Scale) -> list[tuple[str, Any]]:
    """Offer every value, highest first, and then the three ways of saying nothing."""
    values = sorted(scale.values.items(), reverse=True)
    given = [(str(value), f"{value} {meaning}") for value, meaning in values]
    return [*given, *GAPS_IN_WORDS.items()]
