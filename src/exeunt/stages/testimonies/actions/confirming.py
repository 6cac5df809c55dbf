"""A person's word on a text that was read from a file: it is so, it is so corrected, it is not."""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from exeunt.errors import Changed, NotYet, Refusal, Sentence
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.stages.narrators.models import Exit, Narrator, Spell
from exeunt.stages.sources.actions import erase_sources
from exeunt.stages.sources.intake.cells import clean_text, faults_of_text
from exeunt.stages.sources.intake.problems import ProblemList
from exeunt.stages.sources.intake.texts import read_text
from exeunt.stages.testimonies.actions.carrying import carry
from exeunt.stages.testimonies.actions.searching import merge_indexes, renew_words
from exeunt.stages.testimonies.actions.storing import keep_version
from exeunt.stages.testimonies.actions.texts import Reading
from exeunt.stages.testimonies.actions.turns import keep_turns
from exeunt.stages.testimonies.models import (
    Account,
    Passage,
    SearchWords,
    Telling,
    TextVersion,
    Turn,
)
from exeunt.stages.testimonies.queries.confirming import file_of, latest_of, was_confirmed
from exeunt.stages.testimonies.rules.texts import text_to_keep
from exeunt.studies.actions import moved_on
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

READ_MEANWHILE = Sentence(
    "Somebody has changed or read this text anew since you opened it. Both are shown: compare, "
    "then confirm the one that is right."
)


@transaction.atomic
def confirm_text(*, account: Account, number: int, text: str, by: Member) -> TextVersion:
    """Confirm a text as it stands, or as a person has corrected it, which makes its next version.

    ``number`` is the version that was looked at; raises Changed where another stands by now.
    """
    study = account.study
    require(Act.EDIT_ACCOUNTS, study=study, by=by)
    moved_on(study)
    account, version = _waiting(account, number, text)
    words = _sound(text)
    corrected = words != version.text
    if corrected:
        version = keep_version(account, words, after=version)
        carry(version=version, by=by)
        renew_words(account)
    else:
        version.confirmed = timezone.now()
        version.save(update_fields=["confirmed"])

    record(
        "text.confirmed",
        subject=account.ref,
        by=by.ref,
        study=study.ref,
        version=version.number,
        corrected=corrected,
    )
    return version


@transaction.atomic
def read_anew(*, account: Account, number: int, reading: Reading, by: Member) -> TextVersion:
    """Read a text from its file once more, in the encoding and layout that a person says.

    It waits to be confirmed as before. Raises BadInput where the file does not fit what was said.
    """
    study = account.study
    require(Act.EDIT_ACCOUNTS, study=study, by=by)
    moved_on(study)
    account, version = _waiting(account, number, "")
    file = file_of(account)
    if file is None:
        raise NotYet("The file of this text is not kept here, so it cannot be read anew.")
    how = {"turns": reading.turns, "encoding": reading.encoding}
    kept = text_to_keep(read_text(file.content, name=file.name, **how))  # type: ignore[arg-type]
    again = keep_version(account, kept.text, after=version, confirmed=False)
    carry(version=again, by=by)
    # What was told of turns by the reading before is not so any more.
    Turn.objects.filter(version=again).delete()
    keep_turns(again, kept.turns)
    renew_words(account)

    record(
        "text.read-anew",
        subject=account.ref,
        by=by.ref,
        study=study.ref,
        version=again.number,
        encoding=reading.encoding,
        turns=len(kept.turns),
    )
    return again


@transaction.atomic
def throw_away(*, account: Account, number: int, by: Member) -> None:
    """Take a text away that nobody has ever confirmed, with its account, source and file.

    Refused where something else hangs on it already. The file itself can be taken in again.
    """
    study = account.study
    require(Act.IMPORT_ACCOUNTS, study=study, by=by)
    moved_on(study)
    account, _ = _waiting(account, number, "")
    if was_confirmed(account):
        raise NotYet("Somebody has confirmed an earlier text of this account, so it stays.")
    try:
        _take_away(account)
    except ProtectedError as trouble:
        raise Refusal(
            "This account has been coded or noted upon already, so it stays. Correct its text "
            "instead."
        ) from trouble

    record("text.thrown-away", subject=account.ref, by=by.ref, study=study.ref)


def _waiting(account: Account, number: int, text: str) -> tuple[Account, TextVersion]:
    """Return the account and its text, fresh and held; refuses one that waits no longer."""
    account = (
        Account.objects.select_for_update(of=["self"])
        .select_related("study", "narrator", "source")
        .get(pk=account.pk)
    )
    version = latest_of(account)
    if version is None or version.confirmed is not None:
        raise NotYet("This text has been confirmed already; correct it on the account's page.")
    if version.number != number:
        theirs = {"text": version.text} if text else {}
        raise Changed(READ_MEANWHILE, revision=version.number, theirs=theirs)
    return account, version


def _sound(text: str) -> str:
    words = clean_text(text)
    problems = ProblemList("")
    for says in faults_of_text(words):
        problems.at_field(says, "text")
    if not words.strip():
        says = "The text is empty; throw it away if nothing was said."
        problems.at_field(Sentence(says), "text")
    problems.refuse_if_any()
    return words


def _take_away(account: Account) -> None:
    versions = TextVersion.everything.filter(account=account)
    narrator, source = account.narrator, account.source
    for rows in (
        SearchWords.everything.filter(account=account),
        Turn.everything.filter(version__in=versions),
        Passage.everything.filter(version__in=versions),
        Telling.everything.filter(account=account),
        versions,
    ):
        rows.delete()
    account.delete()
    if not Account.everything.filter(narrator=narrator).exists():
        _take_away_narrator(narrator)
    erase_sources([source])
    merge_indexes()


def _take_away_narrator(narrator: Narrator) -> None:
    """Take away a narrator of whom nothing is told any more."""
    Exit.objects.filter(spell__narrator=narrator).delete()
    Spell.objects.filter(narrator=narrator).delete()
    narrator.delete()
