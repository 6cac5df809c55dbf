"""Languages: told where they are clear, and not told else."""

import pytest

from exeunt.stages.sources.intake.texts.languages import Languages, direction_of, sample_of


@pytest.fixture(scope="module")
def languages():
    return Languages()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I left in the spring because they lied to us about the money.", "en"),
        ("تركت الجماعة في عام 2014 لأنهم كذبوا علينا، وقال لي أحدهم: لا تسأل.", "ar"),
        ("انا مشيت من هناك عشان كانوا بيكدبوا علينا ومحدش كان عارف حاجة", "ar"),
        ("Je suis parti au printemps parce qu'ils nous mentaient sur l'argent.", "fr"),
        ("Ich ging im Frühjahr, weil sie logen und niemand über das Geld sprach.", "de"),
        ("من در بهار رفتم چون به ما دروغ می‌گفتند و هیچ‌کس حقیقت را نمی‌دانست", "fa"),
        ("I left.", ""),
        ("12 34 56 78 90 " * 20, ""),
        ("asdf qwer zxcv lkjh poiu mnbv asdf qwer zxcv lkjh poiu", ""),
    ],
)
def test_a_language_is_told_where_it_is_clear(languages, text, language):
    assert languages.language_of(text) == language


def test_a_long_text_is_known_by_three_pieces():
    text = "begin " * 1_000 + "middle " * 1_000 + "end " * 1_000
    sample = sample_of(text)
    assert len(sample) < 2_500
    assert {"begin", "middle", "end"} == set(sample.split())


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("", "ltr"),
        ("12", "ltr"),
        ("I said تركت.", "ltr"),
        ("قال لي Raqqa أمس", "rtl"),
        ("שלום", "rtl"),
    ],
)
def test_the_direction_is_that_of_most_letters(text, direction):
    assert direction_of(text) == direction
