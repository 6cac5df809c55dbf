"""A table of accounts is taken in whole, with everything that it says."""

import hashlib

import pytest
from django.db import DatabaseError, transaction

from exeunt.errors import NotYet, NotYours
from exeunt.ledger.models import Entry
from exeunt.stages.narrators.models import Exit, Narrator
from exeunt.stages.sources.models import Capture, Source
from exeunt.stages.testimonies.actions.accounts import Taken, import_accounts
from exeunt.stages.testimonies.models import Account, Telling, TextVersion
from tests.making.archive import acts, files_in, rows_everywhere
from tests.making.counting import queries_for
from tests.making.studies import a_staffed_study, with_protocol
from tests.making.tables import write_csv, write_jsonl
from tests.making.testimonies import row, take_in

FULL = row(
    "A1",
    narrator="N1",
    language="ar",
    citation="An invented paper, 3 May 2014",
    address="example.org/a1",
    published="2014-05-03",
    period="2014",
    setting="under legal process",
    gender="woman",
    age_band="25-34",
    group_left="IS",
    group_joined="JN",
    joined="2013~",
    left="2014-04",
    exit_kind="side switch",
    text="كنت هناك. 🙂\nThen I left.",
)


def test_everything_that_a_row_says_is_kept(cast, study, captures, tmp_path):
    taken = take_in([FULL], tmp_path, study=study, cast=cast)
    account, telling = Account.objects.get(), Telling.objects.get()
    exit_ = Exit.objects.get()

    assert taken == Taken(1, 1, "invented")
    assert (account.label, account.language, account.published) == ("A1", "ar", "2014-05-03")
    assert (account.period, account.setting, account.age_band) == (
        "2014",
        "under legal process",
        "25-34",
    )
    assert (account.narrator.label, account.narrator.gender) == ("N1", "woman")
    assert (account.source.citation, account.source.address) == (
        "An invented paper, 3 May 2014",
        "example.org/a1",
    )
    assert account.source.received_in == Capture.objects.get().source
    assert (telling.account, telling.exit) == (account, exit_)
    assert (exit_.spell.group.name, exit_.spell.began, exit_.to_group.name) == ("IS", "2013~", "JN")
    assert (exit_.kind, exit_.ended) == ("side switch", "2014-04")


def test_the_text_is_kept_with_its_digest_to_the_last_character(cast, study, captures, tmp_path):
    take_in([FULL], tmp_path, study=study, cast=cast)
    version = TextVersion.objects.get()

    assert version.text == FULL["text"]
    assert version.digest == hashlib.sha256(FULL["text"].encode()).hexdigest()
    assert version.number == 1


def test_a_row_with_nothing_but_a_label_says_that_nothing_is_known(cast, study, captures, tmp_path):
    take_in([row("A1")], tmp_path, study=study, cast=cast)
    account, telling = Account.objects.get(), Telling.objects.get()

    assert (account.setting, account.age_band, account.narrator.gender) == ("unknown",) * 3
    assert (account.published, account.period, account.language) == ("",) * 3
    assert account.narrator.label == "A1"
    assert (telling.kind, telling.ended) == ("unknown", "")
    assert telling.exit.spell.group_gap == "unknown"
    assert not TextVersion.objects.exists()
    assert account.source == Source.objects.get()


def test_one_import_is_one_source_and_one_entry_for_each_act(cast, study, captures, tmp_path):
    before = acts()
    take_in([row("A1", text="I left."), row("A2")], tmp_path, study=study, cast=cast)
    entry = Entry.objects.latest("position")
    source = Source.objects.get()

    assert acts() == [*before, "source.received", "accounts.imported"]
    assert (entry.subject, entry.by) == (source.ref, cast.amina.ref)
    assert entry.facts == {"study": study.ref, "accounts": 2, "texts": 1}
    assert files_in(captures) == {Capture.objects.get().digest}


def test_two_accounts_of_one_narrator_share_the_exit_and_keep_their_own_telling(
    cast, study, captures, tmp_path
):
    first = row("A1", narrator="N1", group_left="IS", left="2014-04", exit_kind="left")
    second = {**first, "account_id": "A2", "left": "2015", "exit_kind": "captured"}
    take_in([first, second], tmp_path, study=study, cast=cast)

    assert (Narrator.objects.count(), Exit.objects.count()) == (1, 1)
    assert [
        (told.account.label, told.kind, told.ended) for told in Telling.objects.order_by("pk")
    ] == [("A1", "left", "2014-04"), ("A2", "captured", "2015")]


def test_two_imports_into_one_study_share_narrators_and_exits(cast, study, captures, tmp_path):
    take_in([row("A1", narrator="N1", group_left="IS")], tmp_path, study=study, cast=cast)
    take_in(
        [row("A2", narrator="N1", group_left="IS")], tmp_path, study=study, cast=cast, name="b.csv"
    )

    assert (Narrator.objects.count(), Exit.objects.count(), Telling.objects.count()) == (1, 1, 2)


