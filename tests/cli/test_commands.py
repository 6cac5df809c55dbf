"""The happy path of every command, its refusals, and the fields that a script reads."""

import json

import pytest

from exeunt.stages.coding.codebooks import ready_codebooks
from tests.archive.folders import ACCOUNTS, CODINGS, rows_in, state_of
from tests.cli.terminal import done, misused, refused, run, told

APPROVED = {
    "--approval": "ERB-17",
    "--lawful-basis": "research",
    "--retention": "2031-12-31",
    "--access-contact": "the desk",
    "--breach-contact": "the desk",
    "--holder-duties": "keep it shut",
}


def ledger_acts(archive):
    return [act for (act,) in rows_in(archive, "SELECT act FROM ledger_entry ORDER BY position")]


@pytest.fixture
def empty(begun, tmp_path):
    """An archive in which nobody has begun anything."""
    done("new", tmp_path / "empty", "--lead", "Amina")
    return tmp_path / "empty"


# --- a first walk --------------------------------------------------------------------------------


def test_the_walk_of_the_guide_can_be_walked(no_archive_open, tmp_path):
    archive = tmp_path / "archive"
    (tmp_path / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    (tmp_path / "codings.csv").write_text(CODINGS, encoding="utf-8")

    done("new", archive, "--lead", "Amina")
    done("study", "new", "leaving", "--title", "Leaving, 2014-2026", at=archive)
    done("codebook", "import", "icsr-2015", at=archive)
    for name in ("Boris", "Chidi"):
        done("member", "add", name, "--role", "coder", at=archive)
    accounts = tmp_path / "accounts.csv"
    done("import", "accounts", accounts, "--provenance", "invented", at=archive)
    done("import", "codings", tmp_path / "codings.csv", at=archive)

    assert "L4" in done("agreement", at=archive)
    assert "INVENTED MATERIAL" in done("findings", at=archive)
    assert "report.html" in done("report", "--format", "html", at=archive)
    assert done("check", archive).startswith("Whole: ")


def test_the_archive_of_this_folder_is_meant_where_none_is_named(archive, monkeypatch):
    monkeypatch.chdir(archive)

    assert [study["study"] for study in told("study", "list")] == ["leaving"]


def test_an_archive_can_be_named(archive):
    assert told("study", "list", "--archive", archive)[0]["study"] == "leaving"


# --- who acts ------------------------------------------------------------------------------------


def test_the_person_who_made_the_archive_acts_where_nobody_is_named(archive):
    done("study", "new", "second", at=archive)

    (by,) = rows_in(archive, "SELECT by FROM ledger_entry ORDER BY position DESC LIMIT 1")
    assert by == rows_in(archive, "SELECT ref FROM members_member WHERE name = 'Amina'")[0]


def test_a_member_can_act(archive):
    done("study", "new", "second", "--as", "Boris", at=archive)

    assert told("study", "list", at=archive, as_="Boris")[1]["your roles"] == "lead"


def test_a_member_can_be_named_for_the_whole_session(archive):
    assert told("study", "list", at=archive, as_="Boris")[0]["your roles"] == "coder"


def test_nobody_acts_under_a_name_that_is_not_known(archive):
    before = state_of(archive)

    sentence = refused("study", "new", "second", "--as", "Zora", at=archive)

    assert sentence == "Nobody here is called “Zora”. Members: Amina, Boris, Chidi, Eve."
    assert state_of(archive) == before


# --- study ---------------------------------------------------------------------------------------


def test_a_study_can_be_begun(archive):
    assert done("study", "new", "second", "--title", "Coming back", at=archive).splitlines() == [
        "Begun: second (Coming back).",
        "Next: exeunt codebook import NAME, exeunt member add NAME --role coder",
    ]
    assert rows_in(archive, "SELECT slug, title FROM studies_study") == [
        ("leaving", "Leaving the Banner"),
        ("second", "Coming back"),
    ]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Leaving 2014", "lower-case letters, digits and hyphens"),
        ("leaving", "There is a study “leaving” already"),
        ("../x", "lower-case letters, digits and hyphens"),
        ("a" * 61, "at most 60"),
    ],
    ids=["spaces", "taken", "a path", "too long"],
)
def test_a_study_needs_a_short_name_of_its_own(archive, name, says):
    before = state_of(archive)

    assert says in refused("study", "new", name, at=archive)
    assert state_of(archive) == before


def test_a_title_that_no_report_can_carry_is_refused(archive):
    assert "title" in refused("study", "new", "second", "--title", "x" * 201, at=archive)


