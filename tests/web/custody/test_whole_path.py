"""From the first name to the account that the study reads: the whole path, without a script."""

from exeunt.stages.testimonies.models import TextVersion
from tests.making.custody import at, register, take_in
from tests.making.pages import fields_of

STEPS = "//form[@id='steps']"


def step(client, place, act, **more):
    answer = client.post(place, {**fields_of(client.get(place), form_at=STEPS), "act": act, **more})
    assert answer.status_code == 302, answer.content.decode()
    return answer


def test_a_text_is_taken_in_masked_and_read_by_the_study(dana, entrusted, cast, browser_of):
    narrator = register(dana, entrusted)
    account = take_in(dana, entrusted, narrator)
    place = at("page", entrusted, ref=account.ref, number=1)
    page = dana.get(place)
    for number in range(1, 20):
        answer = dana.post(place, {**fields_of(dana.get(place), form_at=STEPS), "act": f"accept {number}"})
    step(dana, place, "read 1")
    finish = at("finish", entrusted, ref=account.ref)
    shown = dana.get(finish)
    answer = dana.post(finish, fields_of(shown, form_at="//main//form[starts-with(@class, 'form')]"))
    assert answer.status_code == 302, answer.content.decode()
    text = dana.get(at("text", entrusted, ref=account.ref))
    assert text.status_code == 200
