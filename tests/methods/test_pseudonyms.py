"""The same person has the same replacement everywhere, and an erased one leaves no trace."""

import json

import pytest

from exeunt.methods.generalising import decade_of, season_of
from exeunt.methods.identifiers import Kind
from exeunt.methods.pseudonyms import Book, candidates, entity_of, name_form, replacement_for


def asked(*surfaces, kind=Kind.PERSON, language="en", book=None):
    """Ask for each in turn; the answers and the book at the end."""
    book, answers = book or Book(), []
    for surface in surfaces:
        answer, book = replacement_for(kind, surface, language=language, book=book, document="one")
        answers.append(answer)
    return answers, book


def test_one_person_has_one_number_in_every_spelling():
    answers, _ = asked("Abu Salim", "ABOU SALIM", "Abū-Sālim", "Sheikh Abu Salim", "Omar")

    assert answers == ["[Person 1]"] * 4 + ["[Person 2]"]


def test_the_number_is_the_same_in_every_language():
    _, book = asked("Abu Salim")

    assert (
        replacement_for(Kind.PERSON, "Abou Salim", language="fr-FR", book=book)[0] == "[Personne 1]"
    )
    assert asked("أبي سالم", "أبو سالم", language="ar")[0] == ["[شخص 1]", "[شخص 1]"]


def test_a_kunya_with_and_without_its_origin_is_one_person_where_only_one_can_be_meant():
    answers, book = asked("Abu Salim al-Tunisi", "Abu Salim")

    assert answers == ["[Person 1]", "[Person 1]"]
    assert asked("Abu Salim", "Abu Salim al-Tunisi")[0] == ["[Person 1]", "[Person 1]"]
    assert entity_of(Kind.PERSON, "abu salim", book=book).number == 1


def test_a_kunya_of_two_people_is_new_and_both_are_offered():
    _, book = asked("Abu Salim al-Tunisi", "Abu Salim al-Iraqi")

    assert entity_of(Kind.PERSON, "Abu Salim", book=book) is None
    assert [one.number for one in candidates(Kind.PERSON, "Abu Salim", book=book)] == [1, 2]


def test_a_part_of_a_name_is_that_person_in_the_same_document_only():
    _, book = asked("Karim Belhadj")

    assert entity_of(Kind.PERSON, "Belhadj", book=book, document="one").number == 1
    assert entity_of(Kind.PERSON, "Belhadj", book=book, document="two") is None
    assert [one.number for one in candidates(Kind.PERSON, "Belhadj", book=book)] == [1]


def test_what_a_person_decides_to_be_one_is_one():
    _, book = asked("Karim Belhadj", "The Baker")
    book = book.also_known_as("person-1", "The Baker", document="one")

    assert replacement_for(Kind.PERSON, "the baker", language="en", book=book)[0] == "[Person 1]"


@pytest.mark.parametrize(
    ("kind", "surface", "language", "stands"),
    [
        (Kind.DATE, "3 May 2015", "en", "spring 2015"),
        (Kind.DATE, "le 3 mars 2015", "fr", "printemps 2015"),
        (Kind.DATE, "في 15 آذار ٢٠١٥", "ar", "ربيع 2015"),
        (Kind.DATE, "some day", "en", "[date]"),
        (Kind.AGE, "twenty-three", "en", "in their twenties"),
        (Kind.AGE, "19 ans", "fr", "entre dix et vingt ans"),
        (Kind.AGE, "of age", "en", "[age]"),
        (Kind.PHONE, "+963 933 123 456", "en", "[phone]"),
        (Kind.ADDRESS, "12 rue de la Paix", "fr", "[adresse]"),
        (Kind.UNIT, "Khattab Battalion", "en", "[Unit 1]"),
        (Kind.PLACE, "Raqqa", "ar", "[مكان 1]"),
        (Kind.EMAIL, "a@example.org", "xx", "[e-mail]"),
    ],
)
def test_what_stands_for_each_kind(kind, surface, language, stands):
    assert asked(surface, kind=kind, language=language)[0] == [stands]


