"""A codebook is rewritten with its readings: merged, split, proposals taken in; and taken back."""

from dataclasses import replace

import pytest

from exeunt.members.actions import add_member
from exeunt.methods.codebooks import Code
from exeunt.stages.coding.actions.codings import import_codings
from exeunt.stages.coding.actions.drafts import (
    add_code,
    begin_draft,
    change_code,
    keep_draft,
    merge_codes,
    remove_code,
    split_code,
    undo_step,
)
from exeunt.stages.coding.actions.proposals import decide_proposal
from exeunt.stages.coding.actions.rounds import open_round
from exeunt.stages.coding.actions.settling import settle
from exeunt.stages.coding.actions.sheets import complete_sheet
from exeunt.stages.coding.actions.texts import propose_code
from exeunt.stages.coding.models import (
    Adjudication,
    Assignment,
    Coding,
    Difference,
    Draft,
    Memo,
    Sheet,
    SpanSettlement,
)
from exeunt.stages.coding.queries.drafts import codes_of, rewritten
from exeunt.stages.coding.queries.rewriting import effects_of, proposals_for
from exeunt.stages.coding.rules.answers import Answers
from exeunt.stages.coding.rules.origins import LEFT_OUT, NEW, SAME
from exeunt.stages.coding.rules.rounds import Plan
from exeunt.stages.coding.states import Purpose, Sharing
from exeunt.studies.actions import appoint
from exeunt.studies.roles import Role
from tests.making.archive import acts
from tests.making.coding import a_codebook
from tests.making.reading import at, fill_in, words
from tests.making.spans import LEFT, PAID, a_disputed_text
from tests.making.tables import write_csv
from tests.making.testimonies import an_account

PARTS = (Code("L1a", "Spies"), Code("L1b", "Traitors"))


@pytest.fixture
def desk(cast, study, captures, tmp_path):
    """Two accounts, read by Boris and Chidi with J1, L1 and L2; they differ on L2 of the first."""
    version = a_codebook(study, cast)
    for label in ("A1", "A2"):
        an_account(study, cast, account_id=label)
    given = {("A1", "L1"): (1, 1), ("A1", "L2"): (1, 0), ("A2", "J1"): (1, 1)}
    rows = [
        {"account_id": label, "coder": coder, "code": code, "value": value}
        for label in ("A1", "A2")
        for code in ("J1", "L1", "L2")
        for coder, value in zip(("Boris", "Chidi"), given.get((label, code), (0, 0)), strict=True)
    ]
    path = write_csv(tmp_path / "codings.csv", rows)
    import_codings(study=study, path=path, codebook=version.name, by=cast.amina)
    return version


@pytest.fixture
def draft(desk, cast, study) -> Draft:
    return begin_draft(study=study, slug="reasons", by=cast.amina)


def said(version) -> set[tuple[str, str, str, int | None, str]]:
    """Everything judged with a version: coder, account, code, value, gap."""
    rows = Coding.objects.filter(code__version=version)
    names = ("reading__coder__name", "account__label", "code__key", "value", "gap")
    return set(rows.values_list(*names))


def states(version) -> dict[tuple[str, str], str]:
    sheets = Sheet.objects.filter(reading__version=version)
    rows = sheets.values_list("reading__coder__name", "account__label", "state")
    return {(coder, label): state for coder, label, state in rows}


def kept(draft, cast, **more):
    return keep_draft(draft=draft, from_version=1, carry=True, by=cast.amina, **more)


def test_what_only_gets_another_name_is_carried_whole(desk, draft, cast):
    l2 = replace(codes_of(draft)[2], label="Cruelty")
    change_code(draft=draft, code=l2, revision=1, by=cast.amina)
    before = said(desk)
    version = kept(draft, cast)

    assert said(version) == before == said(desk)
    assert set(states(version).values()) == {"complete"}
    assert Difference.objects.filter(version=version).count() == 1
    assert "readings.carried" in acts()


