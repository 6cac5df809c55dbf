"""What may stand together in a table and in a study."""

import pytest

from exeunt.errors import Refusal
from exeunt.stages.sources.rules import check_study_is_unmixed
from exeunt.stages.sources.states import Provenance
from exeunt.stages.testimonies.rules.entering import (
    check_label_is_new,
    check_one_provenance,
)

INVENTED, PUBLIC = Provenance.INVENTED, Provenance.PUBLIC_RECORD


def test_a_table_of_one_kind_is_taken():
    for provenance in (INVENTED, PUBLIC):
        check_one_provenance(provenance, provenance)


@pytest.mark.parametrize(("first", "this"), [(INVENTED, PUBLIC), (PUBLIC, INVENTED)])
def test_a_table_that_mixes_invented_and_real_is_refused(first, this):
    with pytest.raises(Refusal, match=f"This row is {this} and the rows above are {first}"):
        check_one_provenance(first, this)


@pytest.mark.parametrize("there", [[], [INVENTED]], ids=["nothing yet", "the same"])
def test_a_study_takes_what_is_like_its_own(there):
    check_study_is_unmixed(there, INVENTED)


@pytest.mark.parametrize(("there", "this"), [(INVENTED, PUBLIC), (PUBLIC, INVENTED)])
def test_a_study_never_counts_invented_and_real_accounts_together(there, this):
    with pytest.raises(Refusal, match=f"This study holds {there} accounts, and this table is"):
        check_study_is_unmixed([there], this)


def test_a_label_stands_for_one_account():
    check_label_is_new("A3", {"A1", "A2"})
    with pytest.raises(Refusal, match="“A2” is in this study already"):
        check_label_is_new("A2", {"A1", "A2"})
