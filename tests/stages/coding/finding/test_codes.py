"""What was judged is found by code, value and nearness, and only as far as one may see it."""

import pytest

from exeunt.errors import BadInput, NotYet, NotYours
from exeunt.stages.coding.models import Code
from exeunt.stages.coding.queries.settled_excerpts import settled_excerpts
from tests.making.codebooks import BINARY, GRADED_EXCERPTS
from tests.making.coding import a_codebook, code, double_coded
from tests.making.finding import excerpts, lines, sought
from tests.making.marking import Reading, a_reading
from tests.making.spans import LEFT, PAID, SAW, a_disputed_text
from tests.making.testimonies import an_account, row, take_in

TEXT = (
    "They told us the money was for the widows. Then I saw the cars. I had been there a year. "
    "It was cold. That night I left with my brother."
)
MONEY, CARS, YEAR, COLD, NIGHT = (
    "the money was for the widows",
    "I saw the cars.",
    "I had been there a year.",
    "It was cold.",
    "That night I left with my brother.",
)


@pytest.fixture
def reading(cast, study, captures) -> Reading:
    """Boris has marked a text: money L2, cars J1, night L1 and L2; it is complete."""
    reading = a_reading(study, cast, text=TEXT, codebook=GRADED_EXCERPTS)
    reading.mark(MONEY, "L2", value="2", note="A lie.", by=cast.boris)
    reading.mark(CARS, "J1", value="1", by=cast.boris)
    reading.mark(NIGHT, "L1", value="1", by=cast.boris)
    reading.mark(NIGHT, "L2", value="unknown", by=cast.boris)
    reading.note(MONEY, "Which widows?", by=cast.boris)
    reading.complete(by=cast.boris)
    return reading


def test_excerpts_of_a_code_are_a_table(reading, cast):
    found = sought(reading.study, cast.boris, code="L2")

    assert excerpts(found) == [(MONEY, "L2", 2)]
    (one,) = found.leaf.rows
    assert one.notes == ("A lie.", "Which widows?")
    assert (one.reader, one.name, found.me) == (cast.boris.pk, "", cast.boris.pk)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"code": "L2", "value": "2"}, [MONEY]),
        ({"code": "L2", "value": "1"}, []),
        ({"code": "L2", "value": "unknown"}, [NIGHT]),
        ({"code": "L1", "without": "L2"}, [NIGHT]),
        ({"code": "L1", "without": "J1"}, [NIGHT]),
        ({"code": "L2", "beside": "J1"}, [MONEY]),
        # From the first sentence to the second is one; to the fifth it is four.
        ({"code": "J1", "beside": "L2", "most": "0"}, []),
        ({"code": "J1", "beside": "L2", "most": "1"}, [CARS]),
        ({"code": "J1", "beside": "L1", "most": "2"}, []),
        ({"code": "J1", "beside": "L1", "most": "3"}, [CARS]),
        ({"code": "J1", "beside": "L1", "most": "3", "side": "after"}, [CARS]),
        ({"code": "J1", "beside": "L1", "most": "3", "side": "before"}, []),
        ({"code": "L1", "beside": "J1", "most": "3", "side": "before"}, [NIGHT]),
        ({"code": "L1", "beside": "J1", "near": "turns", "most": "3"}, []),
        ({"code": "L1", "beside": "L2", "near": "same"}, []),
        ({"code": "L1", "beside": "J1", "near": "overlapping"}, []),
        ({"code": "L1", "language": "xx"}, []),
        ({"code": "L1", "speaker": "Imam"}, []),
    ],
)
def test_excerpts_are_found_by_value_and_by_what_stands_near(reading, cast, asked, words):
    assert [said for said, _, _ in excerpts(sought(reading.study, cast.boris, **asked))] == words


