"""A coder marks a text act by act; each is kept at once, and doing it twice changes nothing."""

import pytest

from exeunt.errors import NotThere, NotYet, NotYours, Refusal
from exeunt.ledger.models import Entry
from exeunt.members.actions import add_member
from exeunt.members.models import Kind
from exeunt.stages.coding.actions.texts import propose_code
from exeunt.stages.coding.models import Code, Coding, Excerpt, Memo, Sheet
from exeunt.stages.coding.rules.marking import Act
from exeunt.stages.coding.rules.sheets import check_reads_texts
from exeunt.stages.coding.states import Do, SheetState, Target
from exeunt.stages.testimonies.actions.by_hand import edit_account
from exeunt.stages.testimonies.models import TextVersion
from exeunt.stages.testimonies.queries.account import words_of
from exeunt.studies.actions import appoint
from exeunt.studies.models import Study
from exeunt.studies.roles import Role
from tests.making.archive import rows_everywhere
from tests.making.codebooks import BINARY, GRADED_EXCERPTS
from tests.making.counting import queries_for
from tests.making.marking import TOLD, Reading, a_reading
from tests.people import Cast

MONEY, CARS = "the money was for the widows", "Then I saw the cars."


@pytest.fixture
def reading(study, cast, captures) -> Reading:
    return a_reading(study, cast)


def corrected(reading: Reading, text: str, cast: Cast) -> None:
    account = reading.account
    account.refresh_from_db()
    edit_account(
        account=account,
        revision=account.revision,
        words={**words_of(account), "text": text},
        by=cast.amina,
    )


def test_words_are_marked_with_several_codes_and_stretches_overlap(reading, cast):
    reading.mark(MONEY, "L1", by=cast.boris)
    reading.mark(MONEY, "L2", by=cast.boris)
    reading.mark("widows", "L2", by=cast.boris)

    assert reading.said(by=cast.boris) == {
        (MONEY, "L1"): (1, ""),
        (MONEY, "L2"): (1, ""),
        ("widows", "L2"): (1, ""),
    }
    assert Excerpt.objects.count() == 2


def test_places_count_code_points_also_behind_a_sign_of_two_units(reading, cast):
    reading.mark("بعد ذلك رحلت", "L1", by=cast.boris)

    start = TOLD.index("بعد")
    mark = reading.seen(by=cast.boris).marks[0]
    assert (mark.start, mark.end) == (start, start + 12)


def test_a_batch_sent_again_changes_nothing(reading, cast):
    first = reading.mark(MONEY, "L1", by=cast.boris, note="Irony.")
    before = rows_everywhere()
    again = reading.mark(MONEY, "L1", by=cast.boris, note="Irony.")

    assert rows_everywhere() == before
    assert (first.revision, again.revision, again.behind) == (1, 1, True)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("", (1, "")),
        ("2", (2, "")),
        ("0", (0, "")),
        ("-99", (None, "unknown")),
        ("not applicable", (None, "not applicable")),
    ],
    ids=["the lowest that says yes", "a grade", "said not to be", "a number for unknown", "a gap"],
)
def test_a_mark_says_a_value_of_the_scale_or_why_there_is_none(study, cast, captures, cell, said):
    reading = a_reading(study, cast, codebook=GRADED_EXCERPTS)
    reading.mark(MONEY, "L1", value=cell, by=cast.boris)

    assert reading.said(by=cast.boris) == {(MONEY, "L1"): said}


def test_another_value_replaces_the_one_before(reading, cast):
    reading.mark(MONEY, "L1", by=cast.boris)
    saved = reading.mark(MONEY, "L1", value="unknown", by=cast.boris)

    assert reading.said(by=cast.boris) == {(MONEY, "L1"): (None, "unknown")}
    assert saved.revision == 2


def test_a_code_is_taken_off_and_an_excerpt_that_says_nothing_is_gone(reading, cast):
    reading.mark(MONEY, "L1", by=cast.boris)
    reading.unmark(MONEY, "L1", by=cast.boris)

    assert not Coding.objects.exists()
    assert not Excerpt.objects.exists()


