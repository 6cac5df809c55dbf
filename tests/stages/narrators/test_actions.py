"""Narrators, groups and exits are registered once, whatever order the tellings come in."""

import pytest
from django.db import DatabaseError, transaction

from exeunt.errors import Refusal
from exeunt.stages.narrators.actions.register import Register
from exeunt.stages.narrators.models import Exit, Group, Narrator, Spell
from exeunt.stages.narrators.rules import ExitFacts
from exeunt.stages.narrators.states import ExitKind, Gender

FACTS = ExitFacts("N1", Gender.WOMAN, "IS", "2013", ExitKind.LEFT, "2014", "")
WOMAN, MAN, UNKNOWN, WITHHELD = Gender.WOMAN, Gender.MAN, Gender.UNKNOWN, Gender.WITHHELD


def gender_of(label: str) -> str:
    return Narrator.objects.get(label=label).gender


def test_a_narrator_a_group_and_an_exit_are_written_down_once(study):
    register = Register(study)
    first, second = register.admit([FACTS, FACTS._replace(ended="2015", kind=ExitKind.CAPTURED)])

    assert first == second == (Narrator.objects.get().pk, Exit.objects.get().pk)
    assert Group.objects.get().name == "IS"
    assert (Spell.objects.get().began, Spell.objects.get().group) == ("2013", Group.objects.get())
    assert (Exit.objects.get().kind, Exit.objects.get().ended) == ("left", "2014")


def test_what_is_there_already_is_found_again_by_a_later_import(study):
    before = Register(study).admit([FACTS, FACTS._replace(narrator="N2", group="withheld")])
    after = Register(study).admit([FACTS, FACTS._replace(narrator="N2", group="Withheld")])

    assert before == after
    assert Exit.objects.count() == 2


def test_another_group_is_another_spell_of_the_same_narrator(study):
    (one, left), (same, other) = Register(study).admit([FACTS, FACTS._replace(group="JN")])

    assert one == same
    assert left != other
    assert {spell.group.name for spell in Spell.objects.all()} == {"IS", "JN"}


def test_an_unknown_and_a_withheld_group_are_not_the_same(study):
    facts = [FACTS._replace(group=group) for group in ("", "unknown", "withheld")]
    exits = [exit_ for _, exit_ in Register(study).admit(facts)]

    assert exits[0] == exits[1] != exits[2]
    assert [(s.group, s.group_gap) for s in Spell.objects.order_by("pk")] == [
        (None, "unknown"),
        (None, "withheld"),
    ]


def test_an_exit_leads_to_a_group_or_to_none(study):
    facts = [FACTS._replace(to_group="JN"), FACTS._replace(narrator="N2")]
    Register(study).admit(facts)

    assert [
        exit_.to_group.name if exit_.to_group else None for exit_ in Exit.objects.order_by("pk")
    ] == ["JN", None]


@pytest.mark.parametrize(
    "told",
    [(WOMAN, MAN), (UNKNOWN, WOMAN, MAN), (WOMAN, UNKNOWN, MAN), (WITHHELD, MAN, WOMAN)],
    ids=" then ".join,
)
def test_two_tellings_that_make_one_narrator_two_people_are_refused(study, told):
    register = Register(study)
    *before, last = (FACTS._replace(gender=gender) for gender in told)
    for facts in before:
        register.check(facts)
    with pytest.raises(Refusal, match="“N1” is a"):
        register.check(last)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ((WOMAN, UNKNOWN), WOMAN),
        ((UNKNOWN, WOMAN), WOMAN),
        ((WITHHELD, WOMAN), WOMAN),
        ((UNKNOWN, UNKNOWN), UNKNOWN),
    ],
    ids=str,
)
def test_what_one_telling_knows_of_a_narrator_is_not_lost_by_another(study, told, kept):
    register = Register(study)
    facts = [FACTS._replace(gender=gender) for gender in told]
    for one in facts:
        register.check(one)
    register.admit(facts)

    assert gender_of("N1") == kept


def test_a_gender_that_a_later_import_tells_is_kept_and_guarded(study):
    for gender in (UNKNOWN, WOMAN):
        register = Register(study)
        register.check(FACTS._replace(gender=gender))
        register.admit([FACTS._replace(gender=gender)])

    assert gender_of("N1") == WOMAN
    with pytest.raises(Refusal):
        Register(study).check(FACTS._replace(gender=MAN))


@pytest.mark.parametrize(
    "cells", [{"group_gap": ""}, {"group_gap": "unknown", "named": True}], ids=["neither", "both"]
)
def test_the_database_itself_refuses_a_spell_with_neither_group_nor_reason_or_both(study, cells):
    Register(study).admit([FACTS])
    group = Group.objects.get() if cells.pop("named", False) else None
    with pytest.raises(DatabaseError), transaction.atomic():
        Spell.objects.create(narrator=Narrator.objects.get(), group=group, **cells)


def test_the_database_itself_refuses_two_narrators_of_one_label_and_two_exits_of_one_spell(study):
    Register(study).admit([FACTS])
    with pytest.raises(DatabaseError), transaction.atomic():
        Narrator.objects.create(study=study, label="N1")
    with pytest.raises(DatabaseError), transaction.atomic():
        Exit.objects.create(spell=Spell.objects.get())


def test_narrators_are_printed_as_references(study):
    Register(study).admit([FACTS])
    for thing in (Narrator.objects.get(), Spell.objects.get(), Exit.objects.get()):
        assert str(thing) == thing.ref
    assert "IS" not in str(Group.objects.get())
