"""Where readers mark a text differently, somebody settles it, or asks them; readings stay."""

import pytest

from exeunt.errors import Changed, NotThere, NotYet, NotYours, Refusal
from exeunt.ledger.models import Entry
from exeunt.stages.coding.models import Coding, Reply, SettledSpan, SpanDifference, SpanSettlement
from exeunt.stages.coding.queries.dispute import At
from exeunt.stages.coding.queries.questions import questions_to
from exeunt.stages.coding.queries.stretch import stretch_of
from exeunt.stages.coding.queries.waiting import waiting_for
from exeunt.stages.testimonies.actions.by_hand import edit_account
from exeunt.studies.actions import appoint
from exeunt.studies.roles import Role
from tests.making.archive import rows_everywhere
from tests.making.codebooks import OF_EXCERPTS
from tests.making.coding import a_codebook, code, judgement
from tests.making.spans import L2, LEFT, PAID, SAID, SAW, Disputed, a_disputed_text
from tests.making.testimonies import an_account, words

BACK = "Is this about leaving, or about what came before?"


@pytest.fixture
def disputed(cast, study) -> Disputed:
    """Boris and Chidi differ on the bounds of one sentence and on whether another is marked."""
    return a_disputed_text(study, cast)


def differences() -> list[tuple[str, str, float, str]]:
    """Return every stretch on which readers differ, as the words it has."""
    return [
        (SAID[one.start : one.end], one.unlike, one.weight, one.outcome)
        for one in SpanDifference.objects.order_by("start")
    ]


def agreed(words: str) -> list[tuple[str, int | None, str]]:
    """Return the spans that were agreed on in a stretch."""
    spans = SettledSpan.objects.order_by("excerpt__start").select_related("excerpt")
    return [
        (SAID[one.excerpt.start : one.excerpt.end], one.value, one.gap)
        for one in spans.filter(settlement__about__start=SAID.index(words))
    ]


# --- finding ------------------------------------------------------------------------------------


def test_stretches_are_found_when_the_second_reading_is_complete(cast, disputed):
    # Boris marked the full stop as well: 1 character. The second sentence has 20, missed: 40.
    assert differences() == [(PAID, "bounds", 1, ""), (SAW, "marked", 40, "")]


def test_what_only_one_has_read_differs_from_nothing(cast, study, tmp_path):
    an_account(study, cast, account_id="A0001", text=SAID)
    a_codebook(study, cast, OF_EXCERPTS)
    code([judgement("A0001", "L1", quote=SAW)], tmp_path, study=study, cast=cast)

    assert differences() == []


def test_an_import_of_marks_is_compared_too(cast, disputed, tmp_path):
    an_account(disputed.study, cast, account_id="A0009", text=SAID)
    rows = [
        judgement("A0009", "L1", target="excerpt", quote=SAW),
        judgement("A0009", "L1", 0, target="excerpt", quote=SAW, coder="Chidi"),
    ]
    code(rows, tmp_path, study=disputed.study, cast=cast)
    (found,) = SpanDifference.objects.filter(account__label="A0009")

    assert (found.unlike, found.weight) == ("value", 20)


def test_a_third_reader_who_completes_changes_what_is_differed_about(cast, disputed):
    appoint(study=disputed.study, member=cast.vera, role=Role.CODER, by=cast.amina)
    disputed.settle(SAW, "A", by=cast.amina)
    disputed.reading.mark(f"{SAW} That night", "L1", by=cast.vera)
    disputed.reading.complete(by=cast.vera)
    by_words = {found[0]: found[1:] for found in differences()}

    # Vera did not mark the first sentence. In 41 characters two of three pairs differ, and they
    # count twice; of the stop, Boris differs from Vera, twice, and from Chidi: (164 + 3) / 3.
    assert by_words[PAID][:2] == ("marked", pytest.approx(167 / 3))
    # What was settled had other bounds; the longer stretch is to be settled anew.
    assert by_words[f"{SAW} That night"][::2] == ("marked", "")
    shown = disputed.shown(f"{SAW} That night", by=cast.amina)
    assert [one.reason for one in shown.earlier] == ["He names them."]


def test_stretches_move_with_a_text_that_is_corrected(cast, disputed):
    disputed.settle(SAW, "union", by=cast.amina)
    account = disputed.reading.account
    account.refresh_from_db()
    edit_account(
        account=account,
        words=words(account_id=account.label, provenance="invented", text=f"(Later.) {SAID}"),
        revision=account.revision,
        by=cast.amina,
    )
    moved = [(one.start, one.end, one.outcome) for one in SpanDifference.objects.order_by("start")]

    assert moved == [(9, 51, ""), (52, 72, "settled")]


