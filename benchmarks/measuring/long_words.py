"""Words for long texts and the stretches marked in them; plain Python, for the peer's as well."""

import random

A_PARAGRAPH, A_SENTENCE = 80, 16
KNOWN = " ".join(
    (
        "left stayed came the a car money road night winter brother market border commander lied",
        "told asked saw heard because when after before with without nobody somebody said that",
        "there were was not never again house food letter village we they",
    )
).split()
CODES = 6


def paragraphs(words, seed=1):
    """Return a text of so many words as paragraphs, each some sentences."""
    chance = random.Random(seed)
    drawn = [chance.choice(KNOWN) for _ in range(words)]
    return [
        " ".join(_sentences(drawn[at : at + A_PARAGRAPH])) for at in range(0, words, A_PARAGRAPH)
    ]


def _sentences(drawn):
    for at in range(0, len(drawn), A_SENTENCE):
        yield " ".join(drawn[at : at + A_SENTENCE]).capitalize() + "."


def stretches(length, number, seed=2):
    """Return so many stretches of a text of this length: start, end, and a code from 0 on."""
    chance = random.Random(seed)
    found = set()
    while len(found) < number:
        start = chance.randrange(length - 200)
        found.add((start, start + chance.randrange(20, 200)))
    return [(start, end, place % CODES) for place, (start, end) in enumerate(sorted(found))]
