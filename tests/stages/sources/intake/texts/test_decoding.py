"""Encodings: told by the bytes, named by a person, or guessed and said so."""

import pytest

from exeunt.errors import BadInput
from exeunt.stages.sources.intake.documents import document_of
from exeunt.stages.sources.intake.texts import srt, txt
from exeunt.stages.sources.intake.texts.codepages import CODEPAGES

ARABIC = "تركت الجماعة في عام 2014 لأنهم كذبوا علينا، وقال لي أحدهم: لا تسأل عن المال."
FRENCH = "Je suis parti à l’été 2014 parce qu’ils mentaient ; « pas d’argent », disait-il. Déjà."
GERMAN = "Ich ging im Frühjahr, weil sie logen. Über Geld sprach niemand, schön wäre es."
RUSSIAN = "Я ушёл весной, потому что они лгали нам о деньгах, и никто не знал правды."
TURKISH = "Şehirden ayrıldım çünkü bize yalan söylediler, kimse gerçeği bilmiyordu."


def read(data, encoding=""):
    return txt.read(document_of(data, name="told.txt"), encoding=encoding)


@pytest.mark.parametrize(
    ("told", "encoding"),
    [
        (ARABIC, "cp1256"),
        (ARABIC, "iso8859_6"),
        (FRENCH, "cp1252"),
        (GERMAN, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (TURKISH, "cp1254"),
    ],
)
def test_what_is_no_utf_8_is_guessed_and_said(told, encoding):
    draft = read(told.encode(encoding))
    assert draft.text == told
    assert f"read as {CODEPAGES[encoding]}, which is a guess" in draft.unsure[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_says_its_encoding_is_not_guessed_at(encoding):
    assert read(ARABIC.encode(encoding)) == (read(ARABIC.encode()))
    assert read(ARABIC.encode(encoding)).unsure == ()


@pytest.mark.parametrize("encoding", sorted(CODEPAGES))
def test_a_person_names_the_encoding(encoding):
    told = "I left, 2014."
    draft = read(told.encode(encoding), encoding)
    assert (draft.text.lstrip("\ufeff"), draft.unsure) == (told, ())


def test_a_person_corrects_a_guess():
    data = "schön".encode("mac_roman")
    assert read(data, "mac_roman").text == "schön"


@pytest.mark.parametrize(
    ("encoding", "says"),
    [("utf-8", "Byte 0 .* is not UTF-8"), ("utf-7", "is no encoding that is read here")],
)
def test_a_wrong_name_is_refused_with_what_to_do(encoding, says):
    with pytest.raises(BadInput, match=says):
        read("é".encode("cp1252"), encoding)


def test_the_first_wrong_byte_of_what_fits_nothing_is_named():
    with pytest.raises(BadInput, match=r"Byte 7 .* no other encoding fits"):
        read(b"I left." + b"\x81\x8d\x8f\x90\x9d\xff\x98" * 9)


def test_utf_16_without_its_mark_is_named_and_read_when_it_is_said():
    data = "I left.".encode("utf-16-le")
    with pytest.raises(BadInput, match=r"byte 1.*UTF-16 without its mark"):
        read(data)
    assert read(data, "utf-16-le").text == "I left."


def test_subtitles_are_guessed_at_as_well():
    data = f"1\n00:00:01,000 --> 00:00:02,000\n{ARABIC}\n".encode("cp1256")
    draft = srt.read(document_of(data, name="told.srt"))
    assert draft.text == ARABIC
    assert "Windows-1256" in draft.unsure[0]
