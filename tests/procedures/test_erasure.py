"""Erasing a narrator: keys, then rows; what blocks it, what is interrupted, what stays."""

import pytest

from exeunt.errors import NotYet, NotYours, Refusal
from exeunt.ledger.models import Entry
from exeunt.ledger.references import new_reference
from exeunt.procedures import erasure
from exeunt.procedures.erasure.cleaning import clean_archive
from exeunt.procedures.erasure.touching import what_erasure_touches
from exeunt.stages.coding.actions.searches import keep_search
from exeunt.stages.coding.models import Adjudication, Coding, Search, Sheet
from exeunt.stages.coding.rules.seeking import seeking_in
from exeunt.stages.findings.actions.answers import answer
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.models import Answer
from exeunt.stages.narrators.actions.holds import lift_hold, place_hold
from exeunt.stages.narrators.models import Group, Narrator
from exeunt.stages.sources.models import Capture, Source
from exeunt.stages.testimonies.models import Account, SearchWords, TextVersion
from exeunt.vault.erasures import erased_in, read_list, tag_of
from exeunt.vault.models import Book, Person, Sealed, Text, Wrap
from exeunt.vault.room import open_book
from exeunt.vault.states import Purpose, Reason
from tests.making.archive import rows_everywhere
from tests.making.erasing import two_entrusted
from tests.making.studies import with_protocol
from tests.making.testimonies import row, search_index, take_in


@pytest.fixture
def kept(cast, study, captures, vault, settings):
    """An entrusted study with two narrators, coded; the vault is at hand."""
    settings.EXEUNT_INCOMING = str(captures.parent / "incoming")
    return two_entrusted(study, vault, cast)


def erase(kept, **more):
    """Erase the first narrator as Dana."""
    facts = {"narrator": kept.first.narrator, "keys": kept.vault.keys(), "by": kept.vault.dana}
    return erasure.erase_narrator(**(facts | more))


def list_of(kept):
    """Read the erasure list."""
    vault = kept.vault.founded.vault
    return read_list(kept.vault.erasures, public=bytes(vault.signs_with))


# --- what goes -----------------------------------------------------------------------------------


def test_nothing_of_the_narrator_is_left_in_any_table_of_the_archive(kept):
    erase(kept)

    ours = {"study": kept.study}
    assert list(Narrator.objects.filter(**ours)) == [kept.second.narrator]
    assert list(Account.objects.filter(**ours)) == [kept.second.account]
    assert list(Source.objects.filter(**ours)) == [kept.second.account.source]
    assert set(TextVersion.objects.values_list("account", flat=True)) == {kept.second.account.pk}
    assert set(SearchWords.objects.values_list("account", flat=True)) == {kept.second.account.pk}
    assert set(Coding.objects.values_list("account", flat=True)) == {kept.second.account.pk}
    assert set(Sheet.objects.values_list("account", flat=True)) == {kept.second.account.pk}
    assert not Adjudication.objects.exists()


def test_the_group_that_only_this_narrator_named_goes_and_the_others_stay(kept):
    erase(kept)

    assert list(Group.objects.values_list("name", flat=True)) == ["Lodge of N-second"]


def test_no_word_of_the_narrator_is_left_in_the_search_index(kept):
    assert b"first" in search_index()

    erase(kept)

    assert b"first" not in search_index()
    assert b"second" in search_index()


def test_kept_searches_for_words_go_and_those_for_codes_stay(kept):
    for title, asked in (("By words", {"q": "first"}), ("By codes", {"code": "L1"})):
        keep_search(
            study=kept.study,
            title=title,
            seeking=seeking_in(asked),
            ref=new_reference(),
            by=kept.cast.boris,
        )
    erase(kept)

    assert list(Search.objects.values_list("title", flat=True)) == ["By codes"]


def test_the_keys_the_records_the_text_and_the_file_are_destroyed(kept):
    wraps = Wrap.objects.filter(purpose=Purpose.PERSON).count()
    before = (Person.objects.count(), Text.objects.count(), len(list(kept.vault.sealed.iterdir())))

    done = erase(kept)

    assert before == (2, 2, 2)
    assert Wrap.objects.filter(purpose=Purpose.PERSON).count() == wraps // 2
    assert (Person.objects.count(), Text.objects.count()) == (1, 1)
    assert len(list(kept.vault.sealed.iterdir())) == 1
    assert Sealed.objects.exclude(person=Person.objects.get()).count() == 0
    assert done.sealed.records == 6


