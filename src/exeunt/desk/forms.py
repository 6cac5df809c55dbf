"""Forms that lose nothing: shown again, with all that was typed, when the house refuses."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, NamedTuple, TypeVar

from django import forms
from django.core import signing
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from exeunt.desk.asking import Asked
from exeunt.desk.drawing import DRAWN, field
from exeunt.desk.saying import said, said_with_place, sentence_said
from exeunt.errors import BadInput, Changed, NotThere, NotYours, Refusal
from exeunt.ledger.references import new_reference

Done = TypeVar("Done")

ERRORS = frozenset(
    {ErrorList.template_name, ErrorList.template_name_ul, ErrorList.template_name_text}
)
UNTOUCHED, FORBIDDEN, CONFLICT, NOT_UNDERSTOOD = 200, 403, 409, 422


class HouseRenderer(TemplatesSetting):
    """Draws every form by the shell's templates, and the fields that are many without any."""

    form_template_name = "forms/form.html"

    def render(self, template_name: str, context: Any, request: HttpRequest | None = None) -> str:
        """Draw a part of a form; that nothing is wrong needs no drawing."""
        if template_name in ERRORS and not context["errors"]:
            return ""
        if template_name == self.field_template_name:
            return field(context["field"])
        draw = DRAWN.get(template_name)
        if draw is not None:
            return draw(context["widget"])
        return super().render(template_name, context, request)


class BothVersions(NamedTuple):
    """A field that two people have changed: its label, what was typed, and what stands now."""

    label: str
    yours: str
    theirs: str


class HouseForm(forms.Form):
    """A form by which one member does one thing in one study.

    ``creates`` gives it the reference of the row to be made, so that a form sent twice makes
    one row; ``edits`` gives it the number of the version that was shown.
    """

    creates: ClassVar[bool] = False
    edits: ClassVar[bool] = False

    def __init__(
        self,
        request: Asked,
        *,
        initial: Mapping[str, Any] | None = None,
        revision: int | None = None,
        prefix: str | None = None,
    ) -> None:
        """Bind the form if it was sent; otherwise show ``initial``."""
        self.request = request
        self.status = UNTOUCHED
        self.theirs: list[BothVersions] = []
        sent = request.method == "POST"
        super().__init__(
            data=request.POST if sent else None,
            files=request.FILES if sent else None,
            initial=dict(initial or {}),
            prefix=prefix,
        )
        if self.creates:
            self.fields["once"] = forms.CharField(
                widget=forms.HiddenInput, initial=self._drawn, max_length=200
            )
        if self.edits:
            self.fields["revision"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=revision, min_value=0
            )

    def clean_once(self) -> str:
        """Return the reference that was drawn for this member and study when the form was shown."""
        try:
            return str(signing.loads(self.cleaned_data["once"], salt=self._salt()))
        except signing.BadSignature:
            raise forms.ValidationError(
                _("This form was not drawn for you; open the page again."), code="once"
            ) from None

    def facts(self) -> dict[str, Any]:
        """Return what was typed, by the names that the action knows."""
        facts = dict(self.cleaned_data)
        if self.creates:
            facts["ref"] = facts.pop("once")
        return facts

    def carry_out(self, act: Callable[[], Done]) -> Done | None:
        """Do it if the form was sent and is sound; otherwise, and when refused, return None.

        A refusal's sentence stands in the form's summary, at its field where one is named.
        """
        if not self.is_bound:
            return None
        if not self.is_valid():
            self.status = NOT_UNDERSTOOD
            return None
        try:
            return act()
        except NotThere:
            raise
        except Refusal as refusal:
            self._refused(refusal)
        return None

    def _refused(self, refusal: Refusal) -> None:
        self.status = FORBIDDEN if isinstance(refusal, NotYours) else NOT_UNDERSTOOD
        if isinstance(refusal, Changed):
            self._show_both(refusal)
        if not isinstance(refusal, BadInput):
            self.add_error(None, said(refusal))
            return
        for problem in refusal.problems:
            named = problem.column if problem.column in self.fields else None
            says = sentence_said(problem.says) if named else said_with_place(problem)
            self.add_error(named, says)

    def _show_both(self, changed: Changed) -> None:
        """Set both versions side by side; saving again is then a decision, not an accident."""
        self.status = CONFLICT
        for name, theirs in changed.theirs.items():
            field = self.fields.get(name)
            yours = self._in_words(name)
            if field is not None and yours != theirs:
                self.theirs.append(BothVersions(str(field.label or name), yours, theirs))
        data = self.request.POST.copy()
        data[self.add_prefix("revision")] = str(changed.revision)
        self.data = data

    def _in_words(self, name: str) -> str:
        value = self.cleaned_data.get(name)
        return "" if value is None else str(value)

    def _drawn(self) -> str:
        return signing.dumps(new_reference(), salt=self._salt())

    def _salt(self) -> str:
        # A study that is begun stands in no study yet.
        study = getattr(self.request.study, "ref", "")
        return f"once:{self.request.member.ref}:{study}"
