"""Invented texts of many paragraphs, with words as common and as rare as those of a language."""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.str_]
LATIN = (list("bdfglmnrstv"), list("aeiou"))
ARABIC = (list("بتجدرسشعفقلمنه"), ["ا", "و", "ي", ""])
VOCABULARY, EXPONENT = 60_000, 1.05
PARAGRAPHS, SENTENCES, LENGTH = 100, 5, 12
TENTH = 10
# In every fifth account so many stretches are marked, each so long.
MARKED, MARKS, LONG = 5, 12, 120
CODES = ("L1", "L2", "L3", "J1")


def vocabulary(letters: tuple[list[str], list[str]]) -> Words:
    """Return words, the short ones first: they will be the common ones; a few stand twice."""
    consonants, vowels = letters
    return np.array([_word(number, consonants, vowels) for number in range(VOCABULARY)])


def write_texts(folder: Path, accounts: int, *, of: int) -> list[Path]:
    """Write tables of so many accounts each; a tenth of them is in Arabic."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for first in range(0, accounts, of):
        path = folder / f"texts-{first}.csv"
        paths.append(path)
        if not path.exists():
            _write(path, range(first, min(first + of, accounts)))
    return paths


def paragraphs(number: int, words: dict[str, Words]) -> Iterator[str]:
    """Make up the paragraphs of one account, the same each time."""
    generator = np.random.default_rng(number)
    known = words["ar" if number % TENTH == 0 else "en"]
    weights = 1 / np.arange(1, VOCABULARY + 1) ** EXPONENT
    edges = np.cumsum(weights / weights.sum())
    drawn = np.searchsorted(edges, generator.random((PARAGRAPHS, SENTENCES, LENGTH)))
    for paragraph in known[np.minimum(drawn, VOCABULARY - 1)]:
        yield " ".join(f"{' '.join(sentence).capitalize()}." for sentence in paragraph)


def write_marks(path: Path, accounts: int, coders: tuple[str, ...]) -> Path:
    """Write what both coders marked, each in their own way, in every fifth account."""
    generator = np.random.default_rng(2)
    words = both()
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["account_id", "coder", "code", "value", "target", "start", "end"])
        for number in range(0, accounts, MARKED):
            text = "\n\n".join(paragraphs(number, words))
            places = np.sort(generator.choice(len(text) - LONG, MARKS, replace=False))
            for place, coder in enumerate(coders):
                for start in places[place : place + MARKS - len(coders)].tolist():
                    code = CODES[int(start) % len(CODES)]
                    end = start + LONG
                    writer.writerow([f"T{number}", coder, code, 1, "excerpt", start, end])
    return path


def both() -> dict[str, Words]:
    """Return the words of both languages."""
    return {"en": vocabulary(LATIN), "ar": vocabulary(ARABIC)}


def asked(kind: str, count: int, *, accounts: int, words: dict[str, Words]) -> list[str]:
    """Make up questions of a kind, each another one, out of what the texts hold."""
    generator = np.random.default_rng(len(kind))
    said = []
    for _ in range(count):
        number = int(generator.integers(accounts))
        text = list(paragraphs(number, words))[int(generator.integers(PARAGRAPHS))]
        at = int(generator.integers(LENGTH * SENTENCES - 3))
        one, two, three = text.replace(".", "").split()[at : at + 3]
        said.append(KINDS[kind].format(one=one, two=two, three=three, start=one[:3]))
    return said


KINDS = {
    "a word": "{one}",
    "two words": "{one} {three}",
    "a phrase of two words": '"{one} {two}"',
    "a phrase of three words": '"{one} {two} {three}"',
    "the beginning of a word": "{start}*",
    "either of two words": "{one} OR {three}",
    "one word without another": "{one} -{three}",
}


def _write(path: Path, numbers: range) -> None:
    words = both()
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["account_id", "provenance", "language", "period", "text"])
        for number in numbers:
            language = "ar" if number % TENTH == 0 else "en"
            text = "\n\n".join(paragraphs(number, words))
            writer.writerow([f"T{number}", "invented", language, str(2010 + number % 8), text])


def _word(number: int, consonants: list[str], vowels: list[str]) -> str:
    syllables = []
    number += 1
    while number:
        number, rest = divmod(number, len(consonants) * len(vowels))
        consonant, vowel = divmod(rest, len(vowels))
        syllables.append(consonants[consonant] + vowels[vowel])
    return "".join(syllables) if len(syllables) > 1 else syllables[0] * 2
