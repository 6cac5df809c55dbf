"""Damaged files for every reader: a few here, ten thousand each in the proofs."""

import pytest

from exeunt.sandbox.readers import READERS
from tools.fuzz_child import mutated
from tools.fuzz_samples import SAMPLES
from tools.fuzzing import ALONE_READERS, fuzzed


@pytest.mark.parametrize("reader", sorted(READERS))
def test_the_sound_file_is_read(reader):
    name, sound = SAMPLES[reader]
    ALONE_READERS[reader.partition(".")[0]](sound, name)


@pytest.mark.parametrize("reader", sorted(READERS))
def test_damaged_files_are_refused_or_read(reader):
    found = fuzzed(reader, files=60, alone=2)
    assert (found.read + found.refused, found.said) == (62, ())


def test_the_same_seed_damages_in_the_same_way():
    _, sound = SAMPLES["text.docx"]
    assert mutated(sound, "docx 1") == mutated(sound, "docx 1")
    assert len({mutated(sound, f"docx {n}") for n in range(50)}) > 45
