"""Who somebody is: sealed, opened for a reason, corrected by one custodian at a time."""

import pytest

from exeunt.errors import Changed, NotThere, NotYet
from exeunt.ledger.models import Entry
from exeunt.vault.actions.people import edit_record, open_record
from exeunt.vault.models import Sealed
from exeunt.vault.states import Reason, Record
from tests.making.vault import a_person

NARRATOR = "a" * 16


def test_what_was_sealed_is_opened_again(vault):
    a_person(vault, NARRATOR)

    opened = open_record(narrator=NARRATOR, record=Record.NAMES, keys=vault.opened(), by=vault.dana)

    assert opened.content["name"] == "Rahma Testwell"
    assert opened.revision == 1


def test_every_person_has_every_record_and_all_look_alike(vault):
    a_person(vault, NARRATOR)

    assert Sealed.objects.count() == len(Record)
    lengths = {(sealed.record, len(bytes(sealed.content))) for sealed in Sealed.objects.all()}
    assert len(lengths) == len(Record)


def test_nobody_else_is_there(vault):
    with pytest.raises(NotThere):
        open_record(narrator="b" * 16, record=Record.NAMES, keys=vault.opened(), by=vault.dana)


def test_opening_is_written_down_in_the_vaults_own_ledger_without_saying_whose(vault):
    a_person(vault, NARRATOR)
    open_record(narrator=NARRATOR, record=Record.NAMES, keys=vault.opened(), by=vault.dana)

    entry = Entry.objects.using("vault").order_by("-position").first()
    assert (entry.act, entry.facts["record"]) == ("record.opened", "names")
    assert entry.facts["reason"] == "masking"
    assert NARRATOR not in str(entry.__dict__)


def test_the_archives_ledger_holds_the_root_of_the_vaults(vault):
    a_person(vault, NARRATOR)

    last = Entry.objects.order_by("-position").first()
    assert last.act == "vault.anchored"
    assert last.facts["entries"] == Entry.objects.using("vault").count()


def test_two_custodians_who_change_one_record_are_told(vault):
    a_person(vault, NARRATOR)
    keys = vault.opened()
    edit = {"narrator": NARRATOR, "record": Record.NAMES, "keys": keys, "by": vault.dana}
    edit_record(content={"name": "Rahma Other"}, revision=1, **edit)

    with pytest.raises(Changed) as refused:
        edit_record(content={"name": "Rahma Third"}, revision=1, **edit)

    assert refused.value.theirs["name"] == "Rahma Other"


def test_as_many_people_are_opened_as_the_reason_allows(vault):
    for number in range(3):
        a_person(vault, f"{number:016x}")
    keys = vault.opened(Reason.ACCESS_REQUEST)
    for number in (0, 1, 0):
        open_record(narrator=f"{number:016x}", record=Record.NAMES, keys=keys, by=vault.dana)

    with pytest.raises(NotYet, match="2 people's records may be opened"):
        open_record(narrator=f"{2:016x}", record=Record.NAMES, keys=keys, by=vault.dana)
