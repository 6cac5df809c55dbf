"""Transcript layouts: taken only where all lines follow one, and never a word too much."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.stages.sources.intake.texts import Paragraph, TextDraft
from exeunt.stages.sources.intake.texts.turns import with_turns


def draft(text):
    return TextDraft(tuple(Paragraph(line) for line in text.split("\n")))


def spoken(text, **options):
    found = with_turns(draft(text), options)
    return [tuple(one)[:3] for one in found.paragraphs if one.text or one.speaker]


def test_names_before_colons_speak():
    told = (
        "Interview 4\n\nAMINA: Why?\nBORIS: They lied.\nIt was so.\nAMINA: Note: this.\nBORIS: No."
    )
    assert spoken(told) == [
        ("Interview 4", "", ""),
        ("Why?", "AMINA", ""),
        ("They lied.", "BORIS", ""),
        ("It was so.", "", ""),
        ("Note: this.", "AMINA", ""),
        ("No.", "BORIS", ""),
    ]


@pytest.mark.parametrize(
    "told",
    [
        "[00:01:02] Amina: Why?\n[00:01:05] Boris: So.\n"
        "[00:01:09] Amina: No\n[00:02:00] Boris: Yes",
        "00:01:02 Amina: Why?\n00:01:05 Boris: So.\n00:01:09 Amina: No\n00:02:00 Boris: Yes",
        "Amina (1:02): Why?\nBoris (1:05): So.\nAmina (1:09): No\nBoris (2:00): Yes",
        "Amina: [01:02] Why?\nBoris: [01:05] So.\nAmina: [01:09] No\nBoris: [02:00] Yes",
        "00:01:02 Amina\nWhy?\n\n00:01:05 Boris\nSo.\n00:01:09 Amina\nNo\n00:02:00 Boris\nYes",
        "Amina  1:02\nWhy?\n\nBoris  1:05\nSo.\n\nAmina  1:09\nNo\n\nBoris  2:00\nYes",
    ],
    ids=["brackets", "bare", "after the name", "before the words", "own line", "name, then time"],
)
def test_times_beside_names_are_kept(told):
    assert spoken(told) == [
        ("Why?", "Amina", "00:01:02.000"),
        ("So.", "Boris", "00:01:05.000"),
        ("No", "Amina", "00:01:09.000"),
        ("Yes", "Boris", "00:02:00.000"),
    ]


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("أمينة: لماذا؟\nبوريس: كذبوا\nأمينة : متى\nبوريس: أمس", {"أمينة", "بوريس"}),
        (
            "Sami\u00a0: Quoi ?\nAmina\u00a0: Rien.\nSami\u202f: Quand ?\nAmina : Hier",
            {"Sami", "Amina"},
        ),
        ("Q: a\nA: b\nQ: c\nA: d", {"Q", "A"}),
        (
            "Speaker 1\tWhy\nSpeaker 2\tSo\nSpeaker 1\tNo\nSpeaker 2\tYes",
            {"Speaker 1", "Speaker 2"},
        ),
        ("Amina\nWhy?\nBoris\nThey lied.\nAmina\nWhen?\nBoris\nIn May.", {"Amina", "Boris"}),
        ("ANNA: a\nBEN: b\nANNA: c\nBEN: d\nWAITER: Tea?", {"ANNA", "BEN", "WAITER"}),
    ],
)
def test_names_of_many_kinds_speak(told, names):
    assert {speaker for _, speaker, _ in spoken(told)} == names


@pytest.mark.parametrize(
    "told",
    [
        "Note: a\nHe said: come.\nAt 10:30 we left.\nExample: b\nthen",
        "Amina: a\nAmina: b\nAmina: c\nAmina: d",  # one name alone may be a label
        "Amina: a\nBoris: b\nAmina: c",  # too few
        "Amina: a\nBoris: b\nAmina: c\nBoris: d" + "\nwords" * 20,  # fewer than a fifth
        "he said: a\nshe said: b\nhe said: c\nshe said: d",
        "10:30 we left.\n11:00 we came.\n11:30 we slept.\n12:00 we ate.",
        "Part One\nPart Two\nPart One\nPart Two",  # names with nothing said between
        "One\nTwo\nThree\nFour",
        "[1] Neumann 2015\n[2] Altier 2017\n[3] Horgan\n[4] Speckhard",
    ],
)
def test_what_follows_no_layout_is_left_as_it_stands(told):
    before = draft(told)
    assert with_turns(before, {}) == before


def test_times_alone_are_taken_out_of_the_text():
    told = "[00:12] I left.\n[00:15 - 00:18] They lied.\n[00:20] so\n[1:01:20,5] ok"
    found = with_turns(draft(told), {}).paragraphs
    assert [one.text for one in found] == ["I left.", "They lied.", "so", "ok"]
    assert (found[1].ends, found[3].begins) == ("00:00:18.000", "01:01:20.500")


def test_times_out_of_order_are_left_and_said():
    before = draft("[00:12] a\n[00:10] b\n[00:20] c\n[00:30] d")
    after = with_turns(before, {})
    assert after.paragraphs == before.paragraphs
    assert "not in the order of time" in after.unsure[0]


def test_it_is_said_so_that_a_person_can_switch_it_off():
    told = "AMINA: Why?\nBORIS: So.\nAMINA: No.\nBORIS: Yes."
    assert "(AMINA, BORIS)" in with_turns(draft(told), {}).unsure[0]
    assert with_turns(draft(told), {"turns": False}) == draft(told)


def test_a_file_that_says_who_speaks_is_believed():
    before = TextDraft((Paragraph("A: a", "Amina"), *draft("B: b\nA: c\nB: d\nA: e").paragraphs))
    assert with_turns(before, {}) == before


WORDS = st.text("aB:[]() 0123\tم\n", max_size=30)


@given(st.lists(st.one_of(WORDS, st.sampled_from(["AMINA: x", "BORIS:", "[00:01] y", "Boris"]))))
def test_no_word_is_lost_whatever_the_lines(lines):
    before = draft("\n".join(lines))
    after = with_turns(before, {}).paragraphs
    letters = sorted(sign for sign in before.text if sign.isalpha())
    kept = sorted(sign for one in after for sign in one.speaker + one.text if sign.isalpha())
    # A name on a line of its own is said once, and so is each word.
    assert kept == letters