def test_the_book_forgets_whom_only_this_narrator_named_and_gets_another_key(kept):
    before = Book.objects.get().key_version
    entities = open_book(study=kept.study.ref, keys=kept.vault.keys()).content["entities"]

    erase(kept)

    after = open_book(study=kept.study.ref, keys=kept.vault.keys()).content["entities"]
    assert Book.objects.get().key_version == before + 1
    assert kept.first.account.source.ref not in str(after)
    assert kept.first.narrator.ref not in str(after)
    assert len(after) <= len(entities)


def test_the_other_narrator_is_as_they_were(kept):
    erase(kept)

    touched = what_erasure_touches(
        narrator=kept.second.narrator, keys=kept.vault.keys(), by=kept.vault.dana
    )
    counts = {str(line.what): line.amount for line in touched.going}
    assert counts["sealed raw texts"] == 1
    assert counts["accounts"] == 1
    assert counts["judgements of coders, with their notes"] == 6


def test_kept_answers_go_for_a_small_number_in_them_may_show_one_person(kept):
    answer(study=kept.study, version=kept.version, question=Question(), by=kept.cast.amina)

    erase(kept)

    assert not Answer.objects.exists()


def test_answers_are_older_than_the_study_afterwards(kept):
    edition = kept.study.edition
    kept.study.refresh_from_db()
    before = max(edition, kept.study.edition)

    erase(kept)

    kept.study.refresh_from_db()
    assert kept.study.edition > before


# --- what is said and written down ---------------------------------------------------------------


def test_the_erasure_list_holds_the_narrator_before_anything_is_destroyed(kept):
    erase(kept)

    tag = tag_of(kept.vault.founded.vault.ref, kept.first.narrator.ref)
    assert erased_in(list_of(kept)) == {tag}


def test_the_ledger_holds_the_checkpoint_of_the_list_and_counts_but_no_word(kept):
    done = erase(kept)

    entry = Entry.objects.get(act="narrator.erased")
    assert entry.facts["list"] == done.listed
    assert (entry.facts["accounts"], entry.facts["codings"]) == (1, 6)
    assert entry.subject == kept.first.narrator.ref


def test_the_vaults_ledger_says_that_somebody_was_erased_and_not_who(kept):
    erase(kept)

    entry = Entry.objects.using("vault").get(act="person.erased")
    assert kept.first.narrator.ref not in str(entry.__dict__)
    assert len(entry.facts["nonce"]) == 16


def test_looking_first_lists_it_all_and_changes_nothing_but_a_note_in_the_vault(kept):
    before, keys = rows_everywhere(), kept.vault.keys()

    touched = what_erasure_touches(narrator=kept.first.narrator, keys=keys, by=kept.vault.dana)

    counts = {str(line.what): line.amount for line in touched.going}
    assert counts["sealed files"] == 1
    assert counts["sheets, with their memos"] == 2
    assert counts["settled codes, with their reasons"] == 1
    assert "backups" in {str(line.what) for line in touched.left}
    assert rows_everywhere() == before
    assert erased_in(list_of(kept)) == frozenset()


# --- what blocks it ------------------------------------------------------------------------------


@pytest.mark.parametrize("whole", [False, True], ids=["on the narrator", "on the whole study"])
def test_a_legal_hold_blocks_it_and_says_whose_and_what_would_change_it(kept, whole):
    on = {False: kept.first.narrator, True: None}[whole]
    hold = place_hold(
        study=kept.study, narrator=on, reference="Court of Elm, 12/26", by=kept.cast.lina
    )

    with pytest.raises(NotYet, match=r"“Court of Elm, 12/26”, placed by Lina on 2026-03-02"):
        erase(kept)
    assert erased_in(list_of(kept)) == frozenset()

    lift_hold(hold=hold, by=kept.cast.lina)
    erase(kept)
    assert not Narrator.objects.filter(ref=kept.first.narrator.ref).exists()


def test_a_hold_on_somebody_else_does_not_block_it(kept):
    place_hold(
        study=kept.study, narrator=kept.second.narrator, reference="Elm 13", by=kept.cast.lina
    )

    erase(kept)

    assert Narrator.objects.count() == 1


@pytest.mark.parametrize("who", ["amina", "boris", "lina", "eve"])
def test_nobody_but_a_custodian_erases(kept, who):
    with pytest.raises(NotYours):
        erase(kept, by=getattr(kept.cast, who))


