"""A project comes in whole, or not at all; what the study holds already stays what it is."""

from dataclasses import replace

import pytest

from exeunt.errors import BadInput, NotYours, Refusal
from exeunt.ledger.models import Entry
from exeunt.methods.codebooks import Code
from exeunt.stages.coding.actions.projects import import_project
from exeunt.stages.coding.models import (
    CodebookVersion,
    Coding,
    Elsewhere,
    Excerpt,
    Memo,
    Pass,
    Sheet,
)
from exeunt.stages.coding.queries.projects import Wishes
from exeunt.stages.sources.models import Capture
from exeunt.stages.testimonies.models import Account, TextVersion
from tests.making.archive import rows_everywhere
from tests.making.codebooks import BINARY
from tests.making.coding import a_codebook
from tests.making.projects import (
    ATLAS,
    MARKS,
    NVIVO,
    TEXTS,
    a_project,
    a_taguette_project,
    guid,
    marked,
)
from tests.making.testimonies import an_account, row, take_in

INVENTED = Wishes(provenance="invented")


@pytest.fixture
def bring_in(study, cast, captures, tmp_path):
    """Import a project as Amina."""

    def brought(data: bytes, wishes: Wishes = INVENTED, *, name="leaving.qdpx", by=cast.amina):
        path = tmp_path / name
        path.write_bytes(data)
        return import_project(study=study, path=path, wishes=wishes, by=by)

    return brought


def judged() -> list[tuple[str, str, str, str, int | None]]:
    """Every judgement: account, words, code, coder, value."""
    rows = Coding.objects.select_related("excerpt__text_version__account", "code", "reading__coder")
    return sorted(
        (
            one.excerpt.text_version.account.label,
            one.excerpt.text_version.text[one.excerpt.start : one.excerpt.end],
            one.code.label,
            one.reading.coder.name,
            one.value,
        )
        for one in rows
    )


LABELS = {"fear": "Fear", "spies": "Spies & traitors", "أخ": "أخ"}
WANTED = sorted(
    (mark.text, TEXTS[mark.text][mark.start : mark.end], LABELS[code], mark.by, 1)
    for mark in MARKS
    for code in mark.codes
)


def test_codebook_texts_excerpts_and_readings_come_in(bring_in):
    taken = bring_in(a_project(NVIVO))
    assert judged() == WANTED
    # 8 marks, of which one bears two codes; each mark is one span.
    assert (taken.texts, taken.new_texts, taken.excerpts, taken.codings) == (2, 2, 8, 9)
    assert (taken.coders, taken.memos, taken.unplaced) == (2, 1, 0)
    assert taken.codebook == "leaving@1"
    version = CodebookVersion.objects.get()
    assert (version.unit, version.title) == ("excerpt", "Leaving")
    assert {text.account.label: text.text for text in TextVersion.objects.all()} == TEXTS


def test_each_reading_is_complete_and_belongs_to_the_member_of_that_name(bring_in):
    bring_in(a_project(NVIVO))
    sheets = Sheet.objects.select_related("account", "reading__coder")
    assert sorted((s.reading.coder.name, s.account.label, s.state) for s in sheets) == [
        ("Boris", "Border", "complete"),
        ("Boris", "Night", "complete"),
        ("Chidi", "Border", "complete"),
        ("Chidi", "Night", "complete"),
    ]


def test_guids_file_memo_and_the_act_are_kept(bring_in, study, cast):
    bring_in(a_project(ATLAS))
    night = Account.objects.get(label="Night")
    assert Elsewhere.objects.get(account=night).guid == guid(ATLAS, "text", "Night")
    dawn = Excerpt.objects.get(memo__isnull=False)
    assert Elsewhere.objects.get(excerpt=dawn).guid == guid(ATLAS, "selection", 2, "fear")
    memo = Memo.objects.get()
    assert (memo.words, memo.by, memo.version.name) == (
        "The turning point.",
        cast.boris,
        "leaving@1",
    )
    entry = Entry.objects.get(act="project.imported")
    assert entry.subject == study.ref
    assert entry.facts["digest"] == Capture.objects.get().digest
    assert (entry.facts["codings"], entry.facts["texts"]) == (9, 2)


def test_the_same_project_twice_adds_nothing(bring_in):
    bring_in(a_project(NVIVO))
    before = rows_everywhere()
    again = bring_in(a_project(NVIVO), Wishes())
    assert (again.new_texts, again.codings, again.memos) == (0, 0, 0)
    assert judged() == WANTED
    after = rows_everywhere()
    assert {name for name in after if after[name] != before[name]} == {"ledger.Entry"}


def test_what_another_program_added_later_comes_on_top(bring_in):
    bring_in(a_project(NVIVO))
    more = (*MARKS, marked(TEXTS, "Night", "left at dawn", "spies", by="Chidi"))
    taken = bring_in(a_project(NVIVO, marks=more))
    assert (taken.new_texts, taken.codings) == (0, 1)
    assert ("Night", "left at dawn", "Spies & traitors", "Chidi", 1) in judged()


