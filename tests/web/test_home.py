"""One arrives at one's study, or at the list of one's studies; anybody may begin one."""

import pytest
from django.test import Client
from django.urls import reverse

from exeunt.members.actions import add_member
from exeunt.members.models import Kind
from exeunt.studies.actions import begin_study
from exeunt.studies.models import Study
from exeunt.studies.queries import roles_of
from exeunt.studies.roles import Role
from tests.making.archive import rows_everywhere
from tests.making.counting import queries_for
from tests.making.reading import at, fill_in, hidden_in, words

BEGIN = "/studies/begin/"
NEW = {"title": "Leaving, 2014–2026", "slug": "leaving-2014"}


@pytest.mark.parametrize("place", ["/", "/studies/", BEGIN])
def test_whoever_has_not_signed_in_is_asked_to(db, place):
    answer = Client().get(place)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))


def test_with_one_study_one_goes_there(cast, study, browser_of):
    answer = browser_of(cast.vera).get("/")

    assert answer.headers["Location"] == at("overview", study)


def test_with_several_one_chooses(cast, study, browser_of):
    begin_study(slug="other", title="Another", by=cast.amina)
    amina = browser_of(cast.amina)
    said = words(amina.get("/", follow=True))

    assert "Study leaving You are: lead" in said
    assert "Another You are: lead" in said


def test_with_none_one_is_told_what_to_do(cast, study, browser_of):
    said = words(browser_of(cast.eve).get("/", follow=True))

    assert "You have no study yet. Begin one, or ask whoever leads one to invite you" in said
    assert "leaving" not in said


def test_the_list_asks_no_more_for_more_studies(cast, study, browser_of):
    amina = browser_of(cast.amina)
    amina.get("/studies/")
    few = queries_for(lambda: amina.get("/studies/"))
    for number in range(9):
        begin_study(slug=f"s-{number}", by=cast.amina)

    assert queries_for(lambda: amina.get("/studies/")) == few


def test_whoever_begins_a_study_leads_it(cast, browser_of):
    answer = fill_in(browser_of(cast.eve), BEGIN, **NEW)
    study = Study.objects.get(slug="leaving-2014")

    assert answer.headers["Location"] == at("overview", study)
    assert roles_of(cast.eve, study) == {Role.LEAD}
    assert study.title == NEW["title"]


def test_a_form_sent_twice_begins_one_study(cast, browser_of):
    eve = browser_of(cast.eve)
    sent = {**hidden_in(eve.get(BEGIN)), **NEW}
    first, second = (eve.post(BEGIN, sent) for _ in "ab")

    assert first.headers["Location"] == second.headers["Location"]
    assert Study.objects.count() == 1


def test_nobody_gets_a_study_by_the_form_of_another(cast, study, browser_of):
    eve, boris = browser_of(cast.eve), browser_of(cast.boris)
    answer = boris.post(BEGIN, {**hidden_in(eve.get(BEGIN)), **NEW})

    assert answer.status_code == 422
    assert Study.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("slug", "Not A Slug"),
        ("slug", "leaving"),
        ("slug", "x" * 10_000),
        ("slug", "a\x00b"),
        ("slug", ""),
        ("title", ""),
        ("title", "x" * 10_000),
        ("title", "a\u202eb"),
        ("title", "a\x00b"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_typed_is_lost(
    cast, study, browser_of, field, typed
):
    before = rows_everywhere()
    answer = fill_in(browser_of(cast.eve), BEGIN, **{**NEW, field: typed})
    kept = {**NEW, field: NEW[field]}

    assert answer.status_code == 422
    assert rows_everywhere() == before
    assert any(value in answer.content.decode() for value in kept.values())


def test_a_machine_has_no_pages(cast, study, browser_of):
    reader = add_member(name="reader-1", kind=Kind.MACHINE, by=cast.amina)
    answer = browser_of(reader).get("/studies/")

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))
