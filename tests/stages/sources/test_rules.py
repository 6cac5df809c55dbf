"""Whether material may be kept at all is decided before anything of it is."""

import pytest

from exeunt.errors import NotYet, Refusal
from exeunt.stages.sources.rules import check_may_keep, provenance_from
from exeunt.stages.sources.states import Provenance
from tests.making.studies import COMPLETE


@pytest.mark.parametrize(
    ("words", "provenance"),
    [
        ("invented", Provenance.INVENTED),
        (" Invented ", Provenance.INVENTED),
        ("public record", Provenance.PUBLIC_RECORD),
        ("Public-Record", Provenance.PUBLIC_RECORD),
        ("PUBLIC_RECORD", Provenance.PUBLIC_RECORD),
        ("entrusted", Provenance.ENTRUSTED),
    ],
)
def test_provenance_is_read_however_it_is_spelt(words, provenance):
    assert provenance_from(words) is provenance


@pytest.mark.parametrize("words", ["", "  ", "real", "public", "yes", "invented and public record"])
def test_what_is_neither_is_refused_with_the_choices(words):
    with pytest.raises(Refusal, match="“invented” or “public record”"):
        provenance_from(words)


@pytest.mark.parametrize("protocol", [None, COMPLETE], ids=["no protocol", "a protocol"])
def test_entrusted_material_is_refused_whatever_the_protocol_says(protocol):
    with pytest.raises(NotYet, match="vault"):
        check_may_keep(Provenance.ENTRUSTED, protocol)


def test_real_material_needs_a_complete_protocol():
    check_may_keep(Provenance.PUBLIC_RECORD, COMPLETE)
    with pytest.raises(NotYet, match="protocol"):
        check_may_keep(Provenance.PUBLIC_RECORD, None)
    with pytest.raises(NotYet, match="retention"):
        check_may_keep(Provenance.PUBLIC_RECORD, COMPLETE._replace(retention=""))


def test_invented_material_needs_no_protocol():
    check_may_keep(Provenance.INVENTED, None)
