"""Known people are found in a text, in whatever spelling, and ordinary words are not."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.methods.arabic_names import KnownName, Matcher

NAMES = [
    KnownName("P1", ("Abu Yusuf al-Halabi", "Ahmad Karim Mansour")),
    KnownName("P2", ("Abdurrahman Zaydan", "عبد الرحمن زيدان")),
    KnownName("P3", ("Umm Sumayya",)),
    KnownName("P4", ("Noureddine Boukhari",)),
]
MATCHER = Matcher(NAMES)
INVENTED = Path("src/exeunt/procedures/demonstration/data/accounts.jsonl")


def found(text: str, matcher: Matcher = MATCHER) -> list[tuple[str, str]]:
    """What was found in a text, and whose name it is."""
    return [(text[one.start : one.end], one.key) for one in matcher.find(text)]


@pytest.mark.parametrize(
    ("text", "written", "key"),
    [
        ("Then Abou Youssef el-Halabi came.", "Abou Youssef el-Halabi", "P1"),
        ("then abu yusuf al halabi came", "abu yusuf al halabi", "P1"),
        ("Ebu Yûsuf el-Halebi’nin evi", "Ebu Yûsuf el-Halebi", "P1"),
        ("وبأبي يوسف الحلبي", "أبي يوسف الحلبي", "P1"),
        ("قال أبُو يُوسُف الحَلَبي", "أبُو يُوسُف الحَلَبي", "P1"),
        ("A\u200bbu Yu\u200dsuf al\u2011Halabi", "A\u200bbu Yu\u200dsuf al\u2011Halabi", "P1"),
        ("Аbu Yusuf аl-Halabi", "Аbu Yusuf аl-Halabi", "P1"),
        ("by Mansour, Ahmad Karim.", "Mansour, Ahmad Karim", "P1"),
        ("by Abd ar-Rahman Zeidane.", "Abd ar-Rahman Zeidane", "P2"),
        ("مع عبدالرحمن زيدان", "عبدالرحمن زيدان", "P2"),
        ("chez l’ami d’Oum Soumaya", "Oum Soumaya", "P3"),
        ("ولأم سمية", "أم سمية", "P3"),
        ("Nur al-Din al-Bukhari", "Nur al-Din al-Bukhari", "P4"),
        ("Nour Eddine Boukhary’s", "Nour Eddine Boukhary", "P4"),
        ("نور الدين البخاري", "نور الدين البخاري", "P4"),
        ("Abu Yusuf", "Abu Yusuf", "P1"),
        ("Al-Halabi laughed", "Al-Halabi", "P1"),
    ],
)
def test_a_known_name_is_found_as_it_is_written(text, written, key):
    assert found(text) == [(written, key)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Yusuf came",  # the son of whom Abu Yusuf is the father
        "the halabi bread",
        "Umm Yusuf",
        "Abu Sumayya",
        "Nora bought a bukhara carpet",
    ],
)
def test_what_is_not_the_name_is_left_alone(text):
    assert found(text) == []


def test_parts_with_a_full_stop_between_them_are_not_one_name():
    assert found("Ahmad. Mansour") == [("Ahmad", "P1"), ("Mansour", "P1")]


def test_a_whole_name_is_surer_than_a_part_of_it():
    whole, shortened, single = (
        MATCHER.find(text)[0].score for text in ("Abu Yusuf Halabi", "Abu Yusuf", "Al-Halabi")
    )
    assert whole > shortened > single > 0


def test_one_spelling_of_many_people_is_found_for_each_of_them():
    many = Matcher([KnownName(f"P{n}", ("Abu Salim",)) for n in range(5)])
    assert found("Abou Salem", many) == [("Abou Salem", f"P{n}") for n in range(5)]


def test_a_family_that_many_share_is_found_once_the_text_names_one_of_them():
    many = Matcher([KnownName(f"P{n}", (f"{given} Halabi",)) for n, given in enumerate(GIVEN)])
    assert found("Halabi came.", many) == []
    assert found("Samir Halabi came. Halabi left.", many) == [
        ("Samir Halabi", "P3"),
        ("Halabi", "P3"),
    ]


GIVEN = ("Ahmad", "Khalid", "Nabil", "Samir", "Tariq")


def test_of_two_overlapping_names_of_one_person_the_longer_is_kept():
    matcher = Matcher([KnownName("P1", ("Abu Yusuf", "Abu Yusuf al-Halabi"))])
    assert found("Abou Youssouf al-Halaby", matcher) == [("Abou Youssouf al-Halaby", "P1")]


def test_a_surface_without_letters_is_never_found():
    assert Matcher([KnownName("P1", ("", "--", "…"))]).find("-- … nobody") == []


def test_nobody_is_found_in_testimonies_that_name_nobody():
    lines = INVENTED.read_text(encoding="utf-8").splitlines()
    assert [found(json.loads(line)["text"]) for line in lines] == [[]] * len(lines)


# --- whatever the text ----------------------------------------------------------------------------

SURFACES = st.sampled_from(
    [surface for name in NAMES for surface in name.surfaces]
    + ["أم سمية", "الحلبي", "Łukasz Żak", "Ибн Мусо", "M. Ali", "N'Diaye", "يوسف بن علي", "李 雷"]
)
HIDDEN = st.sampled_from(["", "", "\u200b", "\u200d", "\u2060", "\u202e", "\u00ad", "\ufeff"])
ARABIC = st.sampled_from(["أم سمية", "الحلبي", "يوسف بن علي", "عبد الرحمن زيدان", "ليلى"])
MARKS = st.sampled_from(["", "", "\u064e", "\u0650", "\u0651", "\u0640", "\u200c"])
CLITICS = st.sampled_from(["", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فل"])
AROUND = st.sampled_from(["", " ", "قال ", "Then ", "(", "“", "\n", "a. "])


@given(st.data(), SURFACES, AROUND)
def test_a_planted_name_is_found_exactly_whatever_is_hidden_in_it(data, surface, before):
    written = "".join(letter + data.draw(HIDDEN) for letter in surface)
    text = f"{before}{data.draw(st.sampled_from([written, written.upper(), written.lower()]))}, so"
    (one,) = Matcher([KnownName("P1", (surface,))]).find(text)
    assert (one.exact, one.score, one.start) == (True, 1.0, len(before))
    assert text[one.end :] == ", so"


@given(st.data(), ARABIC, CLITICS)
def test_a_planted_arabic_name_is_found_behind_what_is_joined_on_to_it(data, surface, clitic):
    written = "".join(letter + data.draw(MARKS) for letter in surface)
    text = f"قال {clitic}{written} ثم"
    exact = [one for one in Matcher([KnownName("P1", (surface,))]).find(text) if one.exact]
    assert [(one.start, one.end) for one in exact] == [(4 + len(clitic), len(text) - 3)]


@pytest.mark.parametrize("text", ["للحلبي", "وللحلبي"])
def test_an_article_that_lost_its_alef_is_still_exact(text):
    (one,) = Matcher([KnownName("P1", ("الحلبي",))]).find(text)
    assert one.exact
    assert text[one.start :] == "لحلبي"


@given(st.text())
def test_any_text_can_be_searched(text):
    for one in MATCHER.find(text):
        assert 0 <= one.start < one.end <= len(text)
        assert 0 < one.score <= 1


@given(st.text(alphabet="abduzlrhmn ' -,.أبويسفحلعدارنمAYH\u200b\u064e", max_size=80))
def test_texts_that_are_nearly_names_can_be_searched(text):
    for one in MATCHER.find(text):
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip()


@given(st.lists(st.text(max_size=20), max_size=4), st.text(max_size=60))
def test_anything_may_be_a_known_name(surfaces, text):
    for one in Matcher([KnownName("P1", tuple(surfaces))]).find(f"{text} {' '.join(surfaces)}"):
        assert one.key == "P1"
