"""A coder fills in a sheet, completes it, and opens it again while nobody could have compared."""

import pytest

from exeunt.errors import Changed, NotThere, NotYet, NotYours, Refusal
from exeunt.ledger.models import Entry
from exeunt.members.actions import add_member
from exeunt.members.models import Kind
from exeunt.stages.coding.actions.sheets import save_sheet
from exeunt.stages.coding.models import Coding, Pass, Sheet
from exeunt.stages.coding.states import MOVES, SheetState
from exeunt.stages.narrators.models import Exit, Spell
from exeunt.studies.actions import appoint
from exeunt.studies.models import Study
from exeunt.studies.roles import Role
from tests.making.archive import acts, rows_everywhere
from tests.making.codebooks import OF_EXITS, OF_SPELLS
from tests.making.coding import Desk, a_codebook, answers, code, judgement, thing
from tests.making.counting import queries_for
from tests.making.studies import a_staffed_study
from tests.making.testimonies import row, take_in


def said(sheet: Sheet) -> dict[str, tuple[int | None, str]]:
    codings = Coding.objects.filter(reading=sheet.reading, account=sheet.account)
    return {coding.code.key: (coding.value, coding.gap) for coding in codings}


def edition(study: Study) -> int:
    return Study.objects.get(pk=study.pk).edition


def test_every_kind_of_answer_is_kept_apart(cast, desk):
    sheet = desk.save("A0001", 1, "", "unknown", by=cast.boris)

    assert said(sheet) == {"J1": (1, ""), "L1": (None, "not mentioned"), "L2": (None, "unknown")}
    assert (sheet.state, sheet.revision) == (SheetState.OPEN, 1)


def test_a_code_without_an_answer_is_neither_zero_nor_not_mentioned(cast, desk):
    assert said(desk.save("A0001", 0, None, None, by=cast.boris)) == {"J1": (0, "")}


def test_a_memo_and_notes_are_kept(cast, desk):
    sheet = desk.save("A0001", 1, by=cast.boris, memo="  Two\r\nlines. ", notes={"J1": "Twice."})

    assert sheet.memo == "Two\nlines."
    assert Coding.objects.get().note == "Twice."


def test_saving_again_replaces_what_was_said(cast, desk):
    desk.save("A0001", 1, 0, "", by=cast.boris, notes={"J1": "Twice."})
    again = desk.save("A0001", 1, 1, None, by=cast.boris, revision=1)

    assert said(again) == {"J1": (1, ""), "L1": (1, "")}
    assert again.revision == 2
    assert not Coding.objects.exclude(note="").exists()


def test_what_was_saved_is_written_down_without_what_it_says(cast, desk):
    sheet = desk.save("A0001", 1, by=cast.boris, memo="Secret")
    entry = Entry.objects.latest("position")

    assert (entry.act, entry.subject, entry.by) == ("sheet.saved", sheet.ref, cast.boris.ref)
    assert entry.facts == {
        "study": desk.study.ref,
        "of": thing("A0001", desk.study),
        "codings": 1,
        "revision": 1,
    }


def test_a_sheet_sent_twice_is_saved_once(cast, desk):
    first = desk.save("A0001", 1, 0, by=cast.boris, memo="So.")
    before = rows_everywhere()

    assert desk.save("A0001", 1, 0, by=cast.boris, memo="So.") == first
    assert rows_everywhere() == before


def test_a_completion_sent_twice_is_done_once(cast, desk):
    first = desk.complete("A0001", 1, 0, "", by=cast.boris)
    before = rows_everywhere()

    assert desk.complete("A0001", 1, 0, "", by=cast.boris) == first
    assert rows_everywhere() == before


