"""What a coder does in a text, as plain values: marking, taking off, moving, noting."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from exeunt.errors import NotYet, Refusal, Word
from exeunt.methods.codebooks import Scale
from exeunt.stages.coding.rules.answers import Judgement, judgement_from
from exeunt.stages.coding.rules.prose import clean_prose
from exeunt.stages.coding.states import Do, Gap

MOST_AT_ONCE = 500
NUMBERS = ("start", "end", "to_start", "to_end")
WORDS = ("code", "value", "note", "words", "lost")


class Span(NamedTuple):
    """A stretch of a text, in code points, its end exclusive."""

    start: int
    end: int


class Act(NamedTuple):
    """One thing to be done in a text; it says what should stand, so doing it twice is harmless.

    ``value`` is a cell as a table would hold it; an empty one means the lowest that says yes.
    ``lost`` names an excerpt that a correction of the text has left without a place.
    """

    do: Do
    start: int
    end: int
    code: str = ""
    value: str = ""
    note: str = ""
    to_start: int = 0
    to_end: int = 0
    words: str = ""
    lost: str = ""

    @property
    def at(self) -> Span:
        """Where it is done."""
        return Span(self.start, self.end)

    @property
    def to(self) -> Span:
        """Where a marked stretch is moved."""
        return Span(self.to_start, self.to_end)


class Batch(NamedTuple):
    """Acts that are done together or not at all, and what their page showed when it was read."""

    text: int
    revision: int
    acts: tuple[Act, ...]


def batch_from(body: object) -> Batch:
    """Read what a page sends; refuse what no page of ours would send."""
    if not isinstance(body, Mapping):
        raise _odd()
    acts = body.get("acts")
    if not isinstance(acts, list) or not acts:
        raise _odd()
    if len(acts) > MOST_AT_ONCE:
        raise Refusal("At most {most} acts are saved at once; send fewer.", most=MOST_AT_ONCE)
    text, revision = _number(body.get("text")), _number(body.get("revision"))
    return Batch(text, revision, tuple(map(_act, acts)))


def judged_by(act: Act, scale: Scale) -> Judgement:
    """Return what a mark says of its stretch; what was not mentioned cannot be marked."""
    if not act.value.strip():
        return Judgement(usual_value(scale), "", clean_prose(act.note, Word("A note")))
    judged = judgement_from(act.value, scale, note=clean_prose(act.note, Word("A note")))
    if judged.gap == Gap.NOT_MENTIONED:
        raise Refusal(
            "A stretch that does not mention “{code}” is not marked with it; take the code off.",
            code=act.code,
        )
    return judged


def usual_value(scale: Scale) -> int:
    """Return what a code says where nothing else is said: the lowest value that says yes."""
    return min((value for value in scale.values if value > 0), default=max(scale.values))


def check_inside(span: Span, length: int) -> None:
    """Refuse a stretch that is empty or reaches beyond the text."""
    if not span.start < span.end:
        raise Refusal(
            "Choose some words first: a stretch from {start} to {end} holds none.", **_of(span)
        )
    if span.end > length:
        raise Refusal(
            "{start} to {end} is not inside the text, which has {length} characters.",
            **_of(span),
            length=length,
        )


def check_same_text(*, read: int, now: int) -> None:
    """Refuse marks set in another version of the text than the one that stands."""
    if read != now:
        raise NotYet(
            "The text was corrected while you were reading it. Open the page again: your marks "
            "have moved with the words, and new ones belong to the text as it is now."
        )


def check_is_confirmed(*, confirmed: bool) -> None:
    """Refuse to mark a text that nobody has compared with its source yet."""
    if not confirmed:
        raise NotYet(
            "Nobody has compared this text with its source yet. Somebody who may edit accounts "
            "confirms it on the account's page; then it can be coded."
        )


def _act(told: object) -> Act:
    if not isinstance(told, Mapping):
        raise _odd()
    try:
        do = Do(told.get("do", ""))
    except ValueError:
        raise _odd() from None
    facts: dict[str, Any] = {name: _number(told.get(name, 0)) for name in NUMBERS}
    facts |= {name: _words(told.get(name, "")) for name in WORDS}
    return Act(do, **facts)


def _number(told: object) -> int:
    if type(told) is not int or not 0 <= told < 1 << 31:
        raise _odd()
    return told


def _words(told: object) -> str:
    if not isinstance(told, str):
        raise _odd()
    return told


def _odd() -> Refusal:
    return Refusal("This was not sent by a page of ours as it is now; open the page again.")


def _of(span: Span) -> dict[str, int]:
    return span._asdict()
