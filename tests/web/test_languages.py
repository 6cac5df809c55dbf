"""Every page in another language: whole, mirrored, counted and dated as that language does."""

from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponseBase
from django.template import engines
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import ngettext

from exeunt.desk.saying import said
from exeunt.errors import AllOf, BadInput, OneOf, Problem, Refusal, Sentence, Word
from exeunt.stages.coding.intake import codebook_csv, codings
from exeunt.stages.consent.formats.words import words_in
from exeunt.stages.consent.rules.intake import LANGUAGES
from exeunt.stages.narrators.states import Gender
from exeunt.stages.testimonies.intake import accounts
from tests.making.again import made_again
from tests.making.codebooks import BINARY
from tests.web.reading import data_of, in_brackets, mixed_in, untranslated, words_of_ours
from tests.web.rows import IN_A_STUDY, OUTSIDE
from tests.web.world import World, a_world

# What a file's own columns are called; a fault names them as they stand there.
COLUMNS = sorted(
    {column.name for table in (accounts, codings, codebook_csv) for column in table.COLUMNS}
    | {"key", "wrong"},
    key=len,
    reverse=True,
)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Start from English, and leave no language behind: a browser's would outlast its request."""
    with translation.override("en"):
        yield


@pytest.fixture
def world(cast, captures, settings, tmp_path) -> World:
    """Two studies, filled."""
    settings.EXEUNT_REPORTS = str(tmp_path / "reports")
    settings.EXEUNT_INCOMING = str(tmp_path / "incoming")
    refs = tuple(member.ref for member in cast)
    return made_again("world", refs, lambda: a_world(cast, tmp_path), folder=tmp_path)


@pytest.fixture
def in_arabic(browser_of):
    """Give a member a browser that reads Arabic."""
    return lambda member: reading_arabic(browser_of(member))


def reading_arabic(client: Client) -> Client:
    """Choose Arabic as the language menu does."""
    client.post(reverse("looks"), {"language": "ar", "next": "/"})
    return client


# They are read out: in the narrator's language, whatever the reader's is.
SPOKEN = frozenset({"consent:question", "consent:check", "consent:over", "consent:slip"})


def pages(world: World, browsers: Sequence[Client]) -> Iterator[tuple[str, bytes]]:
    """Every page of the study as each reader sees it, opened and sent empty; nothing is kept."""
    ours = world.ours
    for name, row in sorted(IN_A_STUDY.items()):
        if name in SPOKEN:
            continue
        with transaction.atomic():
            place = reverse(name, kwargs={"study_ref": ours.study.ref, **row.places(ours)})
            for act in [act for browser in browsers for act in (browser.get, browser.post)]:
                yield from ((name, page) for page in page_in(act(place)))
            transaction.set_rollback(True)


