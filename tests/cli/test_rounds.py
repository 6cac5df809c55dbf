"""`exeunt round`: giving out, saying how far it is, closing."""

from tests.cli.terminal import done, misused, refused, told

SEED = ("--seed", "7")


def test_a_round_is_opened_listed_and_closed(archive):
    said = done("round", "open", "--begun", "--overlap", "40", *SEED, at=archive)
    rows = {row["coder"]: row for row in told("round", "list", at=archive)}

    # Five accounts, two of them twice: seven readings, four and three, all complete before.
    assert said.startswith("Opened round 1 of icsr-2015@1, drawn with the seed 7.")
    assert sorted(row["given"] for row in rows.values()) == [3, 4]
    assert {row["state"] for row in rows.values()} == {"open"}
    assert all(row["complete"] == row["given"] for row in rows.values())
    closed = done("round", "close", "icsr-2015@1/1", at=archive)
    assert closed == "Closed icsr-2015@1/1. 0 readings that nobody had begun: taken back.\n"
    assert {row["state"] for row in told("round", "list", at=archive)} == {"closed"}


def test_what_is_complete_already_is_not_given_out_unasked(archive):
    assert "Nothing is left to give out" in refused("round", "open", at=archive)


def test_without_rounds_the_list_says_what_holds(archive):
    assert "everybody reads everything" in done("round", "list", at=archive)
    assert told("round", "list", at=archive) == []


def test_who_does_not_code_is_named_with_those_who_do(archive):
    said = refused("round", "open", "--coder", "Nobody", at=archive)

    assert said.startswith("“Nobody” does not code in this study. Those who do: ")


def test_a_calibration_asks_how_many(archive):
    assert "Say how many all should read" in refused(
        "round", "open", "--calibrate", "--begun", at=archive
    )
    assert "--overlap" in misused("round", "open", "--overlap", "101", at=archive)


def test_a_round_that_is_not_there_is_refused(archive):
    for name in ("icsr-2015@1/9", "icsr-2015@1/x", "nothing"):
        assert refused("round", "close", name, at=archive) == "There is nothing here."
