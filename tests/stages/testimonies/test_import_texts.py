"""Files of texts are taken in one by one, each whole or not at all, and none twice."""

import hashlib
import zipfile

import pytest

from exeunt.errors import BadInput, NotYet, NotYours, Refusal
from exeunt.ledger.models import Entry
from exeunt.stages.sources.models import Capture, Source
from exeunt.stages.testimonies.actions import texts as acting
from exeunt.stages.testimonies.actions.by_hand import edit_account
from exeunt.stages.testimonies.actions.texts import Given, Reading, import_texts
from exeunt.stages.testimonies.models import Account, SearchPassage, Telling, TextVersion, Turn
from exeunt.stages.testimonies.queries.account import words_of
from exeunt.stages.testimonies.states import Came
from tests.making import pdfs
from tests.making.archive import acts, files_in, rows_everywhere
from tests.making.studies import with_protocol
from tests.making.testimonies import row, take_in

INVENTED = "invented"
# Under forty letters, so that the model of languages is loaded only where it is tried.
ENGLISH = "I left because they lied to us."
ARABIC = "تركت الجماعة لأنهم كذبوا علينا كلهم"
LONG = "I left in the spring because they lied to us about the money."
TALK = "AMINA: Why?\n\nBORIS: They lied.\nIt was so.\nAMINA: When?\nBORIS: In May."


