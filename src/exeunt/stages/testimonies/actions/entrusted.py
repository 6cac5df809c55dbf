"""Accounts that were entrusted: what may be known of them outside the vault, and masked text."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from exeunt.errors import NotThere, NotYet
from exeunt.ledger.recording import record
from exeunt.members.models import Member
from exeunt.stages.narrators.models import Narrator
from exeunt.stages.sources.models import Source
from exeunt.stages.sources.states import Provenance
from exeunt.stages.testimonies.actions.by_hand import free_label
from exeunt.stages.testimonies.actions.carrying import carry
from exeunt.stages.testimonies.actions.searching import renew_words
from exeunt.stages.testimonies.actions.storing import keep_version
from exeunt.stages.testimonies.actions.tellings import tell
from exeunt.stages.testimonies.intake.accounts import AccountRow
from exeunt.stages.testimonies.models import Account, Mask, TextVersion
from exeunt.stages.testimonies.queries.account import next_label
from exeunt.stages.testimonies.rules.drafts import account_typed
from exeunt.studies.actions import moved_on
from exeunt.studies.queries import require
from exeunt.studies.roles import Act

NOTHING = dict.fromkeys(AccountRow._fields, "")


class PlacedMask(NamedTuple):
    """A replacement as it stands in the masked text, and what kind of identifier it hides."""

    start: int
    end: int
    kind: str
    replacement: str


@transaction.atomic
def begin_account(
    *, source: Source, narrator: Narrator, words: Mapping[str, str], by: Member
) -> Account:
    """Add the account of an entrusted text, without its text, which is still to be masked.

    ``words`` are what may be known of it by everybody in the study, named like a table's columns.
    Sent twice, it is the account that is there.
    """
    study = source.study
    require(Act.TAKE_IN, study=study, by=by)
    moved_on(study)  # first, since it lets nobody else in: labels are given one after another
    there = Account.everything.filter(source=source).first()
    if there is not None:
        return there
    typed = account_typed({**NOTHING, **words, "narrator": "", "gender": "", "text": ""})
    account = Account.everything.create(
        study=study,
        label=free_label(study, typed.label or next_label(study)),
        narrator=narrator,
        source=source,
        added=timezone.now(),
        added_by=by.ref,
        **typed.described._asdict(),
    )
    for facts in filter(None, typed.spells):
        tell(account, facts)
    renew_words(account)

    record("account.added", subject=account.ref, by=by.ref, study=study.ref)
    return account


@transaction.atomic
def keep_masked(
    *, account: Account, text: str, masks: Sequence[PlacedMask], by: Member
) -> TextVersion:
    """Keep a masked text as the account's next working text; the same one again changes nothing."""
    study = account.study
    require(Act.TAKE_IN, study=study, by=by)
    moved_on(study)
    account = Account.everything.select_for_update(of=["self"]).get(pk=account.pk)
    if account.source.provenance != Provenance.ENTRUSTED:
        raise NotYet("Only an entrusted account's text comes from the vault.")
    latest = TextVersion.everything.filter(account=account).order_by("-number").first()
    if latest is not None and latest.text == text:
        return latest
    version = keep_version(account, text, after=latest)
    Mask.everything.bulk_create(Mask(version=version, **mask._asdict()) for mask in masks)
    carry(version=version, by=by)
    renew_words(account)

    record(
        "text.masked",
        subject=account.ref,
        by=by.ref,
        study=study.ref,
        version=version.number,
        masks=len(masks),
    )
    return version


def entrusted_account(source: Source) -> Account:
    """Return the account that a source of the vault tells."""
    found = Account.everything.filter(source=source).select_related("study", "narrator", "source")
    account = found.first()
    if account is None:
        raise NotThere("There is nothing here.")
    return account
