"""Foreign bytes are read in a process that can reach nothing; whatever it does, we go on."""

import os
from importlib import import_module
from pathlib import Path

import pytest

from exeunt.errors import BadInput, Refusal, Word
from exeunt.sandbox import apart
from exeunt.sandbox.limits import LIMITS, Limits
from exeunt.sandbox.locks import Standing
from exeunt.sandbox.readers import READERS
from exeunt.sandbox.remarks import remarks_on_readers
from tests.sandbox.conftest import CHILD

DAMAGED = "sent.txt: The file is damaged or is not what its name says"
TOO_MUCH = "sent.txt: Reading the file takes more than 512 MB of memory"
REACHED = ("fork", "socket", "unix", "run", "write", "read", "list", "delete", "kill", "signal")


def no_child_is_left():
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    return True


@pytest.fixture
def places(tmp_path):
    victim = tmp_path / "victim"
    victim.write_text("still here")
    return {"target": str(tmp_path / "target"), "victim": str(victim), "parent": os.getpid()}


def test_bytes_are_handed_over_and_a_plain_value_comes_back(read):
    assert read("echo", b"abcd", colour="blue") == ["sent.txt", 4, "ab", "abcd", {"colour": "blue"}]


def test_nothing_at_all_can_be_read_too(read):
    assert read("echo", b"") == ["sent.txt", 0, "", "", {}]


def test_more_bytes_than_a_pipe_holds_are_handed_over(read):
    content = bytes(range(256)) * 20_000
    assert read("echo", content)[3] == content.decode("latin-1")


def test_an_open_file_is_handed_over_as_it_is(read, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"abcd")
    with path.open("rb") as stream:
        assert read("echo", stream)[1:4] == [4, "ab", "abcd"]


def test_values_are_told_one_after_another():
    rows = apart.rows_apart("many", b"", name="t", options={"rows": 2_000}, child=CHILD)
    assert [row[0] for row in rows] == list(range(2_000))


def test_a_reading_that_is_broken_off_leaves_no_process_behind():
    rows = apart.rows_apart("many", b"", name="t", options={"rows": 10**9}, child=CHILD)
    assert next(rows) == [0, "x"]
    rows.close()
    assert no_child_is_left()


def test_every_protection_holds_here():
    assert apart.standing() == Standing(limits=True, network=True, calls=True)


def test_what_does_not_hold_is_said():
    child = (*CHILD, "network", "calls")
    assert apart.standing(child) == Standing(limits=True)
    assert [says.split(":")[0] for says in remarks_on_readers(child)] == [
        "Readers of foreign files share this machine's network",
        "Readers of foreign files are kept from files and network by Python alone",
    ]


def test_a_shared_network_is_nothing_to_say_where_there_is_no_socket():
    child = (*CHILD, "network")
    assert apart.standing(child) == Standing(limits=True, calls=True)
    assert list(remarks_on_readers(child)) == []


def test_nothing_is_said_where_everything_holds():
    assert list(remarks_on_readers()) == []


def test_a_child_that_does_not_start_is_said():
    [says] = remarks_on_readers(("-m", "exeunt.sandbox.nobody"))
    assert "does not start" in says


def test_a_reader_that_takes_memory_is_stopped(read):
    with pytest.raises(BadInput, match=TOO_MUCH):
        read("greedy")
    assert no_child_is_left()


def test_a_reader_that_computes_for_ever_is_stopped(read):
    with pytest.raises(BadInput, match="takes longer than 9 seconds"):
        read("endless", limits=LIMITS._replace(cpu=1, wall=9))
    assert no_child_is_left()


def test_a_reader_that_sleeps_is_stopped(read):
    with pytest.raises(BadInput, match="takes longer than 1 seconds"):
        read("asleep", limits=LIMITS._replace(wall=1))
    assert no_child_is_left()


@pytest.mark.parametrize("reader", ["talkative", "endless_line"])
def test_a_reader_that_says_ever_more_is_stopped(reader):
    limits = LIMITS._replace(said=5_000_000, line=1_000_000)
    with pytest.raises(BadInput, match="of memory"):
        list(apart.rows_apart(reader, b"", name="t", limits=limits, child=CHILD))
    assert no_child_is_left()


@pytest.mark.parametrize("without", [(), ("network",), ("calls",), ("calls", "network", "limits")])
def test_a_reader_reaches_no_network_no_file_and_no_process(read, places, without):
    told = read("reaching_out", without=without, **places)
    assert {what: told[what] for what in REACHED} == dict.fromkeys(REACHED, "PermissionError")
    assert not Path(places["target"]).exists()
    assert Path(places["victim"]).read_text() == "still here"


