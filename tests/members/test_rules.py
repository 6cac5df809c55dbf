"""What a member may be called."""

import pytest

from exeunt.errors import Refusal
from exeunt.members.rules import LONGEST_NAME, clean_name


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Amina", "Amina"),
        ("  Amina \t of\n the  lab ", "Amina of the lab"),
        ("أمينة", "أمينة"),
        ("Zoe\u0308", "Zoë"),
        ("reader-1", "reader-1"),
        ("x" * LONGEST_NAME, "x" * LONGEST_NAME),
        ("Ami\u2028na", "Ami na"),
    ],
    ids=["plain", "spaces", "Arabic", "composed", "a machine", "the longest", "a line's end"],
)
def test_a_name_is_kept_as_one_line_in_one_form(written, kept):
    assert clean_name(written) == kept


@pytest.mark.parametrize(
    "name",
    [
        "",
        " \t\n",
        "x" * (LONGEST_NAME + 1),
        "Ami\u202ena",
        "Ami\u200bna",
        "Ami\u2066na",
        "\ufeffAmina",
        "Amina\x00",
        "Amina\x1b[31m",
        "Ami\ue000na",
        "Ami\udcffna",
    ],
    ids=[
        "empty",
        "only spaces",
        "too long",
        "turned round",
        "an unseen space",
        "isolated",
        "a byte-order mark",
        "nothing",
        "an escape",
        "private use",
        "half a character",
    ],
)
def test_a_name_that_could_deceive_is_refused(name):
    with pytest.raises(Refusal, match="name"):
        clean_name(name)
