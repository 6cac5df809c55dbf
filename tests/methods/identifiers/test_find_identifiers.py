"""People, places, dates and numbers are proposed as masks, in three languages."""

from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.methods.identifiers import Found, Kind, find_identifiers

SECONDS_FOR_A_LONG_TEXT = 12  # an adversary's text on a busy machine; ordinary ones take one


def found(text):
    """What was found, as written, with its kind."""
    return {(text[one.start : one.end], str(one.kind)) for one in find_identifiers(text)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We met Sheikh Nadim there.", "Sheikh Nadim"),
        ("We met Dr. Issam al-Rifai there.", "Dr. Issam al-Rifai"),
        ("I saw Abu Salim al-Tunisi at prayer.", "Abu Salim al-Tunisi"),
        ("I saw abu salim al tunisi at prayer.", "abu salim al tunisi"),
        ("A man named Zubayd spoke.", "Zubayd"),
        ("My brother Yazan left.", "Yazan"),
        ("Then Khalil's mother came.", "Khalil"),
        ("They brought Ra'id back.", "Ra'id"),
        ("We asked Mme Lefort for help.", "Mme Lefort"),
        ("Il s'appelait Nadir Benali.", "Nadir Benali"),
        ("J'ai vu le cheikh Nasreddine.", "cheikh Nasreddine"),
        ("Sous les ordres d'Abou Hafs.", "Abou Hafs"),
        ("Mon ami Younes A. est mort.", "Younes A"),
        ("رأيت أبو حمزة التونسي هناك", "أبو حمزة التونسي"),
        ("ذهبت إلى الشيخ عبد الرحمن", "الشيخ عبد الرحمن"),
        ("شاب يدعى مروان الجلاصي", "مروان الجلاصي"),
        ("التقيت وبأبي سالم في الطريق", "أبي سالم"),
        ("ومعي ابني عمر", "عمر"),
        ("قالت أم خالد ذلك", "أم خالد"),
    ],
)
def test_people_are_found(text, name):
    assert (name, "person") in found(text)


@pytest.mark.parametrize(
    ("text", "what", "kind"),
    [
        ("Call +963 933 123 456 now", "+963 933 123 456", "phone"),
        ("رقمي ٠٩٣٣ ١٢٣ ٤٥٦", "٠٩٣٣ ١٢٣ ٤٥٦", "phone"),
        ("au 06 12 34 56 78", "06 12 34 56 78", "phone"),
        ("write to s.tounsi@example.org", "s.tounsi@example.org", "email"),
        ("salim dot t at example dot org", "salim dot t at example dot org", "email"),
        ("I am @abu_salim91 there", "@abu_salim91", "handle"),
        ("see t.me/abusalim.", "t.me/abusalim", "handle"),
        ("Telegram: soldier_59", "soldier_59", "handle"),
        ("at 14 Palm Street", "14 Palm Street", "address"),
        ("au 12 rue de la Paix", "12 rue de la Paix", "address"),
        ("في شارع النيل، بناء 12", "شارع النيل، بناء 12", "address"),
        ("passport number K4521987", "K4521987", "id"),
        ("dossier n° 15/04512", "15/04512", "id"),
        ("we left Raqqa", "Raqqa", "place"),
        ("à Deir ez-Zor", "Deir ez-Zor", "place"),
        ("خرجت من الرقة", "الرقة", "place"),
        ("ذهبت للرقة", "لرقة", "place"),
        ("the village of Tall Hamdan", "Tall Hamdan", "place"),
        ("قرية تل حمدان", "تل حمدان", "place"),
        ("the Khattab Battalion", "Khattab Battalion", "unit"),
        ("la katiba Tariq Ibn Ziyad", "katiba Tariq Ibn Ziyad", "unit"),
        ("في كتيبة الفاروق", "كتيبة الفاروق", "unit"),
        ("on 3 May 2015", "3 May 2015", "date"),
        ("le 3 février 2015", "3 février 2015", "date"),
        ("في 15 آذار 2014", "15 آذار 2014", "date"),
        ("ليلة 27 رمضان 1435 هـ", "27 رمضان 1435 هـ", "date"),
        ("2015-03-04", "2015-03-04", "date"),
        ("in the summer of 2014", "summer of 2014", "date"),
        ("Eid al-Adha 2015", "Eid al-Adha 2015", "date"),
        ("she was twenty-three years old", "twenty-three years old", "age"),
        ("a man aged 31", "aged 31", "age"),
        ("j'avais dix-neuf ans", "dix-neuf ans", "age"),
        ("وعمري ٢٣ سنة", "٢٣ سنة", "age"),
        ("في الثالثة والعشرين من عمره", "الثالثة والعشرين", "age"),
    ],
)
def test_what_is_not_a_person_is_found_by_its_shape(text, what, kind):
    assert (what, kind) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Then he said that we may march in the summer.",
        "The Islamic State killed many Muslims. God is great.",
        "I met him at home. Then he left.",
        "Pendant trois ans je n'ai rien dit.",
        "Il y a trois ans, la guerre a commencé.",
        "كان سعيدا وخرج على الطريق من البيت",
        "We paid 2000 dollars for 300 litres.",
    ],
)
def test_sentences_that_name_nobody_are_left_alone(text):
    assert found(text) == set()