def test_texts_that_the_study_holds_stay_the_accounts_that_they_are(
    bring_in, study, cast, tmp_path
):
    take_in([row("A-001", text=TEXTS["Border"])], tmp_path, study=study, cast=cast)
    taken = bring_in(a_project(NVIVO), Wishes())
    assert taken.new_texts == 1
    labels = Account.objects.order_by("label").values_list("label", flat=True)
    assert list(labels) == ["A-001", "Night"]


def test_an_account_that_had_no_text_gets_the_one_of_its_name(bring_in, study, cast, tmp_path):
    take_in([row("Border", language="en")], tmp_path, study=study, cast=cast)
    bring_in(a_project(NVIVO), Wishes())
    border = Account.objects.get(label="Border")
    assert border.language == "en"
    assert TextVersion.objects.get(account=border).text == TEXTS["Border"]


def test_a_taguette_project_comes_in(bring_in):
    bring_in(a_taguette_project(), name="leaving.sqlite3")
    tags = {"Fear": "fear", "Spies & traitors": "spies", "أخ": "أخ"}
    assert judged() == sorted((t, w, tags[c], by, v) for t, w, c, by, v in WANTED)


STRANGERS = tuple(mark._replace(by="Chidi") for mark in MARKS)


@pytest.mark.parametrize(
    ("wishes", "says"),
    [
        (Wishes(), "It is not said where this comes from"),
        (Wishes("entrusted"), "Entrusted accounts cannot be taken in here"),
        (Wishes("public record"), "protocol"),
        (Wishes("invented", codebook="elsewhere"), "There is no codebook “elsewhere”"),
        (Wishes("invented", coders={"Boris": "Eve"}), "“Boris” coded in the project"),
        (Wishes("invented", countings={"*": "x"}), "is no way of counting"),
    ],
    ids=["no provenance", "entrusted", "no protocol", "a codebook", "no coder", "no counting"],
)
def test_a_project_is_refused_whole(bring_in, study, cast, wishes, says):
    a_codebook(study, cast)
    before = rows_everywhere()
    with pytest.raises(Refusal) as refused:
        bring_in(a_project(NVIVO), wishes)
    assert says in str(refused.value)
    assert rows_everywhere() == before
    assert Pass.objects.count() == 0


def test_people_who_are_no_coders_are_listed_with_the_way_on(bring_in, cast, monkeypatch):
    monkeypatch.setattr("tests.making.projects.CODERS", ("Boris", "Chidi", "Zoe"))
    strange = (*MARKS, marked(TEXTS, "Border", "border", "fear", by="Zoe"))
    with pytest.raises(BadInput) as refused:
        bring_in(a_project(NVIVO, marks=strange))
    assert "“Zoe” coded in the project and is no coder of this study" in str(refused.value)
    assert "“Zoe=MEMBER”" in str(refused.value)
    bring_in(a_project(NVIVO, marks=strange), INVENTED._replace(coders={"Zoe": "Chidi"}))
    assert ("Border", "border", "Fear", "Chidi", 1) in judged()


def test_two_people_who_are_one_member_may_say_the_same(bring_in):
    twice = (*MARKS, MARKS[0]._replace(by="Chidi"))
    taken = bring_in(
        a_project(NVIVO, marks=twice), INVENTED._replace(coders={"*": "Boris", "Chidi": "Boris"})
    )
    assert (taken.codings, taken.coders) == (9, 1)


def test_another_text_under_the_name_of_an_account_is_refused(bring_in, study, cast, tmp_path):
    take_in([row("Night", text="Another text.")], tmp_path, study=study, cast=cast)
    with pytest.raises(BadInput, match="“Night” is an account of this study with another text"):
        bring_in(a_project(NVIVO), Wishes())


def test_codes_are_found_in_a_codebook_of_the_study(bring_in, study, cast):
    codes = (Code("F", "fear"), Code("S", "Spies & traitors"), Code("B", "أخ"))
    ours = a_codebook(study, cast, replace(BINARY, codes=codes))
    bring_in(a_project(NVIVO), INVENTED._replace(codebook=ours.name))
    assert CodebookVersion.objects.count() == 1
    assert {code for _, _, code, *_ in judged()} == {"fear", "Spies & traitors", "أخ"}


def test_a_codebook_that_lacks_codes_is_refused_with_their_names(bring_in, study, cast):
    ours = a_codebook(study, cast)
    with pytest.raises(BadInput, match="has no codes “Fear”, “Spies & traitors”, “أخ”"):
        bring_in(a_project(NVIVO), INVENTED._replace(codebook=ours.name))


def test_only_who_leads_brings_a_project_in(bring_in, cast):
    with pytest.raises(NotYours):
        bring_in(a_project(NVIVO), by=cast.boris)


def test_an_account_typed_by_hand_is_found_by_its_text(bring_in, study, cast):
    typed = an_account(study, cast, text=TEXTS["Border"], account_id="By hand")
    bring_in(a_project(NVIVO), Wishes())
    assert Excerpt.objects.filter(text_version__account=typed).count() == 2