# --- settling -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("take", "more", "spans"),
    [
        ("A", {}, {PAID, PAID[:-1]}),
        ("union", {}, {PAID}),
        ("intersection", {}, {PAID[:-1]}),
        ("own", {"sentences": "1"}, {PAID}),
        ("own", {"places": "0-9, 10-20"}, {PAID[:9], PAID[10:20]}),
        ("none", {}, set()),
    ],
)
def test_what_is_taken_stands_beside_the_readings_and_changes_none(
    cast, disputed, take, more, spans
):
    before = list(Coding.objects.order_by("pk").values())
    settled = disputed.settle(PAID, take, by=cast.amina, **more)
    kept = {words for words, *_ in agreed(PAID)}

    assert list(Coding.objects.order_by("pk").values()) == before
    # Reader A is whichever of the two the lot made A.
    assert kept == spans if take != "A" else kept < spans
    assert (settled.outcome, settled.reason, settled.revision) == ("settled", "He names them.", 1)
    assert differences()[0][3] == "settled"


def test_a_value_is_agreed_with_the_span(cast, disputed):
    disputed.settle(SAW, "union", by=cast.amina, cell="unknown")

    assert agreed(SAW) == [(SAW, None, "unknown")]


def test_settling_is_written_down_without_what_was_agreed(cast, disputed):
    settled = disputed.settle(SAW, "none", by=cast.boris)
    entry = Entry.objects.latest("position")

    assert (entry.act, entry.subject, entry.by) == ("span.settled", settled.ref, cast.boris.ref)
    assert entry.facts == {"study": disputed.study.ref, "of": disputed.ref, "revision": 1}


def test_settling_sent_twice_is_done_once(cast, disputed):
    first = disputed.settle(SAW, "union", by=cast.boris)
    before = rows_everywhere()

    assert disputed.settle(SAW, "union", by=cast.boris) == first
    assert rows_everywhere() == before


def test_what_somebody_else_has_settled_meanwhile_is_shown(cast, disputed):
    disputed.settle(SAW, "union", by=cast.boris)
    with pytest.raises(Changed, match="Somebody has settled this otherwise") as changed:
        disputed.settle(SAW, "none", by=cast.amina, reason="He only hints.")

    assert changed.value.theirs == {
        "take": "own",
        "places": "43-63",
        "cell": "1",
        "reason": "He names them.",
    }
    again = disputed.settle(
        SAW, "none", by=cast.amina, reason="He only hints.", revision=changed.value.revision
    )
    assert (again.by, again.revision) == (cast.amina, 2)
    assert agreed(SAW) == []
    assert SpanSettlement.objects.count() == 1


@pytest.mark.parametrize(
    ("stretch", "take", "more", "refusal", "sentence"),
    [
        (LEFT, "union", {"place": L2}, NotYet, "The readers do not differ here"),
        (LEFT, "union", {}, NotYet, "The readers do not differ here"),
        (SAW, "union", {"place": 9}, NotThere, "There is nothing here"),
        (SAW, "union", {"reason": " \n"}, Refusal, "Say why"),
        (SAW, "union", {"reason": "a\x00"}, Refusal, "A reason holds a hidden character"),
        (SAW, "union", {"cell": "9"}, Refusal, "outside the scale"),
        (SAW, "own", {"places": "0-9"}, Refusal, "lies outside of what is settled here"),
        (SAW, "own", {"places": "40-50"}, Refusal, "reaches into 0-42"),
        (SAW, "intersection", {}, Refusal, "nothing that all readers marked"),
        (SAW, "Z", {}, Refusal, "Choose what is taken"),
    ],
)
def test_what_cannot_be_settled(cast, disputed, stretch, take, more, refusal, sentence):
    before = rows_everywhere()
    with pytest.raises(refusal, match=sentence):
        disputed.settle(stretch, take, by=cast.amina, **more)

    assert rows_everywhere() == before


def test_only_a_lead_or_a_coder_who_has_read_it_settles(cast, disputed):
    appoint(study=disputed.study, member=cast.vera, role=Role.CODER, by=cast.amina)
    with pytest.raises(NotYet, match="once you have completed your own"):
        disputed.settle(SAW, "union", by=cast.vera)
    for other in (cast.dana, cast.lina, cast.edda, cast.eve):
        with pytest.raises(NotYours, match="You may not settle differences"):
            disputed.settle(SAW, "union", by=other)


# --- sending back -------------------------------------------------------------------------------


def test_a_stretch_is_sent_back_to_those_who_read_it(cast, disputed):
    before = list(Coding.objects.order_by("pk").values())
    sent = disputed.send_back(SAW, BACK, by=cast.amina)
    entry = Entry.objects.latest("position")

    assert (sent.outcome, sent.question, sent.reason) == ("sent back", BACK, "")
    assert entry.act == "span.sent-back"
    assert list(Coding.objects.order_by("pk").values()) == before
    for coder in (cast.boris, cast.chidi):
        (asked,) = questions_to(disputed.study, by=coder)
        assert (asked.question, asked.answered) == (BACK, False)
        (line,) = waiting_for(disputed.study, by=coder)
        assert (line.stretches, line.questions) == (1, 1)
    (line,) = waiting_for(disputed.study, by=cast.amina)
    assert (line.stretches, line.questions) == (1, 0)


