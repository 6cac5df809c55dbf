"""What is sought, as an address says it and as it is kept: one way to write each search."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeVar
from urllib.parse import urlencode

from exeunt.errors import NotYet, NotYours, Sentence, sentence_of
from exeunt.methods.codebooks import Scale
from exeunt.methods.concordance import Order
from exeunt.methods.nearness import Near, Nearness, Side
from exeunt.methods.word_queries import WordQuery, read_query
from exeunt.stages.coding.rules.answers import judgement_from
from exeunt.stages.coding.states import Of, Whose
from exeunt.stages.sources.intake.problems import ProblemList, at_field

LONGEST = 400
MOST_APART = 50
USUAL_APART = 3
MOST_LOOKED_AT = 20_000
UNWRITTEN = frozenset({"Cc", "Cs"})
BY = {
    "sentences": Nearness.SENTENCES,
    "turns": Nearness.TURNS,
    "overlapping": Nearness.OVERLAPPING,
    "same": Nearness.SAME,
}
SIDES = {"either": Side.EITHER, "after": Side.AFTER, "before": Side.BEFORE}
COUNTED = frozenset({Nearness.SENTENCES, Nearness.TURNS})
# What an account is, by which it may be narrowed.
OF_ACCOUNTS = ("speaker", "group", "period", "language", "setting")
NAMES = (
    *("q", "codebook", "code", "value", "of", "without"),
    *("beside", "near", "most", "side", "whose", "coder", *OF_ACCOUNTS, "order"),
)
Word = TypeVar("Word", bound=StrEnum)


class Saying(NamedTuple):
    """What is said with a code: a value on the scale, or why there is none."""

    value: int | None
    gap: str


class Accounts(NamedTuple):
    """Among which accounts something is sought, and in whose speech; empty where it may be any."""

    speaker: str = ""
    group: str = ""
    period: str = ""
    language: str = ""
    setting: str = ""


USUALLY_NEAR = Near(Nearness.SENTENCES, USUAL_APART)
ANY_ACCOUNT = Accounts()


@dataclass(frozen=True)
class Seeking:
    """What somebody seeks: words, what stands where a code was given, or both.

    ``beside`` is the code near which it is to stand, ``without`` the one that is not given there.
    Codes are named by their keys, in one version of a codebook.
    """

    words: str = ""
    codebook: str = ""
    code: str = ""
    value: str = ""
    of: Of = Of.PLACE
    without: str = ""
    beside: str = ""
    near: Near = USUALLY_NEAR
    whose: Whose = Whose.ALL
    coder: str = ""
    accounts: Accounts = ANY_ACCOUNT
    order: Order = Order.TEXT

    @property
    def query(self) -> WordQuery:
        """The words, as they are asked for."""
        return read_query(self.words)

    @property
    def asks(self) -> bool:
        """Whether anything is sought at all."""
        return bool(self.words.strip() or self.code)

    @property
    def asks_for_codes(self) -> bool:
        """Whether it is sought by anybody's judgements."""
        return bool(self.code or self.without or self.beside)


def seeking_in(asked: Mapping[str, str]) -> Seeking:
    """Read out of an address what is sought; raises BadInput with every part that is wrong."""
    problems = ProblemList("")
    given = {name: _clean(asked.get(name, ""), name, problems) for name in NAMES}
    by = _one_of(BY, given, "near", problems=problems)
    seeking = Seeking(
        words=given["q"],
        codebook=given["codebook"],
        code=given["code"],
        value=given["value"],
        of=_word(Of, given, "of", problems=problems),
        without=given["without"],
        beside=given["beside"],
        near=Near(
            by,
            _apart(given["most"], problems) if by in COUNTED else 0,
            _one_of(SIDES, given, "side", problems=problems)
            if by is not Nearness.SAME
            else Side.EITHER,
        ),
        whose=_word(Whose, given, "whose", problems=problems),
        coder=given["coder"],
        accounts=Accounts(*(given[name] for name in OF_ACCOUNTS)),
        order=_word(Order, given, "order", problems=problems),
    )
    _check_makes_sense(seeking, problems)
    problems.refuse_if_any()
    return seeking


def parts_of(seeking: Seeking) -> dict[str, str]:
    """Write what is sought as the parts of an address, without what is as usual."""
    usual, near = Seeking(), seeking.near
    words = {nearness: word for word, nearness in BY.items()}
    sides = {side: word for word, side in SIDES.items()}
    beside = bool(seeking.beside)
    parts = {
        "q": seeking.words,
        "codebook": seeking.codebook if seeking.asks_for_codes else "",
        "code": seeking.code,
        "value": seeking.value,
        "of": seeking.of if seeking.of is not usual.of else "",
        "without": seeking.without,
        "beside": seeking.beside,
        "near": words[near.by] if beside else "",
        "most": str(near.most) if beside and near.by in COUNTED else "",
        "side": sides[near.side] if beside and near.side is not Side.EITHER else "",
        "whose": seeking.whose if seeking.asks_for_codes else "",
        "coder": seeking.coder if seeking.asks_for_codes else "",
        **seeking.accounts._asdict(),
        "order": seeking.order if seeking.order is not usual.order else "",
    }
    return {name: str(part) for name, part in parts.items() if part}


