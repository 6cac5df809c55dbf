"""Words are found in their context, among the accounts that are asked for; what is hard is not."""

import pytest

from exeunt.errors import BadInput, NotYours
from exeunt.ledger.models import Entry
from exeunt.stages.coding.queries.finding.pages import ROWS
from exeunt.stages.testimonies.actions.passages import mark_hard
from exeunt.stages.testimonies.models import Account, TextVersion
from exeunt.stages.testimonies.states import Hardness
from tests.making.counting import queries_for
from tests.making.finding import HARD, lines, sought
from tests.making.studies import a_staffed_study
from tests.making.testimonies import row, take_in

ONE = "They took the money at night.\n\nThen the money was gone, and I left."
TWO = "Q: Who took the money?\nA: The guards of the money."
ARABIC = "أخذوا المال ليلاً. ثم تركت الجماعة."


@pytest.fixture
def texts(cast, study, captures, tmp_path):
    rows = [
        row("A1", text=ONE, language="en", period="2014", group_left="Lodge", setting="free"),
        row("A2", text=TWO, language="fr", period="2015", group_left="Order", setting="withheld"),
        row("A3", text=ARABIC, language="ar"),
    ]
    take_in(rows, tmp_path, study=study, cast=cast)
    return study


def test_a_word_stands_in_its_context_once_for_each_place(texts, cast):
    found = sought(texts, cast.boris, q="money")

    assert lines(found) == [
        "They took the <money> at night. Then the money was gone, and I left.",
        "They took the money at night. Then the <money> was gone, and I left.",
        "Q: Who took the <money>? A: The guards of the money.",
        "Q: Who took the money? A: The guards of the <money>.",
    ]
    assert (found.leaf.total, found.more, found.in_passages) == (4, False, True)
    assert [one.account.label for one in found.leaf.rows] == ["A1", "A1", "A2", "A2"]
    assert [one.speaker for one in found.leaf.rows] == ["", "", "Q", "A"]


@pytest.mark.parametrize(
    ("asked", "labels"),
    [
        ({"q": "took money"}, ["A1", "A2"]),
        ({"q": '"took the"'}, ["A1", "A2"]),
        ({"q": '"money took"'}, []),
        ({"q": "tak* OR took -guards"}, ["A1", "A2"]),
        ({"q": "المال"}, ["A3"]),
        ({"q": "مال -جماعة"}, []),
        ({"q": "money", "language": "fr"}, ["A2", "A2"]),
        ({"q": "money", "period": "2014"}, ["A1", "A1"]),
        ({"q": "money", "group": "Order"}, ["A2", "A2"]),
        ({"q": "money", "setting": "free"}, ["A1", "A1"]),
        ({"q": "money", "speaker": "a"}, ["A2"]),
        ({"q": "money", "speaker": "Nobody"}, []),
    ],
)
def test_passages_are_found_by_words_and_by_what_their_accounts_are(texts, cast, asked, labels):
    assert [one.account.label for one in sought(texts, cast.edda, **asked).leaf.rows] == labels


@pytest.mark.parametrize(
    ("order", "places"),
    [
        # Nearest first they are: the took they; the then; the took who; the of guards.
        ("before", [3, 1, 0, 2]),
        # What follows: at night; was gone; a the guards; nothing.
        ("after", [3, 2, 0, 1]),
    ],
)
def test_lines_are_put_in_order_by_the_words_beside(texts, cast, order, places):
    in_text = lines(sought(texts, cast.boris, q="money"))
    found = sought(texts, cast.boris, q="money", order=order)

    assert [in_text.index(one) for one in lines(found)] == places
    assert not found.in_passages


def test_an_arabic_line_is_read_from_right_to_left(texts, cast):
    (one,) = sought(texts, cast.boris, q="جماعة").leaf.rows

    assert one.line.keyword == "الجماعة"
    assert one.line.before == "أخذوا المال ليلاً. ثم تركت "
    assert one.direction == "rtl"


def test_a_hard_passage_is_found_and_not_shown(texts, cast):
    account = Account.objects.get(label="A1")
    hard = {"number": 1, "kind": Hardness.VIOLENCE, "by": cast.boris}
    mark_hard(account=account, paragraphs=[1], **hard)

    shown = lines(sought(texts, cast.boris, q="money", language="en"))
    assert shown == [HARD, "Then the <money> was gone, and I left."]