def test_who_did_not_read_it_is_not_asked(cast, disputed):
    appoint(study=disputed.study, member=cast.vera, role=Role.CODER, by=cast.amina)
    disputed.send_back(SAW, BACK, by=cast.amina)

    assert questions_to(disputed.study, by=cast.vera) == []
    with pytest.raises(NotYet, match="once you have completed your own"):
        disputed.reply(SAW, "I think so.", by=cast.vera)


def test_answers_are_seen_without_names(cast, disputed):
    disputed.send_back(SAW, BACK, by=cast.amina)
    disputed.reply(SAW, "About leaving.", by=cast.boris)
    disputed.reply(SAW, "About leaving, surely.", by=cast.boris)
    disputed.reply(SAW, "What came before.", by=cast.chidi)
    shown = disputed.shown(SAW, by=cast.amina)

    assert {answer.words for answer in shown.replies} == {
        "About leaving, surely.",
        "What came before.",
    }
    assert [reader.name for reader in shown.readers] == [None, None]
    assert not {"Boris", "Chidi"} & set(repr(shown).split("'"))
    assert Reply.objects.count() == 2
    assert waiting_for(disputed.study, by=cast.boris)[0].questions == 0


def test_a_question_stays_with_its_answers_when_it_is_settled(cast, disputed):
    disputed.send_back(SAW, BACK, by=cast.amina)
    disputed.reply(SAW, "About leaving.", by=cast.boris)
    disputed.settle(SAW, "union", by=cast.amina, revision=1)
    shown = disputed.shown(SAW, by=cast.amina)

    assert (shown.settlement.question, shown.settlement.reason) == (BACK, "He names them.")
    assert [answer.words for answer in shown.replies] == ["About leaving."]
    assert questions_to(disputed.study, by=cast.chidi) == []
    with pytest.raises(NotYet, match="no longer, sent back"):
        disputed.reply(SAW, "What came before.", by=cast.chidi)


def test_what_was_settled_can_be_sent_back(cast, disputed):
    disputed.settle(SAW, "union", by=cast.boris)
    with pytest.raises(Changed):
        disputed.send_back(SAW, BACK, by=cast.amina)
    disputed.send_back(SAW, BACK, by=cast.amina, revision=1)

    assert agreed(SAW) == []
    assert differences()[1][3] == "sent back"


def test_a_question_sent_twice_is_asked_once(cast, disputed):
    disputed.send_back(SAW, BACK, by=cast.amina)
    before = rows_everywhere()
    disputed.send_back(SAW, BACK, by=cast.amina)

    assert rows_everywhere() == before


def test_who_leads_and_has_not_read_is_not_asked(cast, disputed):
    disputed.send_back(SAW, BACK, by=cast.boris)
    with pytest.raises(NotYet, match="Only those who have completed this account"):
        disputed.reply(SAW, "I would say so.", by=cast.amina)


@pytest.mark.parametrize("empty", ["", " \n "])
def test_an_empty_question_and_an_empty_answer_are_refused(cast, disputed, empty):
    with pytest.raises(Refusal, match="Say what you want to know"):
        disputed.send_back(SAW, empty, by=cast.amina)
    disputed.send_back(SAW, BACK, by=cast.amina)
    with pytest.raises(Refusal, match="Write your answer first"):
        disputed.reply(SAW, empty, by=cast.boris)


# --- seeing -------------------------------------------------------------------------------------


def test_both_readings_are_shown_in_their_surroundings_without_names(cast, disputed):
    for member in (cast.amina, cast.boris, cast.chidi):
        shown = disputed.shown(PAID, by=member)
        marked = {"".join(b.words for b in one.bits if b.marked) for one in shown.readers}

        assert [(one.letter, one.name) for one in shown.readers] == [("A", None), ("B", None)]
        assert marked == {PAID, PAID[:-1]}
        assert {m.judgement.note for one in shown.readers for m in one.marks} == {"For whom?", ""}
        assert [m.memos for one in shown.readers for m in one.marks if m.memos] == [
            ("Chidi was not sure.",)
        ]
        assert shown.words == SAID


def test_looking_is_written_down(cast, disputed):
    disputed.shown(PAID, by=cast.boris)
    entry = Entry.objects.latest("position")

    assert (entry.act, entry.by, entry.subject) == (
        "readings.compared",
        cast.boris.ref,
        disputed.ref,
    )


def test_names_are_shown_when_nothing_of_the_account_is_left_to_settle(cast, disputed):
    disputed.settle(PAID, "union", by=cast.boris)
    first = disputed.shown(PAID, by=cast.chidi)
    disputed.settle(SAW, "none", by=cast.amina)
    last = disputed.shown(PAID, by=cast.chidi)

    assert ([one.name for one in first.readers], first.settlement.by) == ([None, None], None)
    assert {one.name for one in last.readers} == {"Boris", "Chidi"}
    assert last.settlement.by == "Boris"


def test_what_is_not_in_this_study_is_not_shown(cast, disputed):
    with pytest.raises(NotThere):
        stretch_of(disputed.study, disputed.version, "0" * 16, at=At(1, 0, 5), by=cast.amina)
