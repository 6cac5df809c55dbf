"""Measure how well and how fast known names are found, beside rapidfuzz's plain calls.

    python benchmarks/names.py [--full] [--write]

The variants of each name are split into two halves by a hash of their group. Every threshold,
ours and the peers', is the best one on the first half; the figures are those of the second.
"""

import argparse
import csv
import hashlib
import json
import random
from collections.abc import Callable, Iterator
from itertools import combinations, product
from time import perf_counter
from typing import NamedTuple, TypeVar

from anyascii import anyascii
from measuring.page import ROOT, dated, renew, table, verdict
from rapidfuzz import fuzz, utils

from exeunt.methods.arabic_names import SAME_NAME, KnownName, Matcher, same_name

VARIANTS = ROOT / "tests" / "methods" / "arabic_names" / "name-variants.csv"
TESTIMONIES = ROOT / "src/exeunt/procedures/demonstration/data/accounts.jsonl"
COMMAND = "python benchmarks/names.py --full"
PEOPLE, WORDS, PLANTED = 10_000, 5_000, 200
BUILD_GOAL, FIND_GOAL = 2, 1
RUNS, DRAWS = 3, 4
OPENING = "The demonstration's invented testimonies, in which nobody known is named"

GIVEN = tuple(
    """Ahmad Muhammad Mahmud Hamid Khalid Khalil Omar Ali Hasan Husayn Yusuf Yunus Ibrahim
    Ismail Ishaq Musa Isa Harun Sulayman Dawud Zakariya Yahya Salih Salim Sami Samir Tariq Tahir
    Talal Ziyad Zayd Nasir Nabil Nadir Jamal Jamil Karim Kamal Rashid Rafiq Ridwan Majid Mazin
    Marwan Mustafa Murad Bilal Bashir Badr Faris Faysal Fadi Ghassan Hamza Haytham Hisham Imad
    Jabir Luqman Mansur Anas Idris Fatima Aisha Khadija Maryam Zaynab Sumayya Asma Hafsa Safiyya
    Layla Amina Nura Huda Iman Rania Abdullah Abdurrahman Abdulkarim Abdulaziz Abdulqadir
    Nuraddin Salahuddin Saifullah""".split()  # noqa: SIM905
)
ROOTS = tuple(
    """Halab Hims Dimashq Raqq Tunis Maghrib Jaza'ir Lubnan Urdunn Misr Baghdad Mawsil Basr Kuf
    Qahir Iskandar Trabuls Bayrut Sayd Ghazz Khalil Nabulus Makk Madin Ta'if Yaman Hadram Suman
    Dagistan Bukhar Samarqand Turkistan Khurasan Kabul Qandahar Shisan Qawqaz Andalus Qurtub Fas
    Sus Rif""".split()  # noqa: SIM905
)
KUNYAS = ("Abu", "Umm")


class Pair(NamedTuple):
    """Two written names, whether they are one, and whether one of them is in Arabic script."""

    one: str
    other: str
    same: bool
    scripts: str


class Measured(NamedTuple):
    """How well a way of comparing told names apart."""

    threshold: float
    f1: float
    precision: float
    recall: float


Result = TypeVar("Result")
Compare = Callable[[str, str], float]