def test_with_the_vault_shut_nobody_is_erased_who_may_have_something_in_it(kept):
    with pytest.raises(NotYet, match="it takes the vault to erase them"):
        erase(kept, keys=None)


def test_a_list_that_is_missing_refuses_before_anything_is_done(kept):
    keys, before = kept.vault.keys(), rows_everywhere()
    kept.vault.erasures.unlink()

    with pytest.raises(Refusal, match="cannot be read"):
        erase(kept, keys=keys)

    assert rows_everywhere() == before


def test_a_list_that_was_cut_since_the_last_erasure_refuses(kept):
    lines = kept.vault.erasures.read_bytes().splitlines(keepends=True)
    erase(kept)
    kept.vault.erasures.write_bytes(lines[0])

    with pytest.raises(Refusal, match="is older than"):
        erase(kept, narrator=kept.second.narrator)


# --- the public record ---------------------------------------------------------------------------


@pytest.fixture
def public(cast, study, captures, tmp_path):
    """A study of public accounts from one table, two of them by one narrator."""
    with_protocol(study, cast)
    rows = [
        row("A1", provenance="public record", narrator="N1", text="The lamps of Sorrel Street."),
        row("A2", provenance="public record", narrator="N1", citation="A cited invented paper."),
        row("A3", provenance="public record", narrator="N2", text="The bridge over the Brimmel."),
    ]
    sent = tmp_path.parent / f"{tmp_path.name}-sent"
    sent.mkdir()
    take_in(rows, sent, study=study, cast=cast)
    return study


def test_a_narrator_of_the_public_record_is_erased_without_a_vault(public, cast):
    narrator = Narrator.objects.get(label="N1")

    done = erasure.erase_narrator(narrator=narrator, keys=None, by=cast.dana)

    assert (done.rows["accounts"], done.rows["sources"], done.listed) == (2, 1, "")
    assert list(Account.objects.values_list("label", flat=True)) == ["A3"]


def test_the_copy_of_a_table_stays_with_the_row_and_that_is_said(public, cast):
    narrator = Narrator.objects.get(label="N1")

    touched = what_erasure_touches(narrator=narrator, keys=None, by=cast.dana)
    done = erasure.erase_narrator(narrator=narrator, keys=None, by=cast.dana)

    left = {str(line.what): line.amount for line in touched.left}
    assert left["copies of tables that hold others too"] == 1
    assert {found.of_others for found in done.proof.found} == {True}
    assert done.proof.unexpected == ()


def test_a_whole_copy_can_be_taken_away(public, cast, captures):
    capture = Capture.objects.get()

    erasure.erase_copy_called(capture.digest[:12], study=public, by=cast.dana)

    assert list(captures.iterdir()) == []
    assert not Capture.objects.exists()
    assert Source.objects.filter(kind="table").exists()
    assert Entry.objects.filter(act="capture.erased").count() == 1


def test_the_last_narrator_of_a_table_takes_the_table_and_its_copy_along(public, cast, captures):
    for narrator in Narrator.objects.all():
        erasure.erase_narrator(narrator=narrator, keys=None, by=cast.dana)

    assert not Source.objects.exists()
    assert list(captures.iterdir()) == []


def test_what_was_sent_and_not_taken_in_goes_too(public, cast, captures, settings):
    incoming = captures.parent / "incoming"
    incoming.mkdir()
    settings.EXEUNT_INCOMING = str(incoming)
    (incoming / "0123456789abcdef.csv").write_text("account_id,text\nA1,The lamps\n")

    narrator = Narrator.objects.get(label="N1")
    erasure.erase_narrator(narrator=narrator, keys=None, by=cast.dana)

    assert list(incoming.iterdir()) == []


def test_the_vault_may_be_open_for_it_to_stand_in_the_list(public, cast, vault):
    narrator = Narrator.objects.get(label="N1")

    done = erasure.erase_narrator(
        narrator=narrator, keys=vault.opened(Reason.ERASURE), by=cast.dana
    )

    assert done.listed.startswith("2:")
    assert done.sealed.records == 0


# --- the disk ------------------------------------------------------------------------------------


@pytest.mark.database
def test_outside_of_a_transaction_the_disk_can_be_cleaned(django_db_setup, django_db_blocker):
    """On a server every touched table is written anew, which no transaction may hold."""
    with django_db_blocker.unblock():
        assert clean_archive()


def test_inside_of_a_transaction_it_cannot_and_says_so(db):
    assert not clean_archive()
