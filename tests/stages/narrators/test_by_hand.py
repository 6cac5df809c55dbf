"""Narrators, spells and exits are typed in and corrected by hand."""

import pytest

from exeunt.errors import BadInput, Changed, NotThere, NotYours
from exeunt.ledger.models import Entry
from exeunt.stages.narrators.actions.by_hand import (
    add_spell,
    admit_narrator,
    describe_narrator,
    edit_spell,
    words_of,
)
from exeunt.stages.narrators.models import Exit, Group, Narrator, Spell
from exeunt.stages.narrators.queries import (
    exits_of,
    narrator_called,
    narrators_in,
    spell_called,
    suggestions_for,
)
from exeunt.stages.narrators.states import Gender
from tests.making.archive import acts, rows_everywhere
from tests.making.studies import a_staffed_study

WORDS = {
    "group_left": "IS",
    "joined": "2013",
    "exit_kind": "side switch",
    "left": "2014-04~",
    "group_joined": "JN",
}
NOTHING = dict.fromkeys(WORDS, "")


@pytest.fixture
def narrator(cast, study) -> Narrator:
    return admit_narrator(study=study, label="N1", gender=Gender.UNKNOWN, by=cast.boris)


@pytest.fixture
def spell(cast, narrator) -> Spell:
    return add_spell(narrator=narrator, words=WORDS, by=cast.boris).spell


def places(refusal) -> list[str]:
    return [problem.column for problem in refusal.value.problems]


def test_a_narrator_is_registered_once_and_better_known_later(cast, study, narrator):
    again = admit_narrator(study=study, label="N1", gender=Gender.WOMAN, by=cast.chidi)

    assert again == narrator
    assert (again.gender, again.revision) == ("woman", 2)
    assert acts()[-2:] == ["narrator.registered", "narrator.described"]
    assert narrators_in(study) == 1


def test_a_spell_and_its_exit_are_added_together(cast, narrator, spell):
    exit_ = Exit.objects.get()

    assert (spell.group.name, spell.began, spell.group_gap) == ("IS", "2013", "")
    assert (exit_.spell, exit_.kind, exit_.ended) == (spell, "side switch", "2014-04~")
    assert exit_.to_group.name == "JN"
    assert Entry.objects.latest("position").act == "spell.added"


def test_a_narrator_may_have_several_spells_of_one_group(cast, narrator, spell):
    add_spell(narrator=narrator, words={**WORDS, "joined": "2016", "left": "2017"}, by=cast.boris)

    assert [exit_.spell.began for exit_ in exits_of(narrator)] == ["2013", "2016"]
    assert Group.objects.count() == 2


def test_a_spell_that_is_sent_twice_is_one(cast, narrator):
    first, second = (
        add_spell(narrator=narrator, words=WORDS, ref="e" * 16, by=cast.boris) for _ in range(2)
    )

    assert first == second
    assert Spell.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "left", "joined"),
    [
        ({}, (None, "unknown"), (None, "")),
        (
            {"group_left": "Withheld", "group_joined": "unknown"},
            (None, "withheld"),
            (None, "unknown"),
        ),
    ],
    ids=["nothing", "why not"],
)
def test_what_is_not_said_is_kept_as_a_gap(cast, narrator, typed, left, joined):
    exit_ = add_spell(narrator=narrator, words={**NOTHING, **typed}, by=cast.boris)

    assert (exit_.spell.group, exit_.spell.group_gap) == left
    assert (exit_.to_group, exit_.to_gap) == joined
    assert exit_.kind == "unknown"


