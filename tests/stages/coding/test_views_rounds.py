"""The pages of rounds, as somebody who leads opens one and a coder finds what is theirs."""

import pytest

from exeunt.stages.coding.models import Assignment, Round
from tests.making.coding import Desk, a_codebook, thing
from tests.making.counting import queries_for
from tests.making.reading import at, fill_in, words
from tests.making.testimonies import some_accounts


@pytest.fixture
def desk(cast, study, captures, tmp_path) -> Desk:
    """Six accounts and a codebook; Boris and Chidi code, and nobody has begun."""
    some_accounts(6, tmp_path, study=study, cast=cast)
    return Desk(study, a_codebook(study, cast))


def asked(cast, **other) -> dict[str, object]:
    """A round as the form sends it, unless it says otherwise."""
    plan = {"purpose": "main", "sharing": "balanced", "overlap": 50, "seed": 7, "most": ""}
    return {**plan, "coders": [cast.boris.ref, cast.chidi.ref], "note": "", **other}


def new(desk: Desk) -> str:
    return at("coding:new-round", desk.study, codebook=desk.version.name)


def an_open_round(cast, desk: Desk, browser, **other) -> Round:
    fill_in(browser, new(desk), do="open", **asked(cast, **other))
    return Round.objects.get()


def page_of(found: Round, desk: Desk) -> str:
    return at("coding:round", desk.study, ref=found.ref)


def test_how_it_would_fall_is_shown_before_it_is_drawn(cast, desk, browser_of):
    amina = browser_of(cast.amina)
    shown = fill_in(amina, new(desk), do="look", **asked(cast))

    assert shown.status_code == 200
    # Six, three of them twice: nine readings, five and four.
    assert "6 would be given out; 3 of them are read by two or more" in words(shown)
    assert "Nothing is drawn yet" in words(shown)
    assert "Boris , Chidi : 3" in words(shown)
    assert 'value="7"' in shown.content.decode()
    assert Round.objects.count() == 0


def test_a_round_is_opened_and_waits_for_its_coders(cast, desk, browser_of):
    found = an_open_round(cast, desk, browser_of(cast.amina))
    said = words(browser_of(cast.chidi).get(page_of(found, desk)))

    mine = Assignment.objects.filter(coder=cast.chidi).count()
    assert f"{mine} are left for you" in said
    assert "0 of 9 readings are complete" in said
    assert "50 % read by two" in said
    waiting = words(browser_of(cast.chidi).get(at("coding:next", desk.study)))
    assert f"{mine} are waiting for your reading" in waiting


def test_a_plan_that_is_refused_is_shown_again_with_what_was_typed(cast, desk, browser_of):
    amina = browser_of(cast.amina)
    kept = fill_in(
        amina, new(desk), do="open", **asked(cast, purpose="calibration", note="dry run")
    )

    assert kept.status_code == 422
    assert "In a calibration all read the same" in words(kept)
    assert "dry run" in kept.content.decode()
    assert Round.objects.count() == 0


@pytest.mark.parametrize(
    "wrong", [{"overlap": "101"}, {"seed": "x"}, {"most": "0"}, {"coders": ["nobody"]}]
)
def test_what_no_form_could_have_sent_is_refused(cast, desk, browser_of, wrong):
    kept = fill_in(browser_of(cast.amina), new(desk), do="open", **asked(cast, **wrong))

    assert kept.status_code == 422
    assert Round.objects.count() == 0


def test_what_is_left_is_given_to_another_or_taken_back(cast, desk, browser_of):
    amina = browser_of(cast.amina)
    found = an_open_round(cast, desk, amina, overlap=0)
    moving = at("coding:hand-on", desk.study, ref=found.ref, member=cast.boris.ref)

    nothing = fill_in(amina, moving)
    assert nothing.status_code == 422
    assert Assignment.objects.filter(coder=cast.boris).count() == 3
    assert fill_in(amina, moving, to=cast.chidi.ref).status_code == 302
    assert Assignment.objects.filter(coder=cast.chidi).count() == 6
    back = at("coding:hand-on", desk.study, ref=found.ref, member=cast.chidi.ref)
    fill_in(amina, back, to="nobody")
    assert Assignment.objects.count() == 0


def test_one_account_is_given_by_its_label(cast, desk, browser_of):
    amina = browser_of(cast.amina)
    found = an_open_round(cast, desk, amina, coders=[cast.boris.ref], overlap=0)
    giving = at("coding:give", desk.study, ref=found.ref)

    wrong = fill_in(amina, giving, thing="A9999", to=cast.chidi.ref)
    assert wrong.status_code == 422
    assert "There is nothing to read of an account “A9999” here." in words(wrong)
    assert fill_in(amina, giving, thing="A0001", to=cast.chidi.ref).status_code == 302
    ref = thing("A0001", desk.study)
    sheet = at("coding:sheet", desk.study, codebook=desk.version.name, ref=ref)
    assert browser_of(cast.chidi).get(sheet).status_code == 200


def test_a_sheet_that_was_given_to_others_is_refused_in_words(cast, desk, browser_of):
    an_open_round(cast, desk, browser_of(cast.amina), coders=[cast.boris.ref], overlap=0)
    ref = thing("A0001", desk.study)
    chidi = browser_of(cast.chidi)
    refused = chidi.get(at("coding:sheet", desk.study, codebook=desk.version.name, ref=ref))

    assert refused.status_code == 403
    assert "Whoever leads can give it to you" in words(refused)
    assert chidi.get(at("testimonies:account", desk.study, ref=ref)).status_code == 200


def test_a_round_is_closed_and_the_list_says_so(cast, desk, browser_of):
    amina = browser_of(cast.amina)
    found = an_open_round(cast, desk, amina)
    closed = amina.post(at("coding:close-round", desk.study, ref=found.ref), follow=True)

    assert "9 that nobody had begun were taken back" in words(closed)
    assert "Everything was taken back before anybody had begun." in words(closed)
    assert "closed" in words(amina.get(at("coding:rounds", desk.study)))


def test_a_calibration_is_shown_when_all_have_completed_it(cast, desk, browser_of):
    kind = {"purpose": "calibration", "sharing": "all", "most": 1}
    found = an_open_round(cast, desk, browser_of(cast.amina), **kind)
    label = Assignment.objects.filter(coder=cast.boris).get().account.label
    desk.complete(label, 1, "", 0, by=cast.boris)
    boris = browser_of(cast.boris)
    assert "it says nothing before all are" in words(boris.get(page_of(found, desk)))
    desk.complete(label, 0, "", 0, by=cast.chidi)

    said = words(boris.get(page_of(found, desk)))
    assert "They agree wholly on 2 of 3 codes" in said
    assert "Talk first about J1, and then put into the codebook" in said


def test_the_list_asks_for_as_much_however_many_rounds_there_are(cast, desk, browser_of):
    amina = browser_of(cast.amina)
    fill_in(amina, new(desk), do="open", **asked(cast, most=1, overlap=0))
    listed = at("coding:rounds", desk.study)
    amina.get(listed)
    few = queries_for(lambda: amina.get(listed))
    for _ in range(3):
        fill_in(amina, new(desk), do="open", **asked(cast, most=1, overlap=0))
    amina.get(listed)

    assert Round.objects.count() == 4
    assert queries_for(lambda: amina.get(listed)) == few
