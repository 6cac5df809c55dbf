"""A question as an address has it: read back as it was written, and refused in a sentence."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.errors import Refusal
from exeunt.methods.proportions import Reading
from exeunt.methods.readings import Blanks
from exeunt.methods.span_agreement import Unitised
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.rules.asking import (
    ATTRIBUTES,
    LARGEST_SEED,
    Asking,
    address_of,
    asked_in,
    digest_of,
    plain_question,
    question_from,
)

words = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40)
questions = st.builds(
    Question,
    blanks=st.sampled_from(Blanks),
    only=st.dictionaries(st.sampled_from(ATTRIBUTES), words),
    complete=st.lists(st.tuples(st.sampled_from(ATTRIBUTES), words), max_size=3).map(
        lambda pairs: tuple(sorted(set(pairs)))
    ),
    times=st.integers(100, 100_000),
    seed=st.integers(0, LARGEST_SEED),
    reading=st.sampled_from(Reading),
    unit=st.sampled_from([None, *Unitised]),
)


def test_an_empty_address_asks_the_usual_question():
    assert asked_in([]) == Asking(Question())
    assert address_of(Asking(Question())) == ""


def test_a_form_left_half_empty_asks_what_was_chosen():
    sent = [("codebook", ""), ("blanks", "zero"), ("only-period", "2014"), ("only-group", "")]

    asked = asked_in(sent)

    assert asked.question == Question(blanks=Blanks.NOT_MENTIONED, only={"period": "2014"})
    assert address_of(asked) == "blanks=zero&only-period=2014"


@given(questions, st.sampled_from(["", "icsr-2015@1"]), st.sampled_from(["", *ATTRIBUTES]))
def test_what_is_written_is_read_back(question, codebook, by):
    asked = Asking(question, codebook, by)

    assert asked_in(parse_qsl(address_of(asked))) == asked
    assert question_from(plain_question(question)) == question


def test_one_question_has_one_digest_in_whatever_order_it_is_put():
    one = asked_in([("only-period", "2014"), ("only-group", "IS"), ("compare", "setting=free")])
    other = asked_in(
        [
            ("compare", "setting=free"),
            ("only-group", "IS"),
            ("only-period", "2014"),
            ("compare", "setting=free"),
        ]
    )

    assert address_of(one) == address_of(other)
    assert digest_of(one.question) == digest_of(other.question)
    assert digest_of(one.question) != digest_of(Question())


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ([("blank", "zero")], "“blank” is no part of a question"),
        ([("only-name", "x")], "“only-name” is no part of a question"),
        ([("blanks", "none")], "“none” is neither"),
        ([("reading", "most")], "“most” is none of these"),
        ([("unit", "word")], "units by sentence or turn or character; “word” is none"),
        ([("only-period", "2014"), ("only-period", "2015")], "only one “only-period”"),
        ([("only-period", "2" * 301)], "at most 300 characters"),
        ([("only-period", "2014\x00")], "may not hold control characters"),
        ([("compare", "period")], "does not say what to compare"),
        ([("compare", "period=")], "does not say what to compare"),
        ([("compare", "name=x")], "no attribute “name”"),
        ([("compare", f"period={n}") for n in range(13)], "at most 12"),
        ([("by", "name")], "no attribute “name”"),
        ([("times", "many")], "“many” is none"),
        ([("times", "1" * 11)], "whole number"),
        ([("times", "99")], "between 100 and 100000"),
        ([("seed", "-1")], "whole number"),
        ([("seed", "٣")], "whole number"),
        ([("seed", str(LARGEST_SEED + 1))], "between 0 and"),
    ],
    ids=lambda case: "" if isinstance(case, list) else case,
)
def test_what_is_no_question_is_refused_in_a_sentence(sent, says):
    with pytest.raises(Refusal, match=says):
        asked_in(sent)