def test_what_stands_near_is_said_beside_it(reading, cast):
    (one,) = sought(reading.study, cast.boris, code="J1", beside="L2", most="1").leaf.rows

    assert (one.is_beside, one.beside) == (True, MONEY)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "the", "code": "L2"}, ["the money", "the widows"]),
        ({"q": "the", "code": "J1"}, ["the cars"]),
        ({"q": "the", "without": "L2"}, ["the cars"]),
        ({"q": "cold", "beside": "L1", "most": "1"}, ["cold"]),
        ({"q": "cold", "beside": "L1", "most": "0"}, []),
        ({"q": "cold", "beside": "L2", "most": "1"}, []),
        ({"q": "left", "beside": "L1", "near": "overlapping"}, ["left"]),
        ({"q": "cold", "code": "L1"}, []),
        ({"q": "cold", "code": "L1", "of": "account"}, ["cold"]),
        ({"q": "cold", "without": "L1", "of": "account"}, []),
    ],
)
def test_words_are_found_where_a_code_was_given(reading, cast, asked, found):
    shown = lines(sought(reading.study, cast.boris, **asked))

    assert len(shown) == len(found)
    for line, words in zip(shown, found, strict=True):
        keyword, _, rest = words.partition(" ")
        assert f"<{keyword}> {rest}".strip() in line


def test_too_many_words_to_look_beside_are_refused(reading, cast, monkeypatch):
    monkeypatch.setattr("exeunt.stages.coding.rules.seeking.MOST_LOOKED_AT", 0)

    with pytest.raises(NotYet, match="Add a word, or narrow"):
        sought(reading.study, cast.boris, q="the", beside="L1")


def test_a_code_that_is_only_proposed_finds_nothing(reading, cast):
    Code.every.create(
        version=reading.version, position=9, key="new-1", label="Cold", proposed_by=cast.boris
    )

    with pytest.raises(BadInput, match="no code “new-1”"):
        sought(reading.study, cast.boris, code="new-1")


@pytest.mark.parametrize("asked", [{"code": "L7"}, {"code": "L1", "without": "L7"}])
def test_a_code_that_is_not_there_is_refused_with_the_nearest(reading, cast, asked):
    with pytest.raises(BadInput, match="There is no code “L7” here"):
        sought(reading.study, cast.boris, **asked)


# --- whose readings -------------------------------------------------------------------------------


def found_by(reading: Reading, by, **asked) -> list[str]:
    return [words for words, _, _ in excerpts(sought(reading.study, by, **asked))]


def test_a_coder_finds_nothing_of_what_another_reads(reading, cast):
    assert found_by(reading, cast.chidi, code="L1") == []
    reading.mark(COLD, "L1", value="1", by=cast.chidi)
    assert found_by(reading, cast.chidi, code="L1") == [COLD]
    assert found_by(reading, cast.chidi, q="left", code="L1") == []
    assert lines(sought(reading.study, cast.chidi, q="left", without="L1")) != []
    # Boris, who has completed it, sees nothing of it while Chidi reads.
    assert found_by(reading, cast.boris, code="L1") == [NIGHT]

    reading.complete(by=cast.chidi)
    for coder in (cast.boris, cast.chidi):
        assert found_by(reading, coder, code="L1") == [COLD, NIGHT]
        assert found_by(reading, coder, code="L1", whose="mine") == (
            [NIGHT] if coder == cast.boris else [COLD]
        )


def test_nothing_that_others_judged_shows_through_a_condition(reading, cast):
    for asked in ({"without": "L1"}, {"without": "L1", "of": "account"}):
        assert len(lines(sought(reading.study, cast.chidi, q="left", **asked))) == 1
    for asked in ({"code": "L1"}, {"code": "L1", "of": "account"}, {"beside": "L1"}):
        assert lines(sought(reading.study, cast.chidi, q="left", **asked)) == []


def test_who_leads_sees_what_is_complete_and_by_whom(reading, cast):
    reading.mark(COLD, "L1", value="1", by=cast.chidi)
    found = sought(reading.study, cast.amina, code="L1")

    assert excerpts(found) == [(NIGHT, "L1", 1)]
    assert [one.name for one in found.leaf.rows] == ["Boris"]
    assert found_by(reading, cast.amina, code="L1", coder=cast.boris.ref) == [NIGHT]
    assert found_by(reading, cast.amina, code="L1", coder=cast.chidi.ref) == []


def test_a_coder_never_seeks_by_reader_nor_sees_one_named(reading, cast):
    reading.complete(by=cast.chidi)
    found = sought(reading.study, cast.chidi, code="L1")

    assert [(one.reader, one.name) for one in found.leaf.rows] == [(cast.boris.pk, "")]
    with pytest.raises(NotYours, match="leave the reader open"):
        sought(reading.study, cast.chidi, code="L1", coder=cast.boris.ref)


def test_who_edits_seeks_by_what_was_settled_only(reading, cast):
    assert found_by(reading, cast.edda, code="L1", whose="settled") == []
    for whose in ("all", "mine"):
        with pytest.raises(NotYours, match="seek by what was settled"):
            sought(reading.study, cast.edda, code="L1", whose=whose)


