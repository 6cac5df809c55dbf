"""The pages on which stretches are listed, settled, sent back and answered."""

import pytest

from exeunt.stages.coding.models import Reply, SettledSpan, SpanSettlement
from exeunt.stages.coding.queries.stretches import Wanted, stretch_beside, stretches_in
from exeunt.stages.testimonies.actions.passages import mark_hard
from exeunt.stages.testimonies.states import Hardness
from tests.making.coding import code, judgement
from tests.making.counting import queries_for
from tests.making.reading import at, fill_in, hidden_in, words
from tests.making.spans import PAID, SAW, Disputed, a_disputed_text
from tests.making.testimonies import an_account

BACK = "Is this about leaving?"
SETTLED = {"take": "union", "reason": "He names them.", "do": "settle"}


@pytest.fixture
def disputed(cast, study) -> Disputed:
    return a_disputed_text(study, cast)


def place(disputed: Disputed, said: str = SAW, page: str = "coding:stretch") -> str:
    return at(
        page,
        disputed.study,
        codebook=disputed.version.name,
        ref=disputed.ref,
        word=disputed.at(said).word,
    )


def stretches(disputed: Disputed, **asked: str) -> str:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{at('coding:stretches', disputed.study)}?{query}"


# --- the list -----------------------------------------------------------------------------------


def test_the_heaviest_stretch_is_listed_first(cast, disputed, browser_of):
    page = browser_of(cast.amina).get(stretches(disputed))
    body = page.content.decode()

    assert "L1 In-fighting whether it is marked 43–63 40 –" in words(page)
    assert body.index(place(disputed, SAW)) < body.index(place(disputed, PAID))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {SAW, PAID}),
        ({"unlike": "bounds"}, {PAID}),
        ({"unlike": "marked"}, {SAW}),
        ({"unlike": "value"}, set()),
        ({"code": "1"}, {SAW, PAID}),
        ({"code": "2"}, set()),
        ({"code": "99999"}, set()),
        ({"account": "nothing"}, set()),
        ({"settled": "on"}, {SAW, PAID}),
    ],
)
def test_the_list_is_narrowed(cast, disputed, browser_of, asked, found):
    body = browser_of(cast.amina).get(stretches(disputed, **asked)).content.decode()

    assert {said for said in (SAW, PAID) if place(disputed, said) in body} == found


def test_the_list_is_narrowed_to_one_account(cast, disputed):
    for named in (disputed.ref, disputed.reading.account.label):
        leaf = stretches_in(disputed.study, disputed.version, Wanted(account=named), by=cast.amina)
        assert leaf.total == 2


def test_what_is_settled_is_listed_only_where_it_is_asked_for(cast, disputed, browser_of):
    disputed.settle(SAW, "union", by=cast.amina)
    amina = browser_of(cast.amina)

    assert place(disputed, SAW) not in amina.get(stretches(disputed)).content.decode()
    assert "40 settled" in words(amina.get(stretches(disputed, settled="on")))


def test_a_kind_that_is_none_is_refused(cast, disputed, browser_of):
    answer = browser_of(cast.amina).get(stretches(disputed, unlike="mood"))

    assert answer.status_code == 422
    assert "“mood” is none of these" in words(answer)


def test_an_empty_list_says_what_will_fill_it(cast, study, browser_of):
    page = words(browser_of(cast.amina).get(at("coding:stretches", study)))

    assert "There is nothing to settle here." in page


def test_a_page_of_one_or_of_fifty_stretches_asks_as_often(cast, disputed, tmp_path, browser_of):
    said = " ".join(f"Word {number} stands here." for number in range(60))
    an_account(disputed.study, cast, account_id="A0009", text=said)
    rows = [
        judgement("A0009", "L1", quote=f"Word {number} stands", coder="Boris")
        for number in range(60)
    ]
    rows.append(judgement("A0009", "L2", quote="Word 1 stands", coder="Chidi"))
    code(rows, tmp_path, study=disputed.study, cast=cast)

    def listed(size: int):
        return stretches_in(disputed.study, disputed.version, size=size, by=cast.boris)

    assert (len(listed(50).rows), listed(50).total) == (50, 63)
    assert queries_for(lambda: listed(1)) == queries_for(lambda: listed(50))
    assert [line.weight for line in listed(50).rows] == sorted(
        (line.weight for line in listed(50).rows), reverse=True
    )


def test_the_next_one_is_the_next_in_the_list(cast, disputed):
    everything = Wanted()

    def beside(said: str | None, **how):
        here = (disputed.ref, disputed.at(said)) if said else None
        found = stretch_beside(
            disputed.study, disputed.version, everything, here=here, by=cast.amina, **how
        )
        return found and found.at

    assert beside(None) == disputed.at(SAW)
    assert beside(SAW) == disputed.at(PAID)
    assert beside(PAID) is None
    assert beside(PAID, back=True) == disputed.at(SAW)
    assert beside(SAW, back=True) is None


# --- one stretch --------------------------------------------------------------------------------


def test_both_readings_stand_side_by_side_without_names(cast, disputed, browser_of):
    page = browser_of(cast.boris).get(place(disputed, PAID))
    said = words(page)

    assert "Reader A" in said
    assert "Chidi" not in said.replace("Chidi was not sure.", "")
    assert f"<mark>{PAID}</mark>" in page.content.decode()
    assert f"<mark>{PAID[:-1]}</mark>" in page.content.decode()
    for note in ("For whom?", "Chidi was not sure.", "the bounds only"):
        assert note in said