def test_an_excerpt_stays_as_long_as_another_coder_has_marked_it(reading, cast):
    reading.mark(MONEY, "L1", by=cast.boris)
    reading.mark(MONEY, "L1", by=cast.chidi)
    reading.unmark(MONEY, "L1", by=cast.boris)

    assert reading.said(by=cast.chidi) == {(MONEY, "L1"): (1, "")}
    assert Excerpt.objects.count() == 1


def test_bounds_are_moved_with_every_code_and_the_memo_of_one_coder_only(reading, cast):
    reading.mark("widows", "L1", by=cast.boris)
    reading.mark("widows", "L2", by=cast.boris)
    reading.note("widows", "Whose?", by=cast.boris)
    reading.mark("widows", "L1", by=cast.chidi)
    reading.move("widows", "the widows", by=cast.boris)

    assert reading.said(by=cast.boris) == {
        ("the widows", "L1"): (1, ""),
        ("the widows", "L2"): (1, ""),
    }
    assert reading.said(by=cast.chidi) == {("widows", "L1"): (1, "")}
    assert Memo.objects.get().excerpt == Excerpt.objects.get(
        end=reading.place("widows")[1], start=reading.place("the widows")[0]
    )


def test_what_stands_where_an_excerpt_is_moved_stays(reading, cast):
    reading.mark("widows", "L1", value="0", by=cast.boris)
    reading.mark("the widows", "L1", by=cast.boris)
    reading.move("widows", "the widows", by=cast.boris)

    assert reading.said(by=cast.boris) == {("the widows", "L1"): (1, "")}


def test_a_memo_is_kept_changed_and_taken_away(reading, cast):
    reading.note(CARS, "  Is this\r\nirony? ", by=cast.boris)
    assert Memo.objects.get().words == "Is this\nirony?"

    reading.note(CARS, "It is.", by=cast.boris)
    assert [memo.words for memo in reading.seen(by=cast.boris).memos] == ["It is."]

    reading.note(CARS, "", by=cast.boris)
    assert not Memo.objects.exists()
    assert not Excerpt.objects.exists()


def test_acts_are_done_together_or_not_at_all(reading, cast):
    with pytest.raises(Refusal, match="no code “X9”"):
        reading.do(
            Act(Do.MARK, *reading.place(MONEY), "L1"),
            Act(Do.MARK, *reading.place(MONEY), "X9"),
            by=cast.boris,
        )
    assert not Coding.objects.exists()
    assert not Sheet.objects.exists()


def test_a_page_is_told_when_another_tab_came_between(reading, cast):
    first = reading.mark(MONEY, "L1", by=cast.boris)
    act = Act(Do.MARK, *reading.place(CARS), "L2")

    assert not reading.do(act, by=cast.boris, revision=first.revision).behind
    act = Act(Do.MARK, *reading.place("cars"), "L2")
    assert reading.do(act, by=cast.boris, revision=first.revision).behind


@pytest.mark.parametrize(
    ("start", "end", "says"),
    [
        (5, 5, "holds none"),
        (7, 5, "holds none"),
        (0, len(TOLD) + 1, f"has {len(TOLD)} characters"),
    ],
    ids=["empty", "the wrong way round", "beyond the text"],
)
def test_a_stretch_outside_the_text_is_refused(reading, cast, start, end, says):
    with pytest.raises(Refusal, match=says):
        reading.do(Act(Do.MARK, start, end, "L1"), by=cast.boris)


def test_what_was_not_mentioned_is_not_marked(reading, cast):
    with pytest.raises(Refusal, match="take the code off"):
        reading.mark(MONEY, "L1", value="not mentioned", by=cast.boris)


def test_a_value_outside_the_scale_is_refused(reading, cast):
    with pytest.raises(Refusal, match="outside the scale"):
        reading.mark(MONEY, "L1", value="7", by=cast.boris)