def test_merged_codes_are_given_where_either_was(desk, draft, cast, study):
    merge_codes(draft=draft, keys=["L1", "L2"], into="L1", by=cast.amina)
    line = effects_of(study, Draft.objects.get(), by=cast.amina).merges[0]
    version = kept(draft, cast)

    # Boris gave both in A1, Chidi one of them: three judgements become two.
    assert (line.parts, line.together, line.result) == ((("L1", 2), ("L2", 1)), 1, 2)
    assert {row for row in said(version) if row[3]} == {
        ("Boris", "A1", "L1", 1, ""),
        ("Chidi", "A1", "L1", 1, ""),
        ("Boris", "A2", "J1", 1, ""),
        ("Chidi", "A2", "J1", 1, ""),
    }
    assert set(states(version).values()) == {"complete"}
    # They differed on L2 only, and no longer do.
    assert not Difference.objects.filter(version=version).exists()


def test_a_code_that_is_split_stays_and_asks_those_who_gave_it(desk, draft, cast, study):
    split_code(draft=draft, key="L1", parts=PARTS, by=cast.amina)
    effects = effects_of(study, Draft.objects.get(), by=cast.amina)
    version = kept(draft, cast)

    assert (effects.staying, effects.waiting, effects.open) == (2, 2, 0)
    assert (effects.splits[0].given, effects.splits[0].parts) == (2, ("L1a", "L1b"))
    assert states(version) == {
        ("Boris", "A1"): "open",
        ("Chidi", "A1"): "open",
        ("Boris", "A2"): "complete",
        ("Chidi", "A2"): "complete",
    }
    # Where it was not given, its parts are not either; where it was, nobody has said which.
    assert ("Boris", "A2", "L1a", 0, "") in said(version)
    assert not {row for row in said(version) if row[1] == "A1" and row[2] in {"L1a", "L1b"}}
    assert ("Boris", "A1", "L1", 1, "") in said(version)


def test_who_is_asked_again_answers_what_is_new_and_is_complete(desk, draft, cast, study):
    split_code(draft=draft, key="L1", parts=PARTS, by=cast.amina)
    version = kept(draft, cast)
    sheet = Sheet.objects.get(
        reading__version=version, reading__coder=cast.boris, account__label="A1"
    )
    values = {"J1": "0", "L1": "1", "L1a": "1", "L1b": "0", "L2": "1"}
    complete_sheet(
        study=study,
        version=version,
        ref=sheet.account.ref,
        answers=Answers(values, {}),
        revision=sheet.revision,
        by=cast.boris,
    )

    assert states(version)["Boris", "A1"] == "complete"


def test_a_new_code_asks_everybody(desk, draft, cast, study):
    add_code(draft=draft, code=Code("L3", "Conduct", dimension="leaving"), by=cast.amina)
    effects = effects_of(study, Draft.objects.get(), by=cast.amina)
    version = kept(draft, cast)

    assert (effects.new, effects.waiting) == (("L3",), 4)
    assert set(states(version).values()) == {"open"}
    assert {row[2] for row in said(version)} == {"J1", "L1", "L2"}


def test_what_is_taken_out_stays_with_the_version_before(desk, draft, cast, study):
    remove_code(draft=draft, key="L2", by=cast.amina)
    effects = effects_of(study, Draft.objects.get(), by=cast.amina)
    before = said(desk)
    version = kept(draft, cast)

    assert effects.gone == (("L2", 1),)
    assert "L2" not in {row[2] for row in said(version)}
    assert said(desk) == before


def test_without_the_wish_nothing_is_carried(desk, draft, cast):
    merge_codes(draft=draft, keys=["L1", "L2"], into="L1", by=cast.amina)
    version = keep_draft(draft=draft, from_version=1, by=cast.amina)

    assert said(version) == set()


def test_a_step_is_taken_back_with_where_readings_come_from(desk, draft, cast):
    merge_codes(draft=draft, keys=["L1", "L2"], into="L1", by=cast.amina)
    undo_step(draft=draft, by=cast.amina)
    back = Draft.objects.get()

    assert [code.key for code in codes_of(back)] == ["J1", "L1", "L2"]
    assert not rewritten(back).origins.merged
    assert undo_step(draft=back, by=cast.amina).past == []


