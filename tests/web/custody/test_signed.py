"""Sealing a signed paper by its page, and opening the scan."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from exeunt.stages.consent.models import Form
from tests.making.custody import FORM, at, register, said
from tests.making.pages import fields_of

PAPER = b"%PDF-1.4 signed in green ink"


@pytest.fixture
def narrator(dana, entrusted):
    """Somebody registered by Dana."""
    return register(dana, entrusted)


def sealed(client, study, narrator, content=PAPER):
    """Send a scan by the form."""
    place = at("seal-form", study, ref=narrator.ref)
    sent = fields_of(client.get(place), form_at=FORM)
    return client.post(place, {**sent, "file": SimpleUploadedFile("Rahma signed.pdf", content)})


def test_a_scan_is_sealed_and_called_by_a_mark(dana, entrusted, narrator):
    answer = sealed(dana, entrusted, narrator)
    paper = Form.objects.get()
    after = said(dana.get(answer["Location"]))
    page = said(dana.get(at("narrator", entrusted, ref=narrator.ref)))

    assert f"its mark is {paper.mark}" in after
    assert f"/consent/{narrator.ref}/papers/{paper.ref}/" in after
    assert f'Signed paper <bdi class="ref">{paper.mark}</bdi>' in page
    assert "Rahma signed" not in after + page


def test_the_scan_comes_back_as_bytes_under_a_name_that_tells_nothing(dana, entrusted, narrator):
    sealed(dana, entrusted, narrator)
    paper = Form.objects.get()
    answer = dana.get(at("scan", entrusted, ref=narrator.ref, form=paper.ref))

    assert answer.content == PAPER
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="{paper.mark}.pdf"'


def test_what_is_no_scan_is_refused_at_its_field(dana, entrusted, narrator):
    answer = sealed(dana, entrusted, narrator, b"MZ a program")

    assert answer.status_code == 422
    assert "This is no scan." in said(answer)
    assert 'href="#id_file"' in said(answer)
    assert not Form.objects.exists()


def test_with_the_vault_shut_one_is_led_to_where_it_opens(
    dana, entrusted, narrator, cast, browser_of
):
    sealed(dana, entrusted, narrator)
    paper = Form.objects.get()
    shut = browser_of(cast.dana)
    for place in (
        at("seal-form", entrusted, ref=narrator.ref),
        at("scan", entrusted, ref=narrator.ref, form=paper.ref),
    ):
        assert shut.get(place)["Location"].startswith("/vault/open/?")
    assert shut.get(at("scan", entrusted, ref=narrator.ref, form="0" * 16)).status_code == 404


def test_the_vaults_ledger_says_so_in_words(dana, entrusted, narrator):
    sealed(dana, entrusted, narrator)
    dana.get(at("scan", entrusted, ref=narrator.ref, form=Form.objects.get().ref))
    page = said(dana.get(at("narrator-ledger", entrusted, ref=narrator.ref)))

    assert page.count("sealed a signed paper") == 1
    assert page.count("opened a signed paper") == 1