def test_what_readers_mark_alike_is_settled_and_what_differs_when_somebody_settles_it(
    cast, study, captures
):
    disputed = a_disputed_text(study, cast)
    asked = {"codebook": disputed.version.name, "whose": "settled"}

    def settled(code: str) -> list[tuple[str, str, int | str]]:
        return excerpts(sought(study, cast.amina, code=code, **asked))

    assert settled("L2") == [(LEFT, "L2", 1)]
    assert settled("L1") == []
    disputed.settle(PAID, "A", by=cast.amina)
    disputed.settle(SAW, "none", by=cast.amina)
    (one,) = sought(study, cast.amina, code="L1", **asked).leaf.rows
    assert one.words.startswith(PAID[:-1])
    assert (one.reader, one.name, one.notes) == (None, "", ("He names them.",))
    assert lines(sought(study, cast.edda, q="widows", code="L1", **asked)) != []
    assert lines(sought(study, cast.edda, q="cars", code="L1", **asked)) == []


def test_what_is_found_as_settled_is_what_counts_as_settled(cast, study, captures):
    disputed = a_disputed_text(study, cast)
    disputed.settle(PAID, "union", by=cast.amina)
    asked = {"codebook": disputed.version.name, "whose": "settled"}
    found = [
        one
        for code in ("J1", "L1", "L2")
        for one in excerpts(sought(study, cast.amina, code=code, **asked))
    ]

    counted = [
        (disputed.reading.text.text[one.start : one.end], one.code, one.value)
        for one in settled_excerpts(study, disputed.version, by=cast.amina)
        if one.how in {"agreed", "settled"}
    ]
    assert sorted(found) == sorted(counted)
    assert len(counted) == 2


def test_a_coder_who_has_still_to_read_seeks_nothing_that_was_settled(cast, study, captures):
    disputed = a_disputed_text(study, cast)
    other = Reading(study, disputed.version, an_account(study, cast, text=TEXT))
    other.complete(by=cast.boris)

    with pytest.raises(NotYet, match="still have 1 to read"):
        sought(study, cast.chidi, code="L2", codebook=disputed.version.name, whose="settled")
    assert found_by(disputed.reading, cast.chidi, code="L2") == [LEFT]


# --- whole accounts -------------------------------------------------------------------------------


@pytest.fixture
def judged(cast, study, captures, tmp_path):
    """Boris and Chidi have judged two accounts: of A1 they say the same, of A2 not all."""
    rows = [row("A1", text="They took the bread."), row("A2", text="They took the money.")]
    take_in(rows, tmp_path, study=study, cast=cast)
    a_codebook(study, cast)
    values = {
        "Boris": {"A1": [1, 0, 1], "A2": [1, 1, 0]},
        "Chidi": {"A1": [1, 0, 1], "A2": [1, 0, "unknown"]},
    }
    keys = [one.key for one in BINARY]
    code(double_coded(values, keys), tmp_path, study=study, cast=cast)
    return study


@pytest.mark.parametrize(
    ("asked", "labels"),
    [
        ({"q": "took", "code": "L2", "of": "account"}, ["A1"]),
        ({"q": "took", "code": "L1", "of": "account"}, ["A2"]),
        ({"q": "took", "without": "L1", "of": "account"}, ["A1"]),
        ({"q": "took", "code": "L2", "value": "unknown", "of": "account"}, ["A2"]),
        ({"q": "took", "code": "L1", "of": "account", "whose": "settled"}, []),
        ({"q": "took", "code": "J1", "of": "account", "whose": "settled"}, ["A1", "A2"]),
        ({"q": "took", "code": "L2", "of": "account", "whose": "mine"}, ["A1"]),
        ({"q": "took", "code": "L2"}, []),
        ({"code": "L2", "of": "account"}, ["A1", "A1"]),
        ({"code": "L2", "of": "account", "whose": "mine"}, ["A1"]),
        ({"code": "J1", "of": "account", "whose": "settled"}, ["A1", "A2"]),
        ({"code": "L2"}, []),
    ],
)
def test_what_was_judged_of_whole_accounts_finds_their_words(judged, cast, asked, labels):
    found = sought(judged, cast.boris, **asked)

    assert [one.account.label for one in found.leaf.rows] == labels