def test_a_text_corrected_meanwhile_is_opened_again_first(reading, cast):
    corrected(reading, TOLD.replace("cars", "cars and the villas"), cast)

    with pytest.raises(NotYet, match="Open the page again"):
        reading.do(Act(Do.MARK, 0, 4, "L1"), by=cast.boris, text=1)


def test_a_text_that_nobody_has_compared_with_its_source_is_not_read(reading, cast):
    TextVersion.objects.update(confirmed=None)

    with pytest.raises(NotYet, match="compared this text with its source"):
        reading.mark(MONEY, "L1", by=cast.boris)


def test_exits_are_judged_on_sheets_and_their_texts_marked_with_another_codebook():
    with pytest.raises(Refusal, match="codebook of exits"):
        check_reads_texts(Target.EXIT, "exits@1")


def test_only_coders_mark_and_no_machine_does(reading, cast):
    with pytest.raises(NotYours):
        reading.mark(MONEY, "L1", by=cast.edda)
    robot = add_member(name="Robot", kind=Kind.MACHINE, by=cast.amina)
    appoint(study=reading.study, member=robot, role=Role.CODER, by=cast.amina)
    with pytest.raises(NotYours, match="machine"):
        reading.mark(MONEY, "L1", by=robot)


def test_a_text_of_another_study_is_not_there(reading, cast):
    with pytest.raises(NotThere):
        reading._replace(account=type(reading.account)(ref="0" * 16), version=reading.version).do(
            Act(Do.MARK, 0, 4, "L1"), by=cast.boris, text=1
        )


def test_a_complete_reading_is_not_marked_any_more(reading, cast):
    reading.mark(MONEY, "L1", by=cast.boris)
    sheet = reading.complete(by=cast.boris)

    assert sheet.state == SheetState.COMPLETE
    with pytest.raises(NotYet, match="complete"):
        reading.unmark(MONEY, "L1", by=cast.boris)


def test_a_text_in_which_nothing_was_found_is_completed_too(reading, cast):
    assert reading.complete(by=cast.boris).state == SheetState.COMPLETE


def test_a_codebook_that_asks_about_the_account_is_completed_on_its_sheet(study, cast, captures):
    reading = a_reading(study, cast, codebook=BINARY)
    reading.mark(MONEY, "L1", by=cast.boris)

    with pytest.raises(NotYet, match="on the sheet"):
        reading.complete(by=cast.boris)


def test_what_was_done_is_written_down_without_what_it_says(reading, cast):
    reading.mark(MONEY, "L1", by=cast.boris, note="Secret.")
    entry = Entry.objects.latest("position")

    assert (entry.act, entry.by) == ("text.marked", cast.boris.ref)
    assert entry.facts == {
        "study": reading.study.ref,
        "of": reading.account.ref,
        "revision": 1,
        "marked": 1,
        "taken_off": 0,
        "moved": 0,
        "noted": 0,
    }


def test_a_study_is_another_when_a_reading_begins_and_not_at_every_mark(reading, cast):
    reading.mark(MONEY, "L1", by=cast.boris)
    edition = Study.objects.get(pk=reading.study.pk).edition
    reading.mark(CARS, "L2", by=cast.boris)

    assert Study.objects.get(pk=reading.study.pk).edition == edition


def test_marking_asks_for_as_much_in_a_long_text_as_in_a_short_one(study, cast, captures):
    short = a_reading(study, cast)
    long = Reading(
        study,
        short.version,
        a_reading(study, cast, text="On and on. " * 5000, codebook=GRADED_EXCERPTS).account,
    )
    for reading in (short, long):
        reading.do(Act(Do.MARK, 0, 4, "L1"), by=cast.boris)

    def once_more(reading: Reading) -> int:
        return queries_for(lambda: reading.do(Act(Do.MARK, 5, 9, "L1"), by=cast.boris, text=1))

    assert once_more(short) == once_more(long)


# --- codes that are missing ----------------------------------------------------------------------