def address_of(seeking: Seeking) -> str:
    """Write what is sought as the query string that seeks it."""
    return urlencode(parts_of(seeking))


def in_words(seeking: Seeking) -> str:
    """Write what is sought as one line that repeats it."""
    parts = parts_of(seeking)
    words = parts.pop("q", "")
    said = [f"words {words}"] if words else []
    return "; ".join([*said, *(f"{name}={part}" for name, part in parts.items())])


def saying_from(cell: str, scale: Scale) -> Saying | None:
    """Read which value is sought; None where any that is above 0 will do."""
    if not cell:
        return None
    with at_field("value"):
        return Saying(*judgement_from(cell, scale).said)


def check_can_be_counted(seeking: Seeking) -> None:
    """Refuse to make a finding of what only one reader has judged."""
    if not seeking.asks:
        raise NotYet("Nothing is sought yet; type words or choose a code first.")
    if seeking.asks_for_codes and (seeking.whose is Whose.MINE or seeking.coder):
        raise NotYet(
            "A finding counts what all readers judged, or what was settled, and not what one of "
            "them did. Seek so, keep that search, and count it."
        )


def check_few_enough(looked_at: int) -> None:
    """Refuse to look at what stands beside more words than can be looked at while one waits."""
    if looked_at > MOST_LOOKED_AT:
        raise NotYet(
            "These words stand in more than {most} passages, too many to look beside each. Add a "
            "word, or narrow the accounts.",
            most=MOST_LOOKED_AT,
        )


def whose_may_be_sought(*, codes: bool, leads: bool) -> tuple[Whose, ...]:
    """Return whose judgements one may seek by, the usual first."""
    if codes:
        return (Whose.ALL, Whose.MINE, Whose.SETTLED)
    return (Whose.ALL, Whose.SETTLED) if leads else (Whose.SETTLED,)


def check_may_seek_by(whose: Whose, *, codes: bool, leads: bool) -> None:
    """Refuse to seek by judgements that one may not see."""
    if whose not in whose_may_be_sought(codes=codes, leads=leads):
        raise NotYours(
            "Single judgements are for those who code and who lead; seek by what was settled."
        )


def check_may_name_readers(*, leads: bool, left: int) -> None:
    """Refuse to seek by who judged, but to whom judgements are shown with their readers."""
    if not leads:
        raise NotYours("Only who leads a study sees who judged what; leave the reader open.")
    if left:
        raise NotYours(
            "You have still to read what others have completed; until then the reader stays open."
        )


def _check_makes_sense(seeking: Seeking, problems: ProblemList) -> None:
    try:
        read_query(seeking.words)
    except ValueError as fault:
        problems.at_field(sentence_of(fault), "q")
    if (seeking.beside or seeking.without or seeking.value) and not seeking.asks:
        says = Sentence("Say as well what is sought: words, or a code.")
        problems.at_field(says, "q")
    if seeking.beside and seeking.of is Of.ACCOUNT and not seeking.words.strip():
        says = Sentence("What stands beside is asked of places in a text, not of whole accounts.")
        problems.at_field(says, "beside")
    if seeking.value and not seeking.code and seeking.asks:
        problems.at_field(Sentence("A value is one of a code; choose the code too."), "code")
    if seeking.code and seeking.code in {seeking.without, seeking.beside}:
        name = "without" if seeking.code == seeking.without else "beside"
        problems.at_field(Sentence("Choose another code here than the one that is sought."), name)


def _clean(words: str, name: str, problems: ProblemList) -> str:
    words = " ".join(words.split()) if name != "q" else words.strip()
    if len(words) > LONGEST:
        says = Sentence("At most {most} characters can be sought.", most=LONGEST)
        problems.at_field(says, name)
        return ""
    if any(unicodedata.category(sign) in UNWRITTEN and not sign.isspace() for sign in words):
        problems.at_field(Sentence("What is sought may not hold control characters."), name)
        return ""
    return words


def _apart(word: str, problems: ProblemList) -> int:
    if not word:
        return USUAL_APART
    if word.isascii() and word.isdecimal() and int(word[:9]) <= MOST_APART:
        return int(word)
    says = Sentence("Type a whole number from 0 to {most}.", most=MOST_APART)
    problems.at_field(says, "most")
    return USUAL_APART


def _word(words: type[Word], given: Mapping[str, str], name: str, *, problems: ProblemList) -> Word:
    return _one_of({str(word): word for word in words}, given, name, problems=problems)


def _one_of(
    known: Mapping[str, Word], given: Mapping[str, str], name: str, *, problems: ProblemList
) -> Word:
    usual = next(iter(known.values()))
    word = given[name]
    if word and word not in known:
        says = Sentence("“{word}” is none of {known}.", word=word, known=", ".join(known))
        problems.at_field(says, name)
    return known.get(word, usual)
