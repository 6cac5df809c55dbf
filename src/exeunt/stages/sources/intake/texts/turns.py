"""Transcript layouts: who speaks and when, where the lines of a text say so all in one way.

The rule is strict, because a word that is taken for a name is lost to the text. A layout holds
only if it marks a fifth of the lines, four at least, with two names or more that each stand twice;
what it made of the text is said, and a person confirms it or switches it off.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from exeunt.errors import Sentence
from exeunt.sandbox.wire import Plain
from exeunt.stages.sources.intake.texts.cues import LONGEST_NAME, MOST_WORDS, SAID_TWICE, clock
from exeunt.stages.sources.intake.texts.draft import Paragraph, TextDraft

FEWEST_HEADS, FEWEST_NAMES, MOST_NAMES = 4, 2, 40
SHARE = 5  # at least every fifth line that holds anything
NAMES_SAID = 8

_TIME = r"(?:\d{1,3}:)?[0-5]?\d:[0-5]\d(?:[.,]\d{1,3})?"
_SPAN = rf"({_TIME})(?:\s*(?:-->|[-–—])\s*({_TIME}))?"
_IN_BRACKETS = rf"[\[(]\s*{_SPAN}\s*[\])]"
_BARE = r"(\d{1,3}:[0-5]\d:[0-5]\d(?:[.,]\d{1,3})?)"
_NAME = rf"([^\W\d_][^:：\[\]()\n\t]{{0,{LONGEST_NAME}}})"
_STAMP = re.compile(rf"\s*(?:{_IN_BRACKETS}|{_BARE}(?=\s|$))\s*[-–—:]?\s*")
_STAMP_LAST = re.compile(rf"\s*(?:{_IN_BRACKETS}|\s({_TIME}))\s*")
_NAMED = re.compile(rf"\s*{_NAME}(?<!\s)\s?[:：](?=\s|$)\s*")
_TABBED = re.compile(rf"\s*{_NAME}(?<!\s)\t+(?=\S)")
_ALONE = re.compile(rf"\s*{_NAME}\s*")
_ENDS_A_SENTENCE = re.compile(r"[.!?…,;،؛؟]$")

# Layout -> what is said of it.
LAYOUTS: Mapping[str, str] = MappingProxyType(
    {
        "colon": Sentence(
            "Read as a transcript: what stands before a colon at the beginning of {number} "
            "lines speaks ({names}). Where that is wrong, switch it off."
        ),
        "stamped": Sentence(
            "Read as a transcript: a name beside a time on {number} lines of their own "
            "speaks ({names}). Where that is wrong, switch it off."
        ),
        "alone": Sentence(
            "Read as a transcript: a name on {number} lines of its own speaks ({names}). "
            "Where that is wrong, switch it off."
        ),
        "times": Sentence(
            "Read as a transcript: {number} lines begin with a time, which was taken out of "
            "the text. Where that is wrong, switch it off."
        ),
    }
)
OUT_OF_ORDER = (
    "{number} lines begin with times like a transcript's, but not in the order of time; all was "
    "left as it stands."
)


class Head(NamedTuple):
    """What stands at the beginning of a line, if it is one of a transcript's."""

    layout: str
    name: str
    rest: str
    begins: int | None = None
    ends: int | None = None
    after: str = ""  # all that follows a time, be it a name or not


def with_turns(draft: TextDraft, options: Mapping[str, Plain]) -> TextDraft:
    """Take who speaks and when out of the lines of a text, where they follow one layout.

    Left as it is where the ``turns`` are switched off, or the file told who speaks itself.
    """
    told = any(paragraph.speaker or paragraph.begins for paragraph in draft.paragraphs)
    if told or options.get("turns", True) is False:
        return draft
    lines = [line for paragraph in draft.paragraphs for line in paragraph.text.split("\n")]
    heads = list(map(_head, lines))
    for layout in LAYOUTS:
        taken = _taken(layout, heads, lines)
        if taken is not None:
            return _read(draft, layout, list(zip(lines, taken, strict=True)))
    return draft


def _head(line: str) -> Head | None:
    """Take a line apart; every layout sees the same parts and decides for itself."""
    stamp = _STAMP.match(line)
    rest = line[stamp.end() :] if stamp else line
    times = _times(stamp)
    named = _NAMED.match(rest) or _TABBED.match(rest)
    if named:
        head = Head("colon", named.group(1).strip(), rest[named.end() :], *times, after=rest)
        return _with_inner_stamp(head)
    alone = _ALONE.fullmatch(rest)
    if stamp and alone and not _ENDS_A_SENTENCE.search(rest.strip()):
        return Head("stamped", alone.group(1).strip(), "", *times, after=rest)
    if stamp and rest.strip():
        return Head("times", "", rest, *times, after=rest)
    if alone is None:
        return _name_then_stamp(rest)
    name = alone.group(1).strip()
    return None if _ENDS_A_SENTENCE.search(name) else Head("alone", name, "")


def _with_inner_stamp(head: Head) -> Head:
    """Take a time in brackets that stands between the name and the words, as in “A: [0:12] I …”."""
    stamp = _STAMP.match(head.rest)
    if head.begins is not None or stamp is None or not head.rest.lstrip().startswith(("[", "(")):
        return head
    begins, ends = _times(stamp)
    return head._replace(rest=head.rest[stamp.end() :], begins=begins, ends=ends)


