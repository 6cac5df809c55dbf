"""Studies as they are begun, agreed and staffed."""

from exeunt.studies.actions import agree_protocol, appoint, begin_study
from exeunt.studies.models import Study
from exeunt.studies.rules import ProtocolFacts
from tests.people import PEOPLE, Cast

COMPLETE = ProtocolFacts(
    approval_reference="Invented board, decision 7",
    lawful_basis="Public record, research",
    retention="2031-12-31",
    access_contact="Amina, invented institute",
    breach_contact="Dana, invented institute",
    holder_duties="None beyond the law of an invented country",
)


def a_study(cast: Cast, slug: str = "leaving") -> Study:
    """Begin a study that Amina leads, without anybody else in it and without a protocol."""
    return begin_study(slug=slug, title=f"Study {slug}", by=cast.amina)


def a_staffed_study(cast: Cast, slug: str = "leaving") -> Study:
    """Begin a study and appoint the whole cast but Eve."""
    study = a_study(cast, slug)
    for member, person in zip(cast, PEOPLE, strict=True):
        if person.role is not None and member != cast.amina:
            appoint(study=study, member=member, role=person.role, by=cast.amina)
    return study


def with_protocol(study: Study, cast: Cast) -> Study:
    """Agree a complete protocol, so that real accounts may be stored."""
    agree_protocol(study=study, facts=COMPLETE, by=cast.amina)
    return study