def test_a_sheet_saved_elsewhere_meanwhile_is_shown_and_not_written_over(cast, desk):
    desk.save("A0001", 1, 0, by=cast.boris, memo="First.")
    with pytest.raises(Changed, match="saved this sheet elsewhere") as changed:
        desk.save("A0001", 0, 0, by=cast.boris, memo="Second.")

    assert changed.value.revision == 1
    assert changed.value.theirs["memo"] == "First."
    assert changed.value.theirs["value:J1"] == "1"
    assert said(Sheet.objects.get())["J1"] == (1, "")


def test_a_complete_sheet_answers_every_code(cast, desk):
    with pytest.raises(NotYet, match="2 of the codes have no answer yet"):
        desk.complete("A0001", 1, by=cast.boris)

    assert not Sheet.objects.exists()


def test_completing_counts_and_moves_the_study_on(cast, desk):
    before = edition(desk.study)
    sheet = desk.complete("A0001", 1, 0, "", by=cast.boris)

    assert (sheet.state, sheet.completed is not None) == (SheetState.COMPLETE, True)
    assert edition(desk.study) > before
    assert acts()[-2:] == ["sheet.saved", "sheet.completed"]


def test_a_complete_sheet_stays_as_it_is(cast, desk):
    desk.complete("A0001", 1, 0, "", by=cast.boris)
    with pytest.raises(NotYet, match="Open it again before you change it"):
        desk.save("A0001", 0, 0, "", by=cast.boris, revision=1)


def test_it_can_be_opened_again_while_nobody_else_has_completed(cast, desk):
    desk.complete("A0001", 1, 0, "", by=cast.boris)
    desk.save("A0001", 1, by=cast.chidi)
    sheet = desk.reopen("A0001", by=cast.boris)

    assert (sheet.state, sheet.completed) == (SheetState.OPEN, None)
    assert said(desk.complete("A0001", 0, 0, "", by=cast.boris, revision=2))["J1"] == (0, "")


def test_it_cannot_be_opened_again_once_it_could_be_compared(cast, desk):
    desk.complete("A0001", 1, 0, "", by=cast.boris)
    desk.complete("A0001", 1, 1, "", by=cast.chidi)
    for coder in (cast.boris, cast.chidi):
        with pytest.raises(NotYet, match="Another reader has completed this one too"):
            desk.reopen("A0001", by=coder)


def test_a_third_reader_does_not_let_the_others_change_what_they_have_seen(cast, desk):
    desk.complete("A0001", 1, 0, "", by=cast.boris)
    desk.complete("A0001", 1, 1, "", by=cast.chidi)
    appoint(study=desk.study, member=cast.dana, role=Role.CODER, by=cast.amina)
    desk.save("A0001", 1, by=cast.dana)

    with pytest.raises(NotYet, match="Another reader has completed"):
        desk.reopen("A0001", by=cast.boris)


def test_a_sheet_that_is_open_cannot_be_opened(cast, desk):
    desk.save("A0001", 1, by=cast.boris)
    with pytest.raises(NotYet, match="nothing to open again"):
        desk.reopen("A0001", by=cast.boris)


def test_the_moves_are_the_ones_that_actions_make():
    assert {(a, b) for a, targets in MOVES.items() for b in targets} == {
        (SheetState.OPEN, SheetState.COMPLETE),
        (SheetState.COMPLETE, SheetState.OPEN),
    }


# --- who, and what ------------------------------------------------------------------------------


def test_only_coders_code(cast, desk):
    before = rows_everywhere()
    for member in (cast.amina, *cast[3:]):
        for act in (desk.save, desk.complete):
            with pytest.raises(NotYours, match="You may not code accounts"):
                act("A0001", 1, 0, "", by=member)
        with pytest.raises(NotYours, match="You may not code accounts"):
            desk.reopen("A0001", by=member)

    assert rows_everywhere() == before


def test_a_machine_fills_in_no_sheet(cast, desk):
    machine = add_member(name="reader-1", kind=Kind.MACHINE, by=cast.amina)
    appoint(study=desk.study, member=machine, role=Role.CODER, by=cast.amina)
    with pytest.raises(NotYours, match="A machine reader does not fill in sheets"):
        desk.save("A0001", 1, by=machine)


