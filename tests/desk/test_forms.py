"""A form loses nothing that was typed: not when it is refused, and not when two people save."""

from types import SimpleNamespace

import pytest
from django import forms
from django.test import RequestFactory

from exeunt.desk.fields import LineField, LinesField
from exeunt.desk.forms import HouseForm
from exeunt.errors import BadInput, Changed, NotThere, NotYet, NotYours, Problem, Refusal


class Making(HouseForm):
    """A form that makes something."""

    creates = True
    title = LineField("A title", longest=20)


class Editing(HouseForm):
    """A form that edits something."""

    edits = True
    title = LineField("A title", longest=20, label="Title")
    note = LinesField("A note", longest=20, required=False, label="Note")


def asked(cast, study, method="GET", by=None, **sent):
    request = getattr(RequestFactory(), method.lower())("/", sent)
    vars(request).update(member=by or cast.amina, study=study)
    return request


def refusing(refusal: Exception):
    """Return an act that is refused."""

    def act():
        raise refusal

    return act


def once(cast, study) -> str:
    return Making(asked(cast, study))["once"].value()


def test_a_form_that_was_only_opened_does_nothing(cast, study):
    form = Making(asked(cast, study))

    assert form.carry_out(refusing(AssertionError())) is None
    assert form.status == 200


def test_what_is_sound_is_done_with_the_reference_that_was_drawn(cast, study):
    token = once(cast, study)
    forms_ = [Making(asked(cast, study, "POST", title=" A  title ", once=token)) for _ in "ab"]
    first, second = (form.carry_out(form.facts) for form in forms_)

    assert first["title"] == "A title"
    assert len(first["ref"]) == 16
    assert first == second


def test_two_forms_get_two_references(cast, study):
    drawn = [once(cast, study) for _ in range(3)]

    assert len(set(drawn)) == 3


@pytest.mark.parametrize("who", ["another member", "another study", "no study", "nonsense"])
def test_a_reference_drawn_for_somebody_or_something_else_is_refused(cast, study, who):
    tokens = {
        "another member": Making(asked(cast, study, by=cast.boris))["once"].value(),
        "another study": once(cast, SimpleNamespace(ref="0" * 16)),
        "no study": once(cast, None),
        "nonsense": "nonsense",
    }
    form = Making(asked(cast, study, "POST", title="A title", once=tokens[who]))

    assert form.carry_out(form.facts) is None
    assert form.status == 422
    assert "open the page again" in str(form.errors)


@pytest.mark.parametrize(
    ("refusal", "status"),
    [(Refusal("No."), 422), (NotYet("No."), 422), (NotYours("No."), 403)],
    ids=["refused", "not yet", "not yours"],
)
def test_a_refusal_stands_in_the_summary_beside_what_was_typed(cast, study, refusal, status):
    form = Making(asked(cast, study, "POST", title="A title", once=once(cast, study)))

    assert form.carry_out(refusing(refusal)) is None
    assert (form.status, form.non_field_errors()) == (status, ["No."])
    assert form["title"].value() == "A title"


def test_a_fault_in_one_field_stands_at_that_field(cast, study):
    form = Making(asked(cast, study, "POST", title="A title", once=once(cast, study)))
    form.carry_out(refusing(BadInput(Problem("Too dull.", column="title"), Problem("And late."))))

    assert form.errors["title"] == ["Too dull."]
    assert form.non_field_errors() == ["And late."]


def test_what_is_not_there_is_no_form_s_business(cast, study):
    form = Making(asked(cast, study, "POST", title="A title", once=once(cast, study)))
    with pytest.raises(NotThere):
        form.carry_out(refusing(NotThere("There is nothing here.")))


def test_whoever_saves_second_sees_both_versions_and_carries_the_new_number(cast, study):
    form = Editing(asked(cast, study, "POST", title="Mine", note="same", revision="1"))
    theirs = {"title": "Theirs", "note": "same"}
    form.carry_out(refusing(Changed("Somebody saved.", revision=4, theirs=theirs)))

    assert form.status == 409
    assert [tuple(both) for both in form.theirs] == [("Title", "Mine", "Theirs")]
    assert form["revision"].value() == "4"
    assert form["title"].value() == "Mine"


def test_the_number_that_was_read_goes_to_the_act(cast, study):
    form = Editing(asked(cast, study, "POST", title="Mine", note="a\n\n b ", revision="0"))

    assert form.carry_out(form.facts) == {"title": "Mine", "note": "a\nb", "revision": 0}


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("x" * 10_000, "at most 20 characters"),
        ("a\u202eb", "invisible or direction-changing"),
        ("a\u200bb", "invisible or direction-changing"),
        ("a\x00b", "invisible or direction-changing"),
        ("a\x1bb", "invisible or direction-changing"),
        ("a\ud800b", "invisible or direction-changing"),
        ("", "required"),
        (" \t ", "required"),
    ],
    ids=["long", "turned", "unseen", "nothing", "escape", "half", "empty", "spaces"],
)
def test_what_cannot_be_kept_is_refused_at_its_field(typed, says):
    field = LineField("A title", longest=20)
    with pytest.raises(forms.ValidationError, match=says):
        field.clean(typed)


def test_any_script_is_welcome_in_one_form_of_writing():
    field = LineField("A title", longest=20)

    assert field.clean("  دفتر   أول ") == "دفتر أول"
    assert field.clean("Zoe\u0308") == "Zoë"


def test_one_bad_line_of_many_is_refused():
    field = LinesField("A note", longest=20)
    with pytest.raises(forms.ValidationError, match="invisible"):
        field.clean("good\nba\u202ed\ngood")


def test_every_form_is_drawn_by_the_shell(cast, study):
    drawn = str(Editing(asked(cast, study)))

    assert 'name="revision"' in drawn
    assert 'for="id_title"' in drawn