def test_a_text_of_which_a_hard_passage_was_lost_is_hard_as_a_whole(texts, cast):
    account = Account.objects.get(label="A1")
    hard = {"number": 1, "kind": Hardness.VIOLENCE, "by": cast.boris}
    (passage,) = mark_hard(account=account, paragraphs=[2], **hard)
    latest = TextVersion.objects.get(account=account)
    earlier = TextVersion.objects.create(
        account=account, number=99, text="!", length=1, digest="", made=latest.made
    )
    TextVersion.objects.filter(pk=latest.pk).update(number=100)
    passage.version = earlier
    passage.save()

    assert lines(sought(texts, cast.boris, q="money", language="en")) == [HARD, HARD]


def test_a_text_that_nobody_has_confirmed_is_found_and_said_to_be(texts, cast):
    TextVersion.objects.filter(account__label="A1").update(confirmed=None)

    found = sought(texts, cast.boris, q="money")
    assert [one.confirmed for one in found.leaf.rows] == [False, False, True, True]


def test_what_was_sought_is_not_in_the_ledger_only_how_much_was_found(texts, cast):
    sought(texts, cast.boris, q="money")
    entry = Entry.objects.latest("position")

    assert (entry.act, entry.subject, entry.by) == ("passages.sought", texts.ref, cast.boris.ref)
    assert entry.facts == {
        "study": texts.ref,
        "codebook": "",
        "found": 4,
        "shown": 4,
        "accounts": 2,
    }
    assert "money" not in str(entry.facts)


def test_leaves_follow_each_other_and_more_than_a_thousand_are_not_counted(
    cast, study, captures, tmp_path, monkeypatch
):
    text = "\n\n".join(f"Line {number} of bread." for number in range(60))
    take_in([row("A1", text=text)], tmp_path, study=study, cast=cast)
    leaves = [sought(study, cast.boris, leaf=number, q="bread") for number in (1, 2, 3, 4)]

    assert [len(one.leaf.rows) for one in leaves] == [ROWS, ROWS, 10, 0]
    assert lines(leaves[1])[0].endswith(
        "Line 25 of <bread> . Line 26 of bread. Line 27 of bread."
    ) or ("Line 25 of <bread>" in lines(leaves[1])[0])
    monkeypatch.setattr("exeunt.stages.coding.queries.finding.pages.MOST", 50)
    last, beyond = (sought(study, cast.boris, leaf=number, q="bread") for number in (2, 3))
    assert (last.leaf.total, last.more, len(last.leaf.rows)) == (50, True, ROWS)
    assert (beyond.leaf.total, beyond.leaf.rows) == (50, [])


def test_a_leaf_costs_the_same_however_much_there_is(cast, study, captures, tmp_path):
    def asked() -> int:
        return queries_for(lambda: sought(study, cast.boris, q="bread"))

    take_in([row("A1", text="Bread.")], tmp_path, study=study, cast=cast)
    few = asked()
    rows = [row(f"B{number}", text="Bread.\n\nBread.") for number in range(30)]
    take_in(rows, tmp_path, study=study, cast=cast, name="more.csv")

    assert asked() == few


def test_another_studys_texts_are_never_found(texts, cast):
    other = a_staffed_study(cast, "other")

    assert sought(other, cast.boris, q="money").leaf.total == 0


@pytest.mark.parametrize("name", ["dana", "lina", "vera", "eve"])
def test_nobody_else_seeks(texts, cast, name):
    with pytest.raises(NotYours):
        sought(texts, getattr(cast, name), q="money")


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"q": '"open'}, "q"),
        ({"q": "a" * 401}, "q"),
        ({"q": "mo\x00ney"}, "q"),
        ({"q": "money", "order": "sideways"}, "order"),
        ({"q": "money", "most": "many"}, "most"),
        ({"q": "money", "most": "-1"}, "most"),
        ({"q": "money", "whose": "theirs"}, "whose"),
        ({"value": "1"}, "q"),
        ({"q": "money", "value": "1"}, "code"),
        ({"code": "L1", "without": "L1"}, "without"),
        ({"code": "L1", "beside": "L1"}, "beside"),
        ({"code": "L1", "of": "account", "beside": "L2"}, "beside"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(texts, cast, asked, field):
    with pytest.raises(BadInput) as refused:
        sought(texts, cast.boris, **asked)

    assert [problem.column for problem in refused.value.problems] == [field]
