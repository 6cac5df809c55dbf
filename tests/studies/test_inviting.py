"""A name that strangers let in is not given a role in a study of one's own."""

import pytest

from exeunt.errors import Refusal
from exeunt.studies.actions import begin_study, invite_in
from exeunt.studies.roles import Role


def test_somebody_new_gets_a_link(cast, study):
    assert invite_in(study=study, name="Nora", role=Role.CODER, by=cast.amina).token


def test_a_name_taken_by_a_stranger_is_refused_and_nobody_gets_a_seat(cast, study):
    elsewhere = begin_study(slug="elsewhere", by=cast.eve)
    taken = invite_in(study=elsewhere, name="Nora", role=Role.CODER, by=cast.eve)

    with pytest.raises(Refusal, match="may not be who you mean"):
        invite_in(study=study, name="Nora", role=Role.CODER, by=cast.amina)

    assert not study.membership_set.filter(member=taken.member).exists()


def test_somebody_whom_one_let_in_oneself_is_appointed_to_another_study(cast, study):
    nora = invite_in(study=study, name="Nora", role=Role.CODER, by=cast.amina).member
    second = begin_study(slug="second", by=cast.amina)

    again = invite_in(study=second, name="Nora", role=Role.VIEWER, by=cast.amina)

    assert (again.member, again.token) == (nora, "")