def _name_then_stamp(line: str) -> Head | None:
    """Read “NAME (0:12)”, with or without words after a colon."""
    found = re.match(rf"\s*{_NAME}{_STAMP_LAST.pattern}(?:[:：]\s*|$)", line)
    if found is None:
        return None
    name, *parts = found.groups()
    begins = parts[0] or parts[2]
    rest = line[found.end() :]
    times = (_thousandths(begins), _thousandths(parts[1]))
    return Head("colon" if rest.strip() else "stamped", name.strip(), rest, *times)


def _taken(
    layout: str, heads: Sequence[Head | None], lines: Sequence[str]
) -> list[Head | None] | None:
    """Return the heads that a layout takes, line by line; None where the text follows it not."""
    of_kind = [_as_layout(layout, head) for head in heads]
    if layout != "times":
        known = _names(of_kind)
        of_kind = [head if head is not None and head.name in known else None for head in of_kind]
        if len(known) < FEWEST_NAMES:
            return None
    number = sum(head is not None for head in of_kind)
    filled = sum(bool(line.strip()) for line in lines)
    if number < FEWEST_HEADS or number * SHARE < filled:
        return None
    follows = layout not in {"alone", "stamped"} or _words_follow(of_kind, lines)
    return of_kind if follows else None


def _as_layout(layout: str, head: Head | None) -> Head | None:
    """Take a head as one layout sees it; to times alone a name is a word like others."""
    if head is None:
        return None
    if layout == "times" and head.begins is not None and head.after.strip():
        return head._replace(layout=layout, name="", rest=head.after)
    return head if head.layout == layout else None


def _names(heads: Sequence[Head | None]) -> frozenset[str]:
    """Find the names that speak: each stands twice, or in capitals among such as do."""
    counted = Counter(head.name for head in heads if head is not None and _is_name(head.name))
    often = {name for name, times in counted.items() if times >= SAID_TWICE}
    if often and all(name.isupper() for name in often):
        often |= {name for name in counted if name.isupper()}
    return frozenset(often) if len(often) <= MOST_NAMES else frozenset()


def _is_name(name: str) -> bool:
    words = name.split()
    if not words or len(words) > MOST_WORDS:
        return False
    has_case = name.lower() != name.upper()
    return not has_case or all(word[0].isupper() or not word[0].isalpha() for word in words)


def _words_follow(heads: Sequence[Head | None], lines: Sequence[str]) -> bool:
    """Tell whether each line of a name is followed by words, and never by the next name."""
    filled = [head for head, line in zip(heads, lines, strict=True) if line.strip()]
    return not (
        filled[-1] is not None
        or any(one is not None and other is not None for one, other in pairwise(filled))
    )


def _read(draft: TextDraft, layout: str, taken: Sequence[tuple[str, Head | None]]) -> TextDraft:
    heads = [head for _, head in taken if head is not None]
    began = [head.begins for head in heads if head.begins is not None]
    if any(later < earlier for earlier, later in pairwise(began)):
        says = Sentence(OUT_OF_ORDER, number=len(began))
        return draft._replace(unsure=(*draft.unsure, says))
    names = list(dict.fromkeys(head.name for head in heads))
    said = ", ".join(names[:NAMES_SAID]) + (" …" if len(names) > NAMES_SAID else "")
    facts = {"number": len(heads), "names": said}
    says = Sentence(LAYOUTS[layout], **facts)
    return draft._replace(paragraphs=tuple(_spoken(taken)), unsure=(*draft.unsure, says))


def _spoken(taken: Sequence[tuple[str, Head | None]]) -> Iterator[Paragraph]:
    """Yield the lines as paragraphs; a name on a line of its own goes to the words below it."""
    waiting: Head | None = None
    for line, head in taken:
        if head is None and not (waiting and line.strip()):
            yield Paragraph(line)
            continue
        if head is not None and waiting is not None:
            yield _paragraph(waiting, "")
        if head is not None and not head.rest.strip():
            waiting = head
            continue
        spoken = head or waiting
        waiting = None
        if spoken is not None:
            yield _paragraph(spoken, line if head is None else head.rest)
    if waiting is not None:
        yield _paragraph(waiting, "")


def _paragraph(head: Head, text: str) -> Paragraph:
    return Paragraph(text.strip(), head.name, _clock(head.begins), _clock(head.ends))


def _times(stamp: re.Match[str] | None) -> tuple[int | None, int | None]:
    if stamp is None:
        return None, None
    begins, ends, bare = stamp.groups()
    return _thousandths(begins or bare), _thousandths(ends)


def _thousandths(written: str | None) -> int | None:
    if written is None:
        return None
    *hours, minutes, seconds = written.replace(",", ".").split(":")
    whole, _, rest = seconds.partition(".")
    total = (int(hours[0]) if hours else 0) * 3600 + int(minutes) * 60 + int(whole)
    return total * 1000 + int(rest.ljust(3, "0") or 0)


def _clock(thousandths: int | None) -> str:
    return "" if thousandths is None else clock(thousandths)
