"""Children of a nursery: as locked in as all others, and each with one file only."""

import os
from pathlib import Path

import pytest

from exeunt.errors import BadInput, Refusal
from exeunt.sandbox import apart
from exeunt.sandbox.limits import LIMITS
from exeunt.sandbox.nursery import Nursery
from exeunt.stages.sources.intake.texts import read_text

NURSE = (str(Path(__file__).with_name("nurse_for_tests.py")),)
SECRET = b"a secret testimony"


@pytest.fixture(scope="module")
def nursery():
    with Nursery(NURSE) as made:
        yield made


@pytest.fixture
def read(nursery):
    def reading(reader, content=SECRET, *, limits=LIMITS, **options):
        return apart.read_apart(
            reader, content, name="sent.txt", options=options, limits=limits, nursery=nursery
        )

    return reading


def test_each_file_has_a_child_of_its_own(nursery):
    seen = []
    for _ in range(2):
        told = apart.rows_apart("told_of_itself", b"", name="t", nursery=nursery)
        seen.append(next(told))
        told.close()
    (one, environment), (other, _) = seen
    assert one != other
    assert set(environment) <= {"PATH", "LANG", "LC_CTYPE"}


def test_bytes_go_in_and_a_plain_value_comes_back(read):
    content = bytes(range(256)) * 20_000
    assert read("echo", content)[3] == content.decode("latin-1")


def test_nothing_outside_can_be_reached(read, tmp_path):
    victim = tmp_path / "victim"
    victim.write_text("still here")
    places = {"target": str(tmp_path / "target"), "victim": str(victim), "parent": os.getpid()}
    told = read("reaching_out", **places)
    assert {what for what, came in told.items() if came == "done"} == set()
    assert victim.exists()


@pytest.mark.parametrize(
    ("reader", "says"),
    [
        ("greedy", "more than 512 MB of memory"),
        ("endless", "longer than"),
        ("asleep", "longer than"),
        ("crashing", "damaged"),
        ("raising", "damaged"),
        ("leaving", "damaged"),
    ],
)
def test_whatever_a_child_does_the_next_is_well(read, reader, says):
    limits = LIMITS._replace(cpu=1, wall=2) if "longer" in says else LIMITS
    with pytest.raises(BadInput, match=says) as refused:
        read(reader, limits=limits)
    assert SECRET.decode() not in str(refused.value)
    assert read("echo", b"abcd")[1] == 4


def test_a_nurse_that_is_lost_is_replaced(nursery, read):
    assert read("echo", b"abcd")[1] == 4
    nursery._nurse.kill()
    nursery._nurse.wait()
    assert read("echo", b"abcd")[1] == 4


def test_a_nurse_that_does_not_start_is_a_sentence():
    with pytest.raises(Refusal, match="No reader can be started"):
        apart.read_apart("echo", b"", name="t", nursery=Nursery(("-c", "raise SystemExit(1)")))


def test_no_process_is_left_when_the_import_is_over():
    with Nursery() as nursery:
        assert read_text(b"I left.", name="a.txt", nursery=nursery).text == "I left."
        assert read_text(b"<p>I left.", name="a.html", nursery=nursery).text == "I left."
        assert read_text(b"# I left.", name="a.md", nursery=nursery).text == "I left."
        nurse = nursery._nurse.pid
    assert not Path(f"/proc/{nurse}").exists()