@pytest.fixture
def sent(cast, study, captures, tmp_path):
    """Take these files in as Amina, from a folder of their own, and tell what became of each."""
    folder = tmp_path / "sent"

    def sending(files=(), *, provenance=INVENTED, by=cast.amina, **how):
        folder.mkdir(exist_ok=True)
        for name, content in dict(files).items():
            path = folder / name
            path.parent.mkdir(exist_ok=True, parents=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(
            import_texts(
                study=study, given=[Given(folder, "sent")], provenance=provenance, by=by, **how
            )
        )

    sending.folder = folder
    return sending


def came(outcomes):
    return {one.name.removeprefix("sent/"): one.came for one in outcomes}


def test_a_file_becomes_an_account_with_its_source_and_its_text(sent, captures, cast, study):
    [outcome] = sent({"Amina 3.txt": LONG})
    account, version = Account.objects.get(), TextVersion.objects.get()
    digest = hashlib.sha256(LONG.encode()).hexdigest()

    assert (outcome.came, outcome.label, outcome.ref) == (Came.TAKEN, "Amina 3", account.ref)
    assert (account.narrator.label, account.language) == ("Amina 3", "en")
    assert (account.source.citation, account.source.provenance) == ("sent/Amina 3.txt", INVENTED)
    assert (version.text, version.length) == (LONG, len(LONG))
    assert version.confirmed is not None
    assert (Capture.objects.get().digest, Capture.objects.get().ending) == (digest, ".txt")
    assert (captures / digest).read_bytes() == LONG.encode()
    assert Telling.objects.get().account == account
    assert acts()[-3:] == ["source.received", "narrator.registered", "text.imported"]
    assert "Amina 3" not in str(list(Entry.objects.values()))


def test_what_was_said_is_found_with_who_said_it(sent):
    sent({"talk.txt": TALK})

    found = SearchPassage.objects.filter(folded__contains="lied").values_list("speaker", flat=True)
    assert list(found) == ["BORIS"]


def test_the_same_file_twice_is_one_source(sent):
    sent({"a.txt": ENGLISH})
    before = rows_everywhere()
    again = sent({"copy.txt": ENGLISH})
    assert [(one.came, one.label) for one in again] == [(Came.THERE_BEFORE, "a")] * 2
    assert rows_everywhere() == before


def test_asked_again_only_what_is_missing_is_taken_in(sent, monkeypatch):
    real = acting.read_text

    def failing(content, **how):
        if b"cut" in content:
            raise KeyboardInterrupt
        return real(content, **how)

    monkeypatch.setattr(acting, "read_text", failing)
    with pytest.raises(KeyboardInterrupt):
        sent({"a.txt": ENGLISH, "b.txt": "cut off here", "c.txt": "never reached"})
    monkeypatch.undo()
    assert came(sent()) == {
        "a.txt": Came.THERE_BEFORE,
        "b.txt": Came.TAKEN,
        "c.txt": Came.TAKEN,
    }


def test_what_cannot_be_read_is_refused_and_the_rest_is_taken(sent, captures):
    files = {
        "a.txt": ENGLISH,
        "b.docx": b"no document",
        "c.xyz": "x",
        "d.qdpx": "PK",
        "e.txt": "",
        ".hidden": "x",
        "sub/Thumbs.db": "x",
    }
    outcomes = sent(files)
    assert came(outcomes) == {
        "a.txt": Came.TAKEN,
        "b.docx": Came.REFUSED,
        "c.xyz": Came.REFUSED,
        "d.qdpx": Came.REFUSED,
        "e.txt": Came.REFUSED,
        ".hidden": Came.PASSED_OVER,
        "sub/Thumbs.db": Came.PASSED_OVER,
    }
    said = {one.name: " ".join(one.says) for one in outcomes}
    assert "as a project" in said["sent/d.qdpx"]
    assert all(said[f"sent/{name}"] for name in files if name != "a.txt")
    assert len(files_in(captures)) == 1


def test_links_are_not_followed(sent):
    sent({"a.txt": ENGLISH})
    (sent.folder / "link.txt").symlink_to(sent.folder / "a.txt")
    (sent.folder / "loop").symlink_to(sent.folder)
    outcomes = sent()
    assert came(outcomes) == {
        "a.txt": Came.THERE_BEFORE,
        "link.txt": Came.REFUSED,
        "loop": Came.REFUSED,
    }
    assert "link to another place" in outcomes[1].says[0]


def packed(folder, files, name="pack.zip"):
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for inside, content in files.items():
            archive.writestr(inside, content)


def test_an_archive_is_taken_in_file_by_file(sent):
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    files = {
        "a.txt": ENGLISH,
        "d/رواية.html": f"<p>{ARABIC}",
        "__MACOSX/._a.txt": "x",
        "in.zip": "PK",
        "e.txt": "",
        "t.csv": "text\na\n",
        link: "/etc/passwd",
    }
    packed(sent.folder, files)
    assert came(sent()) == {
        "pack.zip/a.txt": Came.TAKEN,
        "pack.zip/d/رواية.html": Came.TAKEN,
        "pack.zip/__MACOSX/._a.txt": Came.PASSED_OVER,
        "pack.zip/in.zip": Came.REFUSED,
        "pack.zip/e.txt": Came.REFUSED,
        "pack.zip/t.csv": Came.REFUSED,
        "pack.zip/link.txt": Came.REFUSED,
    }
    assert set(Account.objects.values_list("label", flat=True)) == {"a", "رواية"}


@pytest.mark.parametrize(
    "files", [{"../a.txt": "x"}, {"a.txt": b"\0" * 50_000_000}], ids=["outside", "a bomb"]
)
def test_an_archive_that_lies_is_refused_whole(sent, files):
    packed(sent.folder, files)
    [outcome] = sent()
    assert (outcome.name, outcome.came) == ("sent/pack.zip", Came.REFUSED)


def test_labels_are_free_and_tell_what_they_can(sent):
    sent({"a.txt": "one", "a.md": "two", "s/a.txt": "three", "=1.txt": "four"})
    assert set(Account.objects.values_list("label", flat=True)) == {"a", "a (2)", "a (3)", "1"}


def test_turns_are_kept_with_their_names_and_move_with_a_correction(sent, cast):
    [outcome] = sent({"talk.txt": TALK})
    version = TextVersion.objects.get()
    turns = list(Turn.objects.all())

    assert outcome.came is Came.TO_CONFIRM
    assert version.confirmed is None
    assert version.text == TALK
    assert [(turn.speaker, version.text[turn.start : turn.end]) for turn in turns] == [
        ("AMINA", "AMINA: Why?"),
        ("BORIS", "BORIS: They lied.\nIt was so."),
        ("AMINA", "AMINA: When?"),
        ("BORIS", "BORIS: In May."),
    ]
    account = Account.objects.get()
    corrected = {**words_of(account), "text": f"Told in June.\n{TALK}"}
    edit_account(account=account, revision=1, words=corrected, by=cast.boris)
    latest = TextVersion.objects.latest("number")
    moved = [latest.text[turn.start : turn.end] for turn in Turn.objects.filter(version=latest)]
    assert moved == [version.text[turn.start : turn.end] for turn in turns]


def test_times_of_subtitles_are_kept(sent):
    first = "1\n00:00:01,000 --> 00:00:02,500\nI left.\n"
    second = "2\n00:00:03,000 --> 00:00:04,000\nSo.\n"
    sent({"a.srt": f"{first}\n{second}"})
    assert list(Turn.objects.values_list("start", "end", "begins", "ends")) == [
        (0, 7, "00:00:01.000", "00:00:02.500"),
        (8, 11, "00:00:03.000", "00:00:04.000"),
    ]
    assert TextVersion.objects.get().confirmed is not None


def test_what_a_person_says_of_the_reading_goes_before_what_is_found(sent):
    outcomes = sent(
        {"talk.txt": TALK, "old.txt": ARABIC.encode("cp1256")},
        reading=Reading(language="ar-SY", encoding="cp1256", turns=False),
    )
    assert {one.came for one in outcomes} == {Came.TAKEN}
    assert set(Account.objects.values_list("language", flat=True)) == {"ar-SY"}
    assert not Turn.objects.exists()


def test_a_pdf_and_a_guessed_encoding_wait_for_a_person(sent):
    outcomes = sent({"a.pdf": pdfs.typeset(ENGLISH), "b.txt": ARABIC.encode("cp1256")})
    assert [one.came for one in outcomes] == [Came.TO_CONFIRM] * 2
    assert list(TextVersion.objects.values_list("text", "confirmed")) == [
        (ENGLISH, None),
        (ARABIC, None),
    ]


TABLE = f"id,words,speaker,date\nq1,{ENGLISH},N1,2014-05\n,They lied.,,\n"


def test_a_table_of_short_texts_is_an_account_a_row(sent):
    [outcome] = sent({"answers.csv": TABLE})
    assert (outcome.came, outcome.accounts) == (Came.TAKEN, 2)
    told = Account.objects.order_by("pk").values_list(
        "label", "narrator__label", "published", "language", "textversion__text"
    )
    assert list(told) == [
        ("q1", "N1", "2014-05", "", ENGLISH),
        ("answers 3", "answers 3", "", "", "They lied."),
    ]
    assert Source.objects.get().kind == "table"
    assert came(sent()) == {"answers.csv": Came.THERE_BEFORE}


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("label\nq1\n", "text"),
        ("label,text\nq1,a\nq1,b\n", "stands in row 2 already"),
        ("label,text\nq1,a\nq2,\n", "no text"),
        ("label,text,date\nq1,a,soon\n", "Row 2, column “published”: This is not"),
    ],
)
def test_a_table_is_taken_whole_or_not_at_all(sent, captures, table, says):
    [outcome] = sent({"answers.csv": table})
    assert outcome.came is Came.REFUSED
    assert says in " ".join(outcome.says)
    assert not Account.objects.exists()
    assert not Source.objects.exists()
    assert not files_in(captures)