@pytest.mark.parametrize(
    ("typed", "column", "says"),
    [
        ({"group_left": "x" * 10_000}, "group_left", "10000 characters; at most 80"),
        ({"group_left": "I\x00S"}, "group_left", "hidden U\\+0000"),
        ({"group_left": "I\u202eS"}, "group_left", "hidden U\\+202E"),
        ({"group_joined": "=1+1"}, "group_joined", "The field opens with"),
        ({"joined": "spring"}, "joined", "not a date"),
        ({"left": "2012"}, "left", "Left before they joined"),
        ({"exit_kind": "fled"}, "exit_kind", "is not one of"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(cast, narrator, typed, column, says):
    before = rows_everywhere()
    with pytest.raises(BadInput, match=says) as caught:
        add_spell(narrator=narrator, words={**WORDS, **typed}, by=cast.boris)

    assert places(caught) == [column]
    assert rows_everywhere() == before


def test_every_field_that_is_wrong_is_told_at_once(cast, narrator):
    with pytest.raises(BadInput) as caught:
        add_spell(narrator=narrator, words={**WORDS, "joined": "x", "left": "y"}, by=cast.boris)

    assert places(caught) == ["joined", "left"]


def test_a_spell_is_corrected_with_its_exit(cast, spell):
    changed = {**WORDS, "group_left": "", "joined": "2012?", "exit_kind": "left"}
    exit_ = edit_spell(spell=spell, revision=1, words=changed, by=cast.chidi)
    spell.refresh_from_db()

    assert (spell.group, spell.group_gap, spell.began, spell.revision) == (
        None,
        "unknown",
        "2012?",
        2,
    )
    assert exit_.kind == "left"
    assert words_of(spell) == changed
    assert acts()[-1] == "spell.edited"


def test_who_comes_second_sees_what_the_first_has_saved(cast, spell):
    edit_spell(spell=spell, revision=1, words={**WORDS, "left": "2015"}, by=cast.boris)
    before = rows_everywhere()
    with pytest.raises(Changed) as caught:
        edit_spell(spell=spell, revision=1, words=WORDS, by=cast.chidi)

    assert caught.value.revision == 2
    assert caught.value.theirs == {**WORDS, "left": "2015"}
    assert rows_everywhere() == before
    edit_spell(spell=spell, revision=2, words=WORDS, by=cast.chidi)


def test_a_narrator_is_described_anew(cast, study, narrator):
    described = describe_narrator(
        narrator=narrator, revision=1, label=" N2 ", gender="Woman", by=cast.boris
    )

    assert (described.label, described.gender, described.revision) == ("N2", "woman", 2)


@pytest.mark.parametrize(
    ("typed", "column"),
    [
        ({"label": "N9"}, "label"),
        ({"label": ""}, "label"),
        ({"label": "N" * 81}, "label"),
        ({"gender": "f"}, "gender"),
    ],
    ids=["taken", "none", "too long", "unknown word"],
)
def test_a_description_that_cannot_be_kept_is_refused(cast, study, narrator, typed, column):
    admit_narrator(study=study, label="N9", gender=Gender.MAN, by=cast.boris)
    with pytest.raises(BadInput) as caught:
        describe_narrator(
            **{"narrator": narrator, "revision": 1, "label": "N1", "gender": "", **typed},
            by=cast.boris,
        )

    assert places(caught) == [column]


def test_two_who_describe_one_narrator_do_not_overwrite_each_other(cast, narrator):
    describe_narrator(narrator=narrator, revision=1, label="N1", gender="man", by=cast.boris)
    with pytest.raises(Changed) as caught:
        describe_narrator(narrator=narrator, revision=1, label="N7", gender="", by=cast.chidi)

    assert caught.value.theirs == {"label": "N1", "gender": "man"}


@pytest.mark.parametrize("name", ["eve", "vera", "edda"])
def test_others_change_nothing(cast, narrator, spell, name):
    other = getattr(cast, name)
    before = rows_everywhere()
    for act in (
        lambda: add_spell(narrator=narrator, words=WORDS, by=other),
        lambda: edit_spell(spell=spell, revision=1, words=WORDS, by=other),
        lambda: describe_narrator(narrator=narrator, revision=1, label="N", gender="", by=other),
    ):
        with pytest.raises(NotYours):
            act()

    assert rows_everywhere() == before


def test_a_narrator_or_spell_of_another_study_is_not_there(cast, study, narrator, spell):
    other = a_staffed_study(cast, "other")

    assert narrator_called(study, narrator.ref) == narrator
    assert spell_called(study, spell.ref) == spell
    with pytest.raises(NotThere):
        narrator_called(other, narrator.ref)
    with pytest.raises(NotThere):
        spell_called(other, spell.ref)


def test_a_form_is_offered_the_groups_and_the_latest_narrators(cast, study, spell):
    admit_narrator(study=study, label="N2", gender=Gender.UNKNOWN, by=cast.boris)

    assert suggestions_for(study) == (["N2", "N1"], ["IS", "JN"])
    assert suggestions_for(study, most=1) == (["N2"], ["IS"])
