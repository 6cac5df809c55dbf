"""SubRip subtitles (.srt): a number, the times, the lines, and a blank line."""

import re
from collections.abc import Iterator, Mapping

from exeunt.sandbox.readers import Handed
from exeunt.sandbox.wire import Plain
from exeunt.stages.sources.intake.documents import Document, document_handed
from exeunt.stages.sources.intake.problems import ProblemList
from exeunt.stages.sources.intake.texts.cues import (
    ARROW,
    Cue,
    Times,
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

_TAG = re.compile(r"</?(?:[biusBIUS]|font|FONT)(?:\s[^<>]*)?>|\{\\[^{}]*\}")
_NUMBER = re.compile(r"\s*\d{1,9}\s*")


def told(handed: Handed, options: Mapping[str, Plain]) -> Iterator[Plain]:
    """Tell the text to the parent: what a child is started for."""
    return draft_told(read(document_handed(handed), encoding=encoding_asked(options)))


def read(document: Document, *, encoding: str = "") -> TextDraft:
    """Read subtitles: a paragraph a cue, its tags taken away."""
    problems = ProblemList(document.name)
    decoding = decoding_of(document, encoding)
    cues = cues_taken(_cues(text_lines(document, decoding), problems), problems)
    draft = draft_of_cues(cues, problems, name=document.name)
    return draft._replace(unsure=decoding.unsure)


def _cues(text: Iterator[str], problems: ProblemList) -> Iterator[Cue]:
    open_cue: tuple[int, Times] | None = None
    lines: list[str] = []
    for row, line in enumerate(text, 1):
        if ARROW not in line:
            if open_cue is not None:
                lines.append(line)
            elif line.strip() and not _NUMBER.fullmatch(line):
                says = "This line belongs to no cue; give it times, or delete it."
                problems.add(says, row=row)
            continue
        if open_cue is not None:
            yield _cue(*open_cue, _without_number(lines))
        times, lines = times_in(line), []
        open_cue = (row, times) if times is not None else None
        if times is None:
            note_malformed(problems, row)
    if open_cue is not None:
        yield _cue(*open_cue, lines)


def _without_number(lines: list[str]) -> list[str]:
    """Take away the next cue's number, which stands before its times."""
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return lines[:-1] if lines and _NUMBER.fullmatch(lines[-1]) else lines


def _cue(row: int, times: Times, lines: list[str]) -> Cue:
    texts = (_TAG.sub("", line) for line in lines)
    return Cue(row, times.begins, times.ends, tuple(("", text) for text in texts if text.strip()))
