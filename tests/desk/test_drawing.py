"""Fields are drawn as Django's templates draw them, and nothing in them is taken for markup."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from exeunt.desk.forms import HouseRenderer

SLY = '"><script>&amp;'
CHOICES = [("", "none"), ("a", SLY), (SLY, [("1", "A & B"), ("2", "two")])]
NAMED = {"id": "id_a", "dir": "ltr", "required": True, "disabled": False, "title": SLY}


class Elements(HTMLParser):
    """What a browser makes of markup: elements with their attributes, and words."""

    def __init__(self, markup):
        super().__init__()
        self.found = []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, sorted(attrs)))

    def handle_data(self, data):
        self.found.append(data.strip())


def seen(widget, value, renderer):
    drawn = Elements(widget.render("field", value, renderer=renderer)).found
    return [part for part in drawn if part]


@pytest.mark.parametrize("value", [None, "", "1", SLY, "\nlast"])
@pytest.mark.parametrize(
    "widget",
    [
        forms.TextInput(NAMED),
        forms.TextInput({"type": "search", "dir": "auto"}),
        forms.NumberInput(NAMED),
        forms.URLInput(NAMED),
        forms.HiddenInput(NAMED),
        forms.Textarea(NAMED),
        forms.Select(NAMED, choices=CHOICES),
    ],
    ids=["line", "search", "number", "address", "hidden", "many lines", "list"],
)
def test_a_field_is_drawn_as_its_template_draws_it(widget, value):
    assert seen(widget, value, HouseRenderer()) == seen(widget, value, DjangoTemplates())


def test_words_that_are_typed_run_in_their_own_direction():
    assert seen(forms.TextInput(), "سلام", HouseRenderer()) == [
        ("input", [("dir", "auto"), ("name", "field"), ("type", "text"), ("value", "سلام")])
    ]


def test_each_choice_stands_beside_its_label():
    widget = forms.RadioSelect({"id": "id_a", "class": "inline"}, choices=CHOICES)

    assert seen(widget, "a", HouseRenderer()) == [
        ("div", [("class", "choices inline"), ("id", "id_a")]),
        *choice("id_a_0", "", "none"),
        *choice("id_a_1", "a", SLY, checked=[("checked", None)]),
        ("div", [("aria-label", SLY), ("class", "choice-group"), ("role", "group")]),
        ("p", [("class", "choice-group-name")]),
        ("bdi", []),
        SLY,
        *choice("id_a_2_0", "1", "A & B"),
        *choice("id_a_2_1", "2", "two"),
    ]


def choice(ref, value, label, checked=()):
    """One choice as it is to be drawn, and its label."""
    named = [("class", "inline"), ("id", ref), ("name", "field"), ("type", "radio")]
    return [
        ("div", [("class", "check")]),
        ("input", sorted([*named, ("value", value), *checked])),
        ("label", [("for", ref)]),
        ("bdi", []),
        label,
    ]


def test_where_nothing_is_wrong_nothing_is_drawn():
    form = forms.Form(renderer=HouseRenderer())

    assert str(form.errors) == ""


class Asking(forms.Form):
    """A few fields of each sort."""

    default_renderer = HouseRenderer
    label = forms.CharField(label=SLY, help_text="at most 80")
    group = forms.CharField(required=False, widget=forms.TextInput({"list": "groups"}))
    kind = forms.ChoiceField(choices=CHOICES[:2], widget=forms.RadioSelect)
    sure = forms.BooleanField(required=False)


def drawn(name, data=None):
    form = Asking(data, renderer=HouseRenderer())
    form.fields["group"].suggestions = [SLY]
    return Elements(form[name].as_field_group()).found


def test_a_field_has_its_label_its_hint_and_its_errors():
    found = drawn("label", {})

    assert found[:3] == [
        ("div", [("class", "field field-wrong")]),
        ("label", [("for", "id_label")]),
        ("bdi", []),
    ]
    assert SLY in found
    assert ("div", [("class", "hint"), ("dir", "auto"), ("id", "id_label_helptext")]) in found
    assert ("ul", [("class", "errorlist"), ("id", "id_label_error")]) in found


def test_a_field_that_may_be_left_empty_says_so_and_offers_what_is_known():
    found = drawn("group")

    assert "(optional)" in found
    assert ("datalist", [("id", "groups")]) in found
    assert ("option", [("value", SLY)]) in found


def test_choices_are_a_set_of_fields_with_a_legend():
    found = drawn("kind")

    assert found[1:4] == [("fieldset", [("id", "id_kind_all")]), ("legend", []), ("bdi", [])]
    assert "(optional)" not in found


def test_a_box_to_tick_stands_before_its_label():
    found = drawn("sure")

    assert found[0] == ("div", [("class", "field field-check")])
    assert [part[0] for part in found if isinstance(part, tuple)][1:] == [
        "div",
        "input",
        "label",
        "bdi",
    ]