def test_columns_of_other_names_are_said(sent):
    [outcome] = sent({"a.csv": "said,who\nI left.,N1\n"}, rename={"said": "text", "who": "speaker"})
    assert outcome.accounts == 1


def test_a_study_that_holds_accounts_has_said_where_they_come_from(sent, study, cast, tmp_path):
    take_in([row("A1")], tmp_path, study=study, cast=cast)
    assert came(sent({"a.txt": ENGLISH}, provenance=None)) == {"a.txt": Came.TAKEN}
    with pytest.raises(Refusal, match="This study holds invented accounts"):
        sent(provenance="public record")


@pytest.mark.parametrize(
    ("provenance", "kind"), [("entrusted", NotYet), ("public record", NotYet), (None, Refusal)]
)
def test_what_a_study_may_not_hold_is_refused_before_the_first_file(sent, provenance, kind):
    with pytest.raises(kind):
        sent({"a.txt": ENGLISH}, provenance=provenance)
    assert not Source.objects.exists()


def test_public_record_needs_a_protocol(sent, study, cast):
    with_protocol(study, cast)
    assert came(sent({"a.txt": ENGLISH}, provenance="public record")) == {"a.txt": Came.TAKEN}


def test_only_a_lead_takes_texts_in(sent, cast):
    with pytest.raises(NotYours):
        sent({"a.txt": ENGLISH}, by=cast.boris)


def test_a_language_that_is_none_is_refused(sent):
    with pytest.raises((BadInput, Refusal), match="no language tag"):
        sent({"a.txt": ENGLISH}, reading=Reading(language="not a tag"))


def test_a_full_disk_is_a_sentence_and_keeps_nothing(sent, captures, monkeypatch):
    def full(*_asked):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("exeunt.stages.sources.actions.os.fsync", full)
    [outcome] = sent({"a.txt": ENGLISH})
    assert outcome.came is Came.REFUSED
    assert "disk is full" in outcome.says[0]
    assert not Account.objects.exists()
    assert not files_in(captures)