def test_what_was_settled_stays_settled_where_a_code_goes_on(desk, draft, cast, study):
    account = Sheet.objects.filter(account__label="A1").first().account
    settle(
        study=study,
        version=desk,
        ref=account.ref,
        code="L2",
        cell="1",
        reason="Both sentences say so.",
        revision=0,
        by=cast.amina,
    )
    l1 = replace(codes_of(draft)[1], label="Treason")
    change_code(draft=draft, code=l1, revision=1, by=cast.amina)
    version = kept(draft, cast)

    assert Adjudication.objects.filter(code__version=version).count() == 1
    assert Difference.objects.get(version=version).unsettled == 0


def test_a_coder_who_leads_and_is_blind_is_told_of_their_own_readings(desk, draft, cast, study):
    appoint(study=study, member=cast.amina, role=Role.CODER, by=cast.amina)
    remove_code(draft=draft, key="L2", by=cast.amina)
    effects = effects_of(study, Draft.objects.get(), by=cast.amina)

    assert effects.only_own
    assert (effects.readings, effects.gone) == (0, (("L2", 0),))


@pytest.fixture
def proposed(desk, cast, study):
    """Boris and Chidi propose the same name, and Boris another."""
    ones = [
        propose_code(study=study, version=desk, label=label, by=by)
        for label, by in (("Hunger", cast.boris), ("hunger", cast.chidi), ("Debts", cast.boris))
    ]
    return [one.key for one in ones]


def test_proposals_of_one_name_are_one_and_are_decided_together(proposed, draft, cast, study):
    found = {one.label: one.keys for one in proposals_for(study, draft, by=cast.amina)}
    assert found == {"Hunger": tuple(proposed[:2]), "Debts": (proposed[2],)}

    decide_proposal(
        draft=draft, proposals=found["Hunger"], do=NEW, key="L3", label="Hunger", by=cast.amina
    )
    decide_proposal(draft=draft, proposals=found["Debts"], do=LEFT_OUT, by=cast.amina)

    now = Draft.objects.get()
    assert proposals_for(study, now, by=cast.amina) == []
    assert rewritten(now).origins.merged == {"L3": tuple(proposed[:2])}
    # Those who did not propose it have not looked for it.
    assert effects_of(study, now, by=cast.amina).waiting == 4


def test_a_proposal_can_be_what_is_there_already(proposed, draft, cast, study):
    decide_proposal(draft=draft, proposals=proposed[:2], do=SAME, same="L1", by=cast.amina)

    assert rewritten(Draft.objects.get()).origins.of("L1") == ("L1", *proposed[:2])


def test_what_is_not_decided_is_carried_along_as_a_proposal(proposed, draft, cast, study):
    l1 = replace(codes_of(draft)[1], label="Treason")
    change_code(draft=draft, code=l1, revision=1, by=cast.amina)
    kept(draft, cast)
    again = begin_draft(study=study, slug="reasons", by=cast.amina)

    assert [one.label for one in proposals_for(study, again, by=cast.amina)] == ["Hunger", "Debts"]


# --- texts, rounds, pages -----------------------------------------------------------------------


def test_marks_in_texts_and_what_was_settled_of_them_go_along(cast, study):
    disputed = a_disputed_text(study, cast)
    disputed.settle(PAID, "union", by=cast.amina)
    draft = begin_draft(study=study, slug=disputed.version.codebook.slug, by=cast.amina)
    split_code(draft=draft, key="L2", parts=PARTS, by=cast.amina)
    version = kept(draft, cast)

    marks = Coding.objects.filter(code__version=version)
    before = Coding.objects.filter(code__version=disputed.version)
    columns = ("reading__coder", "code__key", "excerpt", "value", "gap", "note")
    assert set(marks.values_list(*columns)) == set(before.values_list(*columns))
    # Both gave L2 in this text, so both are asked which of its parts it is.
    assert set(states(version).values()) == {"open"}
    settled = SpanSettlement.objects.get(code__version=version)
    assert (settled.code.key, settled.settledspan_set.count()) == ("L1", 1)
    assert Memo.objects.filter(version=version).count() == 1