@pytest.mark.parametrize(
    ("said", "season"),
    [
        ("2014-12-24", "winter 2014"),
        ("04/13/2015", "spring 2015"),
        ("13.4.15", "spring 2015"),
        ("1 Ramadan 1435", "summer 2014"),  # 28 or 29 June 2014
        ("Ramadan 2014", "summer 2014"),
        ("Eid al-Adha 2015", "autumn 2015"),  # 24 September 2015
        ("27 رمضان 1435 هـ", "summer 2014"),
        ("1435-09-01", "summer 2014"),
        ("Noël 2014", "winter 2014"),
        ("in March", "spring"),
        ("1991", "1991"),
        ("99/99/9999", None),
        ("Ramadan", None),
    ],
)
def test_a_date_becomes_its_season_and_year(said, season):
    assert season_of(said, language="en") == season


@pytest.mark.parametrize(
    ("said", "decade"),
    [
        ("٢٣ سنة", "in their twenties"),
        ("سبعة عشر عاما", "in their teens"),
        ("واحد وثلاثون عاما", "in their thirties"),
        ("vingt et un ans", "in their twenties"),
        ("quatre-vingt-dix ans", "over seventy"),
        ("nine years old", "a child under ten"),
        ("120 years old", None),
    ],
)
def test_an_age_becomes_its_decade(said, decade):
    assert decade_of(said, language="en") == decade


def test_a_person_may_choose_what_stands_for_something_and_take_it_back():
    _, book = asked("Raqqa", kind=Kind.PLACE)
    chosen = book.with_replacement(Kind.PLACE, "RAQQA", "a town in the north", language="en")
    undone = chosen.with_replacement(Kind.PLACE, "Raqqa", "", language="en")

    assert asked("Raqqa", kind=Kind.PLACE, book=chosen)[0] == ["a town in the north"]
    assert asked("Raqqa", kind=Kind.PLACE, language="fr", book=chosen)[0] == ["[Lieu 1]"]
    assert asked("Raqqa", kind=Kind.PLACE, book=undone)[0] == ["[Place 1]"]


def test_a_choice_holds_for_dates_too():
    book = Book().with_replacement("date", "3 May 2015", "early 2015")

    assert asked("3 may 2015", kind=Kind.DATE, book=book)[0] == ["early 2015"]


def test_an_entity_that_only_erased_documents_told_is_gone_and_its_number_not_given_again():
    _, book = asked("Abu Salim")
    _, book = replacement_for(Kind.PERSON, "Omar", language="en", book=book, document="two")

    left = book.without(documents={"two"})

    assert [one.forms for one in left.entities] == [("abu salim",)]
    assert asked("Zaki", book=left)[0] == ["[Person 3]"]


def test_a_form_that_only_an_erased_document_told_is_gone_though_the_person_stays():
    _, book = asked("Abu Salim")
    _, book = replacement_for(
        Kind.PERSON, "Abu Salim al-Tunisi", language="en", book=book, document="two"
    )

    left = book.without(documents={"two"})

    assert left.entity("person-1").forms == ("abu salim",)
    assert left.entity("person-1").documents == {"one"}
    assert "tunisi" not in json.dumps(left.as_plain())


def test_an_entity_can_be_taken_out_by_name():
    _, book = asked("Abu Salim", "Omar")

    assert [one.key for one in book.without(entities={"person-1"}).entities] == ["person-2"]


def test_a_book_survives_being_kept_as_json():
    _, book = asked("Abu Salim", "Omar")
    book = book.with_replacement(Kind.PERSON, "Omar", "the driver")

    assert Book.from_plain(json.loads(json.dumps(book.as_plain()))) == book


@pytest.mark.parametrize(
    "plain",
    [
        {},
        {"entities": [{}], "last": {}},
        {
            "entities": [{"kind": "person", "number": 2, "said": {}, "chosen": {}}],
            "last": {"person": 1},
        },
        {"entities": [{"kind": "robot", "number": 1, "said": {}, "chosen": {}}], "last": {}},
    ],
    ids=["empty", "no entity", "a number never given", "an unknown kind"],
)
def test_what_is_no_book_is_refused(plain):
    with pytest.raises(ValueError, match=r"book|Kind"):
        Book.from_plain(plain)


def test_signs_alone_are_no_name():
    _, book = asked("Abu Salim")

    assert entity_of(Kind.PERSON, "...", book=book) is None
    with pytest.raises(ValueError, match="no name"):
        replacement_for(Kind.PERSON, "...", language="en", book=Book())


def test_an_entity_that_the_book_does_not_have_is_refused():
    with pytest.raises(ValueError, match="no such entity"):
        Book().entity("person-1")


def test_titles_are_not_a_part_of_a_name():
    assert name_form("الشيخ أبي سالم") == "ابو سالم"
