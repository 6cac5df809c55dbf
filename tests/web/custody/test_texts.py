"""Taking a text in, handing it over masked, and lifting a mask, by the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from exeunt.ledger.models import Entry
from exeunt.stages.sources.models import Capture, Source
from exeunt.stages.testimonies.models import Account, Mask, TextVersion
from exeunt.studies.actions import appoint, begin_study
from exeunt.studies.roles import Role
from tests.making.custody import FORM, NAME, TELLING, at, masked, register, said, take_in
from tests.making.pages import fields_of

MASKED = (
    "I joined with [Person 1] in [Place 1] on spring 2014.\n"
    "[Person 1] told me that [Person 2] had left.\n"
    "My telephone was [phone], and I was in their twenties."
)
SECRETS = (NAME, "Abu Salim", "Raqqa", "7700 900456", "23 years")


@pytest.fixture
def narrator(dana, entrusted):
    """Somebody registered by Dana."""
    return register(dana, entrusted)


def typed(dana, entrusted, **more):
    """What the form sends, with some words."""
    sent = fields_of(dana.get(at("receive", entrusted)), form_at=FORM)
    return {**sent, "text": TELLING, **more}


def test_a_text_goes_in_raw_and_comes_out_masked(dana, entrusted, narrator):
    account = take_in(dana, entrusted, narrator)
    assert not TextVersion.objects.exists()
    answer = masked(dana, entrusted, account)

    assert answer["Location"] == at("text", entrusted, ref=account.ref)
    assert TextVersion.objects.get().text == MASKED
    assert [one.kind for one in Mask.objects.all()] == [
        "person",
        "place",
        "date",
        "person",
        "person",
        "phone",
        "age",
    ]
    kept = str([list(model.objects.values()) for model in (Account, Source, Mask, Entry)])
    assert [word for word in SECRETS if word in kept] == []
    assert (account.language, account.label) == ("en", "A-1")


def test_those_who_code_see_masks_as_masks_and_nothing_beneath(
    dana, entrusted, narrator, cast, browser_of
):
    account = take_in(dana, entrusted, narrator)
    masked(dana, entrusted, account)
    page = said(browser_of(cast.boris).get(f"/studies/{entrusted.ref}/accounts/{account.ref}/"))

    assert '<span class="mask" title="person">[Person 1]</span> told me' in page
    assert [word for word in SECRETS if word in page] == []


def test_a_file_is_read_apart_and_sealed_byte_for_byte(dana, entrusted, narrator, vault):
    file = SimpleUploadedFile("one.srt", b"1\n00:00:01,000 --> 00:00:02,000\nI knew Karim.\n")
    account = take_in(dana, entrusted, narrator, text="", file=file)
    page = said(dana.get(at("page", entrusted, ref=account.ref, number=1)))

    assert "I knew" in page
    assert len(list(vault.sealed.iterdir())) == 1
    assert b"Karim" not in next(vault.sealed.iterdir()).read_bytes()
    assert not Capture.objects.exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"text": "  "}, "Choose a file, or type the words below."),
        ({"file": SimpleUploadedFile("one.txt", b"Words")}, "Send either a file or words"),
        (
            {"text": "", "file": SimpleUploadedFile("one.doc", b"%PDF-")},
            "Texts are read from",
        ),
        ({"text": "", "file": SimpleUploadedFile("one.docx", b"no zip")}, "This is no .docx"),
        ({"language": "in English"}, "language"),
    ],
    ids=["neither", "both", "of no kind", "not what it says", "a wrong word"],
)
def test_what_cannot_be_taken_in_is_refused_and_nothing_of_it_is_kept(
    given, says, dana, entrusted, narrator, vault
):
    sent = typed(dana, entrusted, narrator=narrator.ref, **given)
    answer = dana.post(at("receive", entrusted), sent)

    assert answer.status_code == 422
    assert says in said(answer)
    assert (Source.objects.count(), list(vault.sealed.iterdir())) == (0, [])


def test_a_form_sent_twice_is_one_account(dana, entrusted, narrator):
    sent = typed(dana, entrusted, narrator=narrator.ref)
    answers = [dana.post(at("receive", entrusted), sent) for _ in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert Account.objects.count() == 1


def test_a_study_without_a_protocol_takes_nothing_in(dana, cast):
    bare = begin_study(slug="bare", title="Bare", by=cast.amina)
    appoint(study=bare, member=cast.dana, role=Role.CUSTODIAN, by=cast.amina)
    sent = fields_of(dana.get(at("register", bare)), form_at=FORM)
    answer = dana.post(at("register", bare), {**sent, "label": "N-1", "name": NAME})

    assert answer.status_code == 422
    assert "protocol" in said(answer)


def test_the_page_of_a_text_opens_while_the_vault_is_shut(dana, entrusted, narrator):
    account = take_in(dana, entrusted, narrator)
    place = at("text", entrusted, ref=account.ref)
    before = said(dana.get(place))
    masked(dana, entrusted, account)
    dana.post("/vault/shut/")
    page = said(dana.get(place))

    assert "Nobody in the study reads this account yet." in before
    assert "[Person 2]" in page
    assert [word for word in SECRETS if word in before + page] == []


def test_a_mask_is_lifted_for_a_reason_and_makes_the_next_version(dana, entrusted, narrator):
    account = take_in(dana, entrusted, narrator)
    masked(dana, entrusted, account)
    mask = Mask.objects.get(kind="place")
    place = at("lift", entrusted, ref=account.ref, mask=mask.ref)
    without_reason = dana.post(place, {})
    answer = dana.post(place, {"why": "public-fact"})
    latest = TextVersion.objects.order_by("-number").first()

    assert (without_reason.status_code, answer.status_code) == (422, 302)
    assert latest.text == MASKED.replace("[Place 1]", "Raqqa")
    entry = Entry.objects.get(act="mask.lifted")
    assert (entry.facts["why"], entry.facts["version"]) == ("public-fact", 2)


def test_a_mask_of_an_earlier_version_is_not_lifted(dana, entrusted, narrator):
    account = take_in(dana, entrusted, narrator)
    masked(dana, entrusted, account)
    earlier, other = Mask.objects.filter(kind__in=["place", "phone"]).order_by("start")
    dana.post(at("lift", entrusted, ref=account.ref, mask=earlier.ref), {"why": "nothing-hidden"})
    answer = dana.get(at("lift", entrusted, ref=account.ref, mask=other.ref))

    assert answer.status_code == 409
    assert "lift it in the latest one" in said(answer)


def test_a_custodian_who_also_codes_goes_from_the_account_to_its_masks(
    dana, entrusted, narrator, cast, browser_of
):
    account = take_in(dana, entrusted, narrator)
    masked(dana, entrusted, account)
    place = f"/studies/{entrusted.ref}/accounts/{account.ref}/"
    masks = at("text", entrusted, ref=account.ref)
    without = said(browser_of(cast.boris).get(place))
    appoint(study=entrusted, member=cast.dana, role=Role.CODER, by=cast.amina)

    assert masks not in without
    assert masks in said(dana.get(place))