def test_merged_marks_of_one_excerpt_are_one(cast, study):
    disputed = a_disputed_text(study, cast)
    reading = disputed.reading
    hanif = add_member(name="Hanif", by=cast.amina)
    appoint(study=study, member=hanif, role=Role.CODER, by=cast.amina)
    reading.mark(LEFT, "L1", by=hanif, note="He goes.")
    reading.mark(LEFT, "L2", by=hanif, note="At night.")
    draft = begin_draft(study=study, slug=disputed.version.codebook.slug, by=cast.amina)
    merge_codes(draft=draft, keys=["L1", "L2"], into="L2", by=cast.amina)
    version = kept(draft, cast)

    mine = Coding.objects.filter(code__version=version, reading__coder=hanif)
    assert [(one.code.key, one.value, one.note) for one in mine] == [
        ("L2", 1, "He goes.\nAt night.")
    ]


def test_what_was_given_out_stays_given_out(desk, draft, cast, study):
    plan = Plan(
        purpose=Purpose.MAIN,
        sharing=Sharing.EVERYBODY,
        coders=(cast.boris.ref, cast.chidi.ref),
        seed=7,
        begun=True,
    )
    open_round(study=study, version=desk, plan=plan, by=cast.amina)
    l1 = replace(codes_of(draft)[1], label="Treason")
    change_code(draft=draft, code=l1, revision=1, by=cast.amina)
    version = kept(draft, cast)

    given = Assignment.objects.filter(version=version)
    assert given.count() == Assignment.objects.filter(version=desk).count() == 4
    assert {one.round.version_id for one in given} == {version.pk}


def test_a_page_merges_splits_decides_and_takes_back(proposed, draft, cast, study, browser_of):
    amina = browser_of(cast.amina)

    def place(name: str, **places: object) -> str:
        return at(f"coding:{name}", study, slug="reasons", **places)

    fill_in(amina, place("merge-codes"), keys=["L1", "L2"], into="L1")
    fill_in(amina, place("split-code", place=0), parts="J1a Money\nJ1b Belief")
    fill_in(amina, place("decide-proposal", key=proposed[2]), do="new", key="L9", label="Debts")
    page = words(amina.get(place("draft")))
    for told in ("Becomes", "L1 2 , L2 1", "J1a", "Proposed by readers", "Hunger", "L9"):
        assert told in page
    assert "Debts 0" not in page

    amina.post(place("undo-draft"))
    assert "Debts 0" in words(amina.get(place("draft")))
    answer = fill_in(amina, place("draft"), carry="on")
    assert answer.url == at("coding:codebook", study, codebook="reasons@2")
    assert Sheet.objects.filter(reading__version__number=2).count() == 4


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("merge-codes", {"keys": ["L1"], "into": "L1"}, "at least two"),
        ("split-code", {"parts": "L1a Spies"}, "at least two"),
        ("split-code", {"parts": "Spies\nTraitors"}, "no key and label"),
    ],
)
def test_what_cannot_be_done_is_said_on_the_page(
    desk, draft, cast, study, browser_of, name, typed, says
):
    places = {"place": 1} if name == "split-code" else {}
    place = at(f"coding:{name}", study, slug="reasons", **places)
    answer = fill_in(browser_of(cast.amina), place, **typed)

    assert answer.status_code == 422
    assert says in words(answer)


def test_a_decision_says_what_it_needs(proposed, draft, cast, study, browser_of):
    place = at("coding:decide-proposal", study, slug="reasons", key=proposed[0])
    answer = fill_in(browser_of(cast.amina), place, do="same")

    assert answer.status_code == 422
    assert "Fill this in for what you have chosen." in words(answer)
