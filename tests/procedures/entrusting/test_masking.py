"""From raw to masked: proposed, decided, handed over, lifted; the same person always alike."""

import pytest

from exeunt.errors import Changed, NotYet, NotYours, Refusal
from exeunt.methods.identifiers import Kind
from exeunt.procedures.entrusting import masking
from exeunt.procedures.entrusting.finishing import finish, masked_text, outlook
from exeunt.procedures.entrusting.lifting import Why, lift
from exeunt.procedures.entrusting.masking import accept, go_on, have_read, open_sheet, refuse
from exeunt.procedures.entrusting.reviewing import MarkState
from exeunt.procedures.entrusting.taking_in import Received, take_in
from exeunt.stages.testimonies.models import Mask, TextVersion

ENGLISH = "Umm Zayn met Karim Saadi in Raqqa. Rahma Testwell left Karim Saadi there."
ARABIC = "رأيت أم زين في الرقة، وسلّمت وبأم زين مرّة أخرى."


@pytest.fixture
def taken(narrator, keys, dana):
    """Take a text in and open it; the language and the words are told."""

    def take(text: str, language: str = "en", number: int = 1):
        account = take_in(
            narrator=narrator,
            received=Received(text.encode()),
            words={"account_id": f"A-{number}", "language": language},
            ref=f"{number:016x}",
            keys=keys,
            by=dana,
        )
        return open_sheet(account=account, keys=keys, by=dana)

    return take


def decided(sheet):
    """Mask everything that was proposed, and read every page."""
    sheet = accept(sheet, [one.number for one in sheet.review.marks])
    for page in sheet.pages:
        sheet = have_read(sheet, page.number)
    return sheet


def surfaces(sheet):
    return [(sheet.surface(one), one.found_by) for one in sheet.review.marks]


def test_known_names_and_what_rules_find_are_proposed_once(taken, keys, dana):
    sheet = taken(ENGLISH)
    again = open_sheet(account=sheet.account, keys=keys, by=dana)

    assert [words for words, _ in surfaces(sheet)] == [
        "Umm Zayn",
        "Karim Saadi",
        "Raqqa",
        "Rahma Testwell",
        "Karim Saadi",
    ]
    assert {found for words, found in surfaces(sheet) if words == "Umm Zayn"} == {"known name"}
    assert again.review == sheet.review


def test_all_names_of_a_narrator_are_one_person_in_every_text_and_language(taken):
    english = masked_text(decided(taken(ENGLISH))).text
    arabic = masked_text(decided(taken(ARABIC, "ar", 2))).text

    assert english == "[Person 1] met [Person 2] in [Place 1]. [Person 1] left [Person 2] there."
    assert "أم زين" not in arabic
    # The clitic stays, and the person is the same as in English.
    assert "وسلّمت وب[شخص 1] مرّة أخرى" in arabic


def test_a_known_name_is_found_however_it_is_hidden(taken):
    split = "I knew Ra\u200bhma Test\u00adwell, and RAHMA TESTWELL, and Rаhma Testwell."
    masked = masked_text(decided(taken(split))).text

    assert masked.count("[Person 1]") == 3


def test_what_was_kept_meanwhile_is_not_overrun(taken, keys, dana):
    sheet = taken(ENGLISH)
    first = sheet.review.marks[0].number
    accept(sheet, [first])

    with pytest.raises(Changed):
        refuse(sheet, [first])
    with pytest.raises(Changed, match="do this step again"):
        go_on(account=sheet.account, revision=sheet.revision, keys=keys, by=dana)


def test_nothing_is_handed_over_that_is_unread_undecided_or_legible(taken):
    sheet = taken(ENGLISH)
    with pytest.raises(NotYet, match="A person reads everything"):
        finish(sheet)
    sheet = have_read(sheet, 1)
    with pytest.raises(NotYet, match="proposals are undecided"):
        finish(sheet)

    last = sheet.review.marks[-1].number
    sheet = accept(sheet, [one.number for one in sheet.review.marks if one.number != last])
    sheet = masking.add(sheet, 0, len("Umm Zayn met"), kind=Kind.PERSON)
    sheet = refuse(sheet, [last])
    with pytest.raises(Refusal, match="“Karim Saadi” is masked in one place"):
        _without(sheet, last)
    assert not TextVersion.objects.exists()


def _without(sheet, number):
    """Hand over with a mark gone, as if nothing had ever found it."""
    marks = tuple(one for one in sheet.review.marks if one.number != number)
    return finish(sheet._replace(review=sheet.review._replace(marks=marks)))


def test_a_refused_mark_stays_legible_by_decision(taken):
    sheet = taken(ENGLISH)
    karims = [one.number for one in sheet.review.marks if sheet.surface(one) == "Karim Saadi"]
    others = [one.number for one in sheet.review.marks if one.number not in karims]
    sheet = have_read(refuse(accept(sheet, others), karims), 1)

    assert finish(sheet).text.count("Karim Saadi") == 2


def test_what_the_house_gets_is_the_text_and_where_each_mask_stands(taken):
    version = finish(decided(taken(ENGLISH)))
    masks = Mask.objects.filter(version=version)

    assert [version.text[one.start : one.end] for one in masks] == [
        one.replacement for one in masks
    ]
    assert [one.kind for one in masks] == ["person", "person", "place", "person", "person"]


def test_parts_of_masked_names_that_stand_alone_are_pointed_out(taken):
    sheet = accept(taken("Karim Saadi came. He was called Saadi by all."), [])
    sheet = masking.add(sheet, 0, len("Karim Saadi"), kind=Kind.PERSON)
    marks = tuple(one for one in sheet.review.marks if one.start == 0)
    alone = sheet._replace(review=sheet.review._replace(marks=marks))

    assert [one.words for one in outlook(alone).parts] == ["Saadi"]


def test_a_mask_is_lifted_wherever_it_hides_the_same(taken, keys, dana):
    version = finish(decided(taken(ENGLISH)))
    mask = Mask.objects.filter(version=version)[1]
    lifted = lift(account=version.account, mask=mask.ref, why=Why.PUBLIC_FACT, keys=keys, by=dana)

    assert (lifted.number, lifted.text.count("Karim Saadi")) == (2, 2)
    assert lifted.text.count("[Person 1]") == 2


def test_a_mask_is_not_lifted_while_the_masking_goes_on(taken, keys, dana):
    version = finish(decided(taken(ENGLISH)))
    sheet = open_sheet(account=version.account, keys=keys, by=dana)
    masking.reopen(sheet, [sheet.review.marks[0].number])
    mask = Mask.objects.filter(version=version)[1]

    with pytest.raises(NotYet, match="The masking of this text has gone on since"):
        lift(account=version.account, mask=mask.ref, why=Why.PUBLIC_FACT, keys=keys, by=dana)
    assert TextVersion.objects.count() == 1


def test_only_a_custodian_of_the_study_opens_a_raw_text(taken, keys, cast):
    sheet = taken(ENGLISH)

    with pytest.raises(NotYours):
        open_sheet(account=sheet.account, keys=keys, by=cast.amina)


def test_the_same_text_again_is_no_new_version(taken, keys, dana):
    version = finish(decided(taken(ENGLISH)))
    again = finish(open_sheet(account=version.account, keys=keys, by=dana))

    assert again == version
    assert {
        one.state for one in open_sheet(account=version.account, keys=keys, by=dana).review.marks
    } == {MarkState.ACCEPTED}
