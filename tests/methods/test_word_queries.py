"""What somebody types is read as they meant it, or refused in a sentence that helps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.methods.searching import in_order, placed_words
from exeunt.methods.word_queries import Hit, Phrase, WordQuery, hits_in, read_query

LEFT, HOME, FLED = Phrase(("left",)), Phrase(("home",)), Phrase(("fled",))


@pytest.mark.parametrize(
    ("asked", "groups", "without"),
    [
        ("", (), ()),
        ("  ", (), ()),
        ("left", ((LEFT,),), ()),
        ("Left  home", ((LEFT,), (HOME,)), ()),
        ("left left", ((LEFT,),), ()),
        ("left AND home", ((LEFT,), (HOME,)), ()),
        ('"left home"', ((Phrase(("left", "home")),),), ()),
        ("“left home”", ((Phrase(("left", "home")),),), ()),
        ("«left home»", ((Phrase(("left", "home")),),), ()),
        ("leav*", ((Phrase(("leav",), beginning=True),),), ()),
        ('"he leav"*', ((Phrase(("he", "leav"), beginning=True),),), ()),
        ('"he leav*"', ((Phrase(("he", "leav"), beginning=True),),), ()),
        ("left OR fled home", ((LEFT, FLED), (HOME,)), ()),
        ("left OR fled OR home", ((LEFT, FLED, HOME),), ()),
        ("left | fled", ((LEFT, FLED),), ()),
        ("home or fled", ((HOME,), (Phrase(("or",)),), (FLED,)), ()),
        ("left -home", ((LEFT,),), (HOME,)),
        ('-"left home" fled', ((FLED,),), (Phrase(("left", "home")),)),
        ("al-Qaida", ((Phrase(("al", "qaida")),),), ()),
        ("left – home", ((LEFT,), (HOME,)), ()),
        ("الجماعة", ((Phrase(("جماعه",)),),), ()),
        ("الجما*", ((Phrase(("جما",), beginning=True),),), ()),
    ],
)
def test_words_phrases_beginnings_or_and_minus_are_read(asked, groups, without):
    assert read_query(asked) == WordQuery(groups, without)


@pytest.mark.parametrize(
    ("asked", "helps"),
    [
        ('"left home', "quotation mark is open"),
        ("*", "behind the beginning"),
        ("*ing", "behind the beginning"),
        ("l*ft", "behind the beginning"),
        ("l*", "type 2 letters"),
        ("OR home", "between two words"),
        ("home OR", "between two words"),
        ("home OR OR fled", "between two words"),
        ("-left OR home", "between two words"),
        ("home OR -left", "use one of them"),
        ("-home", "what they should hold"),
        ("!?", "no letter"),
        (" ".join(f"w{n}" for n in range(21)), "21 words"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(asked, helps):
    with pytest.raises(ValueError, match=helps.replace("?", r"\?")):
        read_query(asked)


@pytest.mark.parametrize(
    ("text", "asked", "found"),
    [
        ("I left home. They left.", "left", ["left", "left"]),
        ("I left home. They left.", '"left home"', ["left home"]),
        ("I left home. They left.", "home left", ["left", "home", "left"]),
        ("I left home. They left.", "th* OR home", ["home", "They"]),
        ("Left, right, LEFT!", "left", ["Left", "LEFT"]),
        ("خرجت والجَمَاعَةُ معي", "جماعة", ["والجَمَاعَةُ"]),
        ("Café\u0301 fine", "cafe", ["Café\u0301"]),
        ("nothing of the kind", "left", []),
    ],
)
def test_places_are_those_of_the_original(text, asked, found):
    hits = hits_in(placed_words(text), read_query(asked))

    assert [text[hit.start : hit.end] for hit in hits] == found


def test_a_place_that_two_groups_ask_for_is_of_the_first():
    assert hits_in(placed_words("home"), read_query("home ho*")) == [Hit(0, 4, 0)]


@given(st.text(alphabet='ab "*|-OR\u0627\u0644\u064b', max_size=30))
def test_whatever_is_typed_is_read_or_refused(asked):
    said = read_query_or_refusal(asked)

    assert (
        said.endswith(".") if isinstance(said, str) else bool(said.groups) == bool(in_order(asked))
    )


def read_query_or_refusal(asked: str) -> WordQuery | str:
    try:
        return read_query(asked)
    except ValueError as refused:
        return str(refused)


@given(st.lists(st.sampled_from(["left", "Home", "الجماعة", "cafés"]), min_size=1, max_size=6))
def test_a_phrase_is_found_in_the_text_that_it_was_taken_from(words):
    text = "so " + " ".join(words) + ", then"
    (hit, *_) = hits_in(placed_words(text), read_query(f'"{" ".join(words)}"'))

    assert text[hit.start : hit.end] == " ".join(words)