def page_in(answer: HttpResponseBase) -> list[bytes]:
    """The page of an answer that is one."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return [body] * (bool(body) and answer.get("Content-Type", "").startswith("text/html"))


def places_outside() -> list[str]:
    """The addresses outside any study that name no thing."""
    return [place for name in sorted(OUTSIDE) for place in _reversed(name)]


def _reversed(name: str) -> list[str]:
    try:
        return [reverse(name)]
    except NoReverseMatch:
        return []


def test_every_page_of_a_study_is_translated_and_keeps_what_people_wrote_apart(world, in_arabic):
    # What a codebook calls the values of its scale, and what a language calls itself.
    named = [*BINARY.scale.values.values(), *(words_in(one).name for one in LANGUAGES)]
    data = sorted([*data_of(but=words_of_ours()), *named], key=len, reverse=True)
    words = [*world.ours.planted, *(member.name for member in world.cast)]
    # One who may do all but code, one who codes, and one to whom most is refused.
    browsers = [in_arabic(one) for one in (world.cast.amina, world.cast.boris, world.cast.vera)]
    bare, mixed = set(), set()

    with in_brackets():
        for name, page in pages(world, browsers):
            bare |= {(name, said) for said in untranslated(page, data)}
            mixed |= {(name, said) for said in mixed_in(page, words)}

    assert (sorted(bare), sorted(mixed)) == ([], [])


@pytest.mark.parametrize(
    ("place", "where"),
    [
        ("testimonies:import", {}),
        ("coding:import-codebook", {}),
        ("coding:import", {"codebook": "reasons@1"}),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_arabic(place, where, world, in_arabic):
    data = data_of(but=words_of_ours())
    file = SimpleUploadedFile("a.csv", b"account_id,code,key,wrong\nA,B\nC,D,E,F\n")
    here = reverse(place, kwargs={"study_ref": world.ours.study.ref})
    lead = in_arabic(world.cast.amina)

    with in_brackets():
        shown = lead.post(here, {**where, "file": file}, follow=True)

    assert "⟦" in shown.content.decode()
    assert untranslated(shown.content, [*data, "a.csv", *COLUMNS]) == []


def test_no_page_outside_a_study_says_anything_untranslated(world, browser_of):
    data = data_of(but=words_of_ours())
    readers = {"a visitor": Client, "a member": lambda: browser_of(world.cast.amina)}

    bare = []
    for place in places_outside():
        for who, browser in readers.items():
            with in_brackets(), transaction.atomic():
                client = reading_arabic(browser())
                answers = [client.get(place, follow=True), client.post(place, follow=True)]
                transaction.set_rollback(True)
            said = [page for answer in answers for page in page_in(answer)]
            bare += [(place, who, words) for page in said for words in untranslated(page, data)]

    assert bare == []


def test_the_choice_of_a_language_holds(world, browser_of):
    client = browser_of(world.cast.amina)
    here = reverse("overview", kwargs={"study_ref": world.ours.study.ref})

    answer = client.post(reverse("looks"), {"language": "ar", "next": here})

    assert answer.url == here
    assert b'<html lang="ar" dir="rtl"' in client.get(here).content
    client.post(reverse("looks"), {"language": "en", "next": here})
    assert b'<html lang="en" dir="ltr"' in client.get(here).content


def test_a_language_that_is_none_of_ours_changes_nothing(world, browser_of):
    client = reading_arabic(browser_of(world.cast.amina))

    client.post(reverse("looks"), {"language": "fr", "next": "/"})

    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "ar"


def test_a_visitor_is_greeted_in_the_language_of_their_browser():
    page = Client().get(reverse("account_login"), headers={"accept-language": "ar"})

    assert b'<html lang="ar" dir="rtl"' in page.content


@pytest.mark.parametrize(
    ("refusal", "english", "arabic"),
    [
        (
            Refusal(
                "You may not {act}: that is for {allowed}, and you have {mine}. "
                "A lead of this study can appoint you.",
                act=Word("add accounts"),
                allowed=OneOf(["coder", "lead"]),
                mine=AllOf(["editor", "viewer"]),
            ),
            "You may not add accounts: that is for coder or lead, and you have editor and viewer. "
            "A lead of this study can appoint you.",
            "ليس متاحًا لك هنا: إضافة روايات. هذا لـ: مرمِّز أو مسؤول الدراسة، ودورك: محرر ومطّلع. "
            "ويمكن لمسؤول في هذه الدراسة أن يعيّنك.",
        ),
        (
            BadInput(Problem("There is nothing here.", "a.csv", 3, "label"), unlisted=2),
            "a.csv, row 3, column “label”: There is nothing here.\n… and 2 more like these.",
            "a.csv، الصف 3، العمود «label»: لا شيء هنا.\n… وعدد ما بقي من أمثالها: 2.",
        ),
        (
            BadInput(Problem(Sentence("No archive is open."))),
            "No archive is open.",
            "لا يوجد أرشيف مفتوح.",
        ),
    ],
    ids=["roles", "file", "sentence"],
)
def test_a_refusal_is_said_in_the_language_of_who_reads_it(refusal, english, arabic):
    assert (said(refusal), str(refusal)) == (english, english)
    with translation.override("ar"):
        assert (said(refusal), str(refusal)) == (arabic, english)


@pytest.mark.parametrize(
    ("count", "arabic"),
    [
        (0, "لا روايات (0)."),
        (1, "رواية واحدة."),
        (2, "روايتان."),
        (3, "3 روايات."),
        (11, "11 رواية."),
        (102, "102 رواية."),
    ],
    ids=["none", "one", "two", "a few", "many", "hundreds"],
)
def test_a_number_of_things_is_said_in_the_form_that_arabic_has_for_it(count, arabic):
    with translation.override("ar"):
        said_ = ngettext("%(total)s account.", "%(total)s accounts.", count) % {"total": count}

    assert said_ == arabic


def test_a_fault_that_is_a_word_or_a_sentence_is_said_by_the_same_filter():
    template = engines["django"].from_string("{{ fault|word }}")
    fault = Sentence("{count} characters; at most {most} fit here.", count=9, most=8)

    with translation.override("ar"):
        said_ = [template.render({"fault": one}) for one in (fault, Gender.WOMAN, "")]

    assert said_ == ["عدد الأحرف 9؛ والحدّ الأقصى هنا 8.", "امرأة", ""]


def test_what_somebody_typed_is_never_translated():
    refusal = Refusal(
        "There is no study “{slug}”. Studies: {known}.", slug="lead", known=Gender.MAN
    )

    with translation.override("ar"):
        assert said(refusal) == "لا توجد دراسة «lead». الدراسات: رجل."


def test_a_date_is_written_as_the_language_writes_it():
    template = engines["django"].from_string("{{ day|date:'DATE_FORMAT' }}")
    day = {"day": date(2026, 3, 2)}

    said_in = {}
    for language in ("en", "ar"):
        with translation.override(language):
            said_in[language] = template.render(day)

    assert said_in == {"en": "2 March 2026", "ar": "2 مارس 2026"}
