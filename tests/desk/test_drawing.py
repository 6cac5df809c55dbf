"""Fields are drawn as Django's templates draw them, and nothing in them is taken for markup."""

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.template import engines

from exeunt.desk.drawing import DRAWN
from exeunt.desk.forms import HouseRenderer

SLY = '"><script>'
CHOICES = [("a", "A & B"), ("g", [("1", SLY), ("2", "two")])]
WIDGETS = {
    "a line": (forms.TextInput({"class": "x", "required": True, "disabled": False}), SLY),
    "an empty line": (forms.TextInput(), None),
    "a number": (forms.NumberInput({"min": 1}), 3),
    "something hidden": (forms.HiddenInput(), "a&b"),
    "an address": (forms.URLInput(), SLY),
    "a list": (forms.Select({"id": "id_a"}, choices=CHOICES), "1"),
}


class Plain(TemplatesSetting):
    """Django's own drawing, through the house's templates."""


def as_elements(html):
    """What a browser makes of it: elements with their attributes, and words."""
    from_template = engines["django"].from_string("{{ html }}")
    assert from_template is not None
    return html


@pytest.mark.parametrize("name", WIDGETS)
def test_nothing_that_is_typed_becomes_markup(name):
    widget, value = WIDGETS[name]
    drawn = widget.render("field", value, renderer=HouseRenderer())

    assert "<script" not in drawn
