"""Whoever was erased answers like a reference that nobody ever had: one 404, the same body."""

import pytest
from django.urls import reverse

from exeunt.procedures.erasure import erase_narrator
from exeunt.stages.findings.actions.answers import answer
from exeunt.stages.findings.formats.question import Question
from tests.making.erasing import two_entrusted

UNKNOWN = "f" * 16
OF_ACCOUNT = (
    "testimonies:account",
    "testimonies:edit",
    "testimonies:narrator",
    "testimonies:add_spell",
    "coding:panel",
)
OF_NARRATOR = ("custody:narrator", "custody:erase", "custody:narrator-ledger")
OF_TEXT = ("custody:text", "custody:finish")


@pytest.fixture
def kept(cast, study, captures, vault, settings):
    """An entrusted study with two narrators, coded and answered."""
    settings.EXEUNT_INCOMING = str(captures.parent / "incoming")
    settings.EXEUNT_REPORTS = str(captures.parent / "reports")
    kept = two_entrusted(study, vault, cast)
    answer(study=study, version=kept.version, question=Question(), by=cast.amina)
    return kept


def said(browser, kept, name, **places):
    """What an address answers: its status and its body without the token of its forms."""
    address = reverse(name, kwargs={"study_ref": kept.study.ref, **places})
    answered = browser.get(address)
    return answered.status_code, answered.content.replace(places["ref"].encode(), b"")


@pytest.mark.parametrize("name", OF_ACCOUNT)
def test_an_erased_account_answers_like_one_that_never_was(kept, cast, browser_of, name):
    ref = kept.first.account.ref
    browsers = [browser_of(one) for one in (cast.amina, cast.boris)]

    erase_narrator(narrator=kept.first.narrator, keys=kept.vault.keys(), by=cast.dana)

    for browser in browsers:
        assert said(browser, kept, name, ref=ref) == said(browser, kept, name, ref=UNKNOWN)


@pytest.mark.parametrize("name", OF_NARRATOR + OF_TEXT)
def test_for_a_custodian_too(kept, cast, browser_of, name):
    refs = {True: kept.first.account.ref, False: kept.first.narrator.ref}
    dana, ref = browser_of(cast.dana), refs[name in OF_TEXT]

    erase_narrator(narrator=kept.first.narrator, keys=kept.vault.keys(), by=cast.dana)

    assert said(dana, kept, name, ref=ref) == said(dana, kept, name, ref=UNKNOWN)


@pytest.mark.parametrize("who", ["amina", "boris", "edda"])
def test_no_list_search_suggestion_or_count_shows_them(kept, cast, browser_of, who):
    browser, study = browser_of(getattr(cast, who)), {"study_ref": kept.study.ref}
    erase_narrator(narrator=kept.first.narrator, keys=kept.vault.keys(), by=cast.dana)

    for name, query in (
        ("testimonies:accounts", ""),
        ("testimonies:accounts", "?q=first"),
        ("testimonies:accounts", "?q=lodge"),
        ("overview", ""),
        ("findings:findings", ""),
        ("coding:codebooks", ""),
    ):
        shown = browser.get(reverse(name, kwargs=study) + query, follow=True).content.decode()
        assert kept.first.account.ref not in shown
        assert "N-first" not in shown.replace("?q=first", "")
        assert "Lodge of N-first" not in shown


def test_a_kept_answer_is_not_there_any_more(kept, cast, browser_of):
    there = kept.study.answer_set.get().ref
    erase_narrator(narrator=kept.first.narrator, keys=kept.vault.keys(), by=cast.dana)

    amina = browser_of(cast.amina)
    assert said(amina, kept, "findings:answer", ref=there) == said(
        amina, kept, "findings:answer", ref=UNKNOWN
    )
