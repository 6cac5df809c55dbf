"""A coder's pages: what waits, the sheet, and nothing of what another has written."""

import pytest

from exeunt.stages.coding.models import Coding, Sheet
from exeunt.studies.actions import appoint
from exeunt.studies.models import Membership
from exeunt.studies.roles import Role
from tests.making.coding import Desk, thing
from tests.making.counting import queries_for
from tests.making.reading import at, hidden_in, words
from tests.making.studies import a_staffed_study
from tests.making.testimonies import row, take_in

NAME = "reasons@1"


def place(desk: Desk, label: str = "A0001", page: str = "coding:sheet") -> str:
    return at(page, desk.study, codebook=NAME, ref=thing(label, desk.study))


def typed(*cells: str, do: str = "save", **more: str) -> dict[str, str]:
    """Fill in a sheet as a browser would send it: a code without an answer sends nothing."""
    said = {f"value-{number}": cell for number, cell in enumerate(cells) if cell}
    notes = {f"note-{number}": "" for number in range(3)}
    return {"revision": "0", "memo": "", "do": do, **notes, **said, **more}


def test_what_waits_leads_to_the_first_account(cast, desk, browser_of):
    boris = browser_of(cast.boris)
    page = boris.get(at("coding:next", desk.study))

    assert "3 are waiting for your reading" in words(page)
    assert boris.get(at("coding:following", desk.study, codebook=NAME)).url == place(desk)


def test_a_sheet_shows_what_is_read_and_asks_for_every_code(cast, desk, browser_of):
    body = words(browser_of(cast.boris).get(place(desk)))

    for said in ("A0001", "J1 Faith", "Joined for faith.", "not mentioned", "Not saved yet"):
        assert said in body


def test_a_sheet_is_saved_and_says_when(cast, desk, browser_of):
    boris = browser_of(cast.boris)
    answer = boris.post(place(desk), typed("1", "", "unknown", memo="Read in haste."))

    assert (answer.status_code, answer.url) == (302, place(desk))
    assert "Saved 09:00:00" in words(boris.get(place(desk)))
    assert Sheet.objects.get().memo == "Read in haste."
    assert Coding.objects.count() == 2


def test_a_complete_sheet_leads_to_the_next_account(cast, desk, browser_of):
    boris = browser_of(cast.boris)
    answer = boris.post(place(desk), typed("1", rest="on", do="complete"))

    assert answer.url == place(desk, "A0002")
    assert "The reading is complete" in words(boris.get(answer.url))
    assert Coding.objects.filter(gap="not mentioned").count() == 2


def test_the_last_sheet_leads_back_to_what_waits(cast, desk, browser_of):
    for label in ("A0001", "A0002"):
        desk.complete(label, 1, 0, "", by=cast.boris)
    answer = browser_of(cast.boris).post(
        place(desk, "A0003"), typed("1", "0", "unknown", do="complete")
    )

    assert answer.url == at("coding:next", desk.study)


def test_a_code_left_open_is_said_and_nothing_typed_is_lost(cast, desk, browser_of):
    sent = typed("1", do="complete", memo="Read in haste.")
    answer = browser_of(cast.boris).post(place(desk), sent)

    assert answer.status_code == 422
    assert "2 of the codes have no answer yet" in words(answer)
    assert "Read in haste." in words(answer)
    assert not Sheet.objects.exists()


def test_what_is_wrong_is_said_at_its_field(cast, desk, browser_of):
    answer = browser_of(cast.boris).post(place(desk), typed("1", **{"note-1": "Why?"}))

    assert answer.status_code == 422
    assert "Note on L1 : “L1” has a note and no answer" in words(answer)


def test_a_value_that_was_never_offered_is_refused(cast, desk, browser_of):
    assert browser_of(cast.boris).post(place(desk), typed("7")).status_code == 422


def test_a_sheet_sent_twice_is_saved_once(cast, desk, browser_of):
    boris = browser_of(cast.boris)
    first = boris.post(place(desk), typed("1", "0", "1", do="complete"))
    second = boris.post(place(desk), typed("1", "0", "1", do="complete"))

    assert (first.status_code, second.status_code) == (302, 302)
    assert Sheet.objects.get().revision == 1


def test_both_versions_are_shown_and_saving_again_is_a_decision(cast, desk, browser_of):
    boris = browser_of(cast.boris)
    desk.save("A0001", 1, 0, by=cast.boris, memo="In the other window.")
    clash = boris.post(place(desk), typed("0", "0", memo="In this window."))
    again = boris.post(place(desk), typed("0", "0", memo="In this window.") | hidden_in(clash))

    assert clash.status_code == 409
    for said in ("In the other window.", "In this window.", "Both versions"):
        assert said in words(clash)
    assert again.status_code == 302
    assert Sheet.objects.get().memo == "In this window."


def test_a_complete_sheet_is_shown_and_can_be_opened_again(cast, desk, browser_of):
    boris = browser_of(cast.boris)
    desk.complete("A0001", 1, 0, "", by=cast.boris, memo="Mine.")
    page = words(boris.get(place(desk)))
    answer = boris.post(place(desk, page="coding:reopen"))

    assert "Complete:" in page
    assert "Mine." in page
    assert (answer.status_code, answer.url) == (302, place(desk))
    assert Sheet.objects.get().state == "open"


