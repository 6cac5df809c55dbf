"""A table of codings is taken in whole: values, gaps, exits, spells and excerpts."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from exeunt.errors import NotYours
from exeunt.ledger.models import Entry
from exeunt.methods.codebooks import Code
from exeunt.stages.coding.actions.codings import TakenCodings, import_codings
from exeunt.stages.coding.models import Coding, Excerpt, Pass
from exeunt.stages.narrators.models import Exit
from exeunt.stages.testimonies.models import Account
from exeunt.studies.actions import appoint
from exeunt.studies.roles import Role
from tests.making.archive import acts, rows_everywhere
from tests.making.codebooks import BINARY, GRADED, OF_EXITS
from tests.making.coding import a_codebook, code, judgement
from tests.making.counting import queries_for
from tests.making.studies import a_staffed_study
from tests.making.tables import write_csv
from tests.making.testimonies import row, some_accounts, take_in

TEXT = "كنت هناك. 🙂 Then I left."  # "Then" begins at code point 12


@pytest.fixture
def coded(cast, study, captures, tmp_path):
    """Take in two accounts and a codebook; return the import of codings."""
    rows = [
        row("A1", narrator="N1", group_left="IS", text=TEXT),
        row("A2", text="We left. We left."),
    ]
    take_in(rows, tmp_path, study=study, cast=cast)
    a_codebook(study, cast)

    def code_these(*rows, name="codings.csv", **how) -> TakenCodings:
        return code(rows, tmp_path, study=study, cast=cast, name=name, **how)

    return code_these


def said(account: str = "A1") -> dict[str, tuple[int | None, str]]:
    codings = Coding.objects.filter(account__label=account).select_related("code")
    return {coding.code.key: (coding.value, coding.gap) for coding in codings}


def test_values_and_every_kind_of_gap_are_kept_apart(coded):
    coded(
        judgement("A1", "J1", 0),
        judgement("A1", "L1", 1),
        judgement("A1", "L2", ""),
        judgement("A2", "J1", "-99"),
        judgement("A2", "L1", "not applicable"),
        judgement("A2", "L2", "Unknown"),
    )

    assert said("A1") == {"J1": (0, ""), "L1": (1, ""), "L2": (None, "not mentioned")}
    assert said("A2") == {
        "J1": (None, "unknown"),
        "L1": (None, "not applicable"),
        "L2": (None, "unknown"),
    }


def test_what_was_taken_is_told_and_written_down(coded, cast, study):
    before = acts()
    taken = coded(
        judgement("A1", "J1"),
        judgement("A1", "J1", coder="Chidi"),
        judgement("A1", "L1", target="excerpt", quote="I left"),
    )
    entry = Entry.objects.latest("position")

    assert taken == TakenCodings(codings=3, excerpts=1, coders=2)
    assert acts() == [*before, "codings.imported"]
    assert (entry.subject, entry.by) == (study.ref, cast.amina.ref)
    assert {key: entry.facts[key] for key in ("codebook", "version", "codings", "excerpts")} == {
        "codebook": "reasons",
        "version": 1,
        "codings": 3,
        "excerpts": 1,
    }


def test_a_reader_reads_once_with_each_version(coded, cast, study):
    coded(judgement("A1", "J1"), judgement("A2", "J1"))
    coded(judgement("A1", "L1"), judgement("A1", "L1", coder="Chidi"), name="more.csv")
    a_codebook(study, cast, replace(BINARY, codes=(*BINARY.codes, Code("L3", "Conduct"))))
    coded(judgement("A1", "J1"), name="again.csv")

    assert [(p.coder.name, p.version.number) for p in Pass.objects.order_by("pk")] == [
        ("Boris", 1),
        ("Chidi", 1),
        ("Boris", 2),
    ]


def test_codings_say_which_of_several_codebooks_they_were_made_with(coded, cast, study):
    a_codebook(study, cast, GRADED)
    coded(judgement("A1", "J1", 2), codebook="graded")

    assert Coding.objects.get().code.version.codebook.slug == "graded"


def test_exits_and_spells_are_coded_through_an_account_that_tells_of_them(coded, cast, study):
    a_codebook(study, cast, OF_EXITS)
    coded(
        judgement("A1", "L1", target="exit"),
        judgement("A1", "L1", 0, target="spell"),
        judgement("A1", "L1", "", target="account"),
        codebook="exits",
    )
    exit_ = Exit.objects.get(spell__narrator__label="N1")

    assert [
        (coding.account and coding.account.label, coding.exit, coding.spell, coding.value)
        for coding in Coding.objects.order_by("pk")
    ] == [("A1", None, None, None), (None, exit_, None, 1), (None, None, exit_.spell, 0)]


@pytest.mark.parametrize(
    ("cells", "span"),
    [
        ({"start": 12, "end": 16}, (12, 16)),
        ({"start": 12, "end": 16, "quote": "Then"}, (12, 16)),
        ({"quote": "Then"}, (12, 16)),
        ({"quote": "هناك"}, (4, 8)),
        ({"quote": "🙂"}, (10, 11)),
        ({"quote": TEXT}, (0, len(TEXT))),
    ],
    ids=["place", "place and words", "words", "Arabic", "emoji", "everything"],
)
def test_an_excerpt_is_coded_where_it_stands(coded, cells, span):
    coded(judgement("A1", "L1", target="excerpt", **cells))
    excerpt = Coding.objects.get().excerpt

    assert (excerpt.start, excerpt.end) == span
    assert excerpt.text_version.account == Account.objects.get(label="A1")


def test_an_excerpt_stands_once_for_all_who_code_it(coded):
    place = {"target": "excerpt", "quote": "Then"}
    coded(judgement("A1", "L1", **place), judgement("A1", "L2", **place))
    coded(judgement("A1", "L1", coder="Chidi", target="excerpt", start=12, end=16), name="b.csv")

    assert Excerpt.objects.count() == 1
    assert Coding.objects.count() == 3


def test_a_note_is_kept_with_its_judgement(coded):
    coded(judgement("A1", "L1", note="She says so twice.\nلاحظ"), judgement("A1", "L2"))

    assert Coding.objects.get(code__key="L1").note == "She says so twice.\nلاحظ"
    assert Coding.objects.get(code__key="L2").note == ""


def test_an_unsorted_table_is_taken_like_a_sorted_one(coded):
    rows = [
        judgement(a, c, coder=who)
        for a in ("A1", "A2")
        for c in ("L1", "J1")
        for who in ("Chidi", "Boris")
    ]
    coded(*rows[::-1])

    assert Coding.objects.count() == 8
    assert said("A2").keys() == {"L1", "J1"}


def test_a_label_in_another_unicode_form_names_the_same_account(coded, cast, study, tmp_path):
    take_in([row("Zo\u00eb")], tmp_path, study=study, cast=cast, name="zoe.csv")

    assert coded(judgement("Zoe\u0308", "L1")).codings == 1


def test_nobody_but_the_lead_imports_codings(cast, study, captures, tmp_path):
    before = rows_everywhere()
    for other in cast[1:]:
        with pytest.raises(NotYours, match="You may not import codings"):
            import_codings(study=study, path=tmp_path / "not-there.csv", by=other)

    assert rows_everywhere() == before


def test_a_lead_who_codes_too_is_a_coder(coded, cast, study):
    appoint(study=study, member=cast.amina, role=Role.CODER, by=cast.amina)

    assert coded(judgement("A1", "L1", coder="Amina")).coders == 1


def test_progress_is_told(coded, cast, study, tmp_path):
    told: list[int] = []
    path = write_csv(tmp_path / "c.csv", [judgement("A1", "L1"), judgement("A1", "L2")])
    import_codings(study=study, path=path, progress=told.append, by=cast.amina)

    assert told[-1] == 2


@pytest.mark.parametrize("target", ["account", "exit", "spell"])
def test_the_number_of_queries_grows_only_by_batch(cast, captures, tmp_path, target):
    def imported(count: int) -> int:
        study = a_staffed_study(cast, f"study-{count}")
        labels = some_accounts(count, tmp_path, study=study, cast=cast)
        a_codebook(study, cast)
        rows = [judgement(label, "L1", target=target) for label in labels]
        path = write_csv(tmp_path / f"{count}.csv", rows)
        return queries_for(lambda: import_codings(study=study, path=path, by=cast.amina))

    assert imported(1000) - imported(10) <= 1000 // 50


def test_the_number_of_queries_for_excerpts_grows_only_by_text_and_batch(cast, captures, tmp_path):
    def imported(count: int) -> int:
        study = a_staffed_study(cast, f"study-{count}")
        take_in([row("A1", text="x" * 1001)], tmp_path, study=study, cast=cast)
        a_codebook(study, cast)
        spans = [{"start": place, "end": place + 1} for place in range(count)]
        rows = [judgement("A1", "L1", target="excerpt", **span) for span in spans]
        path = write_csv(tmp_path / f"{count}.csv", rows)
        return queries_for(lambda: import_codings(study=study, path=path, by=cast.amina))

    assert imported(300) - imported(10) <= 300 // 25


def cells_of(coding: Coding) -> dict[str, object]:
    return {"reading": coding.reading, "code": coding.code, "account": coding.account, "value": 1}


@pytest.mark.parametrize(
    "cells",
    [
        {"value": None},
        {"gap": "unknown"},
        {"account": None},
        {"exit": True},
    ],
    ids=["neither value nor gap", "both", "about nothing", "about two things"],
)
def test_the_database_itself_refuses_a_senseless_judgement(coded, cells):
    coded(judgement("A1", "J1"))
    coding = Coding.objects.get()
    other = {**cells_of(coding), "code": coding.reading.version.code_set.get(key="L2"), **cells}
    if "exit" in cells:
        other["exit"] = Exit.objects.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        Coding.objects.create(**other)


def test_the_database_itself_refuses_a_judgement_twice_a_pass_twice_and_an_excerpt_without_length(
    coded,
):
    coded(judgement("A1", "J1", target="excerpt", quote="Then"), judgement("A1", "J1"))
    coding = Coding.objects.get(account__label="A1")
    excerpt, reading = Excerpt.objects.get(), coding.reading
    for repeat in (
        lambda: Coding.objects.create(**{**cells_of(coding), "value": 0}),
        lambda: Pass.objects.create(
            study=reading.study, coder=reading.coder, version=reading.version, began=reading.began
        ),
        lambda: Excerpt.objects.create(text_version=excerpt.text_version, start=3, end=3),
        lambda: Excerpt.objects.create(text_version=excerpt.text_version, start=12, end=16),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            repeat()
