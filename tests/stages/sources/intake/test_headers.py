"""Which column of the file is which of ours."""

import pytest

from exeunt.errors import BadInput
from exeunt.stages.sources.intake.columns import folded


@pytest.mark.parametrize(
    "header",
    ["account_id", "Account ID", "ACCOUNT-ID ", "récit", "Recit", "رقم الرواية", "رَقَم الروايـة"],
)
def test_a_column_is_known_by_any_of_its_names(reading, header):
    assert list(reading(f"{header},code\nA1,L1\n").rows()) == [(2, ("A1", "L1", "", ""))]


def test_a_person_may_say_which_column_is_meant(reading):
    table = reading("Nr,code\nA1,L1\n", rename={"nr": "account_id"})
    assert table.columns == ("account_id", "code")


def test_a_missing_column_is_told_with_what_is_there(reading):
    with pytest.raises(BadInput, match="“account_id”: This column is missing; the file has “code”"):
        reading("code\nL1\n")


def test_an_unknown_column_comes_with_a_suggestion(reading):
    with pytest.raises(BadInput, match=r"“valu”: This column is not known\. Did you mean “value”"):
        reading("account_id,code,valu\nA1,L1,1\n")


def test_a_column_like_no_other_comes_with_the_list(reading):
    with pytest.raises(BadInput, match="Known are account_id, code, value, text"):
        reading("account_id,code,zzz\nA1,L1,1\n")


def test_two_columns_for_one_are_told_together(reading):
    with pytest.raises(BadInput, match="columns “value”, “Valeur” all stand for “value”"):
        reading("account_id,code,value,Valeur\nA1,L1,1,1\n")


def test_a_column_without_a_name_is_told_by_its_place(reading):
    with pytest.raises(BadInput, match="Column 2 has no name"):
        reading("account_id,,code\nA1,x,L1\n")


def test_renaming_what_is_not_there_is_told(reading):
    with pytest.raises(BadInput, match="“Nmr”: You renamed this column"):
        reading("account_id,code\nA1,L1\n", rename={"Nmr": "value"})


def test_far_too_many_columns_are_refused(reading):
    header = ",".join(["account_id", "code", *(f"c{n}" for n in range(300))])
    with pytest.raises(BadInput, match="302 columns") as refused:
        reading(f"{header}\nA1,L1\n")
    assert refused.value.unlisted > 0


def test_folding_leaves_different_names_different():
    assert folded("use_when") != folded("not_when")