def test_studies_are_listed_with_what_they_hold(archive):
    assert told("study", "list", at=archive) == [
        {
            "study": "leaving",
            "title": "Leaving the Banner",
            "accounts": 4,
            "material": "invented",
            "your roles": "lead",
        }
    ]
    assert "Leaving the Banner" in done("study", "list", at=archive)


def test_without_a_study_the_list_says_how_to_begin(empty):
    assert done("study", "list", at=empty) == (
        "No study yet. Begin one with: exeunt study new NAME\n"
    )
    assert told("study", "list", at=empty) == []


def test_an_outsider_sees_no_study(archive):
    assert told("study", "list", at=archive, as_="Eve") == []


def test_a_protocol_is_agreed_and_shown(archive):
    words = [word for pair in APPROVED.items() for word in pair]

    assert "ERB-17" in done("study", "protocol", *words, at=archive)
    assert "2031-12-31" in done("study", "protocol", at=archive)
    assert ledger_acts(archive)[-1] == "protocol.agreed"


def test_parts_of_a_protocol_that_are_left_out_stay(archive):
    done("study", "protocol", *[word for pair in APPROVED.items() for word in pair], at=archive)

    said = done("study", "protocol", "--approval", "ERB-18", at=archive)

    assert "ERB-18" in said
    assert "keep it shut" in said


def test_a_protocol_is_agreed_whole_or_not_at_all(archive):
    before = state_of(archive)

    sentence = refused("study", "protocol", "--approval", "ERB-17", at=archive)

    assert "Still missing: lawful basis, retention" in sentence
    assert state_of(archive) == before


def test_a_retention_date_must_be_a_date(archive):
    words = [word for pair in (APPROVED | {"--retention": "soon"}).items() for word in pair]

    assert "write it as 2031-12-31" in refused("study", "protocol", *words, at=archive)


# --- member --------------------------------------------------------------------------------------


def test_a_new_name_becomes_a_member_with_a_role(archive):
    assert done("member", "add", "Dana", "--role", "viewer", at=archive) == (
        "Dana is viewer of leaving.\n"
    )
    assert {"member": "Dana", "kind": "person", "roles": "leaving: viewer"} in told(
        "member", "list", at=archive
    )


def test_a_machine_reader_is_marked(archive):
    done("member", "add", "reader-1", "--role", "coder", "--machine-reader", at=archive)

    assert {"member": "reader-1", "kind": "machine", "roles": "leaving: coder"} in told(
        "member", "list", at=archive
    )


def test_a_known_name_gets_a_further_role(archive):
    done("member", "add", "Boris", "--role", "legal reviewer", at=archive)

    assert len(told("member", "list", at=archive)) == 4
    assert "leaving: coder, legal reviewer" in done("member", "list", at=archive)


def test_a_person_is_not_turned_into_a_machine_unsaid(archive):
    before = state_of(archive)

    sentence = refused("member", "add", "Boris", "--role", "editor", "--machine-reader", at=archive)

    assert "Boris" in sentence
    assert state_of(archive) == before


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("   ", "A member needs a name"),
        ("Bo\u202eris", "invisible or direction-changing"),
        ("B" * 81, "at most 80"),
    ],
    ids=["nothing", "a change of direction", "too long"],
)
def test_a_member_needs_a_name_that_cannot_deceive(archive, name, says):
    before = state_of(archive)

    assert says in refused("member", "add", name, "--role", "coder", at=archive)
    assert state_of(archive) == before


def test_only_a_lead_appoints(archive):
    before = state_of(archive)

    sentence = refused("member", "add", "Dana", "--role", "coder", at=archive, as_="Boris")

    assert "You may not appoint members: that is for lead, and you have coder." in sentence
    assert state_of(archive) == before


def test_a_role_that_does_not_exist_is_wrong_use(archive):
    assert "'lead', 'coder', 'custodian'" in misused(
        "member", "add", "Dana", "--role", "king", at=archive
    )


# --- codebook ------------------------------------------------------------------------------------


def test_codebooks_are_listed_with_those_that_come_with_exeunt(archive):
    listed = told("codebook", "list", at=archive)

    assert listed["study"] == [
        {
            "slug": "icsr-2015",
            "title": listed["study"][0]["title"],
            "version": 1,
            "codes": 34,
            "passes": 2,
        }
    ]
    assert set(listed["ready"]) == set(ready_codebooks()) - {"icsr-2015"}
    said = done("codebook", "list", at=archive)
    assert all(slug in said for slug in ready_codebooks())