@pytest.mark.parametrize("reader", ["raising", "crashing", "leaving", "nested", "crowded"])
def test_a_reader_that_breaks_down_is_one_sentence_without_the_content(read, reader, caplog):
    with pytest.raises(BadInput, match=DAMAGED) as refused:
        read(reader)
    assert len(refused.value.problems) == 1
    assert "secret" not in f"{refused.value}{caplog.text}"
    assert refused.value.__context__ is None or refused.value.__suppress_context__
    assert no_child_is_left()


@pytest.mark.parametrize(
    "said",
    [
        "Traceback (most recent call last):",
        "[]",
        "{}",
        '{"standing": 3}',
        '{"standing": {}}',
        '{"value": NaN}',
        '{"value": 1e999999}{"value": 2}',
        '{"refused": {}}',
        '{"refused": {"problems": 3, "unlisted": 0}}',
        '{"refused": {"problems": [], "unlisted": "many"}}',
        '{"failed": true}',
        "\udce4".encode("utf-8", "surrogatepass").decode("latin-1"),
        "9" * 10_000,
    ],
)
def test_rubbish_is_not_believed(read, said):
    with pytest.raises(BadInput, match=DAMAGED):
        read("rubbish", rubbish=said)


def test_two_values_where_one_was_asked_for_are_not_believed(read):
    with pytest.raises(BadInput, match=DAMAGED):
        read("many", rows=2)


def test_what_a_library_prints_goes_nowhere(read, capfd):
    assert read("printing") == "sound"
    assert capfd.readouterr() == ("", "")


def test_a_refusal_comes_through_and_can_still_be_translated(read):
    with pytest.raises(BadInput) as refused:
        read("refusing")
    first, second = refused.value.problems
    assert str(first) == (
        "sent.txt, row 3, column “Ω”: The cell “{x}” has 12,345. Did you mean “كود”?"
    )
    assert first.says.says == "The {what} “{name}” has {n:,}. {nearest}"
    assert isinstance(first.says.facts["what"], Word)
    assert first.says.facts["nearest"].says == "Did you mean “{near}”?"
    assert (second.says, refused.value.unlisted) == ("Plain.", 7)


@pytest.mark.parametrize(
    "says",
    [
        {"says": "{x.__class__}", "facts": {"x": "a"}},
        {"says": "{x[0]}", "facts": {"x": "a"}},
        {"says": "{x!r}", "facts": {"x": "a"}},
        {"says": "{x:>999999999999}", "facts": {"x": "a"}},
        {"says": "{x:{y}}", "facts": {"x": "a", "y": ">9999999999"}},
        {"says": "{y}", "facts": {"x": "a"}},
        {"says": "{", "facts": {}},
        {"says": "{}", "facts": {}},
        {"says": "{x:,d}", "facts": {"x": "a"}},
        {"says": "{x}", "facts": {"x": ["a"]}},
        {"says": "x" * 10_000, "facts": {}},
        {"says": 3, "facts": {}},
        {"facts": {}},
        3,
    ],
)
def test_a_sentence_that_would_do_more_than_speak_is_not_believed(read, says):
    with pytest.raises(BadInput, match=DAMAGED):
        read("lying", problem={"says": says, "row": None, "column": None})


def test_the_environment_of_a_child_holds_no_secret(monkeypatch):
    monkeypatch.setenv("EXEUNT_SECRET", "abrakadabra")
    rows = apart.rows_apart("told_of_itself", b"abrakadabra", name="abrakadabra", child=CHILD)
    number, environment = next(rows)
    seen = Path(f"/proc/{number}/cmdline").read_bytes()
    held = Path(f"/proc/{number}/environ").read_bytes()
    rows.close()
    assert environment.keys() <= {"PATH", "LANG", "LC_CTYPE"}
    assert b"abrakadabra" not in held + seen


def test_a_reader_that_nobody_listed_is_not_called():
    with pytest.raises(LookupError, match="os:system"):
        apart.read_apart("os:system", b"", name="x")


def test_a_misbehaving_reader_is_not_among_those_that_are_shipped():
    with pytest.raises(LookupError):
        apart.read_apart("echo", b"", name="x")


def test_an_installation_without_a_child_is_no_damaged_file():
    with pytest.raises(Refusal, match="does not start"):
        apart.read_apart("table.csv", b"", name="x", child=("-m", "exeunt.sandbox.nobody"))


@pytest.mark.parametrize("name", sorted(READERS))
def test_every_listed_reader_is_a_function_of_an_intake(name):
    module, _, function = READERS[name].partition(":")
    assert module.startswith("exeunt.stages.")
    assert module.split(".")[3] == "intake"
    assert callable(getattr(import_module(module), function))


def test_the_limits_are_those_that_are_promised():
    assert Limits()[:3] == (512 * 1024 * 1024, 28, 28)
