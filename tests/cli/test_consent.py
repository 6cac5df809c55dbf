"""`exeunt consent`: a word to stop, a word to withdraw, and the record of both."""

import json

from exeunt.archive.opening import opened
from exeunt.stages.narrators.models import Narrator
from tests.cli.terminal import done, misused, refused, told
from tests.making.consent import agreed


def somebody(archive):
    """Let the first narrator of an archive agree to being read; return the label."""
    with opened(archive):
        return agreed(Narrator.objects.order_by("pk").first()).label


def test_before_anybody_was_asked_it_says_so(archive):
    with opened(archive):
        label = Narrator.objects.order_by("pk").first().label
    said = done("consent", "show", label, at=archive)
    assert "Consent is not asked for; the basis is invented." in said


def test_what_stands_is_shown_in_words_and_for_machines(archive):
    label = somebody(archive)
    said = done("consent", "show", label, at=archive)
    assert "Consent is given" in said
    assert "text: store, inside the study, everywhere, until" in said
    assert told("consent", "show", label, at=archive)["state"] == "given"


def test_what_ends_is_listed(archive):
    label = somebody(archive)
    assert "Nothing ends by" in done("consent", "ending", "--days", "0", at=archive)
    rows = told("consent", "ending", "--days", "3660", at=archive)
    assert [(row["narrator"], row["ends"]) for row in rows] == [(label, "everything")]


def test_a_word_stops_and_a_word_withdraws(archive):
    label = somebody(archive)
    assert "is stopped" in done("consent", "stop", label, at=archive)
    said = done("consent", "withdraw", label, "--outcome", "keep internal", at=archive)
    assert said == f"The withdrawal of {label} is written down: keep internal.\n"
    assert "cannot be withdrawn from there" in refused("consent", "withdraw", label, at=archive)
    happened = done("consent", "show", label, at=archive).partition("What happened")[2]
    assert [word for word in happened.split() if word in ("withdrawn", "suspended", "given")] == [
        "withdrawn",
        "suspended",
        "given",
    ]


def test_what_a_withdrawal_touches_is_said_before(archive):
    label = somebody(archive)
    said = done("consent", "withdraw", label, "--dry-run", at=archive)
    assert "versions of texts" in said
    assert "backups" in said
    assert "Consent is given" in done("consent", "show", label, at=archive)


def test_a_label_that_nobody_has_stops_nobody(archive):
    assert "Nobody in this study has that label" in refused("consent", "stop", "nobody", at=archive)
    misused("consent", "withdraw", "nobody", "--outcome", "burn", at=archive)


def test_the_record_is_printed_as_it_is_downloaded(archive):
    label = somebody(archive)
    record = json.loads(done("consent", "export", label, at=archive))
    assert record["@type"] == "dpv:ConsentRecord"
    assert label not in json.dumps(record)
