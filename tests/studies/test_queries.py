"""One finds the studies in which one has a role, and nothing tells of any other."""

import pytest

from exeunt.errors import NotThere, NotYours, Refusal
from exeunt.studies.actions import begin_study
from exeunt.studies.queries import require, roles_of, studies_of, study_called
from exeunt.studies.roles import MAY, Act
from tests.making.studies import a_staffed_study
from tests.people import PEOPLE


def answer(slug, by) -> str:
    with pytest.raises(Refusal) as refused:
        study_called(slug, by=by)
    return f"{refused.type.__name__}: {refused.value}"


def test_eve_gets_the_same_answer_for_a_study_of_others_and_for_none(cast, study):
    assert answer("leaving", cast.eve) == answer("no-such-study", cast.eve)
    assert "leaving" not in answer("leaving", cast.eve)


def test_eve_gets_the_same_answer_when_she_has_a_study_of_her_own(cast, study):
    own = begin_study(slug="my-own", by=cast.eve)

    assert answer("leaving", cast.eve) == answer("nothing", cast.eve).replace("nothing", "leaving")
    assert answer("leaving", cast.eve).endswith("Studies: my-own.")
    assert study_called(None, by=cast.eve) == own


def test_eve_has_no_role_and_sees_no_study(cast, study):
    assert roles_of(cast.eve, study) == frozenset()
    assert studies_of(cast.eve) == []


def allowed(member, study) -> set[Act]:
    may = set()
    for act in Act:
        try:
            require(act, study=study, by=member)
        except NotYours:
            continue
        may.add(act)
    return may


def test_everybody_may_do_what_their_role_allows_and_nothing_else(cast, study):
    for member, person in zip(cast, PEOPLE, strict=True):
        assert allowed(member, study) == {act for act in Act if person.role in MAY[act]}


def test_with_one_study_nobody_has_to_name_it(cast, study):
    assert study_called(None, by=cast.vera) == study
    assert study_called("leaving", by=cast.vera) == study


def test_with_several_one_has_to_say_which(cast, study):
    other = a_staffed_study(cast, "other")

    assert study_called("other", by=cast.boris) == other
    with pytest.raises(Refusal, match="say which with --study: leaving, other"):
        study_called(None, by=cast.boris)


def test_a_study_is_listed_once_however_many_roles_one_has(cast):
    studies = [a_staffed_study(cast, slug) for slug in ("one", "two")]

    assert studies_of(cast.amina) == studies
    assert studies_of(cast.chidi) == studies


def test_an_unknown_study_is_answered_with_one_s_own(cast, study):
    with pytest.raises(NotThere, match=r"There is no study “leavng”. Studies: leaving."):
        study_called("leavng", by=cast.amina)
