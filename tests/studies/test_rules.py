"""Who may do what in a study, by one table; what a study may be called; what a protocol says."""

import pytest

from exeunt.errors import NotYet, NotYours, Refusal
from exeunt.studies.roles import MAY, Act, Role
from exeunt.studies.rules import (
    LONGEST_SLUG,
    ProtocolFacts,
    check_may,
    check_protocol_complete,
    check_slug,
)
from tests.making.studies import COMPLETE

LEAD, CODER, CUSTODIAN = Role.LEAD, Role.CODER, Role.CUSTODIAN
LAWYER, EDITOR, VIEWER = Role.LEGAL_REVIEWER, Role.EDITOR, Role.VIEWER

# Written by hand, apart from the table in the code: who may, of those who have one role.
EXPECTED = {
    Act.SEE_FINDINGS: {LEAD, CODER, CUSTODIAN, LAWYER, EDITOR, VIEWER},
    Act.READ_ACCOUNTS: {LEAD, CODER, EDITOR},
    Act.READ_CODINGS: {LEAD},
    Act.IMPORT_ACCOUNTS: {LEAD},
    Act.IMPORT_CODINGS: {LEAD},
    Act.EDIT_CODEBOOK: {LEAD},
    Act.MAKE_REPORT: {LEAD, EDITOR},
    Act.EDIT_PROTOCOL: {LEAD},
    Act.APPOINT: {LEAD},
    Act.ADD_ACCOUNTS: {LEAD, CODER},
    Act.EDIT_ACCOUNTS: {LEAD, CODER},
    Act.CODE: {CODER},
    Act.GIVE_OUT: {LEAD},
    Act.SETTLE: {LEAD, CODER},
    Act.HAND_ON: {LEAD, CODER},
    Act.READ_LEDGER: {LEAD},
    Act.TAKE_IN: {CUSTODIAN},
    Act.MARK_HARD: {LEAD, CODER, CUSTODIAN},
    Act.ERASE: {CUSTODIAN},
    Act.HOLD: {Role.LEGAL_REVIEWER},
    Act.SEE_HOLDS: {LEAD, CUSTODIAN, Role.LEGAL_REVIEWER},
    Act.HAND_OVER: {LEAD},
    Act.RECORD_CONSENT: {LEAD, CODER, CUSTODIAN},
    Act.SUSPEND: set(Role),
    Act.SEE_CONSENT: set(Role) - {VIEWER},
    Act.REVIEW_FREEDOM: {Role.LEGAL_REVIEWER},
}


def may(act: Act, roles: set[Role]) -> bool:
    try:
        check_may(act, roles)
    except NotYours:
        return False
    return True


def test_the_table_decides_every_act():
    assert set(MAY) == set(Act) == set(EXPECTED)
    assert all(MAY[act] for act in Act)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", Act)
def test_every_role_may_do_what_is_expected_of_it_and_nothing_else(act, role):
    assert may(act, {role}) == (role in EXPECTED[act])


@pytest.mark.parametrize("act", Act)
def test_somebody_without_a_role_may_do_nothing(act):
    with pytest.raises(NotYours, match="you have no role here"):
        check_may(act, set())


@pytest.mark.parametrize("act", Act)
def test_several_roles_allow_what_any_of_them_does(act):
    assert may(act, {CODER, EDITOR}) == bool(EXPECTED[act] & {CODER, EDITOR})


def test_a_coder_never_reads_the_codings_of_others():
    with pytest.raises(NotYours, match="You may not read codings: that is for lead, and you have"):
        check_may(Act.READ_CODINGS, {CODER, EDITOR, VIEWER})


@pytest.mark.parametrize("slug", ["a", "leaving-2014", "2014", "a-b-c", "x" * LONGEST_SLUG])
def test_a_short_name_that_is_easy_to_type_is_taken(slug):
    check_slug(slug)


@pytest.mark.parametrize(
    "slug",
    [
        "",
        "Leaving",
        "leaving 2014",
        "-a",
        "a-",
        "a--b",
        "a_b",
        "a/b",
        "..",
        "مغادرة",
        "a\n",
        "٢٠١٤",
        "x" * (LONGEST_SLUG + 1),
    ],
)
def test_a_short_name_that_is_awkward_is_refused_with_an_example(slug):
    with pytest.raises(Refusal, match="leaving-2014"):
        check_slug(slug)


def test_a_complete_protocol_is_enough():
    check_protocol_complete(COMPLETE)


def test_without_a_protocol_everything_is_missing():
    with pytest.raises(NotYet, match=r"approval reference, lawful basis, retention.*holder duties"):
        check_protocol_complete(None)


@pytest.mark.parametrize("part", ProtocolFacts._fields)
@pytest.mark.parametrize("nothing", ["", "   ", "\u00a0\n"], ids=["empty", "spaces", "unseen"])
def test_a_part_that_is_missing_is_named(part, nothing):
    with pytest.raises(NotYet, match=f"Still missing: {part.replace('_', ' ')}. "):
        check_protocol_complete(COMPLETE._replace(**{part: nothing}))
