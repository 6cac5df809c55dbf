"""One account as somebody types it: added, and corrected."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from exeunt.errors import BadInput, Problem, Sentence
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.stages.narrators.actions.by_hand import admit_narrator, check_is_current
from exeunt.stages.narrators.models import Narrator
from exeunt.stages.sources.actions import cite_source, correct_citation, keep_page, set_apart
from exeunt.stages.sources.intake.problems import at_field
from exeunt.stages.sources.models import Source
from exeunt.stages.sources.queries import provenances_in
from exeunt.stages.sources.rules import (
    THIS_ACCOUNT,
    check_may_keep,
    check_study_is_unmixed,
    provenance_from,
)
from exeunt.stages.sources.states import Provenance
from exeunt.stages.testimonies.actions.carrying import carry
from exeunt.stages.testimonies.actions.searching import renew_words
from exeunt.stages.testimonies.actions.storing import keep_version
from exeunt.stages.testimonies.actions.tellings import tell, tell_anew
from exeunt.stages.testimonies.models import Account, TextVersion
from exeunt.stages.testimonies.queries.account import next_label, words_of
from exeunt.stages.testimonies.rules.drafts import TypedAccount, account_typed
from exeunt.studies.actions import moved_on
from exeunt.studies.models import Study
from exeunt.studies.queries import require
from exeunt.studies.roles import Act


class SavedCopy(NamedTuple):
    """A copy of a web page that somebody sends along: what it is called, and where it lies."""

    name: str
    content: Path


@transaction.atomic
def add_account(
    *,
    study: Study,
    words: Mapping[str, str],
    copy: SavedCopy | None = None,
    ref: str | None = None,
    by: Member,
) -> Account:
    """Add one account by hand, with its narrator, its exits, its source and its text.

    ``words`` are what was typed, by the names of a table's columns. With a ``ref`` under which
    this member has added an account, that account is returned. Raises BadInput with every
    field that is wrong.
    """
    require(Act.ADD_ACCOUNTS, study=study, by=by)
    moved_on(study)  # first, since it lets nobody else in: labels are given one after another
    if there := _sent_before(study, ref, by):
        return there
    typed = account_typed(words)
    provenance = _provenance(study, words.get("provenance", ""))
    label = free_label(study, typed.label or next_label(study))
    account = Account.objects.create(
        study=study,
        label=label,
        narrator=_narrator(study, typed, label=label, by=by),
        source=_source(study, provenance, typed, copy=copy, by=by),
        added=timezone.now(),
        added_by=by.ref,
        **({"ref": ref} if ref else {}),
        **typed.described._asdict(),
    )
    _tell_whole(account, typed, by=by)

    record("account.added", subject=account.ref, by=by.ref, study=study.ref)
    return account


@transaction.atomic
def edit_account(
    *,
    account: Account,
    revision: int,
    words: Mapping[str, str],
    copy: SavedCopy | None = None,
    by: Member,
) -> Account:
    """Correct what is said of an account; a changed text makes its next version.

    The narrator stays: another narrator's telling is another account. Raises Changed where
    somebody saved a later version than ``revision``, and BadInput with every field that is wrong.
    """
    study = account.study
    require(Act.EDIT_ACCOUNTS, study=study, by=by)
    moved_on(study)
    account = Account.objects.select_for_update(of=["self"]).get(pk=account.pk)
    check_is_current(revision, account.revision, words_of(account))
    typed = account_typed({**words, "narrator": "", "gender": ""})
    account.label = _label_now(account, typed)
    check_stays_sealed(account, typed, copy)
    source = correct_citation(source=account.source, cited=typed.cited, by=by)
    account.source = _with_copy(source, copy, by)
    for name, value in typed.described._asdict().items():
        setattr(account, name, value)
    account.revision += 1
    account.save()
    tell_anew(account, typed.spells)
    _keep_text(account, typed.text, by=by)
    renew_words(account)

    record(
        "account.edited", subject=account.ref, by=by.ref, study=study.ref, revision=account.revision
    )
    return account


def check_stays_sealed(account: Account, typed: TypedAccount, copy: SavedCopy | None) -> None:
    """Refuse to write an entrusted account's words, file or origin outside the vault."""
    if account.source.provenance != Provenance.ENTRUSTED:
        return
    latest = TextVersion.objects.filter(account=account).order_by("-number").first()
    before = latest.text if latest else ""
    wrong = {
        "text": typed.text.strip() != before.strip(),
        "citation": bool(typed.cited.citation),
        "address": bool(typed.cited.address),
        "saved_copy": copy is not None,
    }
    says = Sentence(
        "This account was entrusted: its text, file and origin are kept in the vault, and its "
        "working text is changed at the custodian's desk only."
    )
    wrongs = [Problem(says, column=name) for name, touched in wrong.items() if touched]
    if wrongs:
        raise BadInput(*wrongs)


def _tell_whole(account: Account, typed: TypedAccount, *, by: Member) -> None:
    for facts in filter(None, typed.spells):
        tell(account, facts)
    _keep_text(account, typed.text, by=by)
    renew_words(account)


def _sent_before(study: Study, ref: str | None, by: Member) -> Account | None:
    if ref is None:
        return None
    return Account.objects.filter(study=study, ref=ref, added_by=by.ref).first()


def _provenance(study: Study, words: str) -> Provenance:
    """Read where an account comes from; a study that holds accounts has said it already."""
    there = provenances_in(study)
    with at_field("provenance"):
        provenance = there[0] if there and not words else provenance_from(words)
        check_study_is_unmixed(there, provenance, what=THIS_ACCOUNT)
        check_may_keep(provenance, study.protocol_facts())
    return provenance


def _narrator(study: Study, typed: TypedAccount, *, label: str, by: Member) -> Narrator:
    """Return who tells it; one who is called nothing is called like the account."""
    with at_field("gender"):
        return admit_narrator(
            study=study, label=typed.narrator or label, gender=typed.gender, by=by
        )


def _source(
    study: Study,
    provenance: Provenance,
    typed: TypedAccount,
    *,
    copy: SavedCopy | None,
    by: Member,
) -> Source:
    source = cite_source(study=study, provenance=provenance, cited=typed.cited, by=by)
    return _with_copy(source, copy, by)


def _with_copy(source: Source, copy: SavedCopy | None, by: Member) -> Source:
    """Keep the copy, if there is one, with a source that speaks for one account."""
    if copy is None:
        return source
    apart = set_apart(source=source, by=by)
    keep_page(source=apart, name=copy.name, content=copy.content, by=by)
    return apart


def free_label(study: Study, label: str) -> str:
    """Return a label that no account of the study has; raises BadInput where one has it."""
    if Account.everything.filter(study=study, label=label).exists():
        says = "There is an account “{label}” in this study already; choose another label."
        raise BadInput(Problem(Sentence(says, label=label), column="account_id"))
    return label


def _label_now(account: Account, typed: TypedAccount) -> str:
    """Return the label that was typed, if it is another and free."""
    same = not typed.label or typed.label == account.label
    return account.label if same else free_label(account.study, typed.label)


def _keep_text(account: Account, text: str, *, by: Member) -> None:
    """Keep a text as the next version, if it says something new."""
    latest = TextVersion.objects.filter(account=account).order_by("-number").first()
    if not text.strip() or (latest is not None and latest.text == text):
        return
    version = keep_version(account, text, after=latest)
    carry(version=version, by=by)