def save_there(desk: Desk, ref: str, *, by) -> Sheet:
    return save_sheet(
        study=desk.study, version=desk.version, ref=ref, answers=answers(1), revision=0, by=by
    )


def test_an_account_of_another_study_is_not_there(cast, desk, tmp_path):
    other = a_staffed_study(cast, "other")
    take_in([row("A0001")], tmp_path, study=other, cast=cast)
    with pytest.raises(NotThere, match="There is nothing here"):
        save_there(desk, thing("A0001", other), by=cast.boris)


@pytest.mark.parametrize(
    ("cells", "more", "sentence"),
    [
        ((7,), {}, "outside the scale"),
        ((1,), {"notes": {"L1": "Why?"}}, "“L1” has a note and no answer"),
        ((1,), {"notes": {"X": "Why?"}}, "There is no code “X”"),
        ((1,), {"memo": "a\x00b"}, "A memo holds a hidden character"),
        ((1,), {"memo": "a\u202eb"}, "A memo holds a hidden character"),
        ((1,), {"notes": {"J1": "x" * 5001}}, "A note has at most 5000 characters"),
    ],
    ids=["a value", "a note alone", "a code", "a null", "an override", "a long note"],
)
def test_what_cannot_be_kept_is_refused_whole(cast, desk, cells, more, sentence):
    before = rows_everywhere()
    with pytest.raises(Refusal, match=sentence):
        desk.save("A0001", *cells, by=cast.boris, **more)

    assert rows_everywhere() == before


def test_saving_asks_as_often_for_one_code_as_for_three(cast, desk):
    one = queries_for(lambda: desk.save("A0001", 1, by=cast.boris))
    three = queries_for(lambda: desk.save("A0002", 1, 0, "", by=cast.boris))

    assert one - three in {2, 3}  # the pass begins with the first sheet


@pytest.mark.parametrize(
    ("codebook", "model", "field"),
    [(OF_EXITS, Exit, "exit"), (OF_SPELLS, Spell, "spell")],
    ids=["exits", "spells"],
)
def test_exits_and_spells_are_judged_where_the_codebook_says_so(
    cast, study, captures, tmp_path, codebook, model, field
):
    take_in([row("A1", narrator="N1", group_left="IS")], tmp_path, study=study, cast=cast)
    desk = Desk(study, a_codebook(study, cast, codebook))
    sheet = save_there(desk, thing("A1", study, model), by=cast.boris)

    assert getattr(sheet, field) == model.objects.get()
    assert getattr(Coding.objects.get(), field) == model.objects.get()


# --- imports ------------------------------------------------------------------------------------


def test_an_import_completes_a_sheet_for_each_account_of_each_coder(cast, desk, tmp_path):
    rows = [
        judgement("A0001", "J1"),
        judgement("A0001", "L1"),
        judgement("A0002", "L1"),
        judgement("A0002", "L2", coder="Chidi", target="exit"),
    ]
    code(rows, tmp_path, study=desk.study, cast=cast)
    there = Sheet.objects.order_by("reading__coder__name", "account")

    assert list(there.values_list("reading__coder__name", "account__label", "state")) == [
        ("Boris", "A0001", "complete"),
        ("Boris", "A0002", "complete"),
        ("Chidi", "A0002", "complete"),
    ]


def test_a_later_import_leaves_a_sheet_open_that_its_coder_has_open(cast, desk, tmp_path):
    desk.save("A0001", 1, by=cast.boris)
    rows = [judgement("A0001", "L1"), judgement("A0002", "L1")]
    code(rows, tmp_path, study=desk.study, cast=cast)

    assert dict(Sheet.objects.values_list("account__label", "state")) == {
        "A0001": "open",
        "A0002": "complete",
    }
    assert Pass.objects.count() == 1
