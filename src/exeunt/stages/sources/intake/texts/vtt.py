"""WebVTT (.vtt): blocks of cues, notes and styles, with tags that say who speaks.

Source: W3C, WebVTT: The Web Video Text Tracks Format, Candidate Recommendation.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from exeunt.errors import Sentence
from exeunt.sandbox.readers import Handed
from exeunt.sandbox.wire import Plain
from exeunt.stages.sources.intake.documents import Document, document_handed
from exeunt.stages.sources.intake.problems import ProblemList, refusal
from exeunt.stages.sources.intake.texts.cues import (
    ARROW,
    Cue,
    cues_taken,
    draft_of_cues,
    note_malformed,
    times_in,
)
from exeunt.stages.sources.intake.texts.decoding import (
    decoding_of,
    encoding_asked,
    text_lines,
)
from exeunt.stages.sources.intake.texts.draft import TextDraft, draft_told

SIGNATURE = "WEBVTT"
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^<>]*)>")
_TAG = re.compile(r"</?[a-z0-9][^<>]*>|</?>")
_ASIDE = re.compile(r"(NOTE|STYLE|REGION)(?:\s.*)?")

Block = list[tuple[int, str]]


def told(handed: Handed, options: Mapping[str, Plain]) -> Iterator[Plain]:
    """Tell the text to the parent: what a child is started for."""
    return draft_told(read(document_handed(handed), encoding=encoding_asked(options)))


def read(document: Document, *, encoding: str = "") -> TextDraft:
    """Read WebVTT: a paragraph a cue, and one more wherever another voice speaks in it."""
    problems, notes = ProblemList(document.name), Counter[str]()
    decoding = decoding_of(document, encoding)
    blocks = _blocks(text_lines(document, decoding))
    cues = cues_taken(_cues(blocks, problems, notes), problems)
    left_out = []
    if notes["NOTE"]:
        says = "{number} notes of the file's maker were left out."
        left_out.append(Sentence(says, number=notes["NOTE"]))
    draft = draft_of_cues(cues, problems, name=document.name, left_out=left_out)
    return draft._replace(unsure=decoding.unsure)


def _cues(blocks: Iterator[Block], problems: ProblemList, notes: Counter[str]) -> Iterator[Cue]:
    for number, block in enumerate(blocks):
        row, first = block[0]
        if number == 0:
            if not re.fullmatch(rf"{SIGNATURE}(?:[ \t].*)?", first):
                says = "A WebVTT file begins with the line “WEBVTT”; add it, or name the file .srt."
                raise refusal(problems.file, says, row=row)
            continue
        aside = _ASIDE.fullmatch(first)
        if aside and not any(ARROW in line for _, line in block[:1]):
            notes[aside.group(1)] += 1
            continue
        cue = _cue(block, problems)
        if cue is not None:
            yield cue


def _blocks(text: Iterator[str]) -> Iterator[Block]:
    block: Block = []
    for row, line in enumerate(text, 1):
        if line.strip():
            block.append((row, line))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _cue(block: Block, problems: ProblemList) -> Cue | None:
    # The line before the times names the cue, and means nothing to a reader.
    place = next((place for place, (_, line) in enumerate(block[:2]) if ARROW in line), None)
    if place is None:
        says = "This line belongs to no cue; give it times, or delete it."
        problems.add(says, row=block[0][0])
        return None
    row, line = block[place]
    times = times_in(line)
    if times is None:
        note_malformed(problems, row)
        return None
    lines = tuple(voice for _, line in block[place + 1 :] for voice in _voices(line))
    return Cue(row, times.begins, times.ends, lines)


def _voices(line: str) -> Iterator[tuple[str, str]]:
    """Yield who says what in one line, as its tags say, without the tags."""
    before, *voiced = _VOICE.split(line)
    if before.strip():
        yield "", _bare(before)
    for name, text in zip(voiced[::2], voiced[1::2], strict=True):
        yield _bare(name), _bare(text)


def _bare(text: str) -> str:
    return html.unescape(_TAG.sub("", text)).replace("\xa0", " ").strip()
