"""A text in its sentences, paragraphs and turns, each a span in code points.

The spans of one kind stand in order, do not overlap, leave out nothing but white space, and
begin and end between grapheme clusters (Unicode Standard Annex 29), so that no letter is parted
from its marks. A paragraph is a line. English, French and Arabic ends of sentences are known;
where an end is doubtful (an abbreviation, an initial) the sentence goes on, because a span that
is too long still holds what was meant.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that end in a full stop and do not end a sentence; single letters are initials anyway.
_TITLES = _set_of(
    "Dr Mr Mrs Ms Prof St Ste Gen Col Lt Sgt Cpl Capt Maj Cmdr Sen Gov Hon Rev Pres Supt Insp "
    "Messrs Mme Mmes Mlle Mlles MM Mgr Mt Ft"
)
_ABBREVIATIONS = _set_of("vs cf al approx viz resp env av apr dept réf éd")
_HOURS = _set_of("a.m p.m")
_BEFORE_NUMBERS = _set_of("no nos nr vol vols fig figs pp p ch chap sec art para ca v verse ex")
# "I" and the French "a" and "y" are words, and end sentences.
_ONE_LETTER_WORDS = frozenset("Iay")
_STOPS = ".!?…؟۔。！？‼⁇⁈⁉"
_EMOJI = "\u2600-\u27bf\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u200d\ufe0f"
_SENTENCE_END = re.compile(
    # Possessive, and only from the first stop of a run: a line of a million dots takes no longer.
    rf"(?<![{_STOPS}])(?P<stop>[{_STOPS}]++)"
    rf"(?P<behind>(?:[\"'”’»›)\]}}¹²³⁴-⁹{_EMOJI}]|[ \u00a0\u202f][»›{_EMOJI}]|\[\d{{1,4}}\])*+)"
    r"(?P<gap>\s++)"
    # Arabic is often written on without a space.
    r"|(?<=[\u0621-\u0652]{2})[.!?…؟۔]++(?=[\u0621-\u064a])"
    r"|[。！？]++(?=\w)"
)
_LAST_WORD = re.compile(r"[^\s\"'’“«(\[{]*\Z")
_BEFORE_A_WORD = re.compile(r"[\s\"'“‘«‹(\[{¿¡—–-]*+")
_NUMBER_OF_A_LIST = re.compile(r"[(\[]?(?:\d{1,3}|[^\W\d_]|[ivxIVX]{1,5})")
_LONGEST_ABBREVIATION = 12
_WORDLIKE = re.compile(r"\w")
# Signs that are drawn over what follows them, and so form a cluster with it.
_PREPENDED = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
_APART = frozenset({"Cc", "Zl", "Zp"})

_CLOCK = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?"
_NAME = r"\[[^\]\n]{1,40}\]|[^\W_][^\n\[\]():：!?,;،؛«»“”\"]{0,38}"
_LABEL = re.compile(
    rf"^[^\S\n]*+(?:{_CLOCK}[^\S\n]++)?(?P<name>{_NAME})"
    rf"(?:[^\S\n]*[:：](?=\s|\Z)|[^\S\n]+{_CLOCK}[^\S\n]*(?:[:：](?=\s|\Z)|$))",
    re.MULTILINE,
)
_LONGEST_NAME = 4
_SPEAKERS = _set_of(
    "q a question answer interviewer interviewee narrator speaker moderator facilitator "
    "respondent participant interpreter translator journalist host guest "
    "r réponse enquêteur enquêtrice enquêté enquêtée intervieweur intervieweuse journaliste "
    "narrateur narratrice interprète témoin "
    "س ج سؤال جواب المحاور المحاورة الراوي الراوية الصحفي المذيع المذيعة الضيف المترجم الشاهد"
)
_FEWEST_SPEAKERS = 2


class Span(NamedTuple):
    """A stretch of a text, in code points, its end exclusive."""

    start: int
    end: int


class Turn(NamedTuple):
    """What one speaker said in one go, with the label before it; ``said`` is where that ends.

    ``speaker`` is empty for what stands before the first label.
    """

    start: int
    end: int
    speaker: str
    said: int


def paragraphs(text: str) -> list[Span]:
    r"""Return the lines of a text that hold more than white space, trimmed.

    >>> paragraphs("I came.\n\n  I left. ")
    [Span(start=0, end=7), Span(start=11, end=18)]
    """
    return [span for line in _lines(text) if (span := trimmed(text, line)).start < span.end]


def sentences(text: str) -> list[Span]:
    """Return the sentences of a text; none reaches beyond its paragraph.

    >>> text = "Dr. B. Ali asked: 'Why?' and I left. It was 3.5 km [Person 3]... Then?"
    >>> [text[start:end] for start, end in sentences(text)]
    ["Dr. B. Ali asked: 'Why?' and I left.", 'It was 3.5 km [Person 3]...', 'Then?']
    """
    return [sentence for line in paragraphs(text) for sentence in sentences_within(text, line)]


def sentences_within(text: str, line: Span) -> list[Span]:
    """Return the sentences of one stretch, whether or not it is a line.

    What holds no word, such as an emoji after the full stop, goes with what stands before it.
    """
    starts = [line.start]
    small = text[line.start : line.end].islower()
    for found in _SENTENCE_END.finditer(text, line.start, line.end):
        if not _goes_on(text, found, line=line, small=small):
            starts.append(found.end())
    ends = [*starts[1:], line.end]
    cut: list[Span] = []
    for piece in map(Span, starts, ends):
        span = trimmed(text, piece)
        if cut and not _WORDLIKE.search(text, span.start, span.end):
            cut[-1] = Span(cut[-1].start, span.end)
        else:
            cut.append(span)
    return cut


def turns(text: str) -> list[Turn]:
    r"""Return the turns of a transcript; none where a text does not look like one.

    A line that begins with a label and a colon, or with a label and a time, begins a turn. A
    label is a speaker's if it is a word for one ("Q", "Interviewer", "Speaker 2"), a mask, or
    stands before two lines or more; a transcript has two speakers.

    >>> turns("Q: Why?\nA: I was tired.\nMore: of all.")
    [Turn(start=0, end=7, speaker='Q', said=2), Turn(start=8, end=37, speaker='A', said=10)]
    """
    labels = [found for found in _LABEL.finditer(text) if _may_name(found["name"])]
    often = Counter(found["name"].casefold().strip() for found in labels)
    labels = [found for found in labels if _is_speaker(found["name"].strip(), often)]
    if len({found["name"].casefold().strip() for found in labels}) < _FEWEST_SPEAKERS:
        return []
    before = trimmed(text, Span(0, labels[0].start()))
    opening = [Turn(*before, "", before.start)] if before.start < before.end else []
    ends = [*(found.start() for found in labels[1:]), len(text)]
    return opening + [_turn(text, *pair) for pair in zip(labels, ends, strict=True)]


def trimmed(text: str, span: Span) -> Span:
    """Return a span without the white space at its edges, but with every letter's marks."""
    inside = text[span.start : span.end]
    start = span.start + len(inside) - len(inside.lstrip())
    end = start + len(inside.strip())
    if start == end:
        return Span(start, end)
    if start > span.start and joined(text, start):
        start -= 1
    if end < span.end and joined(text, end):
        end += 1
    return Span(start, end)