def test_a_codebook_is_shown_with_every_definition(archive):
    codes = told("codebook", "show", at=archive)

    top = [code["code"] for code in codes if not code["parent"]]
    assert top[:7] == ["J1", "J2", "J3", "L1", "L2", "L3", "L4"]
    assert list(codes[0]) == [
        "code", "parent", "dimension", "label", "definition", "use_when", "not_when", "note",
    ]  # fmt: skip
    assert all(code["definition"] for code in codes)
    assert "icsr-2015@1" in done("codebook", "show", "icsr-2015@1", at=archive)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("moon", "There is no codebook “moon” in this study. Codebooks: icsr-2015."),
        ("icsr-2015@9", "“icsr-2015” has no version “9”. Versions: 1."),
        ("icsr-2015@x", "“icsr-2015” has no version “x”. Versions: 1."),
        ("icsr-2015@" + "9" * 30, "has no version"),
        ("icsr-2015@٣", "has no version"),
    ],
    ids=["a name", "a number", "no number", "a huge number", "an Arabic digit"],
)
def test_a_codebook_that_is_not_there_is_refused(archive, name, says):
    assert says in refused("codebook", "show", name, at=archive)


@pytest.mark.parametrize("name", ["altier-2017", "d3-barriers", "published-accounts-2026"])
def test_a_ready_codebook_is_brought_in(archive, name):
    assert f"Kept {name}, version 1, with" in done("codebook", "import", name, at=archive)


def test_with_two_codebooks_one_must_be_named(archive):
    done("codebook", "import", "altier-2017", at=archive)

    sentence = refused("agreement", at=archive)
    assert "say which with --codebook: icsr-2015, altier-2017" in sentence
    done("agreement", "--codebook", "icsr-2015", at=archive)


def test_a_codebook_that_has_not_changed_makes_no_version(archive):
    before = state_of(archive)

    assert "nothing has changed" in refused("codebook", "import", "icsr-2015", at=archive)
    assert state_of(archive) == before


@pytest.mark.parametrize("ending", ["yaml", "csv", "qdc"])
def test_a_codebook_goes_out_and_comes_back_the_same(archive, tmp_path, ending):
    file = tmp_path / f"icsr-2015.{ending}"

    assert done("codebook", "export", "--to", file, at=archive) == f"Wrote {file}.\n"

    assert "nothing has changed" in refused("codebook", "import", file, at=archive)


def test_a_changed_codebook_becomes_the_next_version_and_codings_keep_theirs(archive, tmp_path):
    file = tmp_path / "icsr-2015.yaml"
    done("codebook", "export", "--to", file, at=archive)
    file.write_text(
        file.read_text(encoding="utf-8").replace("In-fighting", "In-fighting between brothers"),
        encoding="utf-8",
    )

    assert "Kept icsr-2015, version 2, with 34 codes." in done(
        "codebook", "import", file, at=archive
    )

    (line,) = told("codebook", "list", at=archive)["study"]
    assert (line["version"], line["passes"]) == (2, 0)
    assert told("agreement", "--codebook", "icsr-2015@1", at=archive)


def test_an_export_overwrites_nothing(archive, tmp_path):
    (tmp_path / "mine.yaml").write_text("mine")

    assert "is there already" in refused(
        "codebook", "export", "--to", tmp_path / "mine.yaml", at=archive
    )
    assert (tmp_path / "mine.yaml").read_text() == "mine"


@pytest.mark.parametrize("name", ["book.docx", "book", "missing/book.yaml"])
def test_an_export_that_cannot_be_written_is_refused(archive, tmp_path, name):
    sentence = refused("codebook", "export", "--to", tmp_path / name, at=archive)

    # The sentence is about the file, not about the archive.
    assert "book" in sentence.replace("codebook", "") or "yaml, csv" in sentence
    assert not (tmp_path / name).exists()


def test_an_export_needs_a_place(archive):
    assert "--to" in misused("codebook", "export", at=archive)


# --- import --------------------------------------------------------------------------------------


