"""What a judgement may say."""

import re
from collections.abc import Sequence

from exeunt.errors import Refusal, Sentence
from exeunt.methods.codebooks import Scale
from exeunt.stages.coding.states import Gap, Target

_WHOLE = re.compile(r"-?\d{1,4}")
_CODEBOOK_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
BLANK = ""


def check_codebook_name(slug: str) -> None:
    """Refuse a codebook whose id could not be typed, or would be taken for a version."""
    if not _CODEBOOK_NAME.fullmatch(slug):
        raise Refusal(
            "The codebook's id “{slug}” must be made of Latin letters, digits, points, hyphens "
            "and underscores, at most 60; its title may be in any script.",
            slug=slug,
        )


def value_from(cell: str, scale: Scale) -> tuple[int | None, Gap | None]:
    """Read one cell as a value on the scale or as the gap it stands for.

    A blank is *not mentioned*: other kinds of missing are written out, or by the
    numbers that the codebook gives them.
    """
    cleaned = " ".join(cell.replace("_", " ").casefold().split())
    if cleaned == BLANK:
        return None, Gap.NOT_MENTIONED
    if cleaned in set(Gap):
        return None, Gap(cleaned)
    number = int(cleaned) if _WHOLE.fullmatch(cleaned) else None
    if number is not None and number == scale.unknown:
        return None, Gap.UNKNOWN
    if number is not None and number == scale.not_applicable:
        return None, Gap.NOT_APPLICABLE
    if number not in scale.values:
        known = ", ".join(str(value) for value in scale.values)
        raise Refusal(
            "“{cell}” is outside the scale: {known}, unknown, not applicable, "
            "or an empty cell for what was not mentioned.",
            cell=cell,
            known=known,
        )
    return number, None


def target_from(cell: str, *, otherwise: Target) -> Target:
    """Read what a judgement is about; an empty cell means the codebook's own unit."""
    cleaned = cell.strip().casefold()
    try:
        return Target(cleaned) if cleaned else otherwise
    except ValueError:
        known = ", ".join(target.value for target in Target)
        raise Refusal("“{cell}” is none of {known}.", cell=cell, known=known) from None


def span_from(text: str, *, start: str, end: str, quote: str) -> tuple[int, int]:
    """Find an excerpt in a text, by its place or by its words, in code points.

    Where both are given they must agree, so that a shifted span is found out. Words
    alone are enough where they stand in the text exactly once.
    """
    if not start and not end:
        return _span_of_words(quote, text)
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
        raise Refusal(
            "“{start}” to “{end}” is no place in a text; give two whole numbers.",
            start=start,
            end=end,
        )
    span = int(start), int(end)
    if not span[0] < span[1] <= len(text):
        raise Refusal(
            "{start} to {end} is not inside the text, which has {length} characters.",
            start=start,
            end=end,
            length=len(text),
        )
    if quote and text[slice(*span)] != quote:
        raise Refusal(
            "At {start} to {end} the text says something else than the quote; "
            "count code points from 0, and put the end behind the last one.",
            start=start,
            end=end,
        )
    return span


def _span_of_words(quote: str, text: str) -> tuple[int, int]:
    if not quote:
        raise Refusal("An excerpt needs its start and end, or its words.")
    times = len(re.findall(f"(?={re.escape(quote)})", text))
    if times == 0:
        raise Refusal("The quote does not stand in the text; give its start and end.")
    if times > 1:
        raise Refusal(
            "The quote stands in the text {times} times; give its start and end.", times=times
        )
    start = text.index(quote)
    return start, start + len(quote)


def check_same_value(
    earlier: tuple[int | None, Gap | None], now: tuple[int | None, Gap | None], where: Sentence
) -> None:
    """Refuse a second judgement; say whether it is a repetition or a contradiction."""
    if earlier == now:
        raise Refusal(
            "This judgement stands {where} already; take one of the two out.", where=where
        )
    raise Refusal(
        "This judgement stands {where} already with another value; "
        "a coder judges once, so keep the one that was meant.",
        where=where,
    )


def either_of(said: Sequence[tuple[int | None, str, str]]) -> tuple[int | None, str, str]:
    """Make one judgement of several, of which any makes the whole true: value, gap and note.

    The largest value above 0 stands. Else what is open in one stays open: unknown, then not
    mentioned; only then is it not given, or not applicable (Kleene's strong disjunction).

    >>> either_of([(0, "", ""), (1, "", "at night"), (None, "unknown", "")])
    (1, '', 'at night')
    >>> either_of([(0, "", ""), (None, "unknown", "")])
    (None, 'unknown', '')
    """
    note = "\n".join(dict.fromkeys(note for _, _, note in said if note))
    given = [value for value, _, _ in said if value]
    if given:
        return max(given), "", note
    gaps = {gap for _, gap, _ in said}
    for gap in (Gap.UNKNOWN, Gap.NOT_MENTIONED):
        if gap.value in gaps:
            return None, gap.value, note
    return (0, "", note) if "" in gaps else (None, Gap.NOT_APPLICABLE.value, note)
