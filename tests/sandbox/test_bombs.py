"""Files made to break their reader: a few here, all in the proofs."""

import pytest

from exeunt.errors import BadInput
from tools.bombs import BOMBS, Tried, read, tried

QUICK = (
    "zip: 10 GB of zeros, said to be 1 kB",
    "zip: in zips, five deep, sixteen wide",
    "zip: two hundred parts that share their bytes",
    "zip: a path that leads outside",
    "xml: a billion laughs (docx)",
    "xml: a billion laughs (qdc)",
    "xml: quadratic blow-up (docx)",
    "xml: a type declared elsewhere (docx)",
    "xml: half a million codes deep (qdc)",
    "yaml: references to references",
)


@pytest.mark.parametrize("name", QUICK)
def test_a_bomb_is_refused(tmp_path, name):
    path = tmp_path / BOMBS[name].file
    path.write_bytes(BOMBS[name].make())
    with pytest.raises(BadInput) as refused:
        read(path)
    assert len(refused.value.problems) == 1


def test_time_and_memory_are_measured_and_held_against_the_promise():
    [one] = tried(("zip: a path that leads outside",))
    assert (one.wrong, one.seconds < 10, 5 < one.peak < 200) == (False, True, True)


@pytest.mark.parametrize(
    "one",
    [
        Tried("a", 1, 30.1, 10, "refused"),
        Tried("a", 1, 3, 513, "refused"),
        Tried("a", 1, 3, 5, "CRASHED x"),
    ],
)
def test_what_goes_too_far_is_wrong(one):
    assert one.wrong