def test_the_button_says_why_a_reading_stays_as_it_is(cast, desk, browser_of):
    boris = browser_of(cast.boris)
    desk.complete("A0001", 1, 0, "", by=cast.boris)
    desk.complete("A0001", 1, 1, "", by=cast.chidi)
    sentence = "Another reader has completed this one too"

    assert sentence in words(boris.get(place(desk)))
    refused = boris.post(place(desk, page="coding:reopen"))
    assert refused.status_code == 409
    assert sentence in words(refused)


# --- blind --------------------------------------------------------------------------------------

PAGES = (
    ("coding:sheet", {"codebook": NAME, "ref": "account"}),
    ("coding:difference", {"codebook": NAME, "ref": "account"}),
    ("coding:settle", {"codebook": NAME, "ref": "account", "place": 1}),
    ("coding:panel", {"ref": "account"}),
    ("coding:differences", {}),
    ("coding:next", {}),
    ("coding:codebook", {"codebook": NAME}),
    ("coding:codebooks", {}),
)


def seen(browser, desk: Desk, page: str, places: dict[str, object]) -> str:
    """Return all that a page sends, status and headers too."""
    where = {**places, **({"ref": thing("A0001", desk.study)} if "ref" in places else {})}
    answer = browser.get(at(page, desk.study, **where), follow=True)
    return f"{answer.status_code} {answer.headers} {answer.content.decode()}"


@pytest.mark.parametrize(("page", "places"), PAGES, ids=[page for page, _ in PAGES])
@pytest.mark.parametrize("own", [None, False], ids=["not begun", "begun"])
def test_no_page_tells_a_coder_what_another_wrote(cast, desk, browser_of, page, places, own):
    begin = {None: lambda: None, False: lambda: desk.save("A0001", 1, by=cast.boris)}
    begin[own]()
    desk.complete(
        "A0001", 1, 0, 0, by=cast.chidi, memo="Chidi's memo", notes={"L1": "Chidi's note"}
    )
    told = seen(browser_of(cast.boris), desk, page, places)

    assert "Chidi's" not in told.replace("&#x27;", "'")
    assert "Given</th>" not in told


@pytest.mark.parametrize("member", ["boris", "amina"])
def test_once_both_are_complete_the_readings_stand_side_by_side(cast, desk, browser_of, member):
    desk.complete("A0001", 1, 0, "", by=cast.boris, memo="One memo")
    desk.complete("A0001", 1, 1, "", by=cast.chidi, memo="Another memo")
    page = browser_of(getattr(cast, member)).get(place(desk, page="coding:difference"))
    # The bar names who is signed in; the readings name nobody yet.
    readings = words(page).partition("Agreed")[0].partition("side by side")[2]

    assert page.status_code == 200
    assert "One memo" in words(page)
    assert "Another memo" in words(page)
    assert "Reader A Reader B" in readings
    assert "Chidi" not in words(page)
    assert "Boris" not in readings


# --- who ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("member", ["amina", "dana", "lina", "edda", "vera"])
def test_who_does_not_code_is_told_so(cast, desk, browser_of, member):
    browser = browser_of(getattr(cast, member))
    for page in (place(desk), at("coding:next", desk.study)):
        answer = browser.get(page)

        assert answer.status_code == 403
        assert "You may not code accounts" in words(answer)


def test_who_lost_the_role_while_the_page_was_open_is_told_so(cast, desk, browser_of):
    boris = browser_of(cast.boris)
    boris.get(place(desk))
    Membership.objects.filter(member=cast.boris).delete()
    appoint(study=desk.study, member=cast.boris, role=Role.VIEWER, by=cast.amina)

    assert boris.post(place(desk), typed("1", "0", "1")).status_code == 403
    assert not Sheet.objects.exists()


def test_an_account_of_another_study_is_not_there(cast, desk, browser_of, tmp_path):
    other = a_staffed_study(cast, "other")
    take_in([row("A0001")], tmp_path, study=other, cast=cast)
    boris = browser_of(cast.boris)
    where = {"codebook": NAME, "ref": thing("A0001", other)}
    unknown = boris.get(at("coding:sheet", desk.study, codebook=NAME, ref="0" * 16))

    for page in ("coding:sheet", "coding:difference"):
        answer = boris.get(at(page, desk.study, **where))
        assert answer.status_code == 404
    assert boris.get(at("coding:panel", desk.study, ref=where["ref"])).status_code == 404
    assert boris.post(at("coding:sheet", desk.study, **where), typed("1")).status_code == 404
    assert words(boris.get(at("coding:sheet", desk.study, **where))) == words(unknown)
    assert browser_of(cast.eve).get(place(desk)).status_code == 404


def test_a_sheet_asks_as_often_whether_little_or_much_is_coded(cast, desk, browser_of):
    boris = browser_of(cast.boris)
    boris.get(place(desk))
    few = queries_for(lambda: boris.get(place(desk)))
    desk.save("A0001", 1, 0, "", by=cast.boris)
    boris.get(place(desk))

    # The judgements themselves are one more question.
    assert queries_for(lambda: boris.get(place(desk))) - few <= 1


def test_the_panel_says_how_far_one_s_reading_is(cast, desk, browser_of):
    boris = browser_of(cast.boris)
    panel = at("coding:panel", desk.study, ref=thing("A0001", desk.study))
    assert "you have not read it" in words(boris.get(panel))
    desk.save("A0001", 1, by=cast.boris)

    part = boris.get(panel, headers={"HX-Request": "true"})
    assert "your reading is open" in words(part)
    assert b"<html" not in part.content