def main() -> None:
    """Measure, print, and renew the page if asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--full", action="store_true", help="10,000 people instead of 1,000")
    parser.add_argument("--write", action="store_true", help="renew docs/reference/benchmarks.md")
    asked = parser.parse_args()
    people = PEOPLE if asked.full else PEOPLE // 10
    body = "\n\n".join(
        [pairwise(), planted(), speed(people, full=asked.full), ordinary_words(people)]
    )
    print(body)
    if asked.write:
        renew("Known names", f"{dated(COMMAND)}\n\n{body}")


# --- pairs ---------------------------------------------------------------------------------------


def pairwise() -> str:
    """Compare every pair of written names within each half, with us and with the peers."""
    tuned, held = _pairs(half=0), _pairs(half=1)
    rows = [("how two names are compared", "which", "threshold", "F1", "precision", "recall")]
    for name, compare in _ways():
        seen = [(compare(pair.one, pair.other), pair) for pair in tuned]
        fresh = [(compare(pair.one, pair.other), pair) for pair in held]
        for which in ("all", "Latin", "across scripts", "Arabic"):
            mine = [scored for scored in fresh if which in {"all", scored[1].scripts}]
            threshold = _best_threshold(
                [scored for scored in seen if which in {"all", scored[1].scripts}]
            )
            found = _measured(mine, threshold)
            figures = (f"{found.threshold:.2f}", f"{found.f1:.3f}")
            rows.append((name, which, *figures, f"{found.precision:.3f}", f"{found.recall:.3f}"))
    same = sum(pair.same for pair in held)
    return f"{len(held):,} pairs of the second half, {same:,} of one name.\n\n{table(rows)}"


def _ways() -> Iterator[tuple[str, Compare]]:
    yield "Exeunt", same_name
    scorers = (fuzz.ratio, fuzz.token_sort_ratio, fuzz.WRatio)
    for scorer in scorers:
        yield f"rapidfuzz {scorer.__name__}", _plain(scorer, str)
        yield f"rapidfuzz {scorer.__name__}, anyascii", _plain(scorer, anyascii)


def _plain(scorer: Callable[..., float], spell: Callable[[str], str]) -> Compare:
    def compare(one: str, other: str) -> float:
        return scorer(spell(one), spell(other), processor=utils.default_process) / 100

    return compare


def _pairs(*, half: int) -> list[Pair]:
    return [
        Pair(
            one["surface"],
            other["surface"],
            one["group_id"] == other["group_id"],
            _scripts(one["script"], other["script"]),
        )
        for one, other in combinations(_rows(half=half), 2)
    ]


def _rows(*, half: int) -> list[dict[str, str]]:
    with VARIANTS.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if _half(row["group_id"]) == half]


def _half(group: str) -> int:
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % 2


def _scripts(one: str, other: str) -> str:
    if one != other:
        return "across scripts"
    return "Latin" if one == "Latn" else "Arabic"


def _best_threshold(scored: list[tuple[float, Pair]]) -> float:
    return max((_measured(scored, step / 100) for step in range(30, 101)), key=lambda m: m.f1)[0]


def _measured(scored: list[tuple[float, Pair]], threshold: float) -> Measured:
    right = sum(score >= threshold and pair.same for score, pair in scored)
    told = sum(score >= threshold for score, _ in scored)
    same = sum(pair.same for _, pair in scored)
    f1 = 2 * right / (told + same) if told + same else 0.0
    return Measured(threshold, f1, right / told if told else 0.0, right / same if same else 0.0)


def planted() -> str:
    """Know one spelling of each name of the second half, and plant the others in a sentence."""
    groups: dict[str, list[str]] = {}
    for row in _rows(half=1):
        groups.setdefault(row["group_id"], []).append(row["surface"])
    rows = [("sentences", "found", "somebody else found as surely")]
    tried = found = others = 0
    for seed in range(DRAWS):
        known = {key: random.Random(seed).choice(names) for key, names in groups.items()}
        matcher = Matcher(KnownName(key, (name,)) for key, name in known.items())
        for key, name in _other_spellings(groups, known):
            text = f"So {name} came."
            names = matcher.find(text)
            tried += 1
            found += any(one.key == key and one.end == len(text) - len(" came.") for one in names)
            others += any(one.key != key and one.score >= SAME_NAME for one in names)
    rows.append((f"{tried:,}", f"{found:,} ({found / tried:.1%})", f"{others:,}"))
    return f"Other spellings planted in a sentence, the second half alone:\n\n{table(rows)}"


def _other_spellings(
    groups: dict[str, list[str]], known: dict[str, str]
) -> Iterator[tuple[str, str]]:
    for key, names in groups.items():
        yield from ((key, name) for name in names if name != known[key])


# --- texts ---------------------------------------------------------------------------------------


def speed(people: int, *, full: bool) -> str:
    """Time the building of a matcher, and one text of 5,000 words with 200 names planted in it."""
    rows = [("what", "seconds", "goal")]
    draw = random.Random(1)
    known = list(_people(draw, people))
    matcher, built = _timed(lambda: Matcher(known), runs=1)
    text = _planted_text(draw, known)
    found, sought = _timed(lambda: matcher.find(text))
    rows.append(("build", f"{built:.2f}", verdict(built, BUILD_GOAL, counts=full)))
    rows.append(("find", f"{sought:.2f}", verdict(sought, FIND_GOAL, counts=full)))
    exact = len({(one.start, one.end) for one in found if one.exact})
    return (
        f"{people:,} invented people with three names each; a text of {len(text.split()):,} words "
        f"in which {PLANTED} of the names stand: {exact} places found letter for letter.\n\n"
        f"{table(rows)}"
    )


def _people(draw: random.Random, count: int) -> Iterator[KnownName]:
    families = [
        f"{start}{root}{end}" for start, root, end in product(("al-", ""), ROOTS, ("i", "awi"))
    ]
    families += [f"{given} {family}" for given in GIVEN for family in families[:40]]
    for number in range(count):
        given, father, son = draw.sample(GIVEN, 3)
        family, other = draw.sample(families, 2)
        kunya = f"{draw.choice(KUNYAS)} {son} {other}"
        yield KnownName(f"N-{number}", (f"{given} {father} {family}", kunya, f"{given} {other}"))


def _planted_text(draw: random.Random, known: list[KnownName]) -> str:
    words = [word for text in _testimonies() for word in text.split()]
    words = (words * (WORDS // len(words) + 1))[:WORDS]
    for place in draw.sample(range(WORDS), PLANTED):
        words[place] = draw.choice(draw.choice(known).surfaces)
    return " ".join(words)


def _testimonies() -> list[str]:
    lines = TESTIMONIES.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def ordinary_words(people: int) -> str:
    """Count what is found in testimonies in which none of the known people is named."""
    rows = [("people known", "words read", "places found", "which")]
    for count in (10, 100, 1_000, people):
        matcher = Matcher(_people(random.Random(2), count))
        texts = _testimonies()
        found = {text[one.start : one.end] for text in texts for one in matcher.find(text)}
        places = sum(len({one[:2] for one in matcher.find(text)}) for text in texts)
        words = sum(len(text.split()) for text in texts)
        rows.append((f"{count:,}", f"{words:,}", str(places), ", ".join(sorted(found)[:8])))
    return f"{OPENING}:\n\n{table(rows)}"


def _timed(work: Callable[[], Result], *, runs: int = RUNS) -> tuple[Result, float]:
    started = perf_counter()
    result = work()
    best = perf_counter() - started
    for _ in range(runs - 1):
        started = perf_counter()
        work()
        best = min(best, perf_counter() - started)
    return result, best


if __name__ == "__main__":
    main()
