"""A refusal is said in the reader's language: the sentence, and our words in it, never theirs."""

import gettext as standard

import pytest
from django.utils import translation
from django.utils.translation import trans_real

from exeunt.desk.saying import said
from exeunt.errors import AllOf, Listed, OneOf, Refusal, why_not
from exeunt.studies.roles import Act, Role
from exeunt.studies.rules import check_may

HERE = {
    "You may not {act}: that is for {allowed}, and you have {mine}. "
    "A lead of this study can appoint you.": "NON {act} / {allowed} / {mine}",
    "code accounts": "CODARE",
    "coder": "CODATORE",
    "lead": "CAPO",
    "viewer": "VEDENTE",
    " or ": " O ",
    " and ": " E ",
    "“{label}” is here.": "«{label}» C'È.",
}


class Elsewhere(standard.NullTranslations):
    """A language with a few words."""

    def gettext(self, message: str) -> str:
        return HERE.get(message, message)


@pytest.fixture
def elsewhere(monkeypatch):
    monkeypatch.setattr(trans_real, "gettext", Elsewhere().gettext)
    monkeypatch.setattr(translation._trans, "gettext", Elsewhere().gettext)


def refusal_of(act: Act, *roles: Role) -> Refusal:
    return why_not(lambda: check_may(act, roles))


def test_in_english_it_is_the_sentence_itself():
    refusal = refusal_of(Act.CODE, Role.LEAD)

    assert said(refusal) == str(refusal)
    assert said(refusal).startswith("You may not code accounts: that is for coder, and you have")


def test_the_words_of_ours_in_it_are_translated_too(elsewhere):
    refusal = refusal_of(Act.CODE, Role.VIEWER, Role.LEAD)

    assert said(refusal) == "NON CODARE / CODATORE / CAPO E VEDENTE"


def test_what_somebody_typed_is_never_translated(elsewhere):
    assert said(Refusal("“{label}” is here.", label="lead")) == "«lead» C'È."


def test_braces_in_what_somebody_typed_stay():
    assert said(Refusal("“{label}” is here.", label="{x} {0}")) == "“{x} {0}” is here."


@pytest.mark.parametrize(
    ("words", "written"), [(Listed, "a, b"), (OneOf, "a or b"), (AllOf, "a and b")]
)
def test_words_in_a_row_are_joined(words, written):
    assert str(words(["a", "b"])) == written
