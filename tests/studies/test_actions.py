"""Studies are begun, agreed and staffed by those who may, and every act is written down."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from exeunt.errors import Changed, NotThere, NotYet, NotYours, Refusal
from exeunt.ledger.models import Entry
from exeunt.members.models import Kind
from exeunt.studies.actions import (
    agree_protocol,
    appoint,
    begin_study,
    dismiss,
    invite,
    let_in_again,
    state_limits,
)
from exeunt.studies.models import Membership, Protocol, ProtocolVersion, Study
from exeunt.studies.queries import roles_of
from exeunt.studies.roles import Role
from exeunt.studies.rules import ProtocolFacts
from tests.making.archive import rows_everywhere
from tests.making.studies import COMPLETE, a_study


def last_entry() -> Entry:
    return Entry.objects.latest("position")


def test_whoever_begins_a_study_leads_it(cast):
    study = begin_study(slug="leaving", by=cast.boris)

    assert roles_of(cast.boris, study) == {Role.LEAD}
    assert study.title == "leaving"
    assert study.protocol_facts() is None
    assert (last_entry().act, last_entry().subject) == ("study.begun", study.ref)


@pytest.mark.parametrize("slug", ["leaving", "Leaving", ""])
def test_a_short_name_that_is_taken_or_unfit_is_refused_and_leaves_no_trace(cast, slug):
    a_study(cast)
    before = rows_everywhere()
    with pytest.raises(Refusal):
        begin_study(slug=slug, by=cast.amina)

    assert rows_everywhere() == before


def test_a_title_that_does_not_fit_is_refused(cast):
    with pytest.raises(Refusal, match="200"):
        begin_study(slug="leaving", title="x" * 201, by=cast.amina)


def test_a_protocol_is_agreed_and_can_be_renewed(cast, study):
    agree_protocol(study=study, facts=COMPLETE, by=cast.amina)
    renewed = COMPLETE._replace(retention="2033-06-30", access_contact="Dana")
    agree_protocol(study=study, facts=renewed, by=cast.amina)

    assert Protocol.objects.get().retention == date(2033, 6, 30)
    assert study.protocol_facts() == renewed
    assert last_entry().facts == {"retention": "2033-06-30"}


def test_a_protocol_that_leaves_something_out_is_not_agreed(cast, study):
    before = rows_everywhere()
    for part in ProtocolFacts._fields:
        with pytest.raises(NotYet, match=part.replace("_", " ")):
            agree_protocol(study=study, facts=COMPLETE._replace(**{part: ""}), by=cast.amina)

    assert rows_everywhere() == before


def test_a_retention_date_that_is_none_is_refused_with_an_example(cast, study):
    before = rows_everywhere()
    for date_ in ("31.12.2031", "2031", "2031-02-30", "soon", "2031-12-31T00:00", "٢٠٣١-١٢-٣١"):
        with pytest.raises(Refusal, match="write it as 2031-12-31"):
            agree_protocol(study=study, facts=COMPLETE._replace(retention=date_), by=cast.amina)

    assert rows_everywhere() == before


def test_a_retention_date_that_has_passed_is_refused(cast, study):
    with pytest.raises(Refusal, match="2026-03-01"):
        agree_protocol(study=study, facts=COMPLETE._replace(retention="2026-03-01"), by=cast.amina)


LONGEST = {
    "approval_reference": 500,
    "lawful_basis": 500,
    "access_contact": 500,
    "breach_contact": 500,
    "holder_duties": 1000,
}


@pytest.mark.parametrize("part", LONGEST)
def test_a_part_that_does_not_fit_is_refused_by_name(cast, study, part):
    facts = COMPLETE._replace(**{part: "x" * (LONGEST[part] + 1)})
    with pytest.raises(Refusal, match=part.replace("_", " ")):
        agree_protocol(study=study, facts=facts, by=cast.amina)


def test_nobody_but_the_lead_agrees_a_protocol_or_appoints(cast, study):
    before = rows_everywhere()
    for other in cast[1:]:
        with pytest.raises(NotYours):
            agree_protocol(study=study, facts=COMPLETE, by=other)
        with pytest.raises(NotYours):
            appoint(study=study, member=other, role=Role.LEAD, by=other)

    assert rows_everywhere() == before


def test_an_appointment_is_written_down_by_reference(cast):
    study = a_study(cast)
    appoint(study=study, member=cast.lina, role=Role.LEGAL_REVIEWER, by=cast.amina)

    assert roles_of(cast.lina, study) == {Role.LEGAL_REVIEWER}
    assert last_entry().facts == {"member": cast.lina.ref, "role": "legal-reviewer"}


def test_one_person_may_hold_several_roles_and_each_only_once(cast, study):
    appoint(study=study, member=cast.boris, role=Role.EDITOR, by=cast.amina)
    before = rows_everywhere()
    appoint(study=study, member=cast.boris, role=Role.EDITOR, by=cast.amina)

    assert roles_of(cast.boris, study) == {Role.CODER, Role.EDITOR}
    assert rows_everywhere() == before


def test_a_lead_of_one_study_is_nobody_in_another(cast, study):
    other = begin_study(slug="other", by=cast.eve)
    with pytest.raises(NotYours, match="no role here"):
        appoint(study=other, member=cast.amina, role=Role.LEAD, by=cast.amina)


def test_the_database_itself_refuses_an_unknown_role_and_a_role_twice(cast, study):
    for role in ("owner", Role.LEAD):
        with pytest.raises(DatabaseError), transaction.atomic():
            Membership.objects.create(study=study, member=cast.amina, role=role)


def test_studies_and_memberships_are_printed_as_references(cast, study):
    assert str(study) == study.ref
    assert "Amina" not in " ".join(map(str, Membership.objects.all()))
    assert Study.objects.count() == 1


def test_a_study_that_is_begun_twice_with_one_reference_is_one_study(cast):
    first, second = (begin_study(slug="leaving", ref="0" * 16, by=cast.amina) for _ in "ab")

    assert first == second
    assert first.ref == "0" * 16


def test_a_reference_of_another_s_study_gives_nobody_that_study(cast, study):
    with pytest.raises(DatabaseError), transaction.atomic():
        begin_study(slug="mine", ref=study.ref, by=cast.eve)


def test_a_role_is_taken_away_once_and_written_down_by_reference(cast, study):
    dismiss(study=study, member=cast.lina, role=Role.LEGAL_REVIEWER, by=cast.amina)
    entry, before = last_entry(), rows_everywhere()
    dismiss(study=study, member=cast.lina, role=Role.LEGAL_REVIEWER, by=cast.amina)

    assert roles_of(cast.lina, study) == frozenset()
    assert entry.act == "member.dismissed"
    assert entry.facts == {"member": cast.lina.ref, "role": "legal-reviewer"}
    assert rows_everywhere() == before


def test_only_one_of_several_roles_is_taken_away(cast, study):
    appoint(study=study, member=cast.boris, role=Role.EDITOR, by=cast.amina)
    dismiss(study=study, member=cast.boris, role=Role.CODER, by=cast.amina)

    assert roles_of(cast.boris, study) == {Role.EDITOR}


def test_the_last_lead_stays_and_a_second_one_may_go(cast, study):
    with pytest.raises(NotYet, match="somebody who leads it"):
        dismiss(study=study, member=cast.amina, role=Role.LEAD, by=cast.amina)
    appoint(study=study, member=cast.boris, role=Role.LEAD, by=cast.amina)
    dismiss(study=study, member=cast.amina, role=Role.LEAD, by=cast.amina)

    assert roles_of(cast.amina, study) == frozenset()


def test_a_machine_is_dismissed_like_anybody(cast, study):
    reader = invite(
        study=study, name="reader-1", role=Role.CODER, kind=Kind.MACHINE, by=cast.amina
    ).member
    dismiss(study=study, member=reader, role=Role.CODER, by=cast.amina)

    assert roles_of(reader, study) == frozenset()


def test_nobody_but_a_lead_dismisses_or_lets_in_again(cast, study):
    before = rows_everywhere()
    for other in cast[1:]:
        with pytest.raises(NotYours):
            dismiss(study=study, member=cast.boris, role=Role.CODER, by=other)
        with pytest.raises(NotYours):
            let_in_again(study=study, member=cast.boris, by=other)

    assert rows_everywhere() == before


def test_nobody_is_let_in_again_who_has_no_role_here(cast, study):
    with pytest.raises(NotThere):
        let_in_again(study=study, member=cast.eve, by=cast.amina)


def test_every_version_of_a_protocol_is_kept_and_numbered(cast, study):
    for year in ("2031", "2032", "2033"):
        facts = COMPLETE._replace(retention=f"{year}-12-31")
        agree_protocol(study=study, facts=facts, by=cast.amina)
    kept = ProtocolVersion.objects.values_list("number", "retention__year", "agreed_by")

    assert list(kept) == [(n, 2030 + n, cast.amina.pk) for n in (3, 2, 1)]
    assert Protocol.objects.get().revision == 3


@pytest.mark.parametrize("revision", [0, 2, 7])
def test_a_protocol_that_was_changed_meanwhile_is_not_overwritten_unseen(cast, study, revision):
    agree_protocol(study=study, facts=COMPLETE, by=cast.amina)
    later = COMPLETE._replace(lawful_basis="Consent")
    with pytest.raises(Changed) as changed:
        agree_protocol(study=study, facts=later, revision=revision, by=cast.amina)

    assert changed.value.revision == 1
    assert changed.value.theirs == COMPLETE._asdict()
    assert study.protocol_facts() == COMPLETE


def test_limits_that_were_changed_meanwhile_are_not_overwritten_unseen(cast, study):
    state_limits(study=study, limits=["One."], revision=1, by=cast.amina)
    with pytest.raises(Changed) as changed:
        state_limits(study=study, limits=["Two."], revision=1, by=cast.amina)

    assert changed.value.theirs == {"limits": "One."}
    assert state_limits(study=study, limits=["Two."], revision=2, by=cast.amina).limits == ["Two."]


def edition_of(study):
    """How often the study has changed by now."""
    return Study.objects.get(pk=study.pk).edition


def test_what_a_report_prints_of_a_study_makes_earlier_answers_old(cast, study):
    before = edition_of(study)

    agree_protocol(study=study, facts=COMPLETE, by=cast.amina)
    agreed = edition_of(study)
    state_limits(study=study, limits=["Found through two newspapers only."], by=cast.amina)

    assert before < agreed < edition_of(study)
