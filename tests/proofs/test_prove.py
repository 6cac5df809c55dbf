"""A long proof can be broken off, goes on where it was, and begins anew with another source."""

import pytest

from tools import prove

WHOLE = 5


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr(prove, "CACHE", tmp_path / "prove")


def part(breaks_at=WHOLE):
    """A part whose trials are numbers; it is broken off before the one named."""

    def make(first):
        for number in range(first, WHOLE):
            if number == breaks_at:
                raise KeyboardInterrupt
            yield {"number": number, "wrong": False}

    return prove.Part("kills", WHOLE, make, lambda rows: [("trials", str(len(rows)), "")])


def numbers():
    return [row["number"] for row in prove.kept("kills").rows]


def test_what_was_finished_before_the_break_is_kept():
    with pytest.raises(KeyboardInterrupt):
        prove.complete(part(breaks_at=3), "one source")

    assert numbers() == [0, 1, 2]


def test_the_next_run_goes_on_where_the_last_was_broken_off():
    with pytest.raises(KeyboardInterrupt):
        prove.complete(part(breaks_at=3), "one source")
    # Had it begun anew, it would be broken off again, at 1.
    prove.complete(part(breaks_at=1), "one source")

    assert numbers() == [0, 1, 2, 3, 4]


def test_another_source_begins_the_count_anew():
    prove.complete(part(), "one source")
    with pytest.raises(KeyboardInterrupt):
        prove.complete(part(breaks_at=2), "another source")

    assert numbers() == [0, 1]


def test_a_page_says_what_is_not_finished():
    with pytest.raises(KeyboardInterrupt):
        prove.complete(part(breaks_at=3), "one source")

    page = prove.page([(part(), prove.kept("kills"))])

    assert "3 of 5, not finished; source one source." in page
    assert "| trials | 3      |           |" in page
