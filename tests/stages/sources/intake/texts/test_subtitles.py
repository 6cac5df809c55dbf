"""Subtitles: a paragraph a cue, with who speaks and when."""

import pytest

from exeunt.errors import BadInput
from exeunt.stages.sources.intake.documents import document_of
from exeunt.stages.sources.intake.texts import srt, vtt
from exeunt.stages.sources.intake.texts.draft import Paragraph

SRT = """1
00:00:01,000 --> 00:00:02,500
AMINA: Why did you <i>leave</i>?

2
00:00:03,000 --> 00:00:05,000 X1:10
{\\an8}Because they
lied to us.

3
01:00:06.5 --> 01:00:07,000
- Who?
- The emirs.
"""
VTT = """WEBVTT - told

NOTE made by hand

STYLE
::cue { color: red }

intro
00:01.000 --> 00:02.500 align:start
<v.loud Amina>Why did you <c.x>leave</c>?</v>

00:03.000 --> 01:00:04.000
<v Narrator>They &amp; <00:03.500>we</v> <v Amina>Who?
"""


def from_srt(text, name="told.srt"):
    return srt.read(document_of(text.encode(), name=name))


def from_vtt(text, name="told.vtt"):
    return vtt.read(document_of(text.encode(), name=name))


def cue(begins, ends, text="Text."):
    return f"{begins} --> {ends}\n{text}\n\n"


def test_cues_become_paragraphs():
    assert from_srt(SRT).paragraphs == (
        Paragraph("Why did you leave?", "AMINA", "00:00:01.000", "00:00:02.500"),
        Paragraph("Because they lied to us.", "", "00:00:03.000", "00:00:05.000"),
        Paragraph("Who?", "", "01:00:06.500", "01:00:07.000"),
        Paragraph("The emirs.", "", "01:00:06.500", "01:00:07.000"),
    )


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_line_ends_and_encodings_do_not_matter(ends, encoding):
    data = SRT.replace("\n", ends).encode(encoding)
    assert srt.read(document_of(data, name="a.srt")) == from_srt(SRT)


def test_webvtt_says_who_speaks():
    read = from_vtt(VTT)
    assert read.paragraphs == (
        Paragraph("Why did you leave?", "Amina", "00:00:01.000", "00:00:02.500"),
        Paragraph("They & we", "Narrator", "00:00:03.000", "01:00:04.000"),
        Paragraph("Who?", "Amina", "00:00:03.000", "01:00:04.000"),
    )
    assert [str(says) for says in read.left_out] == ["1 notes of the file's maker were left out."]


@pytest.mark.parametrize(
    ("line", "speaker", "text"),
    [
        ("AMINA: Yes.", "AMINA", "Yes."),
        ("Interviewer 2: Yes.", "Interviewer 2", "Yes."),
        ("[Boris]: Yes.", "Boris", "Yes."),
        (">> AMINA: Yes.", "AMINA", "Yes."),
        ("He said: yes.", "", "He said: yes."),
        ("At 12:30 we left.", "", "At 12:30 we left."),
        ("قال: نعم", "", "قال: نعم"),
    ],
)
def test_a_name_before_a_colon_speaks_and_a_sentence_does_not(line, speaker, text):
    [paragraph] = from_srt(cue("00:00:01,000", "00:00:02,000", line)).paragraphs
    assert (paragraph.speaker, paragraph.text) == (speaker, text)


def test_an_arabic_name_speaks_where_it_speaks_again():
    cues = cue("00:00:01,000", "00:00:02,000", "أمينة: لماذا؟")
    cues += cue("00:00:02,000", "00:00:03,000", "أمينة: نعم")
    assert [paragraph.speaker for paragraph in from_srt(cues).paragraphs] == ["أمينة", "أمينة"]


def test_cues_that_overlap_are_said():
    cues = cue("00:00:01,000", "00:00:05,000") + cue("00:00:02,000", "00:00:03,000")
    [says] = from_srt(cues).left_out
    assert "1 cues begin before the one before them has ended, the first in line 4" in says


@pytest.mark.parametrize(
    ("text", "row", "says"),
    [
        (cue("00:00:05,000", "00:00:01,000"), 1, "ends before it begins"),
        (
            cue("00:00:05,000", "00:00:06,000") + cue("00:00:01,000", "00:00:02,000"),
            4,
            "in line 1; put the cues in order",
        ),
        (cue("00:00:5x,000", "00:00:06,000"), 1, "cannot be read"),
        ("\nstray\n" + cue("00:00:01,000", "00:00:02,000"), 2, "belongs to no cue"),
        ("plain words\n", 1, "belongs to no cue"),
        ("7\n", None, "no cue with times"),
        (cue("00:00:01,000", "00:00:02,000") * 100_001, None, "more than 100,000 cues"),
    ],
)
def test_a_cue_that_is_wrong_is_named_with_its_line(text, row, says):
    with pytest.raises(BadInput, match=says) as refused:
        from_srt(text)
    assert refused.value.problems[0].row == row


@pytest.mark.parametrize(
    ("text", "row", "says"),
    [
        (cue("00:01.000", "00:02.000"), 1, "begins with the line “WEBVTT”"),
        ("WEBVTT\n\nstray\n", 3, "belongs to no cue"),
        ("WEBVTT\n\n" + cue("00:01", "00:02"), 3, "cannot be read"),
        ("WEBVTT\n", None, "no cue with times"),
    ],
)
def test_webvtt_that_is_wrong_is_named_with_its_line(text, row, says):
    with pytest.raises(BadInput, match=says) as refused:
        from_vtt(text)
    assert refused.value.problems[0].row == row
