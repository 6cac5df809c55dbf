"""Erasing and holding from the command line."""

import pytest
from click.testing import CliRunner

from exeunt.archive.opening import opened
from exeunt.cli.guide import exeunt
from exeunt.members.actions import add_member
from exeunt.members.queries import first_person
from exeunt.stages.narrators.models import Narrator
from exeunt.studies.actions import appoint
from exeunt.studies.queries import study_called
from exeunt.studies.roles import Role
from tests.archive.folders import ledger_acts, rows_in
from tests.cli.terminal import done, misused, refused, told
from tools.keeping import PASSPHRASE, ref_of

ERASED = "SELECT count(*) FROM narrators_narrator WHERE label = 'N-1'"


@pytest.fixture
def at(kept):
    """The archive, with Lina as its legal reviewer."""
    with opened(kept.archive):
        amina = first_person()
        study = study_called(None, by=amina)
        lina = add_member(name="Lina", by=amina)
        appoint(study=study, member=lina, role=Role.LEGAL_REVIEWER, by=amina)
    return kept.archive


def erasing(at, *words, typed=PASSPHRASE):
    """Erase as Dana, her passphrase coming from standard input."""
    environment = {"EXEUNT_ARCHIVE": str(at), "EXEUNT_MEMBER": "Dana"}
    return CliRunner().invoke(exeunt, ["erase", *words], env=environment, input=f"{typed}\n")


def test_somebody_is_erased_by_label_and_it_is_said_what_went_and_what_stays(at):
    result = erasing(at, "N-1", "--yes")

    assert result.exit_code == 0, result.output
    assert "sealed raw texts" in result.stdout
    assert "A restore erases them again" in result.stdout
    assert f"N-1 is erased, known in the ledger as {ref_of(1)}" in result.stdout
    assert "NOT EXPECTED" not in result.stdout
    assert rows_in(at, ERASED) == [(0,)]


def test_looking_first_changes_nothing(at):
    result = erasing(at, "N-1", "--dry-run")

    assert "Nothing was changed." in result.stdout
    assert rows_in(at, ERASED) == [(1,)]
    assert "narrator.erased" not in ledger_acts(at)


def test_without_a_yes_nothing_is_erased(at):
    assert erasing(at, "N-1").exit_code != 0
    assert rows_in(at, ERASED) == [(1,)]


def test_run_again_with_the_reference_it_says_that_it_is_done(at):
    erasing(at, "N-1", "--yes")

    said = done("erase", ref_of(1), at=at, as_="Dana")

    assert said.strip().endswith("the disk is clean.")


def test_whoever_is_not_there_is_not_there(at):
    assert refused("erase", "N-99", at=at, as_="Dana") == "There is nothing here."


def test_a_wrong_passphrase_erases_nobody(at):
    result = erasing(at, "N-1", "--yes", typed="not this one at all")

    assert result.exit_code == 1
    assert "The vault did not open" in result.stderr
    assert rows_in(at, ERASED) == [(1,)]


def test_a_narrator_or_a_copy_is_to_be_named(at):
    assert "Name a narrator" in misused("erase", at=at)


def test_a_hold_is_placed_listed_blocks_and_is_lifted(at):
    done("hold", "place", "Court of Elm, 12/26", "--narrator", "N-1", at=at, as_="Lina")
    assert "legal hold stands on this narrator" in erasing(at, "N-1", "--yes").stderr

    (hold,) = told("hold", "list", at=at, as_="Dana")
    assert (hold["on"], hold["ordered by"]) == ("N-1", "Court of Elm, 12/26")
    done("hold", "lift", hold["hold"], at=at, as_="Lina")

    assert erasing(at, "N-1", "--yes").exit_code == 0


def test_a_hold_stands_on_the_whole_study_where_nobody_is_named(at):
    said = done("hold", "place", "Elm 13", at=at, as_="Lina")

    assert "stands on the whole study" in said


def test_only_a_legal_reviewer_places_a_hold(at):
    assert "legal reviewer" in refused("hold", "place", "Elm 13", at=at, as_="Dana")


def test_a_copy_that_is_not_there_is_not_taken_away(at):
    assert "nothing here" in refused("erase", "--copy", "abcdef", "--yes", at=at, as_="Dana")


def test_nobody_else_learns_that_there_are_holds(at):
    with opened(at):
        assert Narrator.objects.count() == 5
        boris = add_member(name="Boris", by=first_person())
        study = study_called(None, by=first_person())
        appoint(study=study, member=boris, role=Role.CODER, by=first_person())

    assert "legal holds" in refused("hold", "list", at=at, as_="Boris")


def test_an_archive_is_handed_over_and_its_server_key_goes(at):
    with opened(at):
        add_member(name="Nadia", by=first_person())
    (at / "server.key").write_bytes(b"x" * 32)
    hands = ("--to", "Nadia", "--from", "Amina")

    looked = done("handover", *hands, "--dry-run", at=at, as_="Amina")
    assert "Nadia becomes lead of entrusted." in looked
    assert (at / "server.key").exists()

    said = done("handover", *hands, "--yes", at=at, as_="Amina")

    assert "exeunt member link Nadia --as Nadia" in said
    assert not (at / "server.key").exists()
    assert "archive.handed-over" in ledger_acts(at)


def test_a_handover_that_leaves_nobody_in_charge_is_refused(at):
    sentence = refused("handover", "--from", "Amina", "--yes", at=at, as_="Amina")

    assert "Nobody would lead “entrusted” any more" in sentence