@pytest.mark.parametrize(
    "hidden",
    [
        "A\u200bb\u200bu Sa\u200blim",
        "\u2068Abu Salim\u2069",
        "Аbu Ѕalim",
        "Abu Sa\u0301lim",
        "ＡＢＵ ＳＡＬＩＭ",
        "Abu\u00a0Salim",
        "Abu-Salim",
    ],
    ids=["zero width", "bidi", "Cyrillic letters", "marks", "wide", "hard space", "hyphen"],
)
def test_a_name_that_is_written_so_as_to_hide_is_found_whole(hidden):
    text = f"I saw {hidden} there."

    (one,) = find_identifiers(text)

    assert one.kind is Kind.PERSON
    assert one.start <= text.index(hidden) + 1
    assert one.end >= text.index(hidden) + len(hidden) - 1


def test_a_clitic_before_a_name_is_not_a_part_of_it():
    (one,) = find_identifiers("وبأبي سالم")

    assert (one.start, one.end) == (2, 10)


def test_a_name_found_once_is_found_wherever_it_stands_and_in_part():
    text = (
        "Abu Salim al-Tunisi spoke. I feared abu salim. Later Tunisi died. Wakil Harmoun, named so."
    )

    assert {
        ("Abu Salim al-Tunisi", "person"),
        ("abu salim", "person"),
        ("Tunisi", "person"),
    } <= found(text)


def test_an_arabic_name_found_once_is_found_with_clitics_and_in_part():
    text = "شاب يدعى كرزون الجلاصي. ثم ذهبت لكرزون وقال الجلاصي"

    assert {("كرزون", "person"), ("الجلاصي", "person")} <= found(text)


def test_a_name_typed_without_capitals_in_a_text_without_capitals_is_found():
    text = "my friend was in mosul and then yusuf went to tal afar and we all stayed there for long"

    assert {("mosul", "place"), ("yusuf", "person"), ("tal afar", "place")} == found(text)


def test_direct_identifiers_name_or_reach_one_person():
    direct = {kind for kind in Kind if Found(0, 1, kind, "title").direct}

    assert direct == {Kind.PERSON, Kind.PHONE, Kind.EMAIL, Kind.HANDLE, Kind.ADDRESS, Kind.ID}


def test_what_another_finder_finds_is_told_apart_and_said_again():
    text = "the baker knew. Everyone knew the baker."

    def model(text):
        return [Found(4, 9, Kind.PERSON, "model")]

    rules = {(one.start, one.rule) for one in find_identifiers(text, also=[model])}

    assert (4, "model") in rules


def test_a_finder_that_finds_outside_the_text_is_refused():
    with pytest.raises(ValueError, match="outside the text"):
        find_identifiers("short", also=[lambda text: [Found(3, 99, Kind.PERSON, "model")]])


def test_german_nouns_are_not_proposed_for_their_capitals():
    text = "wir haben das Haus und den Garten gesehen"

    assert find_identifiers(text, language="de") == []


@given(st.text(max_size=200))
def test_whatever_is_written_finds_lie_inside_the_text_in_order_and_apart(text):
    finds = find_identifiers(text)

    assert all(0 <= one.start < one.end <= len(text) for one in finds)
    assert all(one.end <= after.start for one, after in pairwise(finds))


@pytest.mark.parametrize(
    "unit",
    [
        "Aa ",
        "1 ",
        "@",
        "a.",
        "al-",
        "Abu ",
        "بن ",
        "a at a dot ",
        "Sheikh ",
        "3 May ",
        "\u200b",
        "( ",
    ],
)
def test_a_text_made_to_be_slow_is_read_in_one_pass(unit):
    text = (unit * 100_000)[:100_000]
    began = perf_counter()

    find_identifiers(text)

    assert perf_counter() - began < SECONDS_FOR_A_LONG_TEXT
