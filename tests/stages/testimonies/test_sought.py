"""Passages are found by their words, their order included, in the latest text alone."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from exeunt.methods.word_queries import read_query
from exeunt.stages.testimonies.actions.by_hand import edit_account
from exeunt.stages.testimonies.actions.searching import renew_passages
from exeunt.stages.testimonies.models import SearchPassage, TextVersion, Turn
from exeunt.stages.testimonies.queries.account import words_of
from exeunt.stages.testimonies.queries.sought import passages_with, texts_sought_wrongly
from exeunt.stages.testimonies.rules.searched import LONGEST, Sought, Speech, passages_of
from tests.making.testimonies import an_account, row, take_in

MONEY = "They took the money.\n\nThe cars were for the widows, they said."
ARABIC = "خرجتُ من الجَمَاعَة ليلاً. ثم بقيت في الرقة."


@pytest.fixture
def texts(cast, study, captures, tmp_path):
    rows = [row("A1", text=MONEY), row("A2", text=ARABIC), row("A3", text=""), row("A4", text="!")]
    take_in(rows, tmp_path, study=study, cast=cast)
    return study


def found(asked: str) -> list[str]:
    """Return the words of the passages that are found."""
    places = passages_with(read_query(asked)).values_list("version__text", "start", "end")
    return [text[start:end] for text, start, end in places]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("took", ["They took"]),
        ("they the", ["They took", "The cars"]),
        ('"the money"', ["They took"]),
        ('"money the"', []),
        ('"for the wid"*', ["The cars"]),
        ('"the wid"', []),
        ("wid*", ["The cars"]),
        ("money OR widows", ["They took", "The cars"]),
        ("they -money", ["The cars"]),
        ('they -"for the widows"', ["They took"]),
        ("took widows", []),
        ("جماعة", ["خرجتُ"]),
        ('"من الجماعة"', ["خرجتُ"]),
        ('"من جماعة ليلا"', ["خرجتُ"]),
        ("الجما*", ["خرجتُ"]),
        ("nowhere", []),
    ],
)
def test_a_passage_is_found_by_what_it_holds(texts, asked, words):
    shown = found(asked)

    assert len(shown) == len(words)
    assert all(text.startswith(start) for text, start in zip(shown, words, strict=True))


def test_what_was_corrected_is_found_as_it_stands_now(cast, study, captures):
    account = an_account(study, cast, text="They took the money.")
    typed = {**words_of(account), "text": "They took the bread."}
    edit_account(account=account, revision=account.revision, words=typed, by=cast.boris)

    assert found("money") == []
    assert found("bread") == ["They took the bread."]
    assert list(texts_sought_wrongly()) == []


def test_what_changes_beside_the_text_leaves_its_passages_alone(cast, study, captures):
    account = an_account(study, cast, text="They took the money.")
    before = list(SearchPassage.objects.values_list("pk", flat=True))
    typed = {**words_of(account), "language": "en"}
    edit_account(account=account, revision=account.revision, words=typed, by=cast.boris)

    assert list(SearchPassage.objects.values_list("pk", flat=True)) == before


def test_who_speaks_is_known_from_the_turns_that_were_written_down(cast, study, captures):
    version = TextVersion.objects.get(account=an_account(study, cast, text="Why? I was tired."))
    Turn.objects.create(version=version, number=1, start=0, end=4, speaker="Imam")
    Turn.objects.create(version=version, number=2, start=5, end=17, speaker="N1")
    renew_passages(version)

    speakers = SearchPassage.objects.order_by("start").values_list("speaker", flat=True)
    assert list(speakers) == ["Imam", "N1"]


def test_texts_that_were_there_before_are_found_after_an_upgrade(texts):
    rows = SearchPassage.objects.order_by("start").values_list(
        "account", "version", *Sought._fields
    )
    before = list(rows.all())
    SearchPassage.objects.all().delete()
    assert found("took") == []
    assert len(list(texts_sought_wrongly())) == 2

    import_module("exeunt.stages.testimonies.migrations.0008_search_passages").fill(
        apps, connection.schema_editor()
    )

    assert list(rows.all()) == before
    assert len(found("took")) == 1


# --- how a text is cut ----------------------------------------------------------------------------


def cut(text: str, *said: Speech) -> list[tuple[str, str]]:
    return [(one.speaker, text[one.start : one.end]) for one in passages_of(text, said)]


def test_a_paragraph_is_a_passage_and_a_long_one_is_cut_where_sentences_end():
    sentence = "They came to the house at night again. "
    # 39 characters each: the sixteenth ends at 624, the first beyond 600.
    passages = cut(f"Short.\n\n{sentence * 20}")

    assert passages[0] == ("", "Short.")
    assert [len(words) for _, words in passages[1:]] == [623, 155]


def test_what_never_ends_a_sentence_is_cut_between_words():
    passages = [words for _, words in cut("word " * 2_000)]

    assert all(len(words) <= LONGEST for words in passages)
    assert " ".join(" ".join(passages).split()) == ("word " * 2_000).strip()
    assert [len(words) for _, words in cut("x" * (LONGEST + 5))] == [LONGEST, 5]


def test_a_transcript_shows_who_speaks_unless_its_source_says_so():
    text = "Q: Why?\nA: I was tired.\nQ: Of what?"

    assert [speaker for speaker, _ in cut(text)] == ["Q", "A", "Q"]
    assert cut(text, Speech(3, 7, "Imam")) == [
        ("", "Q:"),
        ("Imam", "Why?"),
        ("", "A: I was tired."),
        ("", "Q: Of what?"),
    ]


def test_turns_that_overlap_hold_each_word_once():
    assert cut("one two three", Speech(0, 7, "A"), Speech(4, 13, "B")) == [
        ("A", "one two"),
        ("B", "three"),
    ]
