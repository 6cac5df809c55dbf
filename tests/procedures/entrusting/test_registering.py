"""Registering somebody, and taking in what they entrust; nothing that names them stays outside."""

import pytest

from exeunt.errors import BadInput, NotYet, NotYours, Refusal
from exeunt.procedures.entrusting.registering import Identity, check_label, register
from exeunt.procedures.entrusting.taking_in import Received, take_in
from exeunt.stages.narrators.models import Narrator
from exeunt.stages.narrators.states import Gender
from exeunt.stages.sources.models import Source
from exeunt.vault import room
from exeunt.vault.states import Record

WORDS = {"account_id": "A-1", "language": "en"}


def registered(study, keys, by, **given):
    asked = {"label": "N-2", "identity": Identity("Karim Beispiel"), "ref": "b2" * 8, **given}
    return register(study=study, gender=Gender.MAN, keys=keys, by=by, **asked)


def test_every_record_is_sealed_apart(narrator, keys, dana):
    opened = [
        room.open_record(narrator=narrator.ref, record=record, keys=keys, by=dana).content
        for record in (Record.NAMES, Record.PLACES)
    ]

    assert opened == [
        {"name": "Rahma Testwell", "aliases": ["أم زين", "Umm Zayn"]},
        {"words": ""},
    ]


@pytest.mark.parametrize(
    ("label", "identity"),
    [
        ("Karim 2", Identity("Karim Beispiel")),
        ("KÁRIM", Identity("Karim Beispiel")),
        ("N12 أم زين", Identity("Rahma", aliases=("أمّ زين",))),
        ("the-baker-of-x", Identity("X", aliases=("the-baker",))),
    ],
    ids=["a part", "another way of writing", "another script", "an alias"],
)
def test_a_label_that_names_somebody_is_refused(label, identity):
    with pytest.raises(BadInput, match="holds a part of a name"):
        check_label(label, identity)


@pytest.mark.parametrize("label", ["N-12", "N12", "al"])
def test_a_label_that_says_nothing_is_taken(label):
    check_label(label, Identity("Abu Salim al-Tunisi"))


def test_only_a_custodian_registers_and_only_with_a_protocol(study, keys, cast, dana):
    with pytest.raises(NotYours):
        registered(study, keys, cast.amina)
    with pytest.raises(NotYet, match="protocol"):
        registered(study, keys, dana)
    assert not Narrator.objects.exists()


def test_the_same_form_again_is_the_same_narrator(entrusted, keys, dana):
    assert registered(entrusted, keys, dana) == registered(entrusted, keys, dana)


@pytest.mark.parametrize(
    ("received", "refusal"),
    [
        (Received(b" \n "), BadInput),
        (Received(b"", "one.txt"), BadInput),
        (Received(b"x", "one.exe"), BadInput),
        (Received(b"x" * (21 << 20), "one.txt"), Refusal),
    ],
    ids=["no words", "an empty file", "of no kind", "too large"],
)
def test_what_cannot_be_read_leaves_nothing_behind(received, refusal, narrator, keys, dana, vault):
    with pytest.raises(refusal):
        take_in(narrator=narrator, received=received, words=WORDS, ref="c3" * 8, keys=keys, by=dana)

    assert not Source.objects.exists()
    assert list(vault.sealed.iterdir()) == []


def test_speakers_stand_before_what_they_say_and_what_was_left_out_is_told(narrator, keys, dana):
    file = b"1\n00:00:01,000 --> 00:00:02,000\n<v Karim>I left.</v>\n"
    account = take_in(
        narrator=narrator,
        received=Received(b"WEBVTT\n\n" + file, "one.vtt"),
        words=WORDS,
        ref="c3" * 8,
        keys=keys,
        by=dana,
    )
    raw = room.open_text(source=account.source.ref, narrator=narrator.ref, keys=keys, by=dana)

    assert raw.content["text"] == "Karim: I left."
    assert raw.content["name"] == "one.vtt"