def test_the_same_label_in_another_study_is_another_account_of_another_narrator(
    cast, study, captures, tmp_path
):
    other = a_staffed_study(cast, "other")
    for one in (study, other):
        take_in([row("A1", narrator="N1", group_left="IS")], tmp_path, study=one, cast=cast)

    assert (Account.objects.count(), Narrator.objects.count(), Exit.objects.count()) == (2, 2, 2)


def test_a_long_text_is_kept_whole(cast, study, captures, tmp_path):
    text = "سُئلت مرة. 🙂 Then they asked again.\n" * 30_000
    path = write_jsonl(tmp_path / "long.jsonl", [row("A1", text=text)])
    import_accounts(study=study, path=path, by=cast.amina)

    assert len(text) > 1_000_000
    assert TextVersion.objects.get().text == text


def test_a_text_of_nothing_but_spaces_is_no_text(cast, study, captures, tmp_path):
    taken = take_in([row("A1", text=" \n ")], tmp_path, study=study, cast=cast)

    assert taken.with_text == 0


def test_provenance_may_be_said_once_for_the_table(cast, study, captures, tmp_path):
    path = write_csv(tmp_path / "a.csv", [{"account_id": "A1", "group_left": "IS"}])
    taken = import_accounts(study=study, path=path, provenance="Invented", by=cast.amina)

    assert taken.provenance == "invented"


def test_a_header_may_be_renamed(cast, study, captures, tmp_path):
    path = write_csv(tmp_path / "a.csv", [row("A1", published="2014-2015")])
    import_accounts(study=study, path=path, rename={"published": "period"}, by=cast.amina)

    assert (Account.objects.get().period, Account.objects.get().published) == ("2014-2015", "")


def test_real_accounts_wait_for_the_protocol_and_invented_ones_do_not(
    cast, study, captures, tmp_path
):
    real = [row("A1", provenance="public record")]
    before = rows_everywhere()
    with pytest.raises(NotYet, match="approval reference, lawful basis, retention"):
        take_in(real, tmp_path, study=study, cast=cast)

    assert rows_everywhere() == before
    assert files_in(captures) == set()
    assert take_in([row("A1")], tmp_path, study=study, cast=cast).accounts == 1
    other = with_protocol(a_staffed_study(cast, "real"), cast)
    assert take_in(real, tmp_path, study=other, cast=cast).provenance == "public record"


def test_nobody_but_the_lead_imports_and_the_others_learn_nothing_of_the_file(
    cast, study, captures, tmp_path
):
    before = rows_everywhere()
    for other in cast[1:]:
        with pytest.raises(NotYours, match="You may not import accounts"):
            import_accounts(study=study, path=tmp_path / "not-there.csv", by=other)

    assert rows_everywhere() == before


def test_progress_is_told_in_rows_of_the_file(cast, study, captures, tmp_path):
    path = write_csv(tmp_path / "a.csv", [row(f"A{number}") for number in range(2500)])
    told: list[int] = []
    import_accounts(study=study, path=path, progress=told.append, by=cast.amina)

    assert told == [2001, 2501]  # rows are counted with the header


def test_the_number_of_queries_grows_only_by_batch(cast, captures, tmp_path):
    def imported(count: int) -> int:
        study = a_staffed_study(cast, f"study-{count}")
        rows = [row(f"A{n}", group_left=f"G{n % 7}", text="I left.") for n in range(count)]
        path = write_csv(tmp_path / f"{count}.csv", rows)
        return queries_for(lambda: import_accounts(study=study, path=path, by=cast.amina))

    # Five tables are filled; SQLite takes a few dozen rows in one statement.
    assert imported(1000) - imported(10) <= 5 * 1000 // 50


@pytest.mark.parametrize("cells", [{"text": ""}, {"number": 0}], ids=["empty", "number 0"])
def test_the_database_itself_refuses_a_text_version_that_says_nothing(
    cast, study, captures, tmp_path, cells
):
    take_in([FULL], tmp_path, study=study, cast=cast)
    version = TextVersion.objects.get()
    sound = {
        "account": version.account,
        "number": 2,
        "text": "x",
        "digest": "",
        "made": version.made,
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        TextVersion.objects.create(**{**sound, **cells})


def test_the_database_itself_refuses_what_stands_already(cast, study, captures, tmp_path):
    take_in([FULL], tmp_path, study=study, cast=cast)
    for thing in (Account.objects.get(), Telling.objects.get(), TextVersion.objects.get()):
        thing.pk = None
        if isinstance(thing, Account):
            thing.ref = "another"
        with pytest.raises(DatabaseError), transaction.atomic():
            thing.save(force_insert=True)


def test_accounts_and_texts_are_printed_without_a_word_of_theirs(cast, study, captures, tmp_path):
    take_in([FULL], tmp_path, study=study, cast=cast)
    printed = [str(m.objects.get()) for m in (Account, Telling, TextVersion)]

    assert printed[0] == Account.objects.get().ref
    assert not any(word in line for line in printed for word in ("A1", "left.", "N1"))