def test_accounts_are_taken_in(begun, tmp_path):
    (tmp_path / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    words = ("import", "accounts", tmp_path / "accounts.csv", "--provenance", "invented")

    assert done(*words, at=begun) == "Took in 4 accounts, 3 with their text (invented).\n"
    assert ledger_acts(begun)[-2:] == ["source.received", "accounts.imported"]


def test_what_an_import_took_in_is_told_to_scripts(begun, tmp_path):
    (tmp_path / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    (tmp_path / "codings.csv").write_text(CODINGS, encoding="utf-8")

    accounts = ("accounts", tmp_path / "accounts.csv", "--provenance", "invented")
    assert told("import", *accounts, at=begun) == {
        "accounts": 4,
        "with_text": 3,
        "provenance": "invented",
    }
    # 4 accounts x 2 codes x 2 coders
    assert told("import", "codings", tmp_path / "codings.csv", at=begun) == {
        "codings": 16,
        "excerpts": 0,
        "coders": 2,
    }


def test_a_column_may_stand_under_another_header(begun, tmp_path):
    file = tmp_path / "accounts.csv"
    file.write_text("case,provenance\nA-1,invented\n", encoding="utf-8")

    done("import", "accounts", file, "--column", "account_id=case", at=begun)

    assert rows_in(begun, "SELECT label FROM testimonies_account") == [("A-1",)]


@pytest.mark.parametrize("pair", ["account_id", "=case", "account_id="])
def test_a_renaming_must_say_both_names(begun, tmp_path, pair):
    (tmp_path / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")

    sentence = refused("import", "accounts", tmp_path / "accounts.csv", "--column", pair, at=begun)
    assert sentence == f"“{pair}” does not say which header; write it as period=published."


def test_only_a_lead_takes_in(begun, tmp_path):
    (tmp_path / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    before = state_of(begun)

    words = ("import", "accounts", tmp_path / "accounts.csv", "--provenance", "invented")
    assert "You may not import accounts" in refused(*words, at=begun, as_="Boris")
    assert state_of(begun) == before


def test_an_import_needs_a_file(begun):
    assert "Missing argument 'FILE'" in misused("import", "accounts", at=begun)


# --- agreement and findings ----------------------------------------------------------------------


def test_agreement_is_told_code_by_code(archive):
    rows = {row["code"]: row for row in told("agreement", "--times", "100", at=archive)}

    assert list(rows["L4"]) == [
        "code", "label", "dimension", "coders", "units", "prevalence", "percent", "alpha",
        "low", "high", "kappa", "ac1", "standing", "says", "blanks", "invented",
    ]  # fmt: skip
    # L3: 1 1, 1 1, 0 0, 0 0: no disagreement.
    assert rows["L3"]["alpha"] == 1.0
    # L4: 1 1, 0 0, 1 0; the blank of A-4 is missing, so 3 units and 2 of 3 agree.
    # Do = 2/6; values 1 1 0 0 1 0 give De = 2*3*3/(6*5) = 18/30; alpha = 1 - (1/3)/(3/5) = 4/9.
    assert rows["L4"]["units"] == 3
    assert rows["L4"]["percent"] == pytest.approx(2 / 3)
    assert rows["L4"]["alpha"] == pytest.approx(4 / 9)
    assert rows["L4"]["blanks"] == "missing"
    # Every account states some reason of leaving: without variation alpha is null, not 1.
    assert rows[""]["alpha"] is None


def test_blanks_count_as_not_mentioned_on_request(archive):
    words = ("agreement", "--times", "100", "--blanks", "not mentioned")
    rows = {row["code"]: row for row in told(*words, at=archive)}

    # The blank is now a 0 beside a 0: 1 1, 0 0, 1 0, 0 0.
    # Do = 2/8; three 1 and five 0 give De = 2*3*5/(8*7) = 30/56; alpha = 1 - 14/30 = 8/15.
    assert rows["L4"]["units"] == 4
    assert rows["L4"]["alpha"] == pytest.approx(8 / 15)
    assert rows["L4"]["blanks"] == "not mentioned"


def test_the_table_says_how_blanks_are_counted(archive):
    said = " ".join(done("agreement", "--times", "100", at=archive).split())

    assert "blanks are missing" in said
    assert "Agreement on whether anything was stated at all" in said


def test_findings_are_told_for_every_way_of_reading(archive):
    rows = told("findings", "--times", "100", at=archive)

    assert list(rows[0]) == [
        "code", "label", "dimension", "reading", "among", "numerator", "denominator",
        "share", "low", "high", "alpha", "ranked", "blanks", "invented",
    ]  # fmt: skip
    mine = {row["reading"]: row for row in rows if row["code"] == "L3" and row["among"] == "stated"}
    assert {"Boris", "Chidi"} < set(mine)
    assert len(mine) == 4
    # A 0 says that other reasons of leaving were given, so all four accounts state one;
    # both read L3 in.
    assert (mine["Boris"]["numerator"], mine["Boris"]["denominator"]) == (2, 4)
    assert (mine["Chidi"]["numerator"], mine["Chidi"]["denominator"]) == (2, 4)


def test_no_code_under_the_threshold_is_ranked(archive):
    ranked = {row["code"]: row["ranked"] for row in told("findings", "--times", "100", at=archive)}

    assert ranked["L3"] is True
    assert ranked["L4"] is False
    assert "not ranked" in done("findings", "--times", "100", at=archive)


def test_a_question_may_be_put_to_some_accounts_only(archive):
    rows = told("findings", "--times", "100", "--only", "group=The Guard", at=archive)

    all_accounts = [row["denominator"] for row in rows if row["among"] == "all"]
    assert max(all_accounts) <= 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--only", "group"), "write it as group=IS"),
        (("--compare", "=IS"), "write it as group=IS"),
        (("--only", "moon=full"), "moon"),
        (("--only", "group=The Moon"), "The Moon"),
        (("--compare", "moon=full"), "moon"),
        (("--codebook", "moon"), "There is no codebook “moon”"),
        (("--study", "moon"), "There is no study “moon”. Studies: leaving."),
    ],
    ids=["half a pair", "half a pair", "attribute", "value", "compared", "codebook", "study"],
)
@pytest.mark.parametrize("command", ["agreement", "findings", "report"])
def test_a_question_that_cannot_be_put_is_refused(archive, command, words, says):
    before = state_of(archive)

    assert says in refused(command, *words, at=archive)
    assert state_of(archive) == before
    assert list((archive / "reports").iterdir()) == []


@pytest.mark.parametrize("command", ["agreement", "findings", "report"])
@pytest.mark.parametrize("words", [("--times", "99"), ("--times", "many"), ("--blanks", "zero")])
def test_a_question_put_wrongly_is_wrong_use(archive, command, words):
    misused(command, *words, at=archive)


@pytest.mark.parametrize("command", ["agreement", "findings", "report"])
def test_a_study_that_nobody_has_coded_is_refused(begun, command):
    before = state_of(begun)

    assert "Bring codings in with “exeunt import codings”." in refused(command, at=begun)
    assert state_of(begun) == before


@pytest.mark.parametrize("command", ["agreement", "findings", "report"])
def test_a_study_of_others_is_not_seen(archive, command):
    assert "You have no study yet" in refused(command, at=archive, as_="Eve")


def test_the_same_seed_gives_the_same_intervals(archive):
    words = ("agreement", "--times", "200", "--seed", "7")

    assert told(*words, at=archive) == told(*words, at=archive)


# --- report --------------------------------------------------------------------------------------


def test_a_report_is_written_and_kept(archive):
    said = done("report", "--format", "html", at=archive).splitlines()

    folder = archive / "reports" / "leaving"
    assert str(folder / "report.html") in said
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert said[-1].startswith(f"and {len(files)} files in all")
    assert rows_in(archive, "SELECT count(*) FROM findings_report") == [(1,)]
    assert ledger_acts(archive)[-1] == "report.made"


def test_a_report_may_be_written_elsewhere(archive, tmp_path):
    done("report", "--format", "html", "--to", tmp_path / "out", at=archive)

    assert (tmp_path / "out" / "report.html").is_file()


@pytest.mark.parametrize("formats", ["odt", "html,odt", "", ",", "pdf,,docx;"])
def test_a_format_that_cannot_be_written_is_refused(archive, formats):
    before = state_of(archive)

    assert "html, pdf, docx" in refused("report", "--format", formats, at=archive)
    assert state_of(archive) == before
    assert list((archive / "reports").iterdir()) == []


def test_a_report_into_a_file_is_refused(archive, tmp_path):
    (tmp_path / "out").write_text("mine")

    sentence = refused("report", "--format", "html", "--to", tmp_path / "out", at=archive)

    assert str(tmp_path / "out") in sentence
    assert (tmp_path / "out").read_text() == "mine"


def test_a_viewer_sees_findings_and_makes_no_report(archive):
    done("member", "add", "Eve", "--role", "viewer", at=archive)

    assert told("findings", "--times", "100", at=archive, as_="Eve")
    assert "You may not make a report" in refused("report", at=archive, as_="Eve")


# --- check ---------------------------------------------------------------------------------------


def test_a_check_is_told_to_scripts(archive):
    told_ = told("check", archive)

    assert list(told_) == ["captures", "problems", "remarks", "witness"]
    assert told_["captures"] == 1
    assert told_["problems"] == []
    assert told_["witness"].startswith(f"{len(ledger_acts(archive))}:")


def test_a_check_that_finds_something_tells_scripts_as_well(archive):
    next((archive / "captures").iterdir()).write_bytes(b"x")

    result = run("check", archive, "--json")

    assert result.exit_code == 1
    assert len(json.loads(result.stdout)["problems"]) == 1


def test_a_witness_that_is_none_is_refused(archive):
    assert "it should look like 12:ab34…" in refused("check", archive, "--witness", "x")
