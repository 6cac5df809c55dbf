"""Memos on the study, on codes and on excerpts: one's own, and others' when they sway nobody."""

import pytest

from exeunt.errors import Changed, NotThere, NotYours, Refusal
from exeunt.ledger.models import Entry
from exeunt.stages.coding.actions.memos import change_memo, drop_memo, write_memo
from exeunt.stages.coding.models import Code, Memo
from exeunt.stages.coding.queries.memos import memos_page
from tests.making.counting import queries_for
from tests.making.marking import Reading, a_reading
from tests.making.reading import at, fill_in, words
from tests.people import Cast


@pytest.fixture
def reading(study, cast, captures) -> Reading:
    return a_reading(study, cast)


def a_code(reading: Reading, key: str = "L2") -> str:
    return str(Code.objects.get(version=reading.version, key=key).pk)


def read_by(reading: Reading, by) -> list[str]:
    page = memos_page(reading.study, by=by)
    return [one.memo.words for part in page[:3] for one in part]


def noted_by_boris(reading: Reading, cast: Cast) -> None:
    write_memo(study=reading.study, words="[study]", by=cast.boris)
    write_memo(study=reading.study, words="[code]", code=a_code(reading), by=cast.boris)
    reading.mark("the money", "L1", by=cast.boris)
    reading.note("the money", "[excerpt]", by=cast.boris)


def test_a_memo_is_kept_changed_and_taken_away(reading, cast):
    memo = write_memo(study=reading.study, words=" Irony?\r\n", by=cast.boris)
    assert memo.words == "Irony?"

    changed = change_memo(
        study=reading.study, ref=memo.ref, words="Irony.", revision=1, by=cast.boris
    )
    assert (changed.words, changed.revision) == ("Irony.", 2)

    drop_memo(study=reading.study, ref=memo.ref, by=cast.boris)
    assert not Memo.objects.exists()
    acts = list(Entry.objects.order_by("position").values_list("act", flat=True))
    assert acts[-3:] == ["memo.written", "memo.changed", "memo.dropped"]
    assert "Irony" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_a_form_sent_twice_writes_one_memo(reading, cast):
    first = write_memo(study=reading.study, words="So.", ref="a" * 16, by=cast.boris)

    assert write_memo(study=reading.study, words="So.", ref="a" * 16, by=cast.boris) == first


def test_an_empty_memo_is_refused(reading, cast):
    with pytest.raises(Refusal, match="says nothing"):
        write_memo(study=reading.study, words=" \n", by=cast.boris)


def test_two_tabs_are_shown_both_versions(reading, cast):
    memo = write_memo(study=reading.study, words="One.", by=cast.boris)
    change_memo(study=reading.study, ref=memo.ref, words="Two.", revision=1, by=cast.boris)

    with pytest.raises(Changed) as refused:
        change_memo(study=reading.study, ref=memo.ref, words="Three.", revision=1, by=cast.boris)
    assert refused.value.theirs == {"words": "Two."}


def test_nobody_changes_anothers_memo(reading, cast):
    memo = write_memo(study=reading.study, words="One.", by=cast.boris)

    with pytest.raises(NotThere):
        drop_memo(study=reading.study, ref=memo.ref, by=cast.amina)
    with pytest.raises(NotYours):
        write_memo(study=reading.study, words="One.", by=cast.vera)


def test_a_code_of_another_study_is_not_there(reading, cast):
    with pytest.raises(NotThere):
        write_memo(study=reading.study, words="One.", code="999999", by=cast.boris)


def test_who_still_reads_sees_their_own_memos_only(reading, cast):
    noted_by_boris(reading, cast)

    assert read_by(reading, cast.chidi) == []
    assert set(read_by(reading, cast.boris)) == {"[study]", "[code]", "[excerpt]"}


def test_whoever_leads_and_does_not_code_sees_what_is_on_no_open_reading(reading, cast):
    noted_by_boris(reading, cast)
    assert set(read_by(reading, cast.amina)) == {"[study]", "[code]"}

    reading.complete(by=cast.boris)
    assert set(read_by(reading, cast.amina)) == {"[study]", "[code]", "[excerpt]"}


def test_when_both_have_finished_both_see_all_and_a_note_on_an_excerpt_bears_no_name(reading, cast):
    noted_by_boris(reading, cast)
    reading.complete(by=cast.boris)
    assert read_by(reading, cast.chidi) == []

    reading.complete(by=cast.chidi)
    assert set(read_by(reading, cast.chidi)) == {"[study]", "[code]", "[excerpt]"}
    (on_excerpt,) = memos_page(reading.study, by=cast.chidi).excerpts
    assert on_excerpt.author == ""


def test_an_editor_sees_no_memo_of_those_who_code(reading, cast):
    noted_by_boris(reading, cast)

    assert read_by(reading, cast.edda) == []


def test_memos_are_narrowed_by_their_words(reading, cast):
    noted_by_boris(reading, cast)

    page = memos_page(reading.study, words="[CODE", by=cast.boris)
    assert [one.memo.words for one in page.codes] == ["[code]"]
    assert page.study == page.excerpts == ()


def test_many_memos_ask_for_as_much_as_one(reading, cast):
    noted_by_boris(reading, cast)
    memos_page(reading.study, by=cast.boris)  # what waits is counted once and kept
    few = queries_for(lambda: memos_page(reading.study, by=cast.boris))
    for number in range(20):
        write_memo(study=reading.study, words=f"Memo {number}", by=cast.boris)

    assert queries_for(lambda: memos_page(reading.study, by=cast.boris)) == few


def test_the_page_shows_memos_and_keeps_a_new_one(reading, cast, browser_of):
    boris = browser_of(cast.boris)
    place = at("coding:memos", reading.study)
    assert "There is no memo here yet" in words(boris.get(place))

    sent = fill_in(boris, place, code=a_code(reading), words="Mind the cars.")
    assert sent.headers["Location"] == place
    said = words(boris.get(place))
    assert "Mind the cars." in said
    assert "L2 Brutality" in said

    memo = Memo.objects.get()
    change = at("coding:memo", reading.study, ref=memo.ref)
    assert fill_in(boris, change, words="Mind them.").headers["Location"] == place
    assert boris.post(at("coding:drop-memo", reading.study, ref=memo.ref)).status_code == 302
    assert not Memo.objects.exists()


def test_a_memo_that_is_refused_is_shown_again(reading, cast, browser_of):
    answer = fill_in(browser_of(cast.boris), at("coding:memos", reading.study), words="a\u202eb")

    assert answer.status_code == 422
    assert "hidden character" in words(answer)