def test_a_stretch_is_settled_and_the_next_is_shown(cast, disputed, browser_of):
    amina = browser_of(cast.amina)
    answer = fill_in(amina, place(disputed, SAW), **SETTLED)
    following = words(amina.get(answer.url))

    assert (answer.status_code, answer.url) == (302, place(disputed, PAID))
    assert "It is settled. Here is the next one." in following
    assert SettledSpan.objects.count() == 1


def test_filters_are_kept_from_one_stretch_to_the_next(cast, disputed, browser_of):
    asked = "?unlike=marked"
    answer = fill_in(browser_of(cast.amina), place(disputed, SAW) + asked, **SETTLED)

    assert answer.url.endswith("/stretches/?codebook=excerpts%401&unlike=marked")


def test_a_button_leads_to_the_heaviest(cast, disputed, browser_of):
    start = at("coding:next-stretch", disputed.study, codebook=disputed.version.name)
    answer = browser_of(cast.amina).get(start)

    assert answer.url == place(disputed, SAW)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"reason": " "}, "Say why"),
        ({"take": ""}, "Choose what is agreed"),
        ({"take": "Z"}, "not one of the available choices"),
        ({"take": "own"}, "Say where"),
        ({"take": "own", "sentences": "9"}, "Sentences are numbered from 1 to 3"),
        ({"take": "own", "places": "0-9"}, "lies outside of what is settled here"),
        ({"do": "back"}, "Say what you want to know"),
    ],
)
def test_what_cannot_be_settled_is_said_at_its_field(cast, disputed, browser_of, typed, says):
    answer = fill_in(browser_of(cast.amina), place(disputed), **(SETTLED | typed))

    assert answer.status_code == 422
    assert says in words(answer)
    assert not SpanSettlement.objects.exists()


def test_what_another_has_settled_meanwhile_is_shown(cast, disputed, browser_of):
    amina = browser_of(cast.amina)
    opened = hidden_in(amina.get(place(disputed)))
    disputed.settle(SAW, "none", by=cast.boris, reason="He only hints.")
    clash = amina.post(place(disputed), {**opened, **SETTLED})
    again = amina.post(place(disputed), {**hidden_in(clash), **SETTLED})

    assert clash.status_code == 409
    for said in ("He only hints.", "He names them.", "Both versions"):
        assert said in words(clash)
    assert again.status_code == 302
    assert SpanSettlement.objects.get().reason == "He names them."


def test_what_was_settled_stands_there_to_be_settled_again(cast, disputed, browser_of):
    disputed.settle(SAW, "own", by=cast.amina, places="43-50")
    page = browser_of(cast.boris).get(place(disputed))

    assert "What is agreed" in words(page)
    assert 'value="43-50"' in page.content.decode()


def test_a_stretch_that_is_none_is_refused(cast, disputed, browser_of):
    amina = browser_of(cast.amina)
    gone = place(disputed).replace("1-43-63", "1-43-62")

    assert amina.get(gone).status_code == 409
    assert "The readers do not differ here" in words(amina.get(gone))
    for odd in ("9-43-63", "1-43", "a-b-c", "1-43-63-1", "1-43-99999999999"):
        assert amina.get(place(disputed).replace("1-43-63", odd)).status_code == 404


def test_hard_words_are_folded(cast, disputed, browser_of):
    mark_hard(
        account=disputed.reading.account,
        number=disputed.reading.text.number,
        paragraphs=[1],
        kind=Hardness.VIOLENCE,
        by=cast.amina,
    )
    page = browser_of(cast.amina).get(place(disputed))

    assert '<details class="hard"><summary>About 20 words on violence' in page.content.decode()


# --- sending back and answering -----------------------------------------------------------------


def test_readers_are_asked_and_answer_without_their_names(cast, disputed, browser_of):
    amina, boris = browser_of(cast.amina), browser_of(cast.boris)
    asked = fill_in(amina, place(disputed), question=BACK, do="back")
    waiting = words(boris.get(at("coding:next", disputed.study)))
    listed = words(boris.get(at("coding:questions", disputed.study)))
    answer = place(disputed, page="coding:reply")
    replied = fill_in(boris, answer, words="About leaving.")
    seen = words(amina.get(place(disputed)))

    assert asked.status_code == 302
    assert "Answer 1 question" in waiting
    assert BACK in listed
    assert replied.url == at("coding:questions", disputed.study)
    assert "answers About leaving." in seen
    assert "Boris" not in seen
    assert Reply.objects.get().by == cast.boris


def test_the_overview_says_what_waits(cast, disputed, browser_of):
    disputed.send_back(PAID, BACK, by=cast.amina)
    page = words(browser_of(cast.boris).get(at("overview", disputed.study)))

    assert "1 stretch marked differently" in page
    assert "1 question to you" in page


def test_nobody_who_is_asked_nothing_is_told_so(cast, disputed, browser_of):
    page = words(browser_of(cast.boris).get(at("coding:questions", disputed.study)))

    assert "You are asked nothing." in page


@pytest.mark.parametrize("member", ["dana", "lina", "edda", "vera"])
def test_who_may_not_settle_is_told_so(cast, disputed, browser_of, member):
    browser = browser_of(getattr(cast, member))
    for page in (place(disputed), stretches(disputed)):
        answer = browser.get(page)

        assert answer.status_code == 403
        assert "You may not settle differences" in words(answer)