def test_a_code_on_the_spot_marks_excerpts_of_its_coder_and_is_nobody_elses(reading, cast):
    code = propose_code(study=reading.study, version=reading.version, label="Shame", by=cast.boris)
    reading.mark(CARS, code.key, by=cast.boris)

    assert code.key.startswith("new-")
    assert reading.said(by=cast.boris) == {(CARS, code.key): (1, "")}
    assert not Code.objects.filter(key=code.key).exists()
    with pytest.raises(Refusal, match="no code"):
        reading.mark(CARS, code.key, by=cast.chidi)


def test_the_same_proposal_twice_is_one(reading, cast):
    once = propose_code(study=reading.study, version=reading.version, label="Shame", by=cast.boris)
    twice = propose_code(
        study=reading.study, version=reading.version, label=" Shame ", by=cast.boris
    )

    assert once == twice


def test_what_the_codebook_has_is_not_proposed(reading, cast):
    with pytest.raises(Refusal, match="already, as L2"):
        propose_code(study=reading.study, version=reading.version, label="Brutality", by=cast.boris)


# --- blind ---------------------------------------------------------------------------------------


def test_what_others_marked_is_seen_nameless_when_both_are_complete(reading, cast):
    reading.mark(MONEY, "L1", by=cast.boris)
    reading.mark(CARS, "L2", by=cast.chidi)
    reading.complete(by=cast.boris)
    assert reading.seen(by=cast.boris).others == ()
    assert reading.seen(by=cast.chidi).others == ()

    reading.complete(by=cast.chidi)
    seen = reading.seen(by=cast.boris)
    assert [(one.code, one.start) for one in seen.others] == [("L2", reading.place(CARS)[0])]
    assert seen.others[0].reader in {"A", "B"}


# --- the text is corrected -----------------------------------------------------------------------


def test_marks_move_with_their_words(reading, cast):
    reading.mark(CARS, "L2", by=cast.boris)
    corrected(reading, "Well. " + TOLD, cast)

    assert reading.said(by=cast.boris) == {(CARS, "L2"): (1, "")}
    assert reading.seen(by=cast.boris).marks[0].start == TOLD.index(CARS) + 6


def test_a_mark_whose_words_are_gone_is_listed_and_given_a_new_place(reading, cast):
    reading.mark(CARS, "L2", by=cast.boris)
    corrected(reading, TOLD.replace(CARS, "Nothing of this is left in what follows here."), cast)

    (lost,) = reading.seen(by=cast.boris).lost
    assert (lost.words, lost.code, lost.version) == (CARS, "L2", 1)

    start, end = reading.place("Nothing of this")
    act = Act(Do.MOVE, 0, 0, to_start=start, to_end=end, lost=lost.excerpt)
    reading.do(act, by=cast.boris)

    assert reading.said(by=cast.boris) == {("Nothing of this", "L2"): (1, "")}
    assert reading.seen(by=cast.boris).lost == ()


def test_a_mark_whose_words_are_gone_can_be_taken_away(reading, cast):
    reading.mark(CARS, "L2", by=cast.boris)
    corrected(reading, TOLD.replace(CARS, "Nothing of this is left in what follows here."), cast)
    (lost,) = reading.seen(by=cast.boris).lost

    reading.do(Act(Do.UNMARK, 0, 0, "L2", lost=lost.excerpt), by=cast.boris)

    assert not Excerpt.objects.exists()


def test_two_excerpts_that_come_to_stand_on_the_same_words_become_one(study, cast, captures):
    told = "At noon I saw the long line of cars again. We waited."
    reading = a_reading(study, cast, text=told)
    reading.mark("I saw the long line of cars", "L1", by=cast.boris)
    reading.mark("I saw the long line of cars again", "L2", by=cast.boris)
    corrected(reading, told.replace(" again", ""), cast)

    assert reading.said(by=cast.boris) == {
        ("I saw the long line of cars", "L1"): (1, ""),
        ("I saw the long line of cars", "L2"): (1, ""),
    }
    assert Excerpt.objects.count() == 1