def joined(text: str, place: int) -> bool:
    """Tell whether the signs on both sides of a place are drawn as one.

    It is meant for places beside white space, stops and brackets: whole emoji and Hangul
    syllables are not known.
    """
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    if unicodedata.category(before) in _APART or unicodedata.category(after) in _APART:
        return before == "\r" and after == "\n"
    return before in _PREPENDED or _extends(after)


def _extends(sign: str) -> bool:
    """Tell whether a sign is drawn onto the one before it."""
    if sign in "\u200c\u200d" or "\U0001f3fb" <= sign <= "\U0001f3ff":
        return True
    return unicodedata.category(sign) in {"Mn", "Me", "Mc"} or "\U000e0020" <= sign <= "\U000e007f"


def _lines(text: str) -> Iterator[Span]:
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield Span(start, end)
        start = end + 1
    yield Span(start, len(text))


def _goes_on(text: str, found: re.Match[str], *, line: Span, small: bool) -> bool:
    """Tell whether a sentence goes on after what looks like its end."""
    if found["stop"] is None:
        return False
    if joined(text, found.end()):
        return True
    if found["stop"] == "." and _abbreviated(text, found, line):
        return True
    after = _BEFORE_A_WORD.match(text, found.end(), line.end)
    next_word = after.end() if after else found.end()
    if next_word < line.end and text[next_word].islower():
        # Somebody who writes no capitals ends sentences with stops all the same.
        return not small or found["stop"] != "." or found["behind"] != ""
    return False


def _abbreviated(text: str, found: re.Match[str], line: Span) -> bool:
    """Tell whether a full stop shortens the word before it, or follows the number of a list."""
    begin = max(line.start, found.start() - _LONGEST_ABBREVIATION)
    before = text[begin : found.start()]
    if begin == line.start and _NUMBER_OF_A_LIST.fullmatch(before):
        return True
    word = _LAST_WORD.findall(before)[0]
    if word.lower() in _HOURS:
        return False
    part = word.rpartition(".")[2].rpartition("-")[2]
    if len(part) == 1 and part.isalpha():
        return part not in _ONE_LETTER_WORDS or part != word
    if part.lower() in _BEFORE_NUMBERS:
        return text[found.end() : found.end() + 1].isdigit()
    return part in _TITLES or part.lower() in _ABBREVIATIONS


def _may_name(name: str) -> bool:
    return name.startswith("[") or len(name.split()) <= _LONGEST_NAME


def _is_speaker(name: str, often: Counter[str]) -> bool:
    if name.startswith("[") or often[name.casefold()] > 1:
        return True
    words = name.casefold().split()
    return words[0] in _SPEAKERS and all(word.isdigit() for word in words[1:])


def _turn(text: str, label: re.Match[str], end: int) -> Turn:
    span = trimmed(text, Span(label.start(), end))
    return Turn(*span, label["name"].strip(), min(label.end(), span.end))
