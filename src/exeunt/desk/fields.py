"""Fields for words that people type: refused in a sentence at the field, never by the database."""

from typing import Any

from django import forms

from exeunt.desk.saying import said
from exeunt.errors import Refusal
from exeunt.members.rules import clean_line


class LineField(forms.CharField):
    """One line in one form of writing, without anything invisible; ``what`` names it in words."""

    def __init__(self, what: str, *, longest: int, **how: Any) -> None:
        """Take what the line is, as a sentence would begin with it, and how long it may be."""
        super().__init__(**how)
        self.what = what
        self.longest = longest

    def to_python(self, value: Any) -> str:
        """Return the line as it can be kept."""
        return _kept(super().to_python(value) or "", self.what, self.longest)


class LinesField(forms.CharField):
    """Some lines, one below the other; empty ones are left out."""

    widget = forms.Textarea

    def __init__(self, what: str, *, longest: int, **how: Any) -> None:
        """Take what each line is, as a sentence would begin with it, and how long it may be."""
        super().__init__(**how)
        self.what = what
        self.longest = longest

    def to_python(self, value: Any) -> str:
        """Return the lines as they can be kept."""
        lines = (super().to_python(value) or "").splitlines()
        kept = (_kept(line, self.what, self.longest) for line in lines)
        return "\n".join(line for line in kept if line)


def _kept(line: str, what: str, longest: int) -> str:
    try:
        return clean_line(line, what, longest=longest)
    except Refusal as refusal:
        raise forms.ValidationError(said(refusal), code="line") from refusal
