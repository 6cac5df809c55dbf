"""Texts by their ending, each in a process of its own; and what is refused before it starts."""

import pytest

from exeunt.errors import BadInput
from exeunt.sandbox import apart
from exeunt.stages.sources.intake import texts
from exeunt.stages.sources.intake.documents import document_of
from exeunt.stages.sources.intake.texts import Paragraph, read_text, txt, typed_text
from exeunt.stages.sources.intake.texts.draft import draft_heard
from tests.making import documents, pdfs

SAMPLES = {
    "a.txt": "I left.\nغادرت".encode(),
    "a.docx": documents.docx(documents.p("I left.") + documents.p("غادرت")),
    "a.odt": documents.odt("<text:p>I left.</text:p><text:p>غادرت</text:p>"),
    "a.md": "# I left.\n\nغادرت".encode(),
    "a.markdown": "I left.\n\n*غادرت*".encode(),
    "a.html": "<h1>I left.</h1><p>غادرت".encode(),
    "a.htm": "<p>I left.</p>غادرت".encode("cp1256").replace(b"<p>", b"<meta charset=cp1256><p>"),
    "a.xhtml": "<?xml version='1.0'?><p>I left.</p><p>غادرت</p>".encode(),
    "a.rtf": b"{\\rtf1\\ansicpg1256 I left.\\par \\'db\\'c7\\'cf\\'d1\\'ca}",
    "a.pdf": pdfs.typeset("I left.\n\n#text(dir: rtl)[غادرت]"),
    "a.srt": "1\n00:00:01,000 --> 00:00:02,000\nI left.\n\n"
    "2\n00:00:02,000 --> 00:00:03,000\nغادرت\n".encode("utf-16"),
    "a.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nI left.\n\n"
    "00:02.000 --> 00:03.000\nغادرت\n".encode(),
}
LOCKED = b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")


def plain(data, name="a.txt"):
    return txt.read(document_of(data, name=name))


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_kind_of_text_is_read_in_a_process_of_its_own(name):
    assert read_text(SAMPLES[name], name=name).text == "I left.\nغادرت"


def test_every_ending_has_a_sample():
    assert {name[1:] for name in SAMPLES} == set(texts.TEXT_ENDINGS)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.docx", LOCKED, "password"),
        ("a.txt", LOCKED, "password"),
        ("a.docx", b"\xd0\xcf\x11\xe0 old", "before 2007"),
        ("a.docx", b"{\\rtf1}", r"no \.docx document"),
        ("a.odt", b"plain", r"no \.odt document"),
        ("a.docm", b"PK\x03\x04", "macros"),
        ("a.doc", b"\xd0\xcf\x11\xe0 old", "before 2007"),
        ("a.doc", b"I left.", r"Texts are read from \.txt, \.docx"),
        ("a.pdf", b"I left.", r"no \.pdf document"),
        ("a.rtf", b"I left.", r"no \.rtf document"),
        ("a.txt", b"", "empty"),
        ("a.txt", b"x" * 50_000_001, "50 MB are the most"),
    ],
)
def test_what_is_not_what_its_name_says_starts_no_process(monkeypatch, name, data, says):
    monkeypatch.delattr(apart.subprocess, "Popen")
    with pytest.raises(BadInput, match=says):
        read_text(data, name=name)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"\xff\xfeplain\xd8", "not UTF-16"),
        ("a.txt", b"\x81\x8d\x8f\x90\x9d\xff\x98" * 9, "plain text, UTF-8"),
        ("a.docx", SAMPLES["a.docx"][:300], "cut off or damaged"),
        ("a.srt", b"nothing", "belongs to no cue"),
    ],
)
def test_what_its_reader_refuses_is_told_with_the_name(name, data, says):
    with pytest.raises(BadInput, match=says) as refused:
        read_text(data, name=name)
    assert refused.value.problems[0].file == name


@pytest.mark.parametrize(
    ("data", "paragraphs"),
    [
        (b"a\nb", ["a", "b"]),
        (b"a\r\nb\rc\n\n", ["a", "b", "c"]),
        (b"a\n\nb", ["a", "", "b"]),
        (b"a\x0cb\x0bc", ["a", "b", "c"]),
        ("\ufeffa\u2028b".encode(), ["a", "b"]),
        ("ليبيا".encode("utf-16"), ["ليبيا"]),
    ],
)
def test_a_line_of_plain_text_is_a_paragraph(data, paragraphs):
    assert [paragraph.text for paragraph in plain(data).paragraphs] == paragraphs


def test_hidden_characters_are_named_with_their_paragraph():
    with pytest.raises(BadInput, match=r"U\+0007") as refused:
        plain(b"a\nb\x07")
    assert refused.value.problems[0].row == 2


def test_typed_text_has_the_same_shape():
    assert typed_text("a\r\nb").paragraphs == (Paragraph("a"), Paragraph("b"))
    with pytest.raises(BadInput, match="no text"):
        typed_text("  \n")


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        {},
        {"paragraphs": ["a"], "left_out": []},
        {"paragraphs": [["a"]], "left_out": None},
        {"paragraphs": [[]], "left_out": []},
        {"paragraphs": [["a", 1]], "left_out": []},
        {"paragraphs": [["a\rb"]], "left_out": []},
        {"paragraphs": [["a\x00b"]], "left_out": []},
        {"paragraphs": [["a"] * 5], "left_out": []},
        {"paragraphs": [["a"]] * 100_001, "left_out": []},
        {"paragraphs": [["a"]], "unsure": [1]},
        {"paragraphs": [["a"]], "language": 1},
    ],
)
def test_what_no_honest_reader_tells_is_not_believed(told):
    sound = {"paragraphs": [["a"]], "left_out": [], "unsure": [], "language": ""}
    assert draft_heard(sound).text == "a"
    with pytest.raises((ValueError, KeyError, TypeError)):
        draft_heard(sound | told if isinstance(told, dict) and told else told)
