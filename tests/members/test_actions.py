"""Members come in one by one, and the ledger knows them by reference only."""

import pytest
from django.db import DatabaseError, transaction

from exeunt.errors import NotThere, Refusal
from exeunt.ledger.models import Entry
from exeunt.members.actions import add_first_member, add_member
from exeunt.members.models import Kind, Member
from exeunt.members.queries import first_person, member_called
from tests.making.archive import rows_everywhere
from tests.people import PEOPLE


def test_whoever_makes_the_archive_is_its_first_member(db):
    amina = add_first_member(name="Amina")
    entry = Entry.objects.get()

    assert first_person() == amina
    assert (entry.act, entry.subject, entry.by) == ("member.added", amina.ref, amina.ref)
    assert entry.facts == {"kind": "person"}


def test_nobody_makes_the_archive_a_second_time(cast):
    before = rows_everywhere()
    with pytest.raises(Refusal, match="has members already"):
        add_first_member(name="Eve again")

    assert rows_everywhere() == before


def test_the_ledger_names_nobody(cast):
    add_member(name="أمينة الثانية", by=cast.amina)
    written = [str(vars(entry)) for entry in Entry.objects.all()]

    assert len(written) == len(PEOPLE) + 1
    for person in Member.objects.all():
        assert not any(person.name in line for line in written)


@pytest.mark.parametrize("name", ["Boris", " Boris ", "", "Bo\u202eris"])
def test_a_name_that_is_taken_or_unfit_is_refused_and_leaves_no_trace(cast, name):
    before = rows_everywhere()
    with pytest.raises(Refusal):
        add_member(name=name, by=cast.amina)

    assert rows_everywhere() == before


def test_the_same_name_in_another_form_is_the_same_name(cast):
    add_member(name="Zoë", by=cast.amina)
    with pytest.raises(Refusal, match="already called"):
        add_member(name="Zoe\u0308", by=cast.amina)


def test_the_database_itself_refuses_the_same_name_twice_and_no_name(cast):
    for name in ("Boris", ""):
        with pytest.raises(DatabaseError), transaction.atomic():
            Member.objects.create(name=name, since=cast.amina.since)


def test_a_machine_reader_is_known_as_one(cast):
    reader = add_member(name="reader-1", kind=Kind.MACHINE, by=cast.amina)

    assert reader.is_machine
    assert not cast.boris.is_machine
    assert Entry.objects.latest("position").facts == {"kind": "machine"}


def test_a_machine_never_acts_because_nobody_was_named(db):
    amina = add_first_member(name="Amina")
    Member.objects.filter(pk=amina.pk).update(kind=Kind.MACHINE)

    with pytest.raises(NotThere, match="no member yet"):
        first_person()


def test_a_member_is_found_by_name(cast):
    assert member_called("Chidi") == cast.chidi


def test_an_unknown_name_is_answered_with_those_there_are(cast):
    with pytest.raises(NotThere, match=r"Nobody here is called “Zora”. Members: Amina, Boris"):
        member_called("Zora")


def test_a_member_is_printed_as_a_reference(cast):
    assert str(cast.amina) == cast.amina.ref
    assert len(cast.amina.ref) == 16
    assert len({member.ref for member in cast}) == len(cast)
